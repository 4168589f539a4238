// Colours that an author names, and whether they can be seen.

/// An opaque sRGB colour.
public struct Colour: Sendable, Equatable {
  /// 0 to 255.
  let red: Int
  let green: Int
  let blue: Int

  /// `#1a5fb8`; nil for anything else.
  public init?(hexadecimal text: String) {
    let digits = text.utf8.dropFirst()
    guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6,
      let value = Int(text.dropFirst(), radix: 16),
      digits.first != UInt8(ascii: "+"), digits.first != UInt8(ascii: "-")
    else { return nil }
    self.init(red: value >> 16, green: value >> 8 & 255, blue: value & 255)
  }

  init(red: Int, green: Int, blue: Int) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// `#1a5fb8`
  public var hexadecimal: String {
    "#"
      + [red, green, blue].map { part in
        let digits = String(part, radix: 16)
        return digits.utf8.count < 2 ? "0" + digits : digits
      }.joined()
  }

  /// Relative luminance after WCAG 2.
  var luminance: Double {
    0.2126 * Colour.linear(red) + 0.7152 * Colour.linear(green) + 0.0722 * Colour.linear(blue)
  }

  /// The contrast ratio after WCAG 2, 1 to 21.
  public func contrast(with other: Colour) -> Double {
    let (one, two) = (luminance + 0.05, other.luminance + 0.05)
    return max(one, two) / min(one, two)
  }

  /// The usual paper, against which contrast is reckoned.
  public static let white = Colour(red: 255, green: 255, blue: 255)

  /// The same hue, darkened until it reaches a contrast on white.
  func darkened(toContrast least: Double) -> Colour {
    var colour = self
    for _ in 0..<100 {
      if colour.contrast(with: .white) >= least { break }
      colour = Colour(
        red: colour.red * 24 / 25, green: colour.green * 24 / 25, blue: colour.blue * 24 / 25)
    }
    return colour
  }

  private static func linear(_ part: Int) -> Double {
    let value = Double(part) / 255
    if value <= 0.04045 { return value / 12.92 }
    // x^2.4 is x² times the fifth root of x², by Newton's method.
    let square = (value + 0.055) / 1.055 * ((value + 0.055) / 1.055)
    var root = 1.0
    for _ in 0..<40 {
      let fourth = root * root * root * root
      root -= (fourth * root - square) / (5 * fourth)
    }
    return square * root
  }
}

extension SeriesColour {
  /// A series in a colour of the author's, with the usual dash and marker of its place.
  public init(_ colour: Colour, at index: Int) {
    self =
      SeriesColour(
        line: colour.hexadecimal, text: colour.darkened(toContrast: 4.5).hexadecimal, dash: [],
        marker: .circle
      ).placed(at: index)
  }

  /// Greys with the usual dashes and markers, for journals that print without colour.
  public static let greys: [SeriesColour] = [
    "#1f1f1f", "#7d7d7d", "#4a4a4a", "#8c8c8c", "#333333", "#6e6e6e", "#5c5c5c", "#848484",
  ].enumerated().compactMap { index, text in Colour(hexadecimal: text).map { SeriesColour($0, at: index) } }
}
