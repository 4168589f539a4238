// Results and values on their way into a document.

import Diagnostics
import Testing

@testable import AnalysisDocument

struct ParsedDocumentEditsTests {
  private func apply(_ text: String, _ edits: (ParsedDocument) -> [Edit]) throws -> String {
    let (document, diagnostics) = parse(text)
    #expect(!diagnostics.containsError)
    let edits = edits(document)
    let result = try Splice.apply(edits, to: document.file.bytes)
    #expect(StructureGuard.check(document, edits: edits, result: result).isEmpty)
    return String(decoding: result, as: UTF8.self)
  }

  static let results: [(String, String)] = [
    ("A\n\n```{cox #m}\n```\nB\n", "A\n\n```{cox #m}\n```\n\nR\n\nS\nB\n"),
    ("```{cox #m}\n```", "```{cox #m}\n```\n\nR\n\nS"),
    ("> ```{cox #m}\n> ```\n", "> ```{cox #m}\n> ```\n>\n> R\n>\n> S\n"),
    ("- ```{cox #m}\n  ```\n", "- ```{cox #m}\n  ```\n\n  R\n\n  S\n"),
    ("```{cox #m}\r\n```\r\n", "```{cox #m}\r\n```\r\n\r\nR\r\n\r\nS\r\n"),
  ]

  @Test(arguments: results) func resultsComeBelowTheirDirective(_ text: String, expected: String) throws {
    let written = try apply(text.replacing("R", with: "R")) { document in
      document.directives.map { document.edit(inserting: "<!-- R -->\n\n<!-- S -->", below: $0) }
    }
    #expect(written.replacing("<!-- R -->", with: "R").replacing("<!-- S -->", with: "S") == expected)
  }

  @Test func resultsReplaceTheirDirective() throws {
    let written = try apply("1. A\n\n   ```{cox #m}\n   a: 1\n   ```\n\n   B\n") { document in
      document.directives.map { document.edit(replacing: $0, with: "<!-- R -->\n\nC\n\n<!-- S -->") }
    }
    #expect(written == "1. A\n\n   <!-- R -->\n\n   C\n\n   <!-- S -->\n\n   B\n")
  }

  /// Document, and what remains of it without its directives.
  static let removals: [(String, String)] = [
    ("A\n\n```{claims}\n- x\n```\n\nB\n", "A\n\nB\n"), ("A\n```{claims}\n```\nB\n", "A\n\nB\n"),
    ("A\n```{claims}\n```\n\nB\n", "A\n\nB\n"),
    ("A\n\n```{claims}\n```\nB\n", "A\n\nB\n"), ("```{claims}\n```\n\nB\n", "B\n"),
    ("A\n\n```{claims}\n```\n", "A\n"), ("A\n\n```{claims}\n```", "A\n"),
    ("---\na: 1\n---\n\n```{claims}\n```\n\nB\n", "---\na: 1\n---\n\nB\n"),
    ("A\n\n```{data #a}\n```\n\n```{data #b}\n```\n\nB\n", "A\n\nB\n"),
    ("> A\n> ```{claims}\n> ```\n> B\n", "> A\n>\n> B\n"),
    ("- a\n\n```{claims}\n```\n\n- b\n", "- a\n\n<!-- -->\n\n- b\n"),
    ("- a\n\n```{claims}\n```\n\n  b\n", "- a\n\n<!-- -->\n\n  b\n"),
    ("- a\n\n```{claims}\n```\n\nb\n", "- a\n\nb\n"), ("- ```{claims}\n  ```\n", "- <!-- -->\n"),
    ("A\r\n```{claims}\r\n```\r\nB\r\n", "A\r\n\r\nB\r\n"),
    ("- a\n\n  ```{claims}\n  ```\n\n  b\n", "- a\n\n  b\n"), ("```{claims}\n```\n", ""),
    ("A\n\n```{data #a}\n```\n\n```{data #b}\n```\n", "A\n\n"),
    ("---\na: 1\n---\n\n```{claims}\n```\n", "---\na: 1\n---\n\n"),
  ]

  @Test(arguments: removals) func directivesGo(_ text: String, expected: String) throws {
    #expect(
      try apply(text) { document in document.directives.map { document.edit(removing: $0) } } == expected)
  }

  /// `§` is a claim.
  static let claims: [(String, String)] = [
    ("It was longer §.\n", "It was longer.\n"), ("It was longer.§ More.\n", "It was longer. More.\n"),
    ("It was § longer\n", "It was longer\n"),
    ("Longer. §\nMore.\n", "Longer.\nMore.\n"), ("§ Longer.\n", "Longer.\n"),
    ("Longer.\n§\nMore.\n", "Longer.\nMore.\n"),
    ("§\nMore.\n", "More.\n"), ("Longer.\n§\n", "Longer.\n"), ("A\n\n§\n\nB\n", "A\n\nB\n"),
    ("A\n\n§ §\n§\n\nB\n", "A\n\nB\n"), ("A §, § B.\n", "A, B.\n"),
    ("- §\n", "- <!-- -->\n"), ("> A\n> §\n> B\n", "> A\n> B\n"), ("- a\n  §\n  b\n", "- a\n  b\n"),
    ("a§b\n", "ab\n"), ("(§)\n", "()\n"),
    (
      "| a § | b |\n|---|---|\n| § | c |\n", "| a | b |\n|---|---|\n|  | c |\n".replacing("|  |", with: "| |")
    ), ("# H §\n", "# H\n"), ("A § § B\n", "A B\n"),
  ]

  @Test(arguments: claims) func claimsGo(_ text: String, expected: String) throws {
    #expect(
      try apply(text.replacing("§", with: "`{claim a > 1}`")) { $0.edits(removing: $0.spans) } == expected)
  }

  /// Document with a value `§`, its value, the manuscript.
  static let values: [(String, String, String)] = [
    ("a § b\n", "12", "a 12 b\n"), ("§ b\n", ">0.99", "\\>0.99 b\n"), ("> § b\n", "# 1", "> \\# 1 b\n"),
    ("§\n", "- x", "\\- x\n"),
    ("§\n", "-0.5", "-0.5\n"), ("- §\n", "1. x", "- 1\\. x\n"), ("a\n§\n", "===", "a\n\\===\n"),
    ("a §\n", ">1", "a >1\n"),
    ("| a |\n|---|\n| § |\n", "x | y \\| z", "| a |\n|---|\n| x \\| y \\| z |\n"),
    ("§ x\n", "1.5", "1.5 x\n"),
  ]

  @Test(arguments: values) func valuesTakeTheirPlace(_ text: String, value: String, expected: String) throws {
    let source = text.replacing("§", with: "`{= a}`")
    #expect(
      try apply(source) { document in document.spans.map { document.edit(replacing: $0, with: value) } }
        == expected)
    // In place, and once more: the second run changes nothing.
    let once = try apply(source) { document in document.spans.map { document.edit(recording: value, at: $0) }
    }
    let (again, diagnostics) = parse(once)
    #expect(diagnostics.isEmpty && again.spans.map(\.kind) == [.recordedValue])
    #expect(again.spans.first?.expression.string == "a")
    #expect(
      try apply(once) { document in document.spans.map { document.edit(recording: value, at: $0) } } == once)
  }
}
