// Values in captions and abstracts.

import Diagnostics
import Testing

@testable import AnalysisDocument

struct InlineTextTests {
  private func outline(_ text: String) -> String {
    InlineText.parse(SourceText(text, path: "caption")).0.segments.map { segment in
      switch segment {
      case .literal(let literal): literal.string
      case .value(let span): "⟨\(span.expression.string)⟩"
      case .claim(let span): "⟨claim \(span.expression.string)⟩"
      }
    }.joined()
  }

  static let texts: [(String, String)] = [
    ("Survival of `{= a.n}` patients", "Survival of ⟨a.n⟩ patients"), ("`{= a}``{= b}`", "⟨a}``{= b⟩"),
    ("`{= a}` `{= b | digits 1}`", "⟨a⟩ ⟨b | digits 1⟩"), ("``{= `x` }``", "⟨`x`⟩"),
    ("\\`{= a}`", "\\`{= a}`"), ("`\\{= a}`", "`\\{= a}`"),
    ("`code` and `", "`code` and `"), ("a`{claim x > 1}`", "a⟨claim x > 1⟩"), ("", ""),
    ("`` ` `{= a}`", "`` ` `{= a}`"),
    ("`` x `{= a}`", "`` x ⟨a⟩"),
  ]

  @Test(arguments: texts) func textsAreCut(_ text: String, expected: String) {
    #expect(outline(text) == expected)
  }

  @Test func segmentsMakeUpTheText() {
    let text = "é `{= a}` b\\` `` `c` `` `{claim d}`\\"
    let segments = InlineText.parse(SourceText(text, path: "caption")).0.segments
    let bytes = segments.flatMap { segment in
      switch segment {
      case .literal(let literal): literal.bytes
      case .value(let span), .claim(let span): span.whole.bytes
      }
    }
    #expect(bytes == Array(text.utf8))
  }

  @Test func placesAreTheFiles() throws {
    let (document, _) = parse("```{cox #m}\ncaption: 'It''s `{= a.n}`'\n```\n")
    let caption = try #require(document.directives.first?.options?.mapping?["caption"]?.scalar)
    let (text, diagnostics) = InlineText.parse(caption.text)
    #expect(diagnostics.isEmpty)
    guard case .value(let span)? = text.segments.last else { throw DiagnosticList([]) }
    #expect(span.expression.range().start == SourcePosition(line: 2, column: 21))
  }

  @Test func aMissingBraceIsReported() {
    #expect(summary(InlineText.parse(SourceText("a `{= b`", path: "caption")).1) == ["expression-syntax@1:4"])
  }
}
