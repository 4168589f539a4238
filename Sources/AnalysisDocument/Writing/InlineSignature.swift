// What the inline nodes of a block mean, apart from Meier's own.

import Diagnostics

/// The markup of a paragraph or heading in order, and its text; Meier's own code spans, comments and empty elements left
/// out.
struct InlineSignature {
  private let markup: [CommonMarkTree.Inline]
  /// The text without blanks and line breaks.
  private let text: [UInt8]

  /// - Parameter placeholder: what stands in the text for Meier's own code spans.
  init(_ tree: CommonMarkTree, block: Int, in file: SourceFile, placeholder: [UInt8] = []) {
    var markup: [CommonMarkTree.Inline] = []
    var text: [UInt8] = []
    for node in Self.nodes(of: block, in: tree, file: file) {
      switch node.kind {
      case .text: text += node.literal.filter { !Bytes.isSpace($0) }
      case .softBreak: break
      // A byte that no text holds, since blanks are left out.
      case .hardBreak: text.append(0x0A)
      case .code where Self.isOwn(node.literal): text += placeholder
      case .html where Bytes.has("<!--=", in: node.literal, at: 0): break
      case .html where Self.closesEmptyElement(node, behind: markup.last): markup.removeLast()
      case .code, .html, .open, .close: markup.append(node)
      }
    }
    self.markup = markup
    self.text = text
  }

  /// The nodes of a block; those of a table are read cell by cell, as GitHub has it.
  private static func nodes(of index: Int, in tree: CommonMarkTree, file: SourceFile)
    -> ArraySlice<CommonMarkTree.Inline>
  {
    guard let (table, above) = PipeTable.find(inParagraph: index, of: tree, file: file) else {
      return tree.inlines[tree.blocks[index].inlines]
    }
    var text: [UInt8] = []
    for line in above { text += file.bytes[line] + [0x0A] }
    for cell in table.cells {
      let content = file.bytes[Bytes.trimmed(file.bytes, cell)]
      text += [0x0A] + Array("a ".utf8) + PipeTable.withoutEscapedBars(Array(content)) + [0x0A]
    }
    return CommonMarkTree.parse(fragment: text).inlines[...]
  }

  /// The second half of `<span></span>`, which is what a claim may leave behind.
  private static func closesEmptyElement(_ node: CommonMarkTree.Inline, behind last: CommonMarkTree.Inline?)
    -> Bool
  {
    last?.kind == .html && (last?.literal ?? []) + node.literal == Array(ProseValue.emptyElement.utf8)
  }

  /// Meier's own code spans of a block.
  static func ownCode(of block: Int, in tree: CommonMarkTree, file: SourceFile) -> [[UInt8]] {
    nodes(of: block, in: tree, file: file).filter { $0.kind == .code && isOwn($0.literal) }.map(\.literal)
  }

  /// A paragraph that holds claims and nothing else is not missed.
  static func isOnlyClaims(_ block: CommonMarkTree.Block, in tree: CommonMarkTree, file: SourceFile) -> Bool {
    block.kind == .paragraph
      && tree.inlines[block.inlines].allSatisfy { node in
        switch node.kind {
        case .text: node.literal.allSatisfy(Bytes.isSpace)
        case .softBreak: true
        // A backslash at a line's end would become text.
        case .hardBreak: !holdsBackslash(block, in: file)
        case .code: isOwn(node.literal, "{claim")
        case .html, .open, .close: false
        }
      }
  }

  private static func holdsBackslash(_ block: CommonMarkTree.Block, in file: SourceFile) -> Bool {
    let end = file.lineRange(min(max(block.reportedEndLine, block.line), file.lineCount)).upperBound
    return (block.offset..<max(end, block.offset)).contains { index in
      file.bytes[index] == 0x5C && index + 1 < file.bytes.count && Bytes.isLineEnd(file.bytes[index + 1])
    }
  }

  private static func isOwn(_ literal: [UInt8]) -> Bool { isOwn(literal, "{=") || isOwn(literal, "{claim") }

  /// Whether a code span begins, blanks left out, like a value or like a claim.
  private static func isOwn(_ literal: [UInt8], _ opening: StaticString) -> Bool {
    Bytes.has(opening, in: literal, at: Bytes.skip(literal, 0, to: literal.count, while: Bytes.isSpace))
  }

  func hasSameMarkup(as other: InlineSignature) -> Bool {
    markup.elementsEqual(other.markup) { $0.kind == $1.kind && $0.literal == $1.literal }
  }

  /// Whether the text reads like that of `pattern`, in which `placeholder` stands for any text.
  func matches(_ pattern: InlineSignature, placeholder: [UInt8]) -> Bool {
    let pieces = Self.split(pattern.text, at: placeholder)
    guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else {
      return text == pattern.text
    }
    guard text.starts(with: first), text.count >= first.count + last.count,
      text.suffix(last.count).elementsEqual(last)
    else { return false }
    var position = first.count
    let end = text.count - last.count
    for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
      guard let found = Self.find(piece, in: text, from: position, to: end) else { return false }
      position = found + piece.count
    }
    return true
  }

  private static func split(_ text: [UInt8], at separator: [UInt8]) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var start = 0
    while let found = find(separator, in: text, from: start, to: text.count) {
      pieces.append(Array(text[start..<found]))
      start = found + separator.count
    }
    pieces.append(Array(text[start...]))
    return pieces
  }

  private static func find(_ piece: [UInt8], in text: [UInt8], from start: Int, to end: Int) -> Int? {
    guard !piece.isEmpty else { return nil }
    var index = start
    while index + piece.count <= end {
      if text[index] == piece[0], text[index..<index + piece.count].elementsEqual(piece) { return index }
      index += 1
    }
    return nil
  }
}
