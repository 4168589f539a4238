// Texts between quotation marks, with JSON's escapes.

import Diagnostics

extension Lexer {
  /// A text between straight quotation marks, with JSON's escapes.
  mutating func readText(_ quote: UInt8) {
    let start = position
    var text: [UInt8] = []
    position += 1
    while let next = byte(position), next != quote {
      if next == UInt8(ascii: "\\"), byte(position + 1) != nil {
        readEscape(into: &text)
      } else {
        text.append(next)
        position += 1
      }
    }
    if byte(position) == nil {
      breakOff("this quotation mark is never closed", at: start..<start + 1)
    } else {
      position += 1
    }
    append(.text(String(decoding: text, as: UTF8.self)), from: start)
  }

  private mutating func readEscape(into text: inout [UInt8]) {
    let start = position
    let letter = bytes[position + 1]
    position += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "|"):
      text.append(letter)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      if let unit = hexadecimal() {
        position += 4
        text += Array(String(codePoint(unit)).utf8)
      } else {
        report("'\\u' needs four hexadecimal digits", at: start..<position)
      }
    default:
      report(
        "unknown escape '\(String(decoding: bytes[start..<min(position, bytes.count)], as: UTF8.self))'",
        at: start..<position, remedy: "write \\\\ for a backslash")
    }
  }

  /// Four hexadecimal digits at the position.
  private func hexadecimal() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    let digits = bytes[position..<position + 4]
    guard digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }) else { return nil }
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  /// The scalar of a code unit, a surrogate joined with the one that follows it.
  private mutating func codePoint(_ unit: UInt32) -> Unicode.Scalar {
    if (0xD800..<0xDC00).contains(unit), byte(position) == UInt8(ascii: "\\"),
      byte(position + 1) == UInt8(ascii: "u")
    {
      position += 2
      if let low = hexadecimal(), (0xDC00..<0xE000).contains(low) {
        position += 4
        return Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)) ?? "\u{FFFD}"
      }
      position -= 2
    }
    return Unicode.Scalar(unit) ?? "\u{FFFD}"
  }
}
