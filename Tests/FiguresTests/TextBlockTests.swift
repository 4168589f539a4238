// Breaking text into lines.

import Testing

@testable import Figures

@Suite struct TextBlockTests {
  let font = Font(size: 8, isBold: false)

  @Test func shortTextStaysOneLine() {
    #expect(TextBlock("hepatic resection", font: font, width: 200).lines == ["hepatic resection"])
    #expect(TextBlock("", font: font, width: 200).lines == [""])
  }

  @Test func linesAreBalanced() {
    let block = TextBlock("peptide receptor radionuclide therapy", font: font, width: 110)
    #expect(block.lines == ["peptide receptor", "radionuclide therapy"])
  }

  @Test func breaksAfterHyphensAndBetweenIdeographs() {
    #expect(TextBlock("follow-up", font: font, width: 26).lines == ["follow-", "up"])
    #expect(TextBlock("肝切除术后", font: font, width: 25).lines.joined() == "肝切除术后")
    #expect(TextBlock("肝切除术后", font: font, width: 25).lines.count == 2)
  }

  @Test func noBreakBlanksHold() {
    let lines = TextBlock("Resection (n\u{A0}=\u{A0}58)", font: font, width: 45).lines
    #expect(lines == ["Resection", "(n\u{A0}=\u{A0}58)"])
  }

  @Test func nothingIsLostAndNothingTooWide() {
    var generator = SampleGenerator(seed: 3)
    let letters = Array("abcdefghij  -/éΩЖ肝")
    for _ in 0..<300 {
      let text = String(
        (0..<(1 + Int(generator.next() % 60))).map { _ in letters[Int(generator.next() % 18)] })
      let width = 10 + 90 * generator.uniform()
      let block = TextBlock(text, font: font, width: width)
      #expect(block.lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
      #expect(block.width <= width + 1e-9)
    }
  }
}
