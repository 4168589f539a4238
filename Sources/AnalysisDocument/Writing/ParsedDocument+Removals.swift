// The edits that take directives out of a manuscript.

import Diagnostics

extension ParsedDocument {
  /// Takes out a directive with its lines, so that the blocks above and below stay what they are: one blank line
  /// remains between them, or an empty comment where a list above would swallow what stands below.
  public func edit(removing directive: DirectiveBlock) -> Edit {
    let edit = closingGap(of: directive)
    return Edit(
      range: edit.range, replacement: edit.replacement,
      fallback: .init(range: directive.range, replacement: Self.emptyComment))
  }

  private static let emptyComment = Array("<!-- -->".utf8)

  private func closingGap(of directive: DirectiveBlock) -> Edit {
    let bytes = file.bytes
    let first = file.lineRange(directive.lines.lowerBound)
    let isBehindMarker = !bytes[first.lowerBound..<max(directive.range.lowerBound, first.lowerBound)]
      .allSatisfy { Bytes.isBlank($0) || $0 == 0x3E }
    let bare = GeneratedBlock.withoutTrailingBlanks(directive.containerPrefix)
    // An empty list item would not be one below a paragraph.
    if isBehindMarker || needsSeparator(directive) {
      return Edit(range: directive.range, replacement: Self.emptyComment)
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
    if blankAbove, end >= bytes.count, !mayBeRemoved(directive.lines.lowerBound - 2) {
      return Edit(range: file.lineStarts[directive.lines.lowerBound - 2]..<end, replacement: [])
    }
    let replacement = blankAbove || blankBelow ? [] : bare + lineEnding.bytes
    return Edit(range: start..<end, replacement: replacement)
  }

  /// Takes out a result with its markers and one of the blank lines around it.
  public func edit(removing region: ResultRegion) -> Edit {
    let start = file.lineRange(region.lines.lowerBound).lowerBound
    let isBehindMarker = !file.bytes[start..<max(region.range.lowerBound, start)]
      .allSatisfy { Bytes.isBlank($0) || $0 == 0x3E }
    let afterLast = region.lines.upperBound + 1
    if isBehindMarker || afterLast > file.lineCount { return Edit(range: region.range, replacement: []) }
    let takesBlank = isBlankLine(region.lines.lowerBound - 1) && isBlankLine(afterLast)
    let end =
      takesBlank && afterLast < file.lineCount ? file.lineStarts[afterLast] : file.lineStarts[afterLast - 1]
    return Edit(range: start..<end, replacement: [])
  }

  /// Whether a line belongs to what another edit may take out together with the blank line below it.
  private func mayBeRemoved(_ line: Int) -> Bool {
    line < bodyFirstLine || directives.contains { $0.lines.contains(line) }
      || spans.contains { $0.kind == .claim && file.line(at: $0.range.upperBound - 1) == line }
  }

  private var bodyFirstLine: Int { file.line(at: bodyStart) }

  /// Blank but for quote marks; so is what lies outside the body.
  func isBlankLine(_ line: Int) -> Bool {
    guard line >= bodyFirstLine, line <= file.lineCount else { return true }
    return file.bytes[file.lineRange(line)].allSatisfy { Bytes.isBlank($0) || $0 == 0x3E }
  }

  /// Whether a list above would take in what stands below: a list, or indented lines.
  private func needsSeparator(_ directive: DirectiveBlock) -> Bool {
    let start = directive.range.lowerBound
    let first = tree.blocks.partitioningIndex { $0.offset >= start }
    guard let index = tree.blocks[first...].firstIndex(where: { $0.kind == .codeBlock }),
      tree.blocks[index].offset == start
    else { return false }
    let parent = tree.blocks[index].parent
    func isOther(_ block: CommonMarkTree.Block) -> Bool {
      guard block.parent == parent else { return false }
      let next = directives.partitioningIndex { $0.range.lowerBound >= block.offset }
      return next >= directives.count || directives[next].range.lowerBound != block.offset
    }
    guard let above = tree.blocks[..<index].last(where: isOther), above.kind == .list,
      let below = tree.blocks[(index + 1)...].first(where: isOther)
    else { return false }
    if below.kind == .list || below.kind == .codeBlock { return true }
    let line = file.lineRange(below.line)
    return below.offset > line.lowerBound && Bytes.isBlank(file.bytes[below.offset - 1])
  }
}
