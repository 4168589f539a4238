// Block mappings and block lists: structure by indentation.

import Diagnostics

extension OptionReader {
  /// The node that begins at `position`; its lines stand deeper than `parentIndent`.
  mutating func blockNode(parentIndent: Int) throws(Fault) -> OptionTree {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw depthFault() }
    let column = column(of: position)
    if isListMark(position) { return try blockList(column: column, sharesIndent: false) }
    if try isKey(position) { return try blockMapping(column: column) }
    let node = try inlineNode(parentIndent: parentIndent)
    if !isBlockScalar(node) { try finishLine(after: node) }
    return node
  }

  func isListMark(_ index: Int) -> Bool { byte(index) == 0x2D && isBlankOrEnd(index + 1) }

  private func isBlockScalar(_ node: OptionTree) -> Bool {
    guard let style = node.scalar?.style else { return false }
    return style == .literalBlock || style == .foldedBlock
  }

  mutating func blockMapping(column: Int) throws(Fault) -> OptionTree {
    let start = position
    var end = position
    var entries = EntryList()
    while position < bytes.count {
      let entryStart = position
      do throws(Fault) {
        let entry = try entry(column: column)
        end = max(end, lastContent(before: position, from: entryStart))
        add(entry, to: &entries)
        if let deeper = try contentDeeper(than: column, after: entry.key) { throw deeper }
      } catch {
        faults.append(error.diagnostic)
        recover(to: column)
      }
      guard position < bytes.count, self.column(of: position) == column else { break }
    }
    return .mapping(OptionMapping(entries: entries.entries, range: range(start, end)))
  }

  /// A line that stands deeper than its mapping although no value is awaited.
  private func contentDeeper(than column: Int, after key: SourceText) throws(Fault) -> Fault? {
    guard position < bytes.count, self.column(of: position) > column else { return nil }
    return fault(
      "this line stands deeper than '\(key.string)', which already has its value", position,
      lineEnd(of: position), "indent it like '\(key.string)'")
  }

  /// `key: value` at `position`; afterwards `position` is at the next line's content.
  private mutating func entry(column: Int) throws(Fault) -> OptionMapping.Entry {
    guard try isKey(position) else { throw missingKeyFault() }
    let key = try key()
    skipBlanks()
    guard current == 0x3A else { throw missingKeyFault() }
    position += 1
    let afterColon = position
    skipBlanks()
    if isLineEnd(position) || (current == 0x23 && position > afterColon) {
      position = lineEnd(of: position)
      return OptionMapping.Entry(key: key, value: try valueBelow(column: column, afterColon: afterColon))
    }
    if isListMark(position) { throw listOnKeyLineFault() }
    let value = try inlineNode(parentIndent: column)
    if !isBlockScalar(value) { try finishLine(after: value) }
    return OptionMapping.Entry(key: key, value: value)
  }

  /// The value of a key that ends its line.
  private mutating func valueBelow(column: Int, afterColon: Int) throws(Fault) -> OptionTree {
    guard let below = try moveToContent() else { return emptyScalar(at: afterColon) }
    if below > column { return try blockNode(parentIndent: column) }
    // A list may stand directly below its key.
    if below == column, isListMark(position) { return try blockList(column: column, sharesIndent: true) }
    return emptyScalar(at: afterColon)
  }

  mutating func blockList(column: Int, sharesIndent: Bool) throws(Fault) -> OptionTree {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw depthFault() }
    let start = position
    var end = position + 1
    var elements: [OptionTree] = []
    while position < bytes.count {
      let elementStart = position
      do throws(Fault) {
        elements.append(try element(column: column))
        end = max(end, lastContent(before: position, from: elementStart))
        if position < bytes.count, self.column(of: position) > column {
          throw fault(
            "this line stands deeper than the list it follows", position, lineEnd(of: position),
            "indent it like the lines above, or begin it with '- '")
        }
      } catch {
        faults.append(error.diagnostic)
        recover(to: column)
      }
      guard position < bytes.count, self.column(of: position) == column else { break }
      if !isListMark(position) {
        if sharesIndent { break }
        faults.append(
          fault(
            "every line of a list begins with '- '", position, lineEnd(of: position),
            "write '- ' before it, or indent it less"
          ).diagnostic)
        recover(to: column)
        guard position < bytes.count, self.column(of: position) == column, isListMark(position) else { break }
      }
    }
    return .sequence(OptionSequence(elements: elements, range: range(start, end)))
  }

  /// What stands behind `- `, on its line or deeper below.
  private mutating func element(column: Int) throws(Fault) -> OptionTree {
    let afterMark = position + 1
    position = afterMark
    skipBlanks()
    if isLineEnd(position) || current == 0x23 {
      position = lineEnd(of: position)
      guard let below = try moveToContent(), below > column else { return emptyScalar(at: afterMark) }
    }
    return try blockNode(parentIndent: column)
  }

  /// The end of the last line with content before `index`, without trailing blanks.
  private func lastContent(before index: Int, from start: Int) -> Int {
    var end = min(index, bytes.count)
    var line = end
    while line > start {
      line = lineStart(of: max(end - 1, start))
      let text = Bytes.trimmed(bytes, max(line, start)..<end)
      if !text.isEmpty, bytes[text.lowerBound] != 0x23 { return text.upperBound }
      end = max(line, start)
    }
    return start
  }

  // MARK: Keys

  /// Whether a key and its colon stand at `index`.
  func isKey(_ index: Int) throws(Fault) -> Bool {
    guard let first = byte(index) else { return false }
    switch first {
    case 0x22, 0x27:
      guard let close = closingQuote(from: index, to: lineEnd(of: index)) else { return false }
      let next = Bytes.skip(bytes, close + 1, to: bytes.count, while: Bytes.isBlank)
      return byte(next) == 0x3A && isBlankOrEnd(next + 1)
    case 0x3F where isBlankOrEnd(index + 1): throw complexKeyFault(at: index)
    case 0x5B, 0x7B, 0x7C, 0x3E, 0x23: return false
    default: return colon(from: index) != nil
    }
  }

  /// The colon that ends a plain key on its line.
  private func colon(from index: Int) -> Int? {
    var index = index
    while let byte = byte(index), !Bytes.isLineEnd(byte) {
      if byte == 0x3A, isBlankOrEnd(index + 1) { return index }
      if byte == 0x23, index > 0, Bytes.isBlank(bytes[index - 1]) { return nil }
      index += 1
    }
    return nil
  }

  private mutating func key() throws(Fault) -> SourceText {
    if current == 0x22 || current == 0x27 {
      guard let scalar = try quoted(parentIndent: -1).scalar else { throw missingKeyFault() }
      return scalar.text
    }
    try checkPlainStart(inFlow: false)
    guard let colon = colon(from: position) else { throw missingKeyFault() }
    var text = Text()
    let content = Bytes.trimmed(bytes, position..<colon)
    guard !content.isEmpty else {
      throw fault("the colon has no key before it", colon, colon + 1, "write 'key: value'")
    }
    for index in content { text.append(bytes[index], from: index) }
    position = colon
    if Self.hasOpenQuote(text.bytes) { throw colonFault() }
    return sourceText(text, end: content.upperBound)
  }
}
