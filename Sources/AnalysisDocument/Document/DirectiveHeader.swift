// The info string of a fenced block, read from the author's line.

import Diagnostics

/// What the line of an opening fence says.
enum DirectiveHeader {
  /// The block is the author's: no braces, a Pandoc attribute, or another tool's language.
  case foreign
  case directive(Parts)
  /// Meant as a directive, written wrongly; what could be read of it, and the complaint.
  case malformed(Parts?, Diagnostic)

  struct Parts {
    let name: Range<Int>
    let id: Range<Int>?
    let header: Range<Int>
  }

  /// Reads the info string that stands in a range of the file. `fence_info` would not do: libcmark decodes
  /// entities and escapes in it.
  static func parse(_ info: Range<Int>, in file: SourceFile, foreignLanguages: Set<String>) -> DirectiveHeader
  {
    let bytes = file.bytes
    let whole = Bytes.trimmed(bytes, info)
    guard !whole.isEmpty, bytes[whole.lowerBound] == 0x7B else { return .foreign }
    let nameStart = Bytes.skip(bytes, whole.lowerBound + 1, to: whole.upperBound, while: Bytes.isBlank)
    // `{=html}`, `{.python}`, `{#code}` are Pandoc's.
    guard nameStart < whole.upperBound, Bytes.isLetter(bytes[nameStart]) else { return .foreign }
    let nameEnd = Bytes.skip(bytes, nameStart, to: whole.upperBound, while: Bytes.isWord)
    let name = nameStart..<nameEnd
    if foreignLanguages.contains(String(decoding: bytes[name], as: UTF8.self).lowercased()) {
      return .foreign
    }

    let brace = bytes[whole].firstIndex(of: 0x7D)
    let attributes = Bytes.trimmed(bytes, nameEnd..<(brace ?? whole.upperBound))
    let id = firstID(in: attributes, of: bytes)
    let parts = Parts(
      name: name, id: id, header: whole.lowerBound..<(brace.map { $0 + 1 } ?? whole.upperBound))
    let isExact =
      nameStart == whole.lowerBound + 1 && brace == whole.upperBound - 1
      && (attributes.isEmpty
        || (attributes.lowerBound > nameEnd && bytes[attributes.lowerBound] == 0x23
          && id?.upperBound == attributes.upperBound))
    if isExact { return .directive(parts) }
    return .malformed(parts, complaint(parts, brace: brace, whole: whole, attributes: attributes, in: file))
  }

  /// The word after the first `#`, or after `id=`; a word alone, which other tools take for a label.
  private static func firstID(in attributes: Range<Int>, of bytes: [UInt8]) -> Range<Int>? {
    var start: Int?
    if let hash = bytes[attributes].firstIndex(of: 0x23) {
      start = hash + 1
    } else if let equals = Bytes.first("id=", in: bytes, attributes) {
      start = Bytes.skip(bytes, equals + 3, to: attributes.upperBound) { $0 == 0x22 || $0 == 0x27 }
    } else if let first = bytes[attributes].first, Bytes.isLetter(first),
      Bytes.skip(bytes, attributes.lowerBound, to: attributes.upperBound, while: Bytes.isWord)
        == attributes.upperBound
    {
      start = attributes.lowerBound
    }
    guard let start else { return nil }
    let end = Bytes.skip(bytes, start, to: attributes.upperBound) {
      !Bytes.isSpace($0) && $0 != 0x2C && $0 != 0x22 && $0 != 0x27
    }
    return end > start ? start..<end : nil
  }

  private static func complaint(
    _ parts: Parts, brace: Int?, whole: Range<Int>, attributes: Range<Int>, in file: SourceFile
  ) -> Diagnostic {
    let name = String(decoding: file.bytes[parts.name], as: UTF8.self)
    let id = parts.id.map { " #" + String(decoding: file.bytes[$0], as: UTF8.self) } ?? ""
    let message: String
    var place = whole
    if brace == nil {
      message = "the directive's header has no closing brace"
    } else if let brace, brace + 1 < whole.upperBound {
      message = "nothing may follow the directive's closing brace"
      place = Bytes.trimmed(file.bytes, brace + 1..<whole.upperBound)
    } else if attributes.isEmpty {
      message = "a directive's header holds no blanks inside its braces"
    } else if attributes.lowerBound == parts.name.upperBound, file.bytes[attributes.lowerBound] == 0x23 {
      message = "a blank must stand between the directive's name and '#'"
    } else if parts.id == attributes {
      message = "a directive's id begins with '#'"
      place = attributes
    } else {
      message = "a directive's header holds a name and an id, nothing else"
      place = attributes
    }
    return Diagnostic(
      .invalidHeader, message, at: SourceRange(file: file, bytes: place),
      remedy: "write {\(name)\(id)}; options stand in the lines below. "
        + "If the block is another tool's, list '\(name)' under 'foreign:' in the front matter")
  }
}
