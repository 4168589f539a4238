// Colours that everyone can tell apart, on white and on dark pages.

import Testing

@testable import Figures

@Suite struct SeriesColourTests {
  /// Relative luminance after WCAG 2.
  static func luminance(_ colour: String) -> Double {
    let digits = Array(colour.dropFirst())
    let parts = [0, 2, 4].map { Int(String(digits[$0...($0 + 1)]), radix: 16) ?? 0 }
    let linear = parts.map { part -> Double in
      let value = Double(part) / 255
      if value <= 0.04045 { return value / 12.92 }
      // ((v + 0.055) / 1.055)^2.4 as exp(2.4 log …), by the series of the exponential.
      let exponent = 2.4 * naturalLogarithm((value + 0.055) / 1.055)
      var (term, sum) = (1.0, 1.0)
      for k in 1...60 {
        term *= exponent / Double(k)
        sum += term
      }
      return sum
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  static func contrast(_ one: String, _ other: String) -> Double {
    let (a, b) = (luminance(one) + 0.05, luminance(other) + 0.05)
    return max(a, b) / min(a, b)
  }

  @Test(arguments: SeriesColour.standard)
  func linesAreVisibleOnWhiteAndDark(look: SeriesColour) {
    #expect(SeriesColourTests.contrast(look.line, "#ffffff") >= 3)
    #expect(SeriesColourTests.contrast(look.line, "#0d1117") >= 3)
    #expect(SeriesColourTests.contrast(look.text, "#ffffff") >= 4.5)
  }

  @Test func inkIsReadable() {
    let style = FigureStyle()
    #expect(SeriesColourTests.contrast(style.ink, style.paper) >= 7)
    #expect(SeriesColourTests.contrast(style.quietInk, "#f3f5f7") >= 4.5)
  }

  @Test func greyCopiesAreToldApartByTheDash() {
    #expect(Set(SeriesColour.standard.map(\.dash)).count == 8)
    #expect(Set(SeriesColour.standard.map(\.line)).count == 8)
  }

  @Test func anEmptyPaletteIsNone() {
    #expect(FigureStyle(palette: []).colour(3).line == SeriesColour.standard[3].line)
    #expect(FigureStyle().colour(16) == FigureStyle().colour(0))
    #expect(FigureStyle().colour(-1) == FigureStyle().colour(0))
  }

  @Test func sixteenSeriesLookDifferent() {
    #expect(Set(SeriesColour.dashes).count == SeriesColour.distinctCount)
    let own = ["#1a5fb8", "#a04654"].compactMap { Colour(hexadecimal: $0) }.enumerated().map {
      SeriesColour($0.element, at: $0.offset)
    }
    for palette in [SeriesColour.standard, SeriesColour.greys, own] {
      let looks = (0..<SeriesColour.distinctCount).map(FigureStyle(palette: palette).colour)
      #expect(Set(looks.map(\.dash)).count == looks.count)
      guard palette.count > 2 else { continue }
      #expect(Set(looks.map { "\($0.line) \($0.marker)" }).count == looks.count)
    }
  }
}
