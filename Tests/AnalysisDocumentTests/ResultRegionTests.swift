// Markers, and the regions between them.

import Diagnostics
import Testing

@testable import AnalysisDocument

struct ResultRegionTests {
  @Test func aRegionHasItsPlace() throws {
    let text = "Text\n<!-- meier:begin os -->\n\nold\n\n<!-- meier:end os -->\nMore\n"
    let (document, diagnostics) = parse(text)
    #expect(diagnostics.isEmpty)
    let region = try #require(document.region(id: "os"))
    #expect(document.text(region.range) == "<!-- meier:begin os -->\n\nold\n\n<!-- meier:end os -->")
    #expect(document.text(region.contentRange) == "\nold\n\n")
    #expect(region.lines == 2...6)
    #expect(region.containerPrefix.isEmpty)
  }

  /// Document, prefix, what was generated.
  static let containers: [(String, String)] = [
    ("> <!-- meier:begin os -->\n>\n> old\n>\n> <!-- meier:end os -->\n", "> "),
    ("- x\n\n  <!-- meier:begin os -->\n\n  old\n\n  <!-- meier:end os -->\n", "  "),
    ("> 1. x\n>\n>    <!-- meier:begin os -->\n>\n>    old\n>\n>    <!-- meier:end os -->\n", ">    "),
    ("<!-- meier:begin os -->\r\n\r\nold\r\n\r\n<!-- meier:end os -->\r\n", ""),
    ("- <!-- meier:begin os -->\n\n  old\n\n  <!-- meier:end os -->", "  "),
  ]

  @Test(arguments: containers) func whatWasGeneratedIsReadBack(_ text: String, prefix: String) throws {
    let (document, diagnostics) = parse(text)
    #expect(diagnostics.isEmpty)
    let region = try #require(document.regions.first)
    #expect(String(decoding: region.containerPrefix, as: UTF8.self) == prefix)
    let generated = region.generatedText(in: document.file)
    #expect(
      String(decoding: generated, as: UTF8.self) == "<!-- meier:begin os -->\n\nold\n\n<!-- meier:end os -->")
    let edit = document.edit(replacing: region, with: String(decoding: generated, as: UTF8.self))
    #expect(try Splice.apply([edit], to: document.file.bytes) == document.file.bytes)
  }

  static let begin = "<!-- meier:begin a -->\n"
  static let end = "<!-- meier:end a -->\n"
  static let otherBegin = "<!-- meier:begin b -->\n"
  static let otherEnd = "<!-- meier:end b -->\n"

  static let faults: [(String, regions: Int, [String])] = [
    (begin + "\nx\n", 0, ["unclosed-region@1:1"]), ("x\n" + end, 0, ["unclosed-region@2:1"]),
    (begin + otherBegin + otherEnd + end, 1, ["unclosed-region@1:1", "unclosed-region@4:1"]),
    (begin + otherEnd, 0, ["unclosed-region@1:1", "unclosed-region@2:1"]),
    (begin + end + begin + end, 1, ["duplicate-region@3:18"]),
    ("> " + begin + "\n" + end, 0, ["unclosed-region@1:3", "unclosed-region@3:1"]),
    ("<!-- meier:begin -->\n", 0, ["invalid-marker@1:1"]),
    ("<!-- meier:start a -->\n", 0, ["invalid-marker@1:1"]),
    ("<!-- meier:begin a --> x\n", 0, ["invalid-marker@1:1"]),
    ("<!-- meier:begin a\n-->\n", 0, ["invalid-marker@1:1"]),
    (begin + "\n```{cox #m}\n```\n\n" + end, 1, ["edited-result@3:4"]),
  ]

  @Test(arguments: faults) func faultsAreReported(_ text: String, regions: Int, codes: [String]) {
    let (document, diagnostics) = parse(text)
    #expect(document.regions.count == regions)
    #expect(summary(diagnostics) == codes)
    #expect(document.directives.isEmpty)
  }

  @Test(arguments: [
    "```\n<!-- meier:begin a -->\n```\n", "`<!-- meier:begin a -->`\n", "    <!-- meier:begin a -->\n",
    "<!-- my: meier -->\n",
  ])
  func othersAreTheAuthors(_ text: String) {
    let (document, diagnostics) = parse(text)
    #expect(document.regions.isEmpty && diagnostics.isEmpty)
  }
}
