// Finding the front matter at the start of a file.

import Diagnostics

extension FrontMatter {
  /// Reads a block that begins with `---` on the first line and a line that is not blank below it, holds a line that
  /// may be YAML, and ends with `---` or `...`; otherwise the dashes are a thematic break of the author's.
  static func locate(in file: SourceFile, report: (Diagnostic) -> Void) -> FrontMatter? {
    let bytes = file.bytes
    let start = ParsedDocument.byteOrderMarkLength(bytes)
    let first = start..<max(file.lineRange(1).upperBound, start)
    guard isDelimiter(first, of: bytes, dotted: false), file.lineCount > 1 else { return nil }
    guard !Bytes.trimmed(bytes, file.lineRange(2)).isEmpty else { return nil }
    var line = 2
    while line <= file.lineCount {
      if isDelimiter(file.lineRange(line), of: bytes, dotted: true) { break }
      line += 1
    }
    guard line <= file.lineCount else {
      if looksLikeOption(file.lineRange(2), of: bytes) {
        report(
          Diagnostic(
            .yaml, "the front matter is not closed", at: SourceRange(file: file, bytes: first),
            remedy: "close it with a line '---'"))
      }
      return nil
    }
    // A heading between two lines of dashes is no YAML, well or badly written.
    guard line == 2 || (2..<line).contains(where: { looksLikeYAML(file.lineRange($0), of: bytes) }) else {
      return nil
    }
    let bodyStart = file.lineRange(2).lowerBound
    let closing = file.lineRange(line)
    let end = line < file.lineCount ? file.lineStarts[line] : bytes.count
    let body = normalized(bodyStart..<closing.lowerBound, in: file)
    let (tree, faults) = OptionTree.parse(body)
    faults.forEach(report)
    var options = tree?.mapping
    if let tree, options == nil, !tree.isNull {
      report(
        Diagnostic(
          .yaml, "front matter holds 'key: value' lines, but this is \(tree.kindInWords)", at: tree.range,
          remedy: "write for example 'title: …'; a thematic break at the top of a file can be '***'"))
      options = nil
    }
    return FrontMatter(range: start..<end, body: body, options: options)
  }

  /// Three dashes (or dots), then blanks alone.
  private static func isDelimiter(_ line: Range<Int>, of bytes: [UInt8], dotted: Bool) -> Bool {
    guard
      Bytes.has("---", in: bytes, at: line.lowerBound)
        || (dotted && Bytes.has("...", in: bytes, at: line.lowerBound))
    else { return false }
    guard line.count >= 3 else { return false }
    return Bytes.skip(bytes, line.lowerBound + 3, to: line.upperBound, while: Bytes.isBlank)
      == line.upperBound
  }

  private static func looksLikeOption(_ line: Range<Int>, of bytes: [UInt8]) -> Bool {
    let end = Bytes.skip(bytes, line.lowerBound, to: line.upperBound, while: Bytes.isWord)
    return end > line.lowerBound && end < line.upperBound && bytes[end] == 0x3A
  }

  /// Whether a line holds a colon, or begins as lists, comments, flow collections and quoted keys do.
  private static func looksLikeYAML(_ line: Range<Int>, of bytes: [UInt8]) -> Bool {
    let content = Bytes.trimmed(bytes, line)
    guard let first = bytes[content].first else { return false }
    return "#-{[\"'?".utf8.contains(first) || bytes[content].contains(0x3A)
  }

  /// The text with every line end as LF.
  private static func normalized(_ range: Range<Int>, in file: SourceFile) -> SourceText {
    var bytes: [UInt8] = []
    var offsets: [Int] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = file.bytes[index]
      offsets.append(index)
      bytes.append(byte == 0x0D ? 0x0A : byte)
      index += 1
      if byte == 0x0D, index < range.upperBound, file.bytes[index] == 0x0A { index += 1 }
    }
    offsets.append(range.upperBound)
    return SourceText(bytes: bytes, file: file, offsets: offsets)
  }
}
