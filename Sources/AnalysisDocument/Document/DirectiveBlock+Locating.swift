// From a code block of the tree to a directive with its bytes.

import Diagnostics

extension DirectiveBlock {
  /// The directive that a fenced block is, or `nil` when the block is the author's.
  static func locate(
    _ index: Int, in tree: CommonMarkTree, file: SourceFile, foreignLanguages: Set<String>,
    codeBlockLines: Set<Int>, report: (Diagnostic) -> Void
  ) -> DirectiveBlock? {
    let block = tree.blocks[index]
    let bytes = file.bytes
    let firstLine = file.lineRange(block.line)
    guard block.hasInfo, firstLine.contains(block.offset) else { return nil }
    let fence = bytes[block.offset]
    guard fence == 0x60 || fence == 0x7E else { return nil }
    let length = Bytes.runLength(fence, in: bytes, at: block.offset, to: firstLine.upperBound)

    var isWhole = true
    let parts: DirectiveHeader.Parts
    let info = block.offset + length..<firstLine.upperBound
    switch DirectiveHeader.parse(info, in: file, foreignLanguages: foreignLanguages) {
    case .foreign: return nil
    case .directive(let found): parts = found
    case .malformed(let found, let complaint):
      report(complaint)
      isWhole = false
      guard let found else { return nil }
      parts = found
    }

    // libcmark's end line is one too far where a container ends the block: count the body's lines instead.
    let bodyLines = block.literal.count { $0 == 0x0A }
    let lastBodyLine = min(block.line + bodyLines, file.lineCount)
    let body = bodyText(of: block, lines: bodyLines, in: file)
    let containers = tree.containers(of: index)
    var end = max(file.lineRange(lastBodyLine).upperBound, firstLine.upperBound)
    var lastLine = lastBodyLine
    var prefix: [UInt8] = []
    let closingLine = lastBodyLine + 1
    if !codeBlockLines.contains(closingLine),
      let closing = closingFence(line: closingLine, fence: fence, length: length, in: file)
    {
      end = file.lineRange(closingLine).upperBound
      lastLine = closingLine
      prefix = ContainerPrefix.of(line: closingLine, upTo: closing, containers: containers, in: file)
    } else {
      isWhole = false
      report(
        Diagnostic(
          .unclosedDirective, "the directive's fence is not closed",
          at: SourceRange(file: file, bytes: block.offset..<firstLine.upperBound),
          remedy: "close it with a line of \(length) \(fence == 0x60 ? "backticks" : "tildes"), "
            + "indented or quoted like the opening line"))
    }
    let id = parts.id.map { SourceText(file: file, range: $0) }
    if let id, let problem = Identifier.problem(id, as: "an id", prefix: "#") { report(problem) }
    // What stands in a block without end, or under a header that may be another tool's, is not judged.
    let (options, faults) = isWhole ? OptionTree.parse(body) : (nil, [])
    faults.forEach(report)
    return DirectiveBlock(
      name: SourceText(file: file, range: parts.name), id: id,
      header: SourceRange(file: file, bytes: parts.header), range: block.offset..<end,
      lines: block.line...max(lastLine, block.line), body: body, options: options, containerPrefix: prefix)
  }

  /// The offset of the closing fence in a line, if there is one.
  private static func closingFence(line: Int, fence: UInt8, length: Int, in file: SourceFile) -> Int? {
    guard line <= file.lineCount else { return nil }
    let range = file.lineRange(line)
    let start = ContainerPrefix.textStart(range, quotes: .max, in: file.bytes)
    let run = Bytes.runLength(fence, in: file.bytes, at: start, to: range.upperBound)
    let rest = Bytes.skip(file.bytes, start + run, to: range.upperBound, while: Bytes.isBlank)
    return run >= length && rest == range.upperBound ? start : nil
  }

  /// The body's lines as they stand in the file, each without what libcmark took off its front.
  private static func bodyText(of block: CommonMarkTree.Block, lines count: Int, in file: SourceFile)
    -> SourceText
  {
    var bytes: [UInt8] = []
    var offsets: [Int] = []
    var literalStart = 0
    for number in 0..<count {
      let raw = file.lineRange(block.line + 1 + number)
      let literalEnd = block.literal[literalStart...].firstIndex(of: 0x0A) ?? block.literal.count
      let (indent, start) = alignment(
        of: literalStart..<literalEnd, in: block.literal, to: raw, of: file.bytes)
      for _ in 0..<indent {
        bytes.append(0x20)
        offsets.append(max(start - 1, raw.lowerBound))
      }
      bytes += file.bytes[start..<raw.upperBound]
      offsets += start..<raw.upperBound
      bytes.append(0x0A)
      offsets.append(raw.upperBound)
      literalStart = min(literalEnd + 1, block.literal.count)
    }
    offsets.append(
      count > 0 ? file.lineRange(block.line + count).upperBound : file.lineRange(block.line).upperBound)
    return SourceText(bytes: bytes, file: file, offsets: offsets)
  }

  /// Where in the raw line the stripped line begins. Of a tab that the container's indentation cuts in two,
  /// libcmark leaves spaces: they are counted first, since the file has no byte for each.
  private static func alignment(
    of stripped: Range<Int>, in literal: [UInt8], to raw: Range<Int>, of bytes: [UInt8]
  ) -> (spaces: Int, start: Int) {
    let exact = raw.upperBound - stripped.count
    if exact >= raw.lowerBound, isSame(literal[stripped], bytes[exact..<raw.upperBound]) { return (0, exact) }
    let text = Bytes.skip(literal, stripped.lowerBound, to: stripped.upperBound) { $0 == 0x20 }
    let start = raw.upperBound - (stripped.upperBound - text)
    guard start >= raw.lowerBound else { return (0, raw.lowerBound) }
    return (text - stripped.lowerBound, start)
  }

  /// Equal, a NUL standing for the byte that was parsed in its stead.
  private static func isSame(_ literal: ArraySlice<UInt8>, _ raw: ArraySlice<UInt8>) -> Bool {
    literal.elementsEqual(raw) { $0 == $1 || ($0 == 1 && $1 == 0) }
  }
}
