// The one file that talks to libcmark.

internal import Ccmark
import Diagnostics

extension CommonMarkTree {
  /// Parses a whole file from `bodyStart` on (behind byte-order mark and front matter).
  static func parse(_ file: SourceFile, from bodyStart: Int) -> CommonMarkTree {
    let start = min(max(bodyStart, 0), file.bytes.count)
    return parse(
      Array(file.bytes[start...]), lines: file.lineStarts, firstLine: file.line(at: start), from: start)
  }

  /// Parses a fragment on its own; positions are the fragment's.
  static func parse(fragment bytes: [UInt8]) -> CommonMarkTree {
    parse(bytes, lines: [], firstLine: 1, from: 0)
  }

  /// `lines` are the starts of the file's lines; `bytes` are the file's from offset `start` in line `firstLine`.
  private static func parse(_ bytes: [UInt8], lines: [Int], firstLine: Int, from start: Int) -> CommonMarkTree
  {
    var tree = CommonMarkTree()
    // libcmark would turn a NUL into three bytes and move everything behind it.
    let text = bytes.contains(0) ? bytes.map { $0 == 0 ? 1 : $0 } : bytes
    guard !text.isEmpty, text.count < Int(Int32.max) / 2 else { return tree }
    let root = text.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        cmark_parse_document(characters.baseAddress, characters.count, CMARK_OPT_DEFAULT)
      }
    }
    guard let root else { return tree }
    defer { cmark_node_free(root) }
    guard let iterator = cmark_iter_new(root) else { return tree }
    defer { cmark_iter_free(iterator) }
    var open: [Int] = []
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { break }
      guard let node = cmark_iter_get_node(iterator) else { continue }
      let entering = event == CMARK_EVENT_ENTER
      let type = cmark_node_get_type(node)
      if let kind = blockKind(type) {
        if entering {
          let line = Int(cmark_node_get_start_line(node)) + firstLine - 1
          let column = Int(cmark_node_get_start_column(node))
          let lineStart = line >= 1 && line <= lines.count ? lines[line - 1] : 0
          tree.blocks.append(
            Block(
              kind: kind, parent: open.last ?? -1, line: line,
              offset: (line == firstLine ? max(start, lineStart) : lineStart) + max(column - 1, 0),
              reportedEndLine: Int(cmark_node_get_end_line(node)) + firstLine - 1,
              literal: isLeafWithLiteral(kind) ? bytesOf(cmark_node_get_literal(node)) : [],
              hasInfo: kind == .codeBlock && !bytesOf(cmark_node_get_fence_info(node)).isEmpty,
              headingLevel: kind == .heading ? Int(cmark_node_get_heading_level(node)) : 0,
              inlines: tree.inlines.count..<tree.inlines.count))
          // Leaves have no exit event.
          if !isLeafWithLiteral(kind), kind != .thematicBreak { open.append(tree.blocks.count - 1) }
        } else if let index = open.popLast() {
          let block = tree.blocks[index]
          if block.kind == .paragraph || block.kind == .heading {
            tree.blocks[index].inlines = block.inlines.lowerBound..<tree.inlines.count
          }
        }
      } else {
        tree.inlines.append(inline(node, type, entering: entering))
      }
    }
    return tree
  }

  private static func isLeafWithLiteral(_ kind: BlockKind) -> Bool {
    kind == .codeBlock || kind == .htmlBlock
  }

  private static func blockKind(_ type: cmark_node_type) -> BlockKind? {
    switch type {
    case CMARK_NODE_DOCUMENT: .document
    case CMARK_NODE_BLOCK_QUOTE: .quote
    case CMARK_NODE_LIST: .list
    case CMARK_NODE_ITEM: .item
    case CMARK_NODE_CODE_BLOCK: .codeBlock
    case CMARK_NODE_HTML_BLOCK: .htmlBlock
    case CMARK_NODE_PARAGRAPH: .paragraph
    case CMARK_NODE_HEADING: .heading
    case CMARK_NODE_THEMATIC_BREAK: .thematicBreak
    default: nil
    }
  }

  private static func inline(_ node: OpaquePointer, _ type: cmark_node_type, entering: Bool) -> Inline {
    switch type {
    case CMARK_NODE_TEXT: Inline(kind: .text, literal: bytesOf(cmark_node_get_literal(node)))
    case CMARK_NODE_CODE: Inline(kind: .code, literal: bytesOf(cmark_node_get_literal(node)))
    case CMARK_NODE_HTML_INLINE: Inline(kind: .html, literal: bytesOf(cmark_node_get_literal(node)))
    case CMARK_NODE_SOFTBREAK: Inline(kind: .softBreak, literal: [])
    case CMARK_NODE_LINEBREAK: Inline(kind: .hardBreak, literal: [])
    case CMARK_NODE_LINK, CMARK_NODE_IMAGE:
      Inline(
        kind: entering ? .open : .close,
        literal: Array((type == CMARK_NODE_LINK ? "link " : "image ").utf8)
          + bytesOf(cmark_node_get_url(node)))
    default:
      Inline(kind: entering ? .open : .close, literal: bytesOf(cmark_node_get_type_string(node)))
    }
  }

  private static func bytesOf(_ string: UnsafePointer<CChar>?) -> [UInt8] {
    guard let string else { return [] }
    var bytes: [UInt8] = []
    var index = 0
    while string[index] != 0 {
      bytes.append(UInt8(bitPattern: string[index]))
      index += 1
    }
    return bytes
  }
}
