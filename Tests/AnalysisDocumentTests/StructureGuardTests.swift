// The guard sees what an edit does to its surroundings.

import Diagnostics
import Testing

@testable import AnalysisDocument

struct StructureGuardTests {
  /// Document, what replaces `{= a}` in it, whether the text around keeps its meaning.
  static let edits: [(String, String, Bool)] = [
    ("x `{= a}` y\n", "12", true), ("x `{= a}` *y*\n", "12", true), ("x `{= a}` y\n", "*z*", false),
    ("x `{= a}` `y`\n", "a ` b", false),
    ("x `{= a}` y*\n", "*z", false), ("`{= a}` y\n", "> z", false), ("`{= a}` y\n", "# z", false),
    ("x\n`{= a}`\n", "===", false),
    ("x `{= a}` y\n", "z\n\nw", false), ("x `{= a}`\n\ny\n", "<div>", false),
    ("x `{= a}` [y](/u)\n", "[", true), ("[`{= a}`](/u)\n", "]", false),
    ("x \\`{= a}` y\n", "12", true), ("| a |\n|---|\n| `{= a}` |\n", "1", true),
  ]

  @Test(arguments: edits) func meaningIsGuarded(_ text: String, value: String, isKept: Bool) throws {
    let (document, _) = parse(text)
    let edits = document.spans.map { Edit(range: $0.range, replacement: Array(value.utf8)) }
    let result = try Splice.apply(edits, to: document.file.bytes)
    let complaints = StructureGuard.check(document, edits: edits, result: result)
    #expect(complaints.isEmpty == isKept)
    #expect(complaints.allSatisfy { $0.code == .unplaceableSpan && $0.location != nil })
  }

  /// A result that a fence or a tag leaves open swallows what follows; one that is closed does not.
  @Test(arguments: [
    ("```\nx\n```", true), ("```\nx", false), ("<div>\n\nx", false), ("<script>", false), ("- a", false),
    ("text", false), ("<!-- a -->", true), ("# a", true),
  ])
  func resultsAreGuarded(_ result: String, isKept: Bool) throws {
    let (document, _) = parse("A\n\n```{cox #m}\n```\nB\n\nC\n")
    let directive = try #require(document.directives.first)
    let edit = document.edit(inserting: result, below: directive)
    let written = try Splice.apply([edit], to: document.file.bytes)
    #expect(StructureGuard.check(document, edits: [edit], result: written).isEmpty == isKept)
  }

  @Test func frontMatterMayChange() throws {
    let (document, _) = parse("---\nstyle: plain\ntitle: x\n---\n\nText\n")
    for range in [4..<17, 0..<30] {
      let edit = Edit(range: range, replacement: [])
      let written = try Splice.apply([edit], to: document.file.bytes)
      #expect(StructureGuard.check(document, edits: [edit], result: written).isEmpty)
    }
  }

  /// What was a thematic break must not become front matter.
  @Test func frontMatterMustNotAppear() throws {
    let (document, _) = parse("---\nstyle: plain\n---\n---\nText: more\n\n---\n")
    let edit = Edit(range: document.frontMatter?.range ?? 0..<0, replacement: [])
    let written = try Splice.apply([edit], to: document.file.bytes)
    #expect(!StructureGuard.check(document, edits: [edit], result: written).isEmpty)
  }
}
