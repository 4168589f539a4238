// Text measured by the font's own metrics, so that nothing overlaps and nothing is cut off.

/// Where a text's x stands.
enum TextAnchor: String, Sendable {
  case start, middle, end
}

struct Font: Sendable, Equatable {
  var size: Double
  var isBold: Bool
  /// Measured as Times instead of Arial.
  var isSerif = false

  /// Height of a capital letter.
  var capHeight: Double { (isSerif ? 0.662 : 0.716) * size }
  var ascent: Double { 0.78 * size }
  var descent: Double { 0.212 * size }
  var lineHeight: Double { (1.22 * size * 2).rounded() / 2 }

  func width(of text: String) -> Double {
    var width = 0.0
    let blocks = FontMetrics.blocks(isBold: isBold, isSerif: isSerif)
    for character in text { width += FontMetrics.advance(of: character, blocks) }
    return width * size
  }
}

/// Where one line of text stands, in points from the top left corner.
struct TextBox: Sendable, Equatable, Codable {
  let text: String
  let x: Double
  let y: Double
  let width: Double
  let height: Double

  init(text: String, at point: Point, width: Double, font: Font, anchor: TextAnchor, isRotated: Bool) {
    self.text = text
    let height = font.ascent + font.descent
    let before =
      switch anchor {
      case .start: 0.0
      case .middle: width / 2
      case .end: width
      }
    if isRotated {
      x = point.x - font.ascent
      y = point.y - width + before
      self.width = height
      self.height = width
    } else {
      x = point.x - before
      y = point.y - font.ascent
      self.width = width
      self.height = height
    }
  }

  var rectangle: Rectangle { Rectangle(x: x, y: y, width: width, height: height) }
}
