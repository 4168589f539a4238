// The comment behind a value that an in-place run has written.

import Diagnostics

/// `<!--= expression → text -->`: what to compute, and what was printed before the comment.
///
/// Both parts are plain text but for numeric character references: `&#45;` for hyphens that stand
/// together (which would end the comment), `&#124;` for a bar in a table cell, `&#96;` for a backtick (which
/// might pair with one outside), `&#8594;` for an arrow, `&#10;` for a line end, and `&#38;` for an ampersand
/// before `#`. Any numeric reference is understood when reading.
public enum RecordedComment {
  /// The comment for an expression and the text printed before it.
  public static func comment(expression: String, text: String, isInTableCell: Bool) -> String {
    "<!--= \(escaped(expression, isInTableCell)) → \(escaped(text, isInTableCell)) -->"
  }

  private static func escaped(_ text: String, _ isInTableCell: Bool) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      let before = index > 0 ? scalars[index - 1] : " "
      let after = index + 1 < scalars.count ? scalars[index + 1] : " "
      let needsEscape =
        switch scalar {
        case "-": before == "-" || after == "-"
        case "|": isInTableCell
        case "&": after == "#"
        case "`", "→", "\n", "\r", "\0": true
        default: false
        }
      if needsEscape {
        result += "&#\(scalar.value);"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The two parts of a comment's content, each byte with its place; `nil` when there is no arrow.
  static func parts(of content: SourceText) -> (expression: SourceText, text: String)? {
    let arrow = Array(" → ".utf8)
    let bytes = content.bytes
    // An empty record leaves ` →` at the end once blanks are trimmed.
    var split: Int?
    var index = bytes.count - arrow.count + 1
    while index >= 0 {
      if bytes[index...].starts(with: arrow.dropLast()),
        index + arrow.count - 1 == bytes.count || bytes[index + arrow.count - 1] == 0x20
      {
        split = index
        break
      }
      index -= 1
    }
    guard let split else { return nil }
    let record = Bytes.trimmed(bytes, min(split + arrow.count - 1, bytes.count)..<bytes.count)
    return (
      decoded(content.slice(Bytes.trimmed(bytes, 0..<split))), decoded(content.slice(record)).string
    )
  }

  /// The text with its numeric references undone.
  private static func decoded(_ text: SourceText) -> SourceText {
    guard text.bytes.contains(0x26) else { return text }
    var bytes: [UInt8] = []
    var offsets: [Int] = []
    var index = 0
    while index < text.bytes.count {
      if let (scalar, end) = reference(in: text.bytes, at: index) {
        for byte in String(scalar).utf8 {
          bytes.append(byte)
          offsets.append(text.offsets[index])
        }
        index = end
      } else {
        bytes.append(text.bytes[index])
        offsets.append(text.offsets[index])
        index += 1
      }
    }
    offsets.append(text.offsets[text.bytes.count])
    return SourceText(bytes: bytes, file: text.file, offsets: offsets)
  }

  private static func reference(in bytes: [UInt8], at index: Int) -> (Unicode.Scalar, Int)? {
    guard Bytes.has("&#", in: bytes, at: index) else { return nil }
    let end = Bytes.skip(bytes, index + 2, to: bytes.count, while: Bytes.isDigit)
    guard end > index + 2, end - index <= 10, end < bytes.count, bytes[end] == 0x3B else { return nil }
    let value = bytes[index + 2..<end].reduce(UInt32(0)) { $0 * 10 + UInt32($1 - 0x30) }
    return Unicode.Scalar(value).map { ($0, end + 1) }
  }
}
