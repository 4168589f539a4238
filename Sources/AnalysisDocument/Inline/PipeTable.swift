// Pipe tables, which libcmark takes for paragraphs.

import Diagnostics

/// The rows of a GitHub-flavoured table inside a paragraph.
struct PipeTable {
  /// Index of the header row among the paragraph's lines; the delimiter row is the next, then come the body rows.
  let headerLine: Int
  /// The cells of every row from the header on, the delimiter row left out.
  let cells: [Range<Int>]

  /// The table that a paragraph holds, given its lines without container prefix.
  static func find(in lines: [Range<Int>], of bytes: [UInt8]) -> PipeTable? {
    guard lines.count >= 2 else { return nil }
    for line in 1..<lines.count {
      guard let columns = delimiterColumns(lines[line], of: bytes),
        split(lines[line - 1], of: bytes).count == columns
      else { continue }
      var cells: [Range<Int>] = []
      for row in (line - 1)..<lines.count where row != line { cells += split(lines[row], of: bytes) }
      return PipeTable(headerLine: line - 1, cells: cells)
    }
    return nil
  }

  /// The table in a paragraph of a document, and the lines above it.
  static func find(
    inParagraph index: Int, of tree: CommonMarkTree, file: SourceFile
  ) -> (table: PipeTable, above: ArraySlice<Range<Int>>)? {
    let block = tree.blocks[index]
    let lastLine = min(max(block.reportedEndLine, block.line), file.lineCount)
    guard block.kind == .paragraph, lastLine > block.line else { return nil }
    let quotes = tree.quoteDepth(of: index)
    let lines = (block.line...lastLine).map { line -> Range<Int> in
      let whole = file.lineRange(line)
      let start =
        line == block.line ? block.offset : ContainerPrefix.textStart(whole, quotes: quotes, in: file.bytes)
      return min(start, whole.upperBound)..<whole.upperBound
    }
    return find(in: lines, of: file.bytes).map { ($0, lines[..<$0.headerLine]) }
  }

  /// A cell's text with `|` for `\|`.
  static func withoutEscapedBars(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      let isEscape = byte == 0x5C && index + 1 < bytes.count && bytes[index + 1] == 0x7C
      if !isEscape { result.append(byte) }
    }
    return result
  }

  /// The number of columns of a delimiter row such as `|:--|--:|`, or `nil` for any other line.
  private static func delimiterColumns(_ line: Range<Int>, of bytes: [UInt8]) -> Int? {
    let text = Bytes.trimmed(bytes, line)
    guard bytes[text].contains(0x7C) || bytes[text].contains(0x3A) else { return nil }
    let cells = split(line, of: bytes)
    for cell in cells {
      let content = Bytes.trimmed(bytes, cell)
      var dashes = content
      if dashes.first.map({ bytes[$0] == 0x3A }) == true { dashes = dashes.dropFirst() }
      if dashes.last.map({ bytes[$0] == 0x3A }) == true { dashes = dashes.dropLast() }
      guard !dashes.isEmpty, bytes[dashes].allSatisfy({ $0 == 0x2D }) else { return nil }
    }
    return cells.isEmpty ? nil : cells.count
  }

  /// The cells of a row, without the bars. A bar behind a backslash belongs to its cell.
  static func split(_ line: Range<Int>, of bytes: [UInt8]) -> [Range<Int>] {
    let text = Bytes.trimmed(bytes, line)
    var cells: [Range<Int>] = []
    var start = text.lowerBound
    var index = text.lowerBound
    if index < text.upperBound, bytes[index] == 0x7C {
      index += 1
      start = index
    }
    while index < text.upperBound {
      if bytes[index] == 0x5C {
        index += 2
      } else if bytes[index] == 0x7C {
        cells.append(start..<index)
        index += 1
        start = index
      } else {
        index += 1
      }
    }
    if start < text.upperBound { cells.append(start..<text.upperBound) }
    return cells
  }
}
