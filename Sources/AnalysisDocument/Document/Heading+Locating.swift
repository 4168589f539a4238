// Headings with GitHub's anchors.

import Diagnostics

extension Heading {
  /// The headings of a document, save those that `isGenerated` says stand in a result.
  static func locate(in tree: CommonMarkTree, file: SourceFile, isGenerated: (Int) -> Bool) -> [Heading] {
    var headings: [Heading] = []
    var slugs: [String: Int] = [:]
    for (index, block) in tree.blocks.enumerated() where block.kind == .heading && !isGenerated(block.offset)
    {
      let plain = plainText(of: block, in: tree)
      let range = lines(of: index, in: tree, file: file)
      let id = sectionID(closing: range, in: file)
      var text = plain
      if id != nil, let brace = text.lastIndex(of: "{") { text = String(text[..<brace]) }
      while let last = text.last, last == " " || last == "\t" { text.removeLast() }
      headings.append(
        Heading(
          level: block.headingLevel, text: text, slug: unique(slug(of: plain), among: &slugs), sectionID: id,
          range: range, line: block.line))
    }
    return headings
  }

  /// What a reader sees: text and code, without tags; a line break is a blank.
  private static func plainText(of block: CommonMarkTree.Block, in tree: CommonMarkTree) -> String {
    var bytes: [UInt8] = []
    for inline in tree.inlines[block.inlines] {
      switch inline.kind {
      case .text, .code: bytes += inline.literal
      case .softBreak, .hardBreak: bytes.append(0x20)
      case .html, .open, .close: break
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// An ATX heading is one line; a setext heading ends with its underline, which libcmark misplaces.
  private static func lines(of index: Int, in tree: CommonMarkTree, file: SourceFile) -> Range<Int> {
    let block = tree.blocks[index]
    let first = file.lineRange(block.line)
    let isATX = block.offset < file.bytes.count && file.bytes[block.offset] == 0x23
    let quotes = tree.quoteDepth(of: index)
    var last = first
    if !isATX || !startsLikeATX(block.offset, line: first, in: file.bytes) {
      var line = block.line + 1
      while line <= file.lineCount {
        last = file.lineRange(line)
        if isUnderline(last, quotes: quotes, of: file.bytes) { break }
        line += 1
      }
    }
    return block.offset..<max(last.upperBound, block.offset)
  }

  private static func startsLikeATX(_ offset: Int, line: Range<Int>, in bytes: [UInt8]) -> Bool {
    let run = Bytes.runLength(0x23, in: bytes, at: offset, to: line.upperBound)
    let next = offset + run
    return run <= 6 && (next >= line.upperBound || Bytes.isBlank(bytes[next]))
  }

  private static func isUnderline(_ line: Range<Int>, quotes: Int, of bytes: [UInt8]) -> Bool {
    let start = ContainerPrefix.textStart(line, quotes: quotes, in: bytes)
    guard start < line.upperBound, bytes[start] == 0x3D || bytes[start] == 0x2D else { return false }
    let run = Bytes.runLength(bytes[start], in: bytes, at: start, to: line.upperBound)
    return Bytes.skip(bytes, start + run, to: line.upperBound, while: Bytes.isBlank) == line.upperBound
  }

  /// The id of `{#sec-id}` at the end of a heading's text (before closing `#`s or the underline).
  private static func sectionID(closing range: Range<Int>, in file: SourceFile) -> SourceText? {
    let bytes = file.bytes
    guard var brace = bytes[range].lastIndex(of: 0x7D) else { return nil }
    let rest = Bytes.skip(bytes, brace + 1, to: range.upperBound) {
      Bytes.isSpace($0) || $0 == 0x23 || $0 == 0x3D || $0 == 0x2D || $0 == 0x3E
    }
    guard rest == range.upperBound else { return nil }
    let end = brace
    while brace > range.lowerBound, Bytes.isWord(bytes[brace - 1]) { brace -= 1 }
    guard brace < end, brace - 2 >= range.lowerBound, bytes[brace - 1] == 0x23, bytes[brace - 2] == 0x7B,
      Bytes.has("sec-", in: bytes, at: brace)
    else { return nil }
    return SourceText(file: file, range: brace..<end)
  }

  /// GitHub's anchor: lower case; letters, marks, digits, `_` and `-` stay, blanks become `-`, the rest goes.
  static func slug(of text: String) -> String {
    var slug = ""
    for scalar in text.unicodeScalars {
      if scalar == " " {
        slug += "-"
        continue
      }
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .nonspacingMark,
        .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .connectorPunctuation:
        slug += scalar.properties.lowercaseMapping
      default:
        if scalar == "-" { slug += "-" }
      }
    }
    return slug
  }

  private static func unique(_ slug: String, among slugs: inout [String: Int]) -> String {
    var candidate = slug
    while slugs[candidate] != nil {
      let next = (slugs[slug] ?? 0) + 1
      slugs[slug] = next
      candidate = "\(slug)-\(next)"
    }
    slugs[candidate] = 0
    return candidate
  }
}
