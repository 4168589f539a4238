// The edits that take inline claims out of a manuscript.

import Diagnostics

extension ParsedDocument {
  /// Takes out inline claims, each with the blank or the line that it would leave behind. Claims that stand next
  /// to each other go together.
  public func edits(removing claims: [InlineSpan]) -> [Edit] {
    var groups: [Group] = []
    for span in claims.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      var group = Group(range: span.range, beginsLine: span.beginsLine, line: span.line)
      if let last = groups.last {
        let gap = last.range.upperBound..<span.range.lowerBound
        if isGap(gap), !isHardBreak(gap) {
          groups[groups.count - 1].range = last.range.lowerBound..<span.range.upperBound
          continue
        }
        if isGap(gap) {
          groups[groups.count - 1].isBesideBreak = true
          group.isBesideBreak = true
        }
      }
      groups.append(group)
    }
    return groups.map { group in
      let fallback = Edit.Fallback(
        range: group.range, replacement: Array(shielded("", at: group.range.lowerBound).utf8))
      if group.isBesideBreak { return Edit(range: fallback.range, replacement: fallback.replacement) }
      let edit = edit(removing: group)
      return Edit(range: edit.range, replacement: edit.replacement, fallback: fallback)
    }
  }

  /// Claims with nothing but blanks between them.
  private struct Group {
    var range: Range<Int>
    let beginsLine: Bool
    let line: Int
    /// A hard break parts it from another claim.
    var isBesideBreak = false
  }

  /// Blanks, with at most one line end and the marks that begin the next line.
  private func isGap(_ range: Range<Int>) -> Bool {
    guard range.lowerBound <= range.upperBound else { return false }
    let lines = file.line(at: range.upperBound) - file.line(at: range.lowerBound)
    return lines <= 1 && file.bytes[range].allSatisfy { Bytes.isSpace($0) || (lines == 1 && $0 == 0x3E) }
      && paragraph(at: range.lowerBound) == paragraph(at: range.upperBound)
  }

  /// Whether a gap holds a line end behind two blanks.
  private func isHardBreak(_ gap: Range<Int>) -> Bool {
    guard let end = file.bytes[gap].firstIndex(where: Bytes.isLineEnd) else { return false }
    return end - gap.lowerBound >= 2
  }

  private func edit(removing span: Group) -> Edit {
    let bytes = file.bytes
    let first = file.lineRange(span.line)
    let last = file.lineRange(file.line(at: max(span.range.upperBound - 1, span.range.lowerBound)))
    let blankStart = skipBlanksBack(from: span.range.lowerBound, to: first.lowerBound)
    let blankEnd = Bytes.skip(bytes, span.range.upperBound, to: last.upperBound, while: Bytes.isBlank)
    let endsLine = blankEnd == last.upperBound
    if span.beginsLine, endsLine { return editRemovingLine(of: span, last: last) }
    if span.beginsLine { return Edit(range: span.range.lowerBound..<blankEnd, replacement: []) }
    if endsLine { return Edit(range: blankStart..<span.range.upperBound, replacement: []) }
    let next = bytes[span.range.upperBound]
    if ".,;:!?)".utf8.contains(next) {
      return Edit(range: blankStart..<span.range.upperBound, replacement: [])
    }
    let isBetweenBlanks = blankStart < span.range.lowerBound
    return Edit(
      range: span.range.lowerBound..<(isBetweenBlanks ? blankEnd : span.range.upperBound), replacement: [])
  }

  /// A claim alone on its line must not leave a blank line in the middle of a paragraph.
  private func editRemovingLine(of span: Group, last: Range<Int>) -> Edit {
    guard let index = paragraph(at: span.range.lowerBound), tree.blocks[index].kind == .paragraph else {
      return Edit(range: span.range, replacement: [])
    }
    let bytes = file.bytes
    let block = tree.blocks[index]
    let lastLine = file.line(at: last.lowerBound)
    let quotes = tree.quoteDepth(of: index)
    if lastLine < block.reportedEndLine, lastLine < file.lineCount {
      let next = ContainerPrefix.textStart(line: lastLine + 1, quotes: quotes, in: file)
      return Edit(range: span.range.lowerBound..<max(next, span.range.upperBound), replacement: [])
    }
    if span.line > block.line {
      return Edit(range: file.lineRange(span.line - 1).upperBound..<last.upperBound, replacement: [])
    }
    let isBehindMarker = !bytes[file.lineRange(block.line).lowerBound..<block.offset]
      .allSatisfy { Bytes.isBlank($0) || $0 == 0x3E }
    if isBehindMarker { return Edit(range: span.range, replacement: Array("<!-- -->".utf8)) }
    // The whole paragraph: with the blank line below it, when it begins a line of the top level.
    let below = lastLine + 1
    if block.offset == file.lineRange(block.line).lowerBound, isBlankLine(block.line - 1), isBlankLine(below),
      below < file.lineCount
    {
      return Edit(range: span.range.lowerBound..<file.lineStarts[below], replacement: [])
    }
    return Edit(range: span.range.lowerBound..<last.upperBound, replacement: [])
  }

  private func skipBlanksBack(from index: Int, to start: Int) -> Int {
    var index = index
    while index > start, Bytes.isBlank(file.bytes[index - 1]) { index -= 1 }
    return index
  }
}
