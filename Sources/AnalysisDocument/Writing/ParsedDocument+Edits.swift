// The edits that write results into a document.

import Diagnostics

extension ParsedDocument {
  public func directive(id: String) -> DirectiveBlock? { directives.first { $0.id?.string == id } }
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
    Edit(range: span.range, replacement: Array(ProseValue.text(value, for: span).utf8))
  }

  /// A value with the comment from which the next run reads its expression.
  public func edit(recording value: String, at span: InlineSpan) -> Edit {
    let text = ProseValue.text(value, for: span)
    let comment = RecordedComment.comment(
      expression: span.expression.string, text: text, isInTableCell: span.isInTableCell)
    return Edit(range: span.range, replacement: Array((text + comment).utf8))
  }
}

/// What a value needs in order to be text where it stands.
enum ProseValue {
  static func text(_ value: String, for span: InlineSpan) -> String {
    let bytes = span.isInTableCell ? withEscapedBars(Array(value.utf8)) : Array(value.utf8)
    return String(decoding: span.beginsLine ? escapedAtLineStart(bytes) : bytes, as: UTF8.self)
  }

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
