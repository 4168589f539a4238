// Whether bytes are UTF-8 text without NUL.

enum ByteCheck {
  struct Fault: Sendable, Equatable {
    enum Kind: Sendable, Equatable { case nul, invalidUTF8 }
    var kind: Kind
    var offset: Int
  }

  /// The first fault among the characters that begin in a range.
  static func firstFault(_ bytes: FileBytes, in range: Range<Int>) -> Fault? {
    let raw = UnsafeRawPointer(bytes.base)
    var suspicious: UInt64 = 0
    var position = range.lowerBound
    while position + 8 <= range.upperBound {
      let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      suspicious |= word | ((word &- 0x0101_0101_0101_0101) & ~word)
      position += 8
    }
    while position < range.upperBound {
      let byte = bytes.base[position]
      if byte >= 0x80 || byte == 0 { suspicious = .max }
      position += 1
    }
    if suspicious & 0x8080_8080_8080_8080 == 0 { return nil }
    return walk(bytes, in: range)
  }

  private static func walk(_ bytes: FileBytes, in range: Range<Int>) -> Fault? {
    let base = bytes.base
    var position = scalarEnd(base, reaching: range.lowerBound, count: bytes.count)
    while position < range.upperBound {
      let byte = base[position]
      if byte == 0 { return Fault(kind: .nul, offset: position) }
      if byte < 0x80 {
        position += 1
        continue
      }
      let length = scalarLength(base, at: position, count: bytes.count)
      if length == 0 { return Fault(kind: .invalidUTF8, offset: position) }
      position += length
    }
    return nil
  }

  /// The end of the scalar that began before a position and goes beyond it, else the position itself.
  private static func scalarEnd(_ base: UnsafePointer<UInt8>, reaching position: Int, count: Int) -> Int {
    for back in 1...3 where back <= position && base[position - back] & 0xC0 != 0x80 {
      return max(position, position - back + scalarLength(base, at: position - back, count: count))
    }
    return position
  }

  /// The length of the well-formed scalar of several bytes that begins here, 0 if there is none
  /// (Unicode Standard, table 3-7).
  private static func scalarLength(_ base: UnsafePointer<UInt8>, at position: Int, count: Int) -> Int {
    func isContinuation(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      position + offset < count && range.contains(base[position + offset])
    }
    switch base[position] {
    case 0xC2...0xDF: return isContinuation(1) ? 2 : 0
    case 0xE0: return isContinuation(1, 0xA0...0xBF) && isContinuation(2) ? 3 : 0
    case 0xE1...0xEC, 0xEE, 0xEF: return isContinuation(1) && isContinuation(2) ? 3 : 0
    case 0xED: return isContinuation(1, 0x80...0x9F) && isContinuation(2) ? 3 : 0
    case 0xF0: return isContinuation(1, 0x90...0xBF) && isContinuation(2) && isContinuation(3) ? 4 : 0
    case 0xF1...0xF3: return isContinuation(1) && isContinuation(2) && isContinuation(3) ? 4 : 0
    case 0xF4: return isContinuation(1, 0x80...0x8F) && isContinuation(2) && isContinuation(3) ? 4 : 0
    default: return 0
    }
  }
}
