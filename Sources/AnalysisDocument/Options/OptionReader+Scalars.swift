// Plain and quoted scalars.

import Diagnostics

extension OptionReader {
  /// Refuses what cannot begin a plain scalar, and says what to write.
  func checkPlainStart(inFlow: Bool) throws(Fault) {
    guard let first = current else { return }
    switch first {
    case 0x26, 0x2A, 0x21: throw refusedFault(first)
    case 0x25, 0x40, 0x60, 0x7C, 0x3E, 0x23: throw reservedFault(first)
    case 0x2C, 0x5D, 0x7D: throw strayFault(first)
    case 0x2D where isBlankOrEnd(position + 1):
      throw fault("a list item cannot stand here", position, position + 1, "put the list on lines of its own")
    case 0x3F where inFlow || isBlankOrEnd(position + 1): throw complexKeyFault(at: position)
    case 0x3A where inFlow || isBlankOrEnd(position + 1):
      throw fault("the colon has no key before it", position, position + 1, "write 'key: value'")
    default: break
    }
  }

  /// Text without quotes. It ends before `: `, before ` #`, at the end of its line or, when the next lines
  /// stand deeper, of theirs (line ends become blanks); in a flow collection also before `,[]{}`.
  mutating func plain(parentIndent: Int, inFlow: Bool) throws(Fault) -> OptionTree {
    try checkPlainStart(inFlow: inFlow)
    let start = position
    var text = Text()
    var end = position
    while true {
      end = try plainLine(into: &text, inFlow: inFlow, end: end)
      guard isLineEnd(position), position < bytes.count else { break }
      // The next line that is not blank, if it belongs to the scalar.
      let lineEnd = position
      guard let (next, breaks) = try continuation(from: lineEnd, parentIndent: parentIndent, inFlow: inFlow)
      else { break }
      if !inFlow, try isKey(next) {
        throw continuedKeyFault(start: start, next: next, parentIndent: parentIndent)
      }
      position = next
      if isPlainEnd(position, inFlow: inFlow) { break }
      for _ in 0..<max(breaks - 1, 1) { text.append(breaks > 1 ? 0x0A : 0x20, from: lineEnd) }
    }
    return .scalar(OptionScalar(text: sourceText(text, end: end), style: .plain, range: range(start, end)))
  }

  private func isPlainEnd(_ index: Int, inFlow: Bool) -> Bool {
    guard let byte = byte(index) else { return true }
    if byte == 0x3A, isBlankOrEnd(index + 1) { return true }
    return inFlow && isFlowMark(byte)
  }

  private func isFlowMark(_ byte: UInt8) -> Bool {
    byte == 0x2C || byte == 0x5B || byte == 0x5D || byte == 0x7B || byte == 0x7D
  }

  /// One line of a plain scalar; the index behind its last character that is not blank. `position` is then at
  /// whatever stopped it.
  private mutating func plainLine(into text: inout Text, inFlow: Bool, end: Int) throws(Fault) -> Int {
    var end = end
    var pending = position
    while let byte = current, !Bytes.isLineEnd(byte) {
      if Bytes.isBlank(byte) {
        position += 1
        continue
      }
      if byte == 0x23, position > 0, Bytes.isBlank(bytes[position - 1]) { break }
      if inFlow, byte == 0x3A, let next = self.byte(position + 1), isFlowMark(next) || next == 0x3F {
        throw fault(
          "a blank must follow the colon", position, position + 1, "write ': ', or put the text in quotes")
      }
      if isPlainEnd(position, inFlow: inFlow) { break }
      while pending <= position {
        text.append(bytes[pending], from: pending)
        pending += 1
      }
      position += 1
      end = position
    }
    return end
  }

  /// Where a scalar goes on behind a line end, and how many line ends lie between; `nil` where it ends.
  private func continuation(
    from lineEnd: Int, parentIndent: Int, inFlow: Bool
  ) throws(Fault) -> (Int, Int)? {
    var index = lineEnd
    var breaks = 0
    while let byte = byte(index), Bytes.isSpace(byte) {
      if Bytes.isLineEnd(byte) { breaks += 1 }
      index += 1
    }
    guard let next = byte(index), next != 0x23, !isDocumentMark(index) else { return nil }
    let start = lineStart(of: index)
    if inFlow { return (index, breaks) }
    let indent = Bytes.skip(bytes, start, to: index) { $0 == 0x20 } - start
    if indent < index - start, indent <= parentIndent { throw tabFault(at: start + indent) }
    return index - start > parentIndent ? (index, breaks) : nil
  }

  // MARK: Quotes

  /// The quote that closes the one at `index`, before `limit`.
  func closingQuote(from index: Int, to limit: Int) -> Int? {
    guard let quote = byte(index) else { return nil }
    var index = index + 1
    while index < limit {
      if bytes[index] == quote {
        guard quote == 0x27, byte(index + 1) == quote else { return index }
        index += 1
      } else if bytes[index] == 0x5C, quote == 0x22 {
        index += 1
      }
      index += 1
    }
    return nil
  }

  mutating func quoted(parentIndent: Int) throws(Fault) -> OptionTree {
    let opening = position
    let isSingle = current == 0x27
    guard let close = closingQuote(from: opening, to: bytes.count) else { throw unclosedQuoteFault(opening) }
    var text = Text()
    position += 1
    while position < close {
      if Bytes.isSpace(bytes[position]) {
        try foldBlanks(into: &text, to: close, opening: opening, parentIndent: parentIndent)
      } else if isSingle, bytes[position] == 0x27 {
        text.append(0x27, from: position)
        position += 2
      } else if !isSingle, bytes[position] == 0x5C {
        try escape(into: &text, to: close, opening: opening, parentIndent: parentIndent)
      } else {
        text.append(bytes[position], from: position)
        position += 1
      }
    }
    position = close + 1
    return .scalar(
      OptionScalar(
        text: sourceText(text, end: close), style: isSingle ? .singleQuoted : .doubleQuoted,
        range: range(opening, close + 1)))
  }

  /// Blanks inside quotes stay; around line ends they go, one line end becomes a blank, more become one less.
  private mutating func foldBlanks(
    into text: inout Text, to close: Int, opening: Int, parentIndent: Int, isEscaped: Bool = false
  ) throws(Fault) {
    let start = position
    let end = Bytes.skip(bytes, start, to: close, while: Bytes.isSpace)
    let breaks = bytes[start..<end].count { $0 == 0x0A }
    position = end
    if breaks == 0 {
      if !isEscaped { for index in start..<end { text.append(bytes[index], from: index) } }
      return
    }
    if isDocumentMark(end) || column(of: end) <= parentIndent { throw unclosedQuoteFault(opening) }
    if isEscaped {
      for _ in 1..<max(breaks, 1) { text.append(0x0A, from: start) }
    } else {
      for _ in 0..<max(breaks - 1, 1) { text.append(breaks > 1 ? 0x0A : 0x20, from: start) }
    }
  }

  private mutating func escape(
    into text: inout Text, to close: Int, opening: Int, parentIndent: Int
  ) throws(Fault) {
    let start = position
    guard let letter = byte(position + 1), position + 1 < close else { throw unclosedQuoteFault(opening) }
    position += 2
    let simple: Unicode.Scalar? =
      switch letter {
      case 0x30: "\0"
      case 0x61: "\u{7}"
      case 0x62: "\u{8}"
      case 0x74, 0x09: "\t"
      case 0x6E: "\n"
      case 0x76: "\u{B}"
      case 0x66: "\u{C}"
      case 0x72: "\r"
      case 0x65: "\u{1B}"
      case 0x20, 0x22, 0x2F, 0x5C: Unicode.Scalar(letter)
      case 0x4E: "\u{85}"
      case 0x5F: "\u{A0}"
      case 0x4C: "\u{2028}"
      case 0x50: "\u{2029}"
      default: nil
      }
    if let simple {
      for byte in String(simple).utf8 { text.append(byte, from: start) }
    } else if letter == 0x0A {
      position = start + 1
      try foldBlanks(into: &text, to: close, opening: opening, parentIndent: parentIndent, isEscaped: true)
    } else if let length = [0x78: 2, 0x75: 4, 0x55: 8][letter] {
      let end = position + length
      guard end <= close,
        let value = UInt32(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16),
        let scalar = Unicode.Scalar(value)
      else { throw escapeFault(start) }
      for byte in String(scalar).utf8 { text.append(byte, from: start) }
      position = end
    } else {
      throw escapeFault(start)
    }
  }
}
