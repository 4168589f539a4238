// Directives: header, body, place.

import Diagnostics
import Testing

@testable import AnalysisDocument

struct DirectiveBlockTests {
  @Test func aDirectiveHasNameIDBodyAndPlace() throws {
    let text = "Text.\n\n```{kaplan-meier #os}\ndata: nelm\nformula: os ~ treatment\n```\n\nMore.\n"
    let (document, diagnostics) = parse(text)
    #expect(diagnostics.isEmpty)
    let directive = try #require(document.directives.first)
    #expect(directive.name.string == "kaplan-meier")
    #expect(directive.id?.string == "os")
    #expect(directive.header.text == "{kaplan-meier #os}")
    #expect(directive.body.string == "data: nelm\nformula: os ~ treatment\n")
    #expect(directive.lines == 3...6)
    #expect(
      document.text(directive.range) == "```{kaplan-meier #os}\ndata: nelm\nformula: os ~ treatment\n```")
    #expect(outline(directive.options) == "{data: nelm, formula: os ~ treatment}")
    #expect(directive.containerPrefix.isEmpty)
    let value = try #require(directive.options?.mapping?["formula"]?.scalar)
    #expect(value.text.range().start == SourcePosition(line: 5, column: 10))
  }
}
