// What of a document stands where another includes it.

import Diagnostics

extension ParsedDocument {
  /// The text without byte-order mark, front matter, and blank lines at either end.
  public var includableRange: Range<Int> {
    var start = bodyStart
    var end = file.bytes.count
    while end > start, Bytes.isSpace(file.bytes[end - 1]) { end -= 1 }
    // Blanks before the first text may make it code: whole lines alone are left out.
    for line in file.line(at: bodyStart)...file.lineCount {
      let range = file.lineRange(line)
      guard range.upperBound <= end, range.lowerBound >= start else { break }
      guard file.bytes[range].allSatisfy(Bytes.isBlank) else { break }
      start = line < file.lineCount ? file.lineStarts[line] : end
    }
    return start..<max(start, end)
  }

  /// Whether a paragraph that followed the text would be one: not when a fence or a comment is left open.
  public var isSelfContained: Bool {
    let text = Array(file.bytes[includableRange]) + Array("\n\n".utf8)
    let probe = SourceFile(path: file.path, bytes: text + Array("x\n".utf8))
    let tree = CommonMarkTree.parse(probe, from: 0)
    return tree.blocks.contains { $0.kind == .paragraph && $0.offset == text.count && $0.parent == 0 }
  }
}
