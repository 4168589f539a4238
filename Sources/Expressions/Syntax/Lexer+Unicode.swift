// Letters and signs beyond ASCII.

import Diagnostics

extension Lexer {
  /// The scalar at the position and its length in bytes.
  private func scalar() -> (scalar: Unicode.Scalar, length: Int)? {
    guard let first = byte(position) else { return nil }
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    let end = min(position + length, bytes.count)
    return String(decoding: bytes[position..<end], as: UTF8.self).unicodeScalars.first.map {
      ($0, end - position)
    }
  }

  /// The length of the letter or mark at the position, 0 if there stands something else.
  func letterLength() -> Int {
    guard let (scalar, length) = scalar(), scalar != "\u{FFFD}" else { return 0 }
    let properties = scalar.properties
    if properties.isAlphabetic || properties.numericType == .decimal { return length }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .connectorPunctuation: return length
    default: return 0
    }
  }

  mutating func readNonASCII() {
    if letterLength() > 0 { return readName() }
    guard let (scalar, length) = scalar() else { return }
    let start = position
    if scalar.properties.isWhitespace {
      position += length
      return
    }
    if Self.curlyQuotes.contains(scalar) {
      report(
        "'\(scalar)' is a typographic quotation mark", at: start..<start + length,
        remedy: "write the straight marks \" or '")
      readTypographicText(length)
      return
    }
    position += length
    if let (symbol, spelling) = Self.typographic[scalar] {
      report("'\(scalar)' is not part of the language", at: start..<position, remedy: "write \(spelling)")
      append(.symbol(symbol), from: start)
    } else {
      breakOff("unexpected character '\(scalar)'", at: start..<position)
    }
  }

  private mutating func readTypographicText(_ quoteLength: Int) {
    let start = position
    position += quoteLength
    let textStart = position
    while let (scalar, length) = scalar() {
      if Self.curlyQuotes.contains(scalar) || scalar == "\"" {
        let text = String(decoding: bytes[textStart..<position], as: UTF8.self)
        position += length
        return append(.text(text), from: start)
      }
      position += length
    }
    append(.text(String(decoding: bytes[textStart..<position], as: UTF8.self)), from: start)
  }

  private static let curlyQuotes: Set<Unicode.Scalar> = ["“", "”", "„", "‘", "’", "«", "»"]
  private static let typographic: [Unicode.Scalar: (Token.Symbol, String)] = [
    "≤": (.lessOrEqual, "<="), "≥": (.greaterOrEqual, ">="), "≠": (.notEquals, "!="), "−": (.minus, "-"),
    "–": (.minus, "-"), "×": (.star, "*"), "·": (.star, "*"), "÷": (.slash, "/"),
  ]
}
