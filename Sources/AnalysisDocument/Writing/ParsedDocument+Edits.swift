// The edits that write results into a document.

import Diagnostics

extension ParsedDocument {
  /// The directive of an id; `nil` without one.
  public func directive(id: String) -> DirectiveBlock? { directives.first { $0.id?.string == id } }
  /// The result region of an id; `nil` without one.
  public func region(id: String) -> ResultRegion? { regions.first { $0.id.string == id } }

  /// A result in the place of the one that stands there. `text` brings its markers; its lines end in LF.
  public func edit(replacing region: ResultRegion, with text: String) -> Edit {
    Edit(
      range: region.range,
      replacement: GeneratedBlock(text).bytes(
        prefix: region.containerPrefix, lineEnding: lineEnding, continuesLine: true))
  }

  /// A first result below its directive, a blank line between them.
  public func edit(inserting text: String, below directive: DirectiveBlock) -> Edit {
    let prefix = directive.containerPrefix
    let blankLine = lineEnding.bytes + GeneratedBlock.withoutTrailingBlanks(prefix)
    let block = GeneratedBlock(text).bytes(prefix: prefix, lineEnding: lineEnding, continuesLine: false)
    let end = directive.range.upperBound
    return Edit(range: end..<end, replacement: blankLine + lineEnding.bytes + block)
  }

  /// A result in the place of its directive.
  public func edit(replacing directive: DirectiveBlock, with text: String) -> Edit {
    Edit(
      range: directive.range,
      replacement: GeneratedBlock(text).bytes(
        prefix: directive.containerPrefix, lineEnding: lineEnding, continuesLine: true))
  }

  /// A value in the place of its span.
  public func edit(replacing span: InlineSpan, with value: String) -> Edit {
    let text = ProseValue.text(value, for: span)
    return Edit(
      range: span.range, replacement: Array(text.utf8),
      fallback: .init(range: span.range, replacement: Array(shielded(text, at: span.range.lowerBound).utf8)))
  }

  /// A value in the place of its span, with the comment from which the next run reads its expression.
  public func edit(recording value: String, at span: InlineSpan) -> Edit {
    let text = ProseValue.text(value, for: span)
    return Edit(
      range: span.range, replacement: recorded(text, at: span),
      fallback: .init(
        range: span.range, replacement: recorded(shieldedRecord(text, at: span.range.lowerBound), at: span)))
  }

  /// A link in the place of a reference; its words alone where a link cannot stand, in another link.
  ///
  /// - Parameters:
  ///   - words: Markdown, without links.
  ///   - anchor: the link's target in the document, without `#`.
  public func edit(linking reference: CrossReference, words: String, anchor: String) -> Edit {
    let plain = Array(ProseValue.shielded(words).utf8)
    if reference.isInLink { return Edit(range: reference.range, replacement: Array(words.utf8)) }
    return Edit(
      range: reference.range, replacement: Array("[\(words)](#\(anchor))".utf8), guardedText: plain,
      fallback: .init(range: reference.range, replacement: plain))
  }

  private func recorded(_ text: String, at span: InlineSpan) -> [UInt8] {
    let comment = RecordedComment.comment(
      expression: span.expression.string, text: text, isInTableCell: span.isInTableCell)
    return Array((text + comment).utf8)
  }
}

extension ParsedDocument {
  /// A text that leaves what stands around it its meaning, see `ProseValue.shielded`, and a comment that does what the
  /// code span did: its blank keeps an address from going on through it, and on a line that begins with three backticks
  /// or more, which only a further one keeps from being a fence, it holds some.
  func shielded(_ text: String, at offset: Int) -> String {
    ProseValue.shielded(text) + "<!--= " + String(repeating: "`", count: fenceGuard(at: offset)) + "-->"
  }

  /// The same for a value whose expression follows in a comment anyway.
  func shieldedRecord(_ text: String, at offset: Int) -> String {
    fenceGuard(at: offset) > 0 ? shielded(text, at: offset) : ProseValue.shielded(text)
  }

  /// How many backticks keep the line from becoming a fence when the value's own are gone.
  private func fenceGuard(at offset: Int) -> Int {
    let line = file.lineRange(file.line(at: offset))
    var start = ContainerPrefix.textStart(line, quotes: .max, in: file.bytes)
    if let index = paragraph(at: offset), line.contains(tree.blocks[index].offset) {
      start = tree.blocks[index].offset
    }
    let fence = Bytes.runLength(0x60, in: file.bytes, at: start, to: min(offset, line.upperBound))
    // One comment is enough, and the next run may find the values of several lines on this one.
    let first = spans.partitioningIndex { $0.range.lowerBound >= line.lowerBound }
    guard fence >= 3, first < spans.count, spans[first].range.lowerBound == offset else { return 0 }
    return fence + 1
  }

  /// The paragraph or heading that holds a place.
  func paragraph(at offset: Int) -> Int? {
    var index = tree.blocks.partitioningIndex { $0.offset > offset } - 1
    while index >= 0, tree.blocks[index].kind != .paragraph, tree.blocks[index].kind != .heading {
      index -= 1
    }
    return index >= 0 ? index : nil
  }
}

/// What a value needs in order to be text where it stands.
enum ProseValue {
  static func text(_ value: String, for span: InlineSpan) -> String {
    let bytes = span.isInTableCell ? withEscapedBars(Array(value.utf8)) : Array(value.utf8)
    return String(decoding: span.beginsLine ? escapedAtLineStart(bytes) : bytes, as: UTF8.self)
  }

  /// The text with punctuation at both ends, as the backticks around its expression were: what stands beside it then
  /// means what it meant. A letter or a digit is written as a character reference.
  static func shielded(_ text: String) -> String {
    var rest = text.unicodeScalars[...]
    guard let last = rest.last else { return emptyElement }
    func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
      scalar.isASCII && !scalar.properties.isAlphabetic && !(48...57).contains(scalar.value) && scalar != " "
    }
    var end = ""
    if !isPunctuation(last) {
      end = "&#\(last.value);"
      rest.removeLast()
    }
    var start = ""
    if let first = rest.first, !isPunctuation(first) {
      start = "&#\(first.value);"
      rest.removeFirst()
    }
    return start + String(rest) + end
  }

  /// Invisible, and never the beginning of a block.
  static let emptyElement = "<span></span>"

  /// Bars that are not escaped yet would end the cell.
  private static func withEscapedBars(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var isEscaped = false
    for byte in bytes {
      if byte == 0x7C, !isEscaped { result.append(0x5C) }
      isEscaped = byte == 0x5C && !isEscaped
      result.append(byte)
    }
    return result
  }

  /// `>0.99` would begin a quote, `# 1` a heading, `- 5` or `5. ` a list item.
  private static func escapedAtLineStart(_ bytes: [UInt8]) -> [UInt8] {
    guard let first = bytes.first else { return bytes }
    func endsAt(_ index: Int) -> Bool { index >= bytes.count || Bytes.isBlank(bytes[index]) }
    switch first {
    case 0x3E, 0x23, 0x3D, 0x7E, 0x7C: return [0x5C] + bytes
    case 0x2D, 0x2B, 0x2A, 0x5F:
      return endsAt(1) || bytes[1] == first ? [0x5C] + bytes : bytes
    default:
      let digits = Bytes.skip(bytes, 0, to: bytes.count, while: Bytes.isDigit)
      guard digits > 0, digits <= 9, digits < bytes.count, bytes[digits] == 0x2E || bytes[digits] == 0x29,
        endsAt(digits + 1)
      else { return bytes }
      return Array(bytes[..<digits]) + [0x5C] + Array(bytes[digits...])
    }
  }
}
