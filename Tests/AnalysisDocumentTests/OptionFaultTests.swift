// What the reader says about an option block that cannot be read.

import Diagnostics
import Testing

@testable import AnalysisDocument

struct OptionFaultTests {
  /// The block, and for each fault its place and its message.
  static let cases: [(yaml: String, faults: [String])] = [
    ("  data: nelm\nformula: x\n", ["2:1 this line does not belong to what stands above it"]),
    ("# c\n\nnelm.n > 5 and x: y\n", []),
    (
      "- \"a\" == b\n- os[\"x: y\"].n > 5\n- fine > 1\n",
      ["1:7 nothing may follow the closing quote", "2:8 a value that holds ': ' must stand in quotes"]
    ),
    ("- a\nb: c\n", ["2:1 every line of a list begins with '- '"]),
    (": b\n", ["1:1 the colon has no key before it"]),
    ("? a\n: b\n", ["1:1 a key must be a single word or a quoted text"]),
    ("a: 1\n- b\n", ["2:1 a list item stands where 'key: value' is expected"]),
    ("a: 1\n---\nb: 2\n", ["2:1 '---' and '...' have no meaning among options"]),
    ("a: 1\n\"b\" 2\n'c: 3\n", ["2:1 this line has no colon", "3:1 this quote is not closed"]),
    (
      "a: @home\nb: %x\nc: , d\n",
      [
        "1:4 a value cannot begin with '@'", "2:4 a value cannot begin with '%'",
        "3:4 ',' stands here without an opening bracket",
      ]
    ),
    ("a: [#ff0000]\n", ["1:5 a value cannot begin with '#'"]),
    ("a: [- b]\n", ["1:5 a list item cannot stand here"]),
    (
      "a: [1,,2]\nb: {c: d: e}\n",
      ["1:7 nothing stands before this comma", "2:9 a comma or the closing bracket is missing here"]
    ),
    ("a: [\"x\" == y]\n", ["1:9 a comma must follow the closing quote"]),
    ("a: [x: y: z]\n", ["1:9 a comma or the closing bracket is missing here"]),
    ("a: \"\\q\"\n", ["1:5 '\\' does not begin a known escape here"]),
    ("a: \"tab\\x4\"\n", ["1:8 '\\' does not begin a known escape here"]),
    (
      "a: 'x\nb: 1\nc: d: e\n",
      ["1:4 this quote is not closed", "3:5 a value that holds ': ' must stand in quotes"]
    ),
    ("a: \u{1}\n", ["1:4 a control character stands here"]),
    ("a: {? b}\n", ["1:5 a key must be a single word or a quoted text"]),
    ("a: {b: 1\nc: 2\n", ["1:4 this bracket is not closed"]),
    ("a: | text\n", ["1:4 a value cannot begin with '|'"]),
    ("a: |\n  x\n\ty\n", ["3:1 the line is indented with a tab"]),
    ("a:\n  - x\n  y: 1\n", ["3:3 every line of a list begins with '- '"]),
    ("caption: Survival: overall\n", ["1:18 a value that holds ': ' must stand in quotes"]),
    ("caption: \"Overall survival\ntimes: [60]\n", ["1:10 this quote is not closed"]),
    ("caption: \"Overall\" survival\n", ["1:20 nothing may follow the closing quote"]),
    ("caption: \"one\nb: \"two\"\n", ["1:10 this quote is not closed"]),
    ("caption: 'Patients' survival'\n", ["1:21 nothing may follow the closing quote"]),
    ("data nelm\nformula: x\n", ["1:1 this line has no colon"]),
    ("data: a\ndata: b\n", ["2:1 'data' is given twice"]),
    ("data: nelm\n  formula: x\n", ["2:3 this line stands too deep: the line above already has its value"]),
    ("data: nelm\n\tformula: x\n", ["2:1 the line is indented with a tab"]),
    ("data: nelm\nformula os ~ x\ntimes: [1]\n", ["2:1 this line has no colon"]),
    ("data:nelm\nformula:x\n", ["1:5 a blank must follow the colon"]),
    ("derive:\n  x: 1\n   y: 2\n", ["3:4 this line stands too deep: the line above already has its value"]),
    ("os.median > 5\n", ["1:1 this line has no colon"]),
    ("times: - 60\n", ["1:8 a list cannot begin on the line of its key"]),
    ("times: 60, 120]\ntimes2: ]\n", ["2:9 ']' stands here without an opening bracket"]),
    ("times: [60, 120\nformula: x\n", ["1:8 this bracket is not closed"]),
    ("times:\n- 60\n 120\n", []),
    (
      "where: *alias\nx: &anchor 1\ny: !tag 2\n",
      [
        "1:8 a value cannot begin with '*'", "2:4 a value cannot begin with '&'",
        "3:4 a value cannot begin with '!'",
      ]
    ),
    ("where: > 5\n", ["1:8 a value cannot begin with '>'"]),
    ("where: `my col` > 5\n", ["1:8 a value cannot begin with '`'"]),
    ("where: os[\"a #2\"].n > 5\n", ["1:14 ' #' begins a comment, inside the value's own quotes too"]),
    (String(repeating: "[", count: 60), ["1:48 the options are nested more than 48 levels deep"]),
  ]

  @Test(arguments: cases) func everyFaultIsReportedAtItsPlace(yaml: String, faults: [String]) {
    let (tree, diagnostics) = OptionTree.parse(SourceText(yaml, path: "options"))
    let found = diagnostics.map { diagnostic in
      let start = diagnostic.location?.start
      return "\(start?.line ?? 0):\(start?.column ?? 0) \(diagnostic.message)"
    }
    #expect(found == faults)
    #expect(diagnostics.allSatisfy { $0.code == .yaml && $0.remedy != nil })
    let isReadable = faults.allSatisfy { $0.hasSuffix("is given twice") }
    #expect((tree != nil) == isReadable)
  }

  @Test func aRepeatedKeyPointsToTheFirst() throws {
    let (tree, diagnostics) = OptionTree.parse(SourceText("a: 1\nb: {x: 1, x: 2}\na: 3\n", path: "options"))
    #expect(outline(tree) == "{a: 1, b: {x: 1}}")
    #expect(summary(diagnostics) == ["yaml@2:11", "yaml@3:1"])
    #expect(diagnostics.last?.notes.first?.location?.start == SourcePosition(line: 1, column: 1))
  }
}
