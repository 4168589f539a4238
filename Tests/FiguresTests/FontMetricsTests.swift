// Widths of Arial and its kin.

import Testing

@testable import Figures

@Suite struct FontMetricsTests {
  let font = Font(size: 2048, isBold: false)
  let bold = Font(size: 2048, isBold: true)

  // Advances of the font in 2048ths of an em.
  @Test(arguments: [
    ("0", 1139.0), (" ", 569), (".", 569), ("i", 455), ("W", 1933), ("é", 1139), ("Ω", 1531), ("–", 1139),
  ])
  func regular(text: String, width: Double) { #expect(font.width(of: text) == width) }

  @Test(arguments: [("0", 1139.0), ("i", 569), ("P", 1366), ("\u{2212}", 1196)])
  func isBold(text: String, width: Double) { #expect(bold.width(of: text) == width) }

  @Test func timesIsNarrower() {
    let times = FigureStyle(fontFamily: "'Times New Roman', Times, serif").font
    #expect(times.width(of: "0") == times.size / 2)
    #expect(FigureStyle(fontFamily: "Georgia, serif").font.isSerif == false)
  }

  @Test func digitsAreEquallyWide() {
    #expect(Set("0123456789".map { font.width(of: String($0)) }).count == 1)
  }

  @Test func combiningMarksAddNothing() {
    #expect(font.width(of: "e\u{301}") == font.width(of: "e"))
    #expect(font.width(of: "a\u{200D}") == font.width(of: "a"))
  }

  @Test func whatTheFontLacksIsWideEnough() {
    #expect(font.width(of: "肝") > 2048)
    #expect(font.width(of: "ب") > 1000)
    #expect(font.width(of: "👩‍⚕️") > 2048)
  }
}
