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

  /// Document, block, body, prefix of generated lines.
  static let containers: [(document: String, block: String, body: String, prefix: String)] = [
    ("> ```{cox #m}\n> a: 1\n> ```\n", "```{cox #m}\n> a: 1\n> ```", "a: 1\n", "> "),
    (">```{cox #m}\n>a: 1\n>```\n", "```{cox #m}\n>a: 1\n>```", "a: 1\n", ">"),
    (
      "> > ```{cox #m}\n> > a:\n> >   b: 1\n> > ```\n", "```{cox #m}\n> > a:\n> >   b: 1\n> > ```",
      "a:\n  b: 1\n", "> > "
    ),
    ("- ```{cox #m}\n  a: 1\n  ```\n", "```{cox #m}\n  a: 1\n  ```", "a: 1\n", "  "),
    ("- text\n\n  ```{cox #m}\n  a: 1\n  ```\n", "```{cox #m}\n  a: 1\n  ```", "a: 1\n", "  "),
    ("1.  x\n\n    ```{cox #m}\n    a: 1\n    ```\n", "```{cox #m}\n    a: 1\n    ```", "a: 1\n", "    "),
    ("- x\n\n\t```{cox #m}\n\ta: 1\n\t```\n", "```{cox #m}\n\ta: 1\n\t```", " a: 1\n", "\t"),
    ("> - x\n>\n>   ```{cox #m}\n>   a: 1\n>   ```\n", "```{cox #m}\n>   a: 1\n>   ```", "a: 1\n", ">   "),
    ("   ```{cox #m}\n   a: 1\n   ```\n", "```{cox #m}\n   a: 1\n   ```", "a: 1\n", ""),
    ("~~~~ {cox #m}\na: 1\n~~~\n~~~~\n", "~~~~ {cox #m}\na: 1\n~~~\n~~~~", "a: 1\n~~~\n", ""),
    ("```{cox #m}\r\na: 1\r\n\r\n```  \r\nText", "```{cox #m}\r\na: 1\r\n\r\n```  ", "a: 1\n\n", ""),
    ("\u{FEFF}```{cox #m}\n```", "```{cox #m}\n```", "", ""),
    ("```{cox #m}\ra: 1\r```\r", "```{cox #m}\ra: 1\r```", "a: 1\n", ""),
  ]

  @Test(arguments: containers) func containersAreStripped(
    _ text: String, block: String, body: String, prefix: String
  ) throws {
    let (document, _) = parse(text)
    let directive = try #require(document.directives.first)
    #expect(document.directives.count == 1)
    #expect(document.text(directive.range) == block)
    #expect(directive.body.string == body)
    #expect(String(decoding: directive.containerPrefix, as: UTF8.self) == prefix)
    for (byte, offset) in zip(directive.body.bytes, directive.body.offsets) where byte == 0x61 {
      #expect(document.file.bytes[offset] == 0x61)
    }
  }

  /// The author's own blocks.
  static let foreign: [String] = [
    "```\n{cox}\n```\n", "```r\n1\n```\n", "```{r}\n1\n```\n", "```{r setup, echo=FALSE}\n1\n```\n",
    "```{R}\n1\n```\n", "```{python}\n1\n```\n", "```{=html}\n<b>\n```\n",
    "```{.python .numberLines}\n1\n```\n",
    "```{#code .r}\n1\n```\n", "```cox {#m}\n1\n```\n", "    ```{cox #m}\n    ```\n",
    "````\n```{cox #m}\n```\n````\n",
    "```&#123;cox}\n```\n", "`` ```{cox} ``\n", "<div>\n```{cox #m}\n```\n</div>\n", "```{}\n```\n",
    "```{ }\n```\n",
  ]

  @Test(arguments: foreign) func otherBlocksAreTheAuthors(_ text: String) {
    let (document, diagnostics) = parse(text)
    #expect(document.directives.isEmpty)
    #expect(diagnostics.isEmpty)
  }

  @Test func foreignLanguagesAreAdded() {
    let text = "```{glue results='asis'}\nx\n```\n"
    #expect(summary(parse(text).1) == ["invalid-header@1:10"])
    #expect(parse(text, foreign: ["glue"]).1.isEmpty)
    #expect(parse("---\nforeign: [glue, tikz]\n---\n" + text).1.isEmpty)
    #expect(parse("---\nforeign: Glue\n---\n" + text).1.isEmpty)
  }

  /// Header, place of the complaint, what the remedy tells to write.
  static let malformed: [(header: String, column: Int, remedy: String)] = [
    ("{cox#os}", 4, "{cox #os}"), ("{ cox }", 4, "{cox}"), ("{cox, id=os}", 8, "{cox #os}"),
    ("{cox id=\"os\"}", 9, "{cox #os}"),
    ("{cox #os extra}", 9, "{cox #os}"), ("{cox #os", 4, "{cox #os}"), ("{cox #os} title", 14, "{cox #os}"),
    ("{cox os}", 9, "{cox #os}"), ("{cox #os }", 4, "{cox #os}"),
  ]

  @Test func aBlankBeforeTheClosingBraceIsNoFault() {
    #expect(parse("```{cox #os }\n```\n").1.isEmpty)
    #expect(parse("``` {cox  #os}  \n```\n").1.isEmpty)
  }

  @Test(arguments: malformed.dropLast()) func nearMissesAreReported(
    _ header: String, column: Int, remedy: String
  ) {
    let (document, diagnostics) = parse("```\(header)\na: 1\n```\n")
    #expect(summary(diagnostics) == ["invalid-header@1:\(column)"])
    #expect(diagnostics.first?.remedy?.hasPrefix("write \(remedy);") == true)
    #expect(document.directives.first?.name.string == "cox")
  }

  @Test func idsAreChecked() {
    let (_, diagnostics) = parse("```{cox #Over-all}\n```\n\n```{cox #a}\n```\n\n```{km #a}\n```\n")
    #expect(summary(diagnostics) == ["invalid-id@1:10", "duplicate-id@7:9"])
    #expect(diagnostics[0].remedy?.hasSuffix("#over_all") == true)
    #expect(diagnostics[1].notes.first?.location?.start == SourcePosition(line: 4, column: 10))
  }

  static let unclosed: [(String, String)] = [
    ("```{cox #m}\na: 1\n", "1:1"), ("Text\n\n> ```{cox #m}\n> a: 1\n\nText\n", "3:3"),
    ("- ```{cox #m}\n  a: 1\n\nText\n", "1:3"), ("````{cox #m}\na: 1\n```\n", "1:1"), ("```{cox #m}", "1:1"),
    // What looks like its end is the fence of the next block.
    ("> ```{cox #m}\n> a: 1\n```\ncode\n```\n", "1:3"),
  ]

  @Test(arguments: unclosed) func unclosedFencesAreReported(_ text: String, place: String) {
    let (document, diagnostics) = parse(text)
    #expect(summary(diagnostics) == ["unclosed-directive@\(place)"])
    #expect(document.directives.count == 1)
  }

  @Test func faultsInTheBodyAreReportedAtTheirPlace() {
    let (document, diagnostics) = parse("> - ```{cox #m}\n>   é: \"x\n>   b: 2\n>   ```\n")
    #expect(summary(diagnostics) == ["yaml@2:8"])
    #expect(document.directives.first?.options == nil)
  }
}
