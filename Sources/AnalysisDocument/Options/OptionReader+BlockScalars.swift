// Block scalars: `|` keeps the lines, `>` folds them.

import Diagnostics

extension OptionReader {
  private enum Chomping { case clip, strip, keep }

  mutating func blockScalar(parentIndent: Int) throws(Fault) -> OptionTree {
    let start = position
    let isLiteral = current == 0x7C
    position += 1
    let (chomping, increment) = try blockHeader(start)
    var indent = increment.map { max(parentIndent, 0) + $0 } ?? 0
    var text = Text()
    var leadingBreak = Text()
    var (breaks, nextLine) = try blankLines(indent: &indent, parentIndent: parentIndent)
    var isIndented = false
    var end = start + 1
    while position < bytes.count, column(of: position) == indent {
      let beginsBlank = current.map(Bytes.isBlank) ?? false
      if !isLiteral, leadingBreak.bytes.first == 0x0A, !isIndented, !beginsBlank {
        if breaks.bytes.isEmpty { text.append(0x20, from: leadingBreak.origins.first ?? position) }
      } else {
        text.append(leadingBreak)
      }
      text.append(breaks)
      isIndented = beginsBlank
      while !isLineEnd(position) {
        text.append(bytes[position], from: position)
        position += 1
        end = position
      }
      leadingBreak = Text()
      if position < bytes.count {
        leadingBreak.append(0x0A, from: position)
        position += 1
      }
      (breaks, nextLine) = try blankLines(indent: &indent, parentIndent: parentIndent)
    }
    if chomping != .strip { text.append(leadingBreak) }
    if chomping == .keep { text.append(breaks) }
    position = nextLine
    _ = try moveToContent()
    return .scalar(
      OptionScalar(
        text: sourceText(text, end: end), style: isLiteral ? .literalBlock : .foldedBlock,
        range: range(start, end)))
  }

  /// What follows `|` or `>`: `-` or `+`, a digit, a comment.
  private mutating func blockHeader(_ start: Int) throws(Fault) -> (Chomping, Int?) {
    var chomping = Chomping.clip
    var increment: Int?
    var isChomped = false
    while let byte = current {
      if !isChomped, byte == 0x2B || byte == 0x2D {
        chomping = byte == 0x2B ? .keep : .strip
        isChomped = true
      } else if increment == nil, byte >= 0x31, byte <= 0x39 {
        increment = Int(byte - 0x30)
      } else {
        break
      }
      position += 1
    }
    let afterHeader = position
    skipBlanks()
    if current == 0x23, position > afterHeader { position = lineEnd(of: position) }
    guard isLineEnd(position) else { throw blockHeaderFault(start) }
    if position < bytes.count { position += 1 }
    return (chomping, increment)
  }

  /// Line ends of blank lines, and where the line behind them starts; afterwards `position` is behind that line's
  /// indentation. The first call finds the indentation where the header gives none.
  private mutating func blankLines(
    indent: inout Int, parentIndent: Int
  ) throws(Fault) -> (breaks: Text, nextLine: Int) {
    var breaks = Text()
    var widest = 0
    var lineStart = position
    while true {
      lineStart = position
      while current == 0x20, indent == 0 || position - lineStart < indent { position += 1 }
      widest = max(widest, position - lineStart)
      if current == 0x09, indent == 0 || position - lineStart < indent { throw tabFault(at: position) }
      guard current == 0x0A else { break }
      breaks.append(0x0A, from: position)
      position += 1
    }
    if indent == 0 { indent = max(widest, parentIndent + 1, 1) }
    return (breaks, lineStart)
  }
}
