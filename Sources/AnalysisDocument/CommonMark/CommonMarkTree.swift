// What libcmark says about a document, as flat Swift values.

/// The block structure of a Markdown text with the inline nodes of each block.
///
/// Of libcmark's positions only the starts of blocks are kept: its end lines and its inline columns are wrong
/// for fences, comments, setext headings, lazy lines and whatever follows a hard break.
struct CommonMarkTree: Sendable {
  enum BlockKind: UInt8, Sendable {
    case document, quote, list, item, codeBlock, htmlBlock, paragraph, heading, thematicBreak, other
  }

  struct Block: Sendable {
    let kind: BlockKind
    /// Index of the enclosing block; -1 for the document.
    let parent: Int
    /// 1-based line of the file.
    let line: Int
    /// Byte offset in the file at which the block begins, behind its container's prefix.
    let offset: Int
    /// The last line as libcmark reports it; right for paragraphs alone.
    let reportedEndLine: Int
    /// Content of a code block or an HTML block; lines end in LF.
    let literal: [UInt8]
    /// A fenced code block with an info string; an indented block has none.
    let hasInfo: Bool
    /// 1 to 6 for a heading, else 0.
    let headingLevel: Int
    /// Indices into `inlines`.
    var inlines: Range<Int>
  }

  enum InlineKind: UInt8, Sendable {
    case text, code, html, softBreak, hardBreak, open, close
  }

  struct Inline: Sendable {
    let kind: InlineKind
    /// Text, code or HTML; for `open` and `close` the name of the element and a link's destination.
    let literal: [UInt8]
  }

  var blocks: [Block] = []
  var inlines: [Inline] = []

  /// The containers of a block, innermost first, without the document.
  func containers(of index: Int) -> [BlockKind] {
    var kinds: [BlockKind] = []
    guard blocks.indices.contains(index) else { return kinds }
    var parent = blocks[index].parent
    while parent > 0, parent < blocks.count {
      kinds.append(blocks[parent].kind)
      parent = blocks[parent].parent
    }
    return kinds
  }

  /// The number of block quotes around a block.
  func quoteDepth(of index: Int) -> Int { containers(of: index).count { $0 == .quote } }
}

extension ParsedDocument {
  /// The code spans of the document as libcmark has them; `nil` when it holds a table, whose cells libcmark does not know.
  package var codeSpansOutsideTables: [[UInt8]]? {
    let hasTable = tree.blocks.indices.contains {
      PipeTable.find(inParagraph: $0, of: tree, file: file) != nil
    }
    return hasTable
      ? nil
      : tree.blocks.flatMap { tree.inlines[$0.inlines].filter { $0.kind == .code }.map(\.literal) }
  }
}
