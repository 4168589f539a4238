// JSON as bytes, written once from the first to the last.

struct JSONWriter {
  private(set) var bytes: [UInt8] = []

  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func writeBytes(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// On one line, without blanks.
  mutating func write(_ value: JSONValue) {
    switch value {
    case .null: writeBytes("null")
    case .flag(let flag): writeBytes(flag ? "true" : "false")
    case .integer(let integer): writeBytes(String(integer))
    case .number(let number):
      if number.isNaN {
        writeBytes("\"NE\"")
      } else if number.isInfinite {
        writeBytes(number > 0 ? "\"Inf\"" : "\"-Inf\"")
      } else {
        writeBytes(NumberFormat.twelveDigits(number))
      }
    case .text(let text): writeQuoted(text)
    case .list(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        write(value)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in Self.sorted(members).enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        writeQuoted(member.key)
        bytes.append(UInt8(ascii: ":"))
        write(member.value)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Objects one member per line, indented by two blanks a level; lists on one line.
  mutating func writeLines(_ value: JSONValue, indent: Int) {
    guard case .object(let members) = value, !members.isEmpty else { return write(value) }
    writeBytes("{\n")
    for (index, member) in Self.sorted(members).enumerated() {
      if index > 0 { writeBytes(",\n") }
      writeBlanks(indent + 2)
      writeQuoted(member.key)
      writeBytes(": ")
      writeLines(member.value, indent: indent + 2)
    }
    bytes.append(UInt8(ascii: "\n"))
    writeBlanks(indent)
    bytes.append(UInt8(ascii: "}"))
  }

  /// With quotes; control characters, quote and backslash escaped, everything else as it is.
  mutating func writeQuoted(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { writeEscaped($0) }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func writeEscaped(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      // The line and paragraph separators U+2028 and U+2029 end lines in JavaScript.
      let isSeparator =
        byte == 0xE2 && index + 2 < text.count && text[index + 1] == 0x80
        && (text[index + 2] == 0xA8 || text[index + 2] == 0xA9)
      let length = isSeparator ? 3 : 1
      if byte >= 0x20, byte != 0x22, byte != 0x5C, byte != 0x7F, !isSeparator {
        index += length
        continue
      }
      bytes.append(contentsOf: text[start..<index])
      switch byte {
      case 0x22: writeBytes("\\\"")
      case 0x5C: writeBytes("\\\\")
      case 0x0A: writeBytes("\\n")
      case 0x0D: writeBytes("\\r")
      case 0x09: writeBytes("\\t")
      default:
        let code = isSeparator ? 0x2000 + Int(text[index + 2] & 0x3F) : Int(byte)
        let hexadecimal = String(code, radix: 16)
        writeBytes("\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal)
      }
      index += length
      start = index
    }
    bytes.append(contentsOf: text[start...])
  }

  private mutating func writeBlanks(_ count: Int) {
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: count))
  }

  static func sorted(_ members: [String: JSONValue]) -> [(key: String, value: JSONValue)] {
    members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }
}
