// Values that a run in place has written.

import Diagnostics
import Testing

@testable import AnalysisDocument

struct RecordedCommentTests {
  @Test func valueAndCommentAreOneSpan() throws {
    let (document, diagnostics) = parse("Of 649<!--= nelm.n → 649 --> patients\n")
    #expect(diagnostics.isEmpty)
    let span = try #require(document.spans.first)
    #expect(span.kind == .recordedValue)
    #expect(document.text(span.range) == "649<!--= nelm.n → 649 -->")
    #expect(span.expression.string == "nelm.n")
    #expect(span.expression.range().text == "nelm.n")
    #expect(span.recordedText == "649")
    #expect(!span.isEdited)
  }

  /// Expression, text, in a table cell.
  static let contents: [(String, String, Bool)] = [
    ("nelm.n", "649", false), ("a - b", "−1.5", false), ("os[\"a--b\"].n", "12", false),
    ("os[\"-->\"].n", "x --> y", false),
    ("a.n | digits 1", "1.2 | 3", true), ("a.n | digits 1", "1.2 | 3", false), ("`my col`.n", "a `b`", false),
    ("os[\"a → b\"].n", "c → d", false), ("os[\"&#45;\"].n", "&amp; &#38;", false),
    ("a < b", "<0.001", false),
    ("os[\"é😀\"].n", "1·2", false), ("a", "1.2 (95% CI, 0.8–1.9)", false), ("a---", "---", false),
    ("x", "", false),
  ]

  @Test(arguments: contents) func whatIsWrittenIsReadBack(
    _ expression: String, text: String, isInTableCell: Bool
  ) throws {
    let comment = RecordedComment.comment(expression: expression, text: text, isInTableCell: isInTableCell)
    let inner = comment.dropFirst(4).dropLast(3)
    #expect(comment.hasPrefix("<!--= ") && comment.hasSuffix(" -->"))
    #expect(!inner.contains("--") && !inner.contains("`") && !inner.contains("\n"))
    #expect(!isInTableCell || !inner.contains("|"))
    let line =
      isInTableCell
      ? "| a | b |\n|---|---|\n| x\(text.replacing("|", with: "\\|"))\(comment) | y |\n"
      : "A \(text)\(comment) b\n"
    let (document, diagnostics) = parse(line)
    #expect(summary(diagnostics).filter { $0 != "edited-result@3:3" } == [])
    let span = try #require(document.spans.first)
    #expect(span.expression.string == expression)
    #expect(span.recordedText == text)
    #expect(span.isInTableCell == isInTableCell)
  }

  @Test func editedTextIsReported() throws {
    let (document, diagnostics) = parse(
      "Of (650<!--= nelm.n → 649 -->) and 1.2 (0.8–2.0)<!--= a → 1.2 (0.8–1.9) -->.\n")
    #expect(summary(diagnostics) == ["edited-result@1:5", "edited-result@1:36"])
    #expect(document.spans.map(\.isEdited) == [true, true])
    #expect(document.text(document.spans[0].range) == "650<!--= nelm.n → 649 -->")
    #expect(document.text(document.spans[1].range) == "1.2 (0.8–2.0)<!--= a → 1.2 (0.8–1.9) -->")
  }

  @Test func neighboursAreToldApart() {
    let (document, diagnostics) = parse("5<!--= a → 5 -->5<!--= b → 5 -->\n6<!--= c → 6 -->\n")
    #expect(diagnostics.isEmpty)
    #expect(document.spans.map(\.expression.string) == ["a", "b", "c"])
  }

  @Test func aLostValueIsReported() {
    #expect(summary(parse("Text\n\n<!--= nelm.n → 649 --> patients\n").1) == ["edited-result@3:1"])
  }

  @Test(arguments: [
    "x <!-- a → b -->", "x <!--====== → ======-->".replacing(" → ", with: " "), "x <!--= a -->",
    "x <!--= -->",
  ])
  func othersAreTheAuthors(_ text: String) {
    let (document, diagnostics) = parse(text + "\n")
    #expect(document.spans.isEmpty)
    #expect(diagnostics.isEmpty)
  }

  @Test func aRecordMayStandOnSeveralLines() throws {
    let (document, diagnostics) = parse("> Of 649<!--= nelm.n\n> → 649 --> patients\n")
    #expect(diagnostics.isEmpty)
    #expect(document.spans.first?.expression.string == "nelm.n")
  }
}
