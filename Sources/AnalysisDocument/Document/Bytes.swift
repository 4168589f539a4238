// Small questions about bytes.

enum Bytes {
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
  static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
  static func isSpace(_ byte: UInt8) -> Bool { isBlank(byte) || isLineEnd(byte) }
  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
  static func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
  static func isLetter(_ byte: UInt8) -> Bool { isLower(byte | 0x20) }
  /// A letter, a digit, `_` or `-`.
  static func isWord(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte == 0x5F || byte == 0x2D
  }

  static func skip(_ bytes: [UInt8], _ index: Int, to end: Int, while condition: (UInt8) -> Bool) -> Int {
    var index = index
    while index < end, index < bytes.count, condition(bytes[index]) { index += 1 }
    return index
  }

  /// The range without blanks and line ends on either side.
  static func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    let lower = skip(bytes, range.lowerBound, to: range.upperBound, while: isSpace)
    var upper = max(range.upperBound, lower)
    while upper > lower, isSpace(bytes[upper - 1]) { upper -= 1 }
    return lower..<upper
  }

  /// Whether `pattern` stands at `index`.
  static func has(_ pattern: StaticString, in bytes: [UInt8], at index: Int) -> Bool {
    let length = pattern.utf8CodeUnitCount
    guard index >= 0, index + length <= bytes.count else { return false }
    return pattern.withUTF8Buffer { buffer in
      for (offset, byte) in buffer.enumerated() where bytes[index + offset] != byte { return false }
      return true
    }
  }

  /// The first place in the range at which `pattern` stands.
  static func first(_ pattern: StaticString, in bytes: [UInt8], _ range: Range<Int>) -> Int? {
    let last = range.upperBound - pattern.utf8CodeUnitCount
    var index = range.lowerBound
    while index <= last {
      if has(pattern, in: bytes, at: index) { return index }
      index += 1
    }
    return nil
  }

  /// The length of the run of one byte that begins at `index`.
  static func runLength(_ byte: UInt8, in bytes: [UInt8], at index: Int, to end: Int) -> Int {
    skip(bytes, index, to: end) { $0 == byte } - index
  }
}

extension Array {
  /// The first index at which a condition holds that no element meets before one that does not; the count when
  /// there is none. Few steps, however long the array.
  func partitioningIndex(where condition: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
