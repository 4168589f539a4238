// Front matter, and what only looks like it.

import Diagnostics
import Testing

@testable import AnalysisDocument

struct FrontMatterTests {
  @Test func optionsAreRead() throws {
    let (document, diagnostics) = parse("---\ntitle: A\nstyle: jama\n---\n\n# Text\n")
    #expect(diagnostics.isEmpty)
    let matter = try #require(document.frontMatter)
    #expect(document.text(matter.range) == "---\ntitle: A\nstyle: jama\n---\n")
    #expect(matter.options?["style"]?.scalar?.string == "jama")
    #expect(document.headings.first?.line == 6)
  }

  @Test(arguments: ["\u{FEFF}---\na: 1\n---\nText", "---  \r\na: 1\r\n...\r\nText", "---\ra: 1\r---\rText"])
  func itMayBeWrittenOtherwise(_ text: String) throws {
    let (document, diagnostics) = parse(text)
    #expect(diagnostics.isEmpty)
    let matter = try #require(document.frontMatter)
    #expect(matter.options?["a"]?.scalar?.string == "1")
    #expect(document.text(matter.range.upperBound..<document.file.bytes.count) == "Text")
  }

  @Test(arguments: [
    "---\n\nText\n\n---\n", "Text\n---\na: 1\n---\n", " ---\na: 1\n---\n", "---\n", "---",
    "----\na: 1\n----\n",
  ])
  func thematicBreaksAreTheAuthors(_ text: String) {
    let (document, diagnostics) = parse(text)
    #expect(document.frontMatter == nil)
    #expect(diagnostics.isEmpty)
  }

  @Test func faultsAreReported() {
    #expect(summary(parse("---\ntitle: A: B\n---\n").1) == ["yaml@2:9"])
    #expect(summary(parse("---\ntitle: A\n\nText\n").1) == ["yaml@1:1"])
    #expect(summary(parse("---\n- a\n---\n").1) == ["yaml@2:1"])
    #expect(parse("---\n# nothing\n---\n").1.isEmpty)
  }

  @Test func anEmptyOneHoldsNothing() {
    let (document, diagnostics) = parse("---\n---\nText `{= a}`\n")
    #expect(diagnostics.isEmpty)
    #expect(document.spans.count == 1)
  }
}
