// Bytes that no text file should hold.

import Diagnostics

/// Finds what is not UTF-8, and NUL bytes; both stop a run, since nothing could be placed with certainty.
enum TextEncodingCheck {
  static func diagnostics(for file: SourceFile) -> [Diagnostic] {
    let bytes = file.bytes
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return [
        Diagnostic(
          .invalidUTF8, "the file is written in UTF-16", at: SourceRange(file: file, bytes: 0..<2),
          remedy: "save it as UTF-8")
      ]
    }
    var found: [Diagnostic] = []
    if let first = firstInvalid(in: bytes) {
      found.append(
        Diagnostic(
          .invalidUTF8, "the file is not valid UTF-8 from here on",
          at: SourceRange(file: file, bytes: first..<first + 1), remedy: "save it as UTF-8"))
    }
    if let first = bytes.firstIndex(of: 0) {
      let count = bytes.count { $0 == 0 }
      found.append(
        Diagnostic(
          .nulByte,
          count == 1 ? "the file holds a NUL byte" : "the file holds \(count) NUL bytes, the first here",
          at: SourceRange(file: file, bytes: first..<first + 1),
          remedy: "delete it; text files have none (a file saved as UTF-16 has many)"))
    }
    return found
  }

  /// The offset of the first byte that does not belong to a well-formed UTF-8 sequence.
  static func firstInvalid(in bytes: [UInt8]) -> Int? {
    var index = 0
    while index < bytes.count {
      let length = sequenceLength(in: bytes, at: index)
      if length == 0 { return index }
      index += length
    }
    return nil
  }

  /// The length of the well-formed sequence that begins at `index` (Unicode 15, table 3-7), or 0.
  static func sequenceLength(in bytes: [UInt8], at index: Int) -> Int {
    func byte(_ distance: Int) -> UInt8 { index + distance < bytes.count ? bytes[index + distance] : 0 }
    func isTail(_ distance: Int) -> Bool { byte(distance) & 0xC0 == 0x80 }
    switch byte(0) {
    case 0..<0x80: return 1
    case 0xC2...0xDF: return isTail(1) ? 2 : 0
    case 0xE0: return (0xA0...0xBF).contains(byte(1)) && isTail(2) ? 3 : 0
    case 0xED: return (0x80...0x9F).contains(byte(1)) && isTail(2) ? 3 : 0
    case 0xE1...0xEF: return isTail(1) && isTail(2) ? 3 : 0
    case 0xF0: return (0x90...0xBF).contains(byte(1)) && isTail(2) && isTail(3) ? 4 : 0
    case 0xF1...0xF3: return isTail(1) && isTail(2) && isTail(3) ? 4 : 0
    case 0xF4: return (0x80...0x8F).contains(byte(1)) && isTail(2) && isTail(3) ? 4 : 0
    default: return 0
    }
  }
}
