// Inline values and claims: where they are found, and that their bytes are the right ones.

import Diagnostics
import Testing

@testable import AnalysisDocument

struct InlineSpanTests {
  /// Documents in which `§` stands for the value `` `{= a.n}` ``; every one must be found at its very bytes.
  static let places: [String] = [
    "Of § patients, § died.\n", "# Heading §\n", "Heading §\n=======\n", "  Heading\n  §\n---\n",
    "- item §\n  more §\n",
    "1. a\n   b §\n\n   c §\n", "> quote §\n> more §\n", "> lazy\nline §\n", "> > a\n> b §\nc §\n",
    "- a\nlazy §\n    deep §\n",
    "   a §\nb §\n      c §\n", "\tnot code? §\n".replacing("\t", with: "x\t"), "a\\\nb §\\\nc §\n",
    "a  \nb §\n", "*a §* **b §** _§_\n",
    "[link §](/u \"t\") §\n", "![alt §](/u\n  \"title\") §\n", "[a](/u\n\"t\n\") b §\n", "<b\nc=\"`\"> §\n",
    "x <!-- `\n -->§\n",
    "a `x\ny` §\n", "[r]: /u\n\"t\"\n§\n", "[r]: /u\n[s]: /v\ntext §\n", "é 😀 § é\n", "\u{FEFF}§ and §\n",
    "a\tb\t§\n",
    "&amp; \\` § \\\\§\n", "``x`y`` § ```a``b``` §\n", "§,§;§\n", "a\r\nb §\r\nc §\r\n", "a\rb §\r", "(§)\n",
    "~~§~~\n", "a<br>§<br>\n",
    "- > - a §\n  >   b §\n", "\u{2028}§\n", "[a §][r] and [§]\n\n[r]: /u\n", "<http://x.y/`> §\n",
    "![§](§) x\n".replacing("(§)", with: "(u)"),
  ]

  @Test(arguments: places) func valuesAreFound(_ template: String) throws {
    let text = template.replacing("§", with: "`{= a.n}`")
    let (document, diagnostics) = parse(text)
    #expect(diagnostics.isEmpty)
    #expect(document.spans.count == template.count { $0 == "§" })
    for span in document.spans {
      #expect(document.text(span.range) == "`{= a.n}`")
      #expect(span.expression.string == "a.n")
      #expect(span.expression.range().text == "a.n")
      #expect(span.kind == .value && !span.isInTableCell)
      #expect(span.line == document.file.line(at: span.range.lowerBound))
    }
    let edits = document.spans.map { Edit(range: $0.range, replacement: Array("§".utf8)) }
    #expect(try Splice.apply(edits, to: document.file.bytes) == Array(template.utf8))
  }

  /// A span, its expression.
  static let forms: [(span: String, expression: String)] = [
    ("`{= a}`", "a"), ("`{=a}`", "a"), ("` {= a } `", "a"), ("``{= `my col` }``", "`my col`"),
    ("`{= a +\n  b}`", "a + b"),
    ("`{= \"x | y\" | digits 1}`", "\"x | y\" | digits 1"), ("`\n{= a}\n`", "a"),
    ("`{= é[\"😀\"]}`", "é[\"😀\"]"),
    ("``` {= a``b } ```", "a``b"), ("`{=}`", ""), ("`{= a\\}`", "a\\"),
  ]

  @Test(arguments: forms) func expressionsAreRead(_ span: String, expression: String) throws {
    for (before, after) in [("", ""), ("x ", " y"), ("> x ", " y")] {
      let text = before + (before == "> x " ? span.replacing("\n", with: "\n> ") : span) + after + "\n"
      let (document, diagnostics) = parse(text)
      #expect(diagnostics.isEmpty)
      let found = try #require(document.spans.first)
      #expect(found.expression.string == expression)
      #expect(found.beginsLine == (before == ""))
    }
  }

  @Test func claimsAreFound() throws {
    let (document, diagnostics) = parse(
      "It was longer`{claim a.n > b.n}`, `{claim\tc}`. `{claims}` `{claimed}`\n")
    #expect(diagnostics.isEmpty)
    #expect(document.spans.map(\.kind) == [.claim, .claim])
    #expect(document.spans.map(\.expression.string) == ["a.n > b.n", "c"])
  }

  /// Not values.
  @Test(arguments: [
    "`\\{= x}`", "    `{= x}`", "```\n`{= x}`\n```", "<!-- `{= x}` -->", "a <!-- `{= x}` -->",
    "<b c=\"`{= x}`\">d</b>", "\\`{= x}\\`",
    "`a {= x}`", "{= x}", "[a](</`{= x}`>)", "`<b>`{=html}", "`` `{= x}` ``", "[`{= x}`]: /u",
  ]) func othersAreTheAuthors(_ text: String) {
    let (document, diagnostics) = parse(text + "\n")
    #expect(document.spans.isEmpty)
    #expect(diagnostics.isEmpty)
  }

  @Test func whatLooksLikeAValueIsReported() {
    #expect(summary(parse("a `{= x` b\n").1) == ["expression-syntax@1:4"])
    #expect(summary(parse("a `{= x} y` b\n").1) == ["expression-syntax@1:4"])
    #expect(summary(parse("a `{= x} b\n").1) == ["unplaceable-span@1:3"])
    // libcmark forgets the second closer behind a run without partner.
    #expect(summary(parse("x `` y `{= a}` and `{= b}`\n").1) == ["unplaceable-span@1:20"])
    let (_, html) = parse("<td>\n`{= x}`\n</td>\n")
    #expect(summary(html) == ["unplaceable-span@2:2"])
    #expect(html.first?.severity == .warning)
  }

  @Test func aValueInALabelThatLosesItsDefinitionIsRefused() {
    let (document, diagnostics) = parse("[a][`{= x}`]\n\n[`{= x}`]: /u\n")
    #expect(document.spans.isEmpty)
    #expect(diagnostics.isEmpty)
    let both = parse("`{= y}` [a][`{= x}`]\n\n[`{= x}`]: /u\n")
    #expect(summary(both.1) == ["unplaceable-span@1:1"])
  }

  @Test func spansInResultsAreNotEvaluated() {
    let (document, diagnostics) = parse(
      "`{= a}`\n\n<!-- meier:begin m -->\n\n`{= b}` `{= c\n\n# H\n\n@tbl-x\n\n<!-- meier:end m -->\n")
    #expect(document.spans.map(\.expression.string) == ["a"])
    #expect(document.headings.isEmpty && document.references.isEmpty)
    #expect(diagnostics.isEmpty)
  }
}
