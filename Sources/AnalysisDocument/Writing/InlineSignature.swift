// What the inline nodes of a block mean, apart from Meier's own.

/// The markup of a paragraph or heading in order, and its text between Meier's values.
struct InlineSignature {
  private var markup: [CommonMarkTree.Inline] = []
  /// Text around values, blanks and line breaks collapsed.
  private var pieces: [[UInt8]] = [[]]
  private var hasValues = false

  init(_ tree: CommonMarkTree, block: Int) {
    for node in tree.inlines[tree.blocks[block].inlines] {
      switch node.kind {
      case .text: addText(node.literal)
      case .softBreak, .hardBreak: break
      case .code where Self.isOwn(node.literal), .html where Bytes.has("<!--=", in: node.literal, at: 0):
        pieces.append([])
        hasValues = true
      case .code, .html, .open, .close: markup.append(node)
      }
    }
  }

  /// References become "Table 2": they separate pieces like values.
  private mutating func addText(_ literal: [UInt8]) {
    var index = 0
    while index < literal.count {
      let isReference =
        Bytes.has("@tbl-", in: literal, at: index) || Bytes.has("@fig-", in: literal, at: index)
        || Bytes.has("@sec-", in: literal, at: index)
      if isReference {
        index = Bytes.skip(literal, index + 5, to: literal.count, while: Bytes.isWord)
        pieces.append([])
        hasValues = true
      } else {
        if !Bytes.isSpace(literal[index]) { pieces[pieces.count - 1].append(literal[index]) }
        index += 1
      }
    }
  }

  private static func isOwn(_ literal: [UInt8]) -> Bool {
    let start = Bytes.skip(literal, 0, to: literal.count, while: Bytes.isSpace)
    return Bytes.has("{=", in: literal, at: start) || Bytes.has("{claim", in: literal, at: start)
  }

  /// Whether the markup is the same, and the text of this one stands in that one, in order, from its beginning to its
  /// end, with values between.
  func agrees(with other: InlineSignature) -> Bool {
    guard markup.elementsEqual(other.markup, by: { $0.kind == $1.kind && $0.literal == $1.literal }) else {
      return false
    }
    let text = other.pieces.flatMap { $0 }
    guard hasValues else { return pieces.flatMap { $0 } == text }
    return contains(text)
  }

  private func contains(_ text: [UInt8]) -> Bool {
    guard let first = pieces.first, let last = pieces.last, text.starts(with: first),
      text.count >= first.count + last.count, text.suffix(last.count).elementsEqual(last)
    else { return false }
    var position = first.count
    let end = text.count - last.count
    for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
      guard let found = Self.find(piece, in: text, from: position, to: end) else { return false }
      position = found + piece.count
    }
    return true
  }

  private static func find(_ piece: [UInt8], in text: [UInt8], from start: Int, to end: Int) -> Int? {
    var index = start
    while index + piece.count <= end {
      if text[index..<index + piece.count].elementsEqual(piece) { return index }
      index += 1
    }
    return nil
  }
}
