// The edits that take directives and claims out of a manuscript.

import Diagnostics

extension ParsedDocument {
  /// Takes out a directive with its lines, so that the blocks above and below stay what they are: one blank line
  /// remains between them, or an empty comment where a list above would swallow what stands below.
  public func edit(removing directive: DirectiveBlock) -> Edit {
    let bytes = file.bytes
    let first = file.lineRange(directive.lines.lowerBound)
    let isBehindMarker = !bytes[first.lowerBound..<max(directive.range.lowerBound, first.lowerBound)]
      .allSatisfy { Bytes.isBlank($0) || $0 == 0x3E }
    if isBehindMarker { return Edit(range: directive.range, replacement: []) }
    let bare = GeneratedBlock.withoutTrailingBlanks(directive.containerPrefix)
    if needsSeparator(directive) {
      return Edit(range: directive.range, replacement: Array("<!-- -->".utf8))
    }
    let start = first.lowerBound
    let afterLast = directive.lines.upperBound + 1
    let end = afterLast <= file.lineCount ? file.lineStarts[afterLast - 1] : bytes.count
    let blankAbove = isBlankLine(directive.lines.lowerBound - 1)
    let blankBelow = isBlankLine(afterLast)
    if blankAbove, blankBelow, end < bytes.count {
      return Edit(
        range: start..<(afterLast < file.lineCount ? file.lineStarts[afterLast] : bytes.count),
        replacement: [])
    }
    if blankAbove, end >= bytes.count, directive.lines.lowerBound - 1 > bodyFirstLine {
      return Edit(range: file.lineStarts[directive.lines.lowerBound - 2]..<end, replacement: [])
    }
    let replacement = blankAbove || blankBelow ? [] : bare + lineEnding.bytes
    return Edit(range: start..<end, replacement: replacement)
  }

  private var bodyFirstLine: Int { file.line(at: bodyStart) }

  /// Blank but for quote marks; so is what lies outside the body.
  private func isBlankLine(_ line: Int) -> Bool {
    guard line >= bodyFirstLine, line <= file.lineCount else { return true }
    return file.bytes[file.lineRange(line)].allSatisfy { Bytes.isBlank($0) || $0 == 0x3E }
  }

  /// Whether a list above would take in what stands below: a list, or indented lines.
  private func needsSeparator(_ directive: DirectiveBlock) -> Bool {
    guard
      let index = tree.blocks.firstIndex(where: {
        $0.kind == .codeBlock && $0.offset == directive.range.lowerBound
      })
    else { return false }
    let parent = tree.blocks[index].parent
    let starts = Set(directives.map(\.range.lowerBound))
    func isOther(_ block: CommonMarkTree.Block) -> Bool {
      block.parent == parent && !starts.contains(block.offset)
    }
    guard let above = tree.blocks[..<index].last(where: isOther), above.kind == .list,
      let below = tree.blocks[(index + 1)...].first(where: isOther)
    else { return false }
    if below.kind == .list || below.kind == .codeBlock { return true }
    let line = file.lineRange(below.line)
    return below.offset > line.lowerBound && Bytes.isBlank(file.bytes[below.offset - 1])
  }

  /// Takes out an inline claim, with the blank or the line that it would leave behind.
  public func edit(removing span: InlineSpan) -> Edit {
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
  private func editRemovingLine(of span: InlineSpan, last: Range<Int>) -> Edit {
    let index = tree.blocks.lastIndex {
      ($0.kind == .paragraph || $0.kind == .heading) && $0.offset <= span.range.lowerBound
    }
    guard let index, tree.blocks[index].kind == .paragraph else {
      return Edit(range: span.range, replacement: [])
    }
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
