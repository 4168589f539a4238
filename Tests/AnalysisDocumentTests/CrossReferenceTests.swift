// References to tables, figures and sections.

import Diagnostics
import Testing

@testable import AnalysisDocument

struct CrossReferenceTests {
  /// Text, references in it.
  static let texts: [(String, [String])] = [
    ("See @tbl-os, (@fig-os_2) and @sec-methods.", ["@tbl-os", "@fig-os_2", "@sec-methods"]),
    ("@tbl-os-risk; @fig-a-", ["@tbl-os-risk", "@fig-a"]),
    ("_@tbl-os_ **@fig-a** [@tbl-b]", ["@tbl-os", "@fig-a", "@tbl-b"]), ("# Heading @tbl-a", ["@tbl-a"]),
    ("| a | @tbl-a |\n|---|---|\n| @fig-b | \\@fig-c |", ["@tbl-a", "@fig-b"]), ("`@tbl-os` ``@fig-a``", []),
    ("me@tbl-os.org <me@tbl-os.org> <https://x.y/@tbl-a> https://x.y/@tbl-a", []),
    ("[a](/@tbl-a) [b](<x @tbl-b>) ![c @fig-c](/u \"@fig-d\")", ["@fig-c"]),
    ("\\@tbl-os &#64;tbl-os @tbl- @table-os @TBL-os", []), ("```\n@tbl-os\n```", []),
    ("<!-- @tbl-os --> <b title=\"@tbl-a\">", []),
    ("a\u{A0}@tbl-os\nb\\\n@fig-x", ["@tbl-os", "@fig-x"]), ("@tbl-os5<!--= a → 5 -->", ["@tbl-os"]),
    ("> lazy\n@tbl-os", ["@tbl-os"]),
  ]

  @Test(arguments: texts) func referencesAreFound(_ text: String, expected: [String]) {
    let (document, diagnostics) = parse(text + "\n")
    #expect(diagnostics.isEmpty)
    #expect(document.references.map { document.text($0.range) } == expected)
    #expect(document.references.map { "@\($0.kind.rawValue)-\($0.target.string)" } == expected)
    #expect(document.references.allSatisfy { $0.target.string == $0.target.range().text })
  }
}
