// Reading the YAML of an option block without losing a single position.

import Diagnostics

extension OptionTree {
  /// Reads an option block; `nil` when it is empty, or when it has a fault other than a repeated key.
  ///
  /// What is read is YAML as a person writes it: block and flow mappings and lists, all five kinds of
  /// scalars, comments. Anchors, aliases, tags, complex keys, directives and several documents are refused.
  public static func parse(_ yaml: SourceText) -> (OptionTree?, [Diagnostic]) {
    var reader = OptionReader(yaml)
    return reader.read()
  }
}

/// A recursive-descent reader over the bytes of an option block. Between two block nodes `position` is at the
/// first character of a line's content, or at the end.
///
/// A library that composes YAML gives the starts of nodes in Unicode scalars, stops at the first fault and
/// words it for programmers; here every decoded byte keeps its place, reading goes on behind a fault, and
/// nothing is ever expanded. The tests hold it against libyaml.
struct OptionReader {
  /// Thrown by whatever cannot go on; the enclosing block takes up again at its next line.
  struct Fault: Error {
    let diagnostic: Diagnostic
  }

  /// Decoded text under construction; offsets are indices into the block.
  struct Text {
    var bytes: [UInt8] = []
    var origins: [Int] = []

    mutating func append(_ byte: UInt8, from origin: Int) {
      bytes.append(byte)
      origins.append(origin)
    }

    mutating func append(_ other: Text) {
      bytes += other.bytes
      origins += other.origins
    }
  }

  /// The entries of a mapping, each key once.
  struct EntryList {
    private(set) var entries: [OptionMapping.Entry] = []
    private var indices: [[UInt8]: Int] = [:]

    /// Adds an entry unless its key is there; then returns the earlier one.
    mutating func add(_ entry: OptionMapping.Entry) -> OptionMapping.Entry? {
      if let index = indices[entry.key.bytes] { return entries[index] }
      indices[entry.key.bytes] = entries.count
      entries.append(entry)
      return nil
    }
  }

  static let deepest = 48

  let source: SourceText
  let bytes: [UInt8]
  var position = 0
  var depth = 0
  var faults: [Diagnostic] = []
  /// Repeated keys: reported, but the rest of the tree stands.
  var repeatedKeys: [Diagnostic] = []

  init(_ yaml: SourceText) {
    source = yaml.withLineFeeds()
    bytes = source.bytes
  }

  mutating func read() -> (OptionTree?, [Diagnostic]) {
    findControlCharacters()
    var tree: OptionTree?
    do throws(Fault) {
      if try moveToContent() != nil {
        tree = try blockNode(parentIndent: -1)
        if position < bytes.count { throw unexpectedRest() }
        if let scalar = tree?.scalar { throw bareScalarFault(scalar) }
      }
    } catch {
      faults.append(error.diagnostic)
    }
    return (faults.isEmpty ? tree : nil, (faults + repeatedKeys).inDocumentOrder())
  }

  mutating func add(_ entry: OptionMapping.Entry, to list: inout EntryList) {
    if let earlier = list.add(entry) { repeatedKeys.append(repeatedKey(entry.key, earlier: earlier.key)) }
  }

  // MARK: Looking

  func byte(_ index: Int) -> UInt8? { index >= 0 && index < bytes.count ? bytes[index] : nil }
  var current: UInt8? { byte(position) }

  /// A blank, a line end, or the end.
  func isBlankOrEnd(_ index: Int) -> Bool { byte(index).map { Bytes.isSpace($0) } ?? true }
  func isLineEnd(_ index: Int) -> Bool { byte(index).map { Bytes.isLineEnd($0) } ?? true }

  func lineStart(of index: Int) -> Int {
    var index = min(index, bytes.count)
    while index > 0, bytes[index - 1] != 0x0A { index -= 1 }
    return index
  }

  func lineEnd(of index: Int) -> Int { Bytes.skip(bytes, index, to: bytes.count) { $0 != 0x0A } }

  func column(of index: Int) -> Int { index - lineStart(of: index) }

  /// `---` or `...` at the start of a line.
  func isDocumentMark(_ index: Int) -> Bool {
    guard index == 0 || byte(index - 1) == 0x0A else { return false }
    return (Bytes.has("---", in: bytes, at: index) || Bytes.has("...", in: bytes, at: index))
      && isBlankOrEnd(index + 3)
  }

  // MARK: Moving

  mutating func skipBlanks() { position = Bytes.skip(bytes, position, to: bytes.count, while: Bytes.isBlank) }

  /// From the start of a line (or from its last content) to the next content; its column, or `nil` at the end.
  mutating func moveToContent() throws(Fault) -> Int? {
    while position < bytes.count {
      let start = position
      skipBlanks()
      guard let byte = current else { return nil }
      if Bytes.isLineEnd(byte) {
        position += 1
      } else if byte == 0x23 {
        position = lineEnd(of: position)
      } else {
        let lineStart = lineStart(of: position)
        if let tab = bytes[max(start, lineStart)..<position].firstIndex(of: 0x09) { throw tabFault(at: tab) }
        if isDocumentMark(position) { throw documentMarkFault() }
        return position - lineStart
      }
    }
    return nil
  }

  /// Behind a value: blanks and a comment may follow on the line, nothing else.
  mutating func finishLine(after node: OptionTree) throws(Fault) {
    skipBlanks()
    if let byte = current, !Bytes.isLineEnd(byte) {
      guard byte == 0x23, position > 0, Bytes.isSpace(bytes[position - 1]) else {
        throw restFault(after: node)
      }
      if let scalar = node.scalar, !scalar.isQuoted, Self.hasOpenQuote(scalar.text.bytes) {
        throw commentFault()
      }
      position = lineEnd(of: position)
    }
    if position < bytes.count { position += 1 }
    _ = try moveToContent()
  }

  /// Behind a fault: to the next line whose content stands no deeper than `indent`.
  mutating func recover(to indent: Int) {
    while position < bytes.count {
      position = min(lineEnd(of: position) + 1, bytes.count)
      let start = position
      let content = Bytes.skip(bytes, start, to: bytes.count) { $0 == 0x20 }
      guard let byte = byte(content) else {
        position = bytes.count
        return
      }
      if Bytes.isSpace(byte) || byte == 0x23 { continue }
      if content - start <= indent, !isDocumentMark(content) {
        position = content
        return
      }
    }
  }

  // MARK: Building

  func sourceText(_ text: Text, end: Int) -> SourceText {
    var offsets = text.origins.map { source.offsets[min($0, source.bytes.count)] }
    offsets.append(source.offsets[min(end, source.bytes.count)])
    return SourceText(bytes: text.bytes, file: source.file, offsets: offsets)
  }

  func range(_ lower: Int, _ upper: Int) -> SourceRange { source.range(lower..<max(lower, upper)) }

  func emptyScalar(at index: Int) -> OptionTree {
    .scalar(OptionScalar(text: sourceText(Text(), end: index), style: .plain, range: range(index, index)))
  }
}

extension SourceText {
  /// The text with LF in the place of CRLF and of a lone CR.
  func withLineFeeds() -> SourceText {
    guard bytes.contains(0x0D) else { return self }
    var result: [UInt8] = []
    var origins: [Int] = []
    var index = 0
    while index < bytes.count {
      origins.append(offsets[index])
      result.append(bytes[index] == 0x0D ? 0x0A : bytes[index])
      let isPair = bytes[index] == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
      index += isPair ? 2 : 1
    }
    origins.append(offsets[bytes.count])
    return SourceText(bytes: result, file: file, offsets: origins)
  }
}
