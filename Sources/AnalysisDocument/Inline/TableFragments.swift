// The cells of the document's tables, gathered into one text for libcmark.

import Diagnostics

/// GitHub reads each table cell on its own, libcmark the whole table as one paragraph, in which a stray backtick of
/// one cell takes another cell's. So every cell (and the text above a table in its paragraph) becomes a
/// paragraph of its own in a text that is parsed once.
struct TableFragments {
  /// Where a candidate stands.
  struct Place {
    let limits: Range<Int>
    let isCell: Bool
    let quoteDepth: Int
    let block: Int
  }

  let tags: SpanTags
  private(set) var text: [UInt8] = []
  private(set) var places: [Int: Place] = [:]

  init(tags: SpanTags) { self.tags = tags }

  /// Takes a paragraph over if it holds a table and a candidate.
  mutating func take(_ index: Int, of tree: CommonMarkTree, in file: SourceFile) -> Bool {
    let block = tree.blocks[index]
    let lastLine = file.lineRange(min(max(block.reportedEndLine, block.line), file.lineCount))
    let range = block.offset..<max(lastLine.upperBound, block.offset)
    guard !tags.indices(in: range).isEmpty,
      let (table, above) = PipeTable.find(inParagraph: index, of: tree, file: file)
    else { return false }
    let quotes = tree.quoteDepth(of: index)
    if table.headerLine > 0 {
      for line in above {
        text += tags.tagged(line)
        text.append(0x0A)
      }
      text.append(0x0A)
      note(block.offset..<(above.last?.upperBound ?? block.offset), isCell: false, quotes, index)
    }
    for cell in table.cells where !tags.indices(in: cell).isEmpty {
      // A letter in front keeps the cell from being anything but a paragraph.
      text += Array("a ".utf8) + PipeTable.withoutEscapedBars(tags.tagged(Bytes.trimmed(file.bytes, cell)))
      text += [0x0A, 0x0A]
      note(cell, isCell: true, quotes, index)
    }
    return true
  }

  private mutating func note(_ limits: Range<Int>, isCell: Bool, _ quotes: Int, _ block: Int) {
    for candidate in tags.indices(in: limits) {
      places[candidate] = Place(limits: limits, isCell: isCell, quoteDepth: quotes, block: block)
    }
  }
}
