// The grammar of a CSV file, one field at a time: the truth that the fast paths must agree with.

/// Walks over fields and line ends of bytes whose last byte is a line feed.
///
/// That last byte is what makes every walk end: an unquoted field stops at it, and a quoted one looks for
/// the end of the bytes itself.
struct FieldScanner {
  let base: UnsafePointer<UInt8>
  let count: Int
  let delimiter: UInt8

  enum Fault: Sendable { case unclosedQuote, textAfterQuote }

  struct Field {
    /// The content: within the quotes, or without the blanks around it.
    var start: Int
    var end: Int
    /// Where the field ends: at a delimiter or a line end; `count` after a quote that is never closed.
    var next: Int
    var isQuoted = false
    var hasDoubledQuotes = false
    /// Line ends within the quotes, and the start of the last line begun there.
    var lineBreaks = 0
    var lastLineStart = 0
    var fault: Fault?
  }

  @inline(__always)
  func isBlank(_ byte: UInt8) -> Bool { (byte == 0x20 || byte == 0x09) && byte != delimiter }

  @inline(__always)
  func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  @inline(__always)
  func endsField(_ byte: UInt8) -> Bool { byte == delimiter || byte == 0x0A || byte == 0x0D }

  /// The start of the next line, given the position of a line end.
  @inline(__always)
  func afterLineEnd(_ position: Int) -> Int {
    if base[position] == 0x0D, position + 1 < count, base[position + 1] == 0x0A { return position + 2 }
    return position + 1
  }

  /// The start of the line after a blank one; `nil` if the line that begins here holds anything.
  func afterBlankLine(_ position: Int) -> Int? {
    var index = position
    while index < count, isBlank(base[index]) { index += 1 }
    guard index < count, isLineEnd(base[index]) else { return nil }
    return afterLineEnd(index)
  }

  /// The field that begins at a position before the end of the bytes.
  func field(at position: Int) -> Field {
    var start = position
    while start < count, isBlank(base[start]) { start += 1 }
    if start < count, base[start] == 0x22 { return quotedField(openedAt: start) }
    var next = start
    while next < count, !endsField(base[next]) { next += 1 }
    var end = next
    while end > start, isBlank(base[end - 1]) { end -= 1 }
    return Field(start: start, end: end, next: next)
  }

  private func quotedField(openedAt quote: Int) -> Field {
    var field = Field(start: quote + 1, end: quote + 1, next: count, isQuoted: true)
    var index = quote + 1
    while index < count {
      let byte = base[index]
      if byte == 0x22 {
        if index + 1 < count, base[index + 1] == 0x22 {
          field.hasDoubledQuotes = true
          index += 2
          continue
        }
        field.end = index
        index += 1
        while index < count, isBlank(base[index]) { index += 1 }
        if index < count, !endsField(base[index]) {
          field.fault = .textAfterQuote
          while index < count, !endsField(base[index]) { index += 1 }
        }
        field.next = index
        return field
      }
      if isLineEnd(byte) {
        index = afterLineEnd(index)
        field.lineBreaks += 1
        field.lastLineStart = index
      } else {
        index += 1
      }
    }
    field.fault = .unclosedQuote
    field.end = count
    return field
  }

  /// The bytes of a field, doubled quotes undone.
  func content(_ field: Field) -> [UInt8] {
    let bytes = UnsafeBufferPointer(start: base + field.start, count: max(0, field.end - field.start))
    guard field.hasDoubledQuotes else { return Array(bytes) }
    var content: [UInt8] = []
    content.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      content.append(bytes[index])
      index += bytes[index] == 0x22 ? 2 : 1
    }
    return content
  }
}
