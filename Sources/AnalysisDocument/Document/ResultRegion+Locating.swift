// Finding the markers and pairing them.

import Diagnostics

extension ResultRegion {
  /// A marker as it stands in the file.
  private struct Marker {
    let isBegin: Bool
    let id: Range<Int>
    let range: Range<Int>
    let line: Int
    let block: Int
  }

  /// The regions of a document; markers without a partner, nested ones and a second region of one id are
  /// reported, and bound nothing.
  static func locate(in tree: CommonMarkTree, file: SourceFile, report: (Diagnostic) -> Void)
    -> [ResultRegion]
  {
    var regions: [ResultRegion] = []
    var first: [[UInt8]: SourceText] = [:]
    var open: Marker?
    for (index, block) in tree.blocks.enumerated() where block.kind == .htmlBlock {
      guard let marker = marker(of: block, index: index, in: file, report: report) else { continue }
      if marker.isBegin {
        if let previous = open { reportUnclosed(previous, in: file, report: report) }
        open = marker
      } else if let begin = open, isPair(begin, marker, in: tree, file: file) {
        open = nil
        let region = region(from: begin, to: marker, in: tree, file: file)
        if let earlier = first[region.id.bytes] {
          report(
            Diagnostic(
              .duplicateRegion, "a second result of '\(region.id.string)' stands here", at: region.id.range(),
              remedy: "delete one of the two, markers included",
              notes: [.init("the first is here", at: DiagnosticLocation(earlier.range()))]))
        } else {
          first[region.id.bytes] = region.id
          regions.append(region)
        }
      } else {
        reportUnopened(marker, open: open, in: file, report: report)
      }
    }
    if let open { reportUnclosed(open, in: file, report: report) }
    return regions
  }

  private static func isPair(_ begin: Marker, _ end: Marker, in tree: CommonMarkTree, file: SourceFile)
    -> Bool
  {
    file.bytes[begin.id] == file.bytes[end.id]
      && tree.blocks[begin.block].parent == tree.blocks[end.block].parent
  }

  private static func region(
    from begin: Marker, to end: Marker, in tree: CommonMarkTree, file: SourceFile
  ) -> ResultRegion {
    let contentStart = begin.line < file.lineCount ? file.lineStarts[begin.line] : file.bytes.count
    let contentEnd = max(file.lineRange(end.line).lowerBound, contentStart)
    return ResultRegion(
      id: SourceText(file: file, range: begin.id), range: begin.range.lowerBound..<end.range.upperBound,
      contentRange: contentStart..<contentEnd, lines: begin.line...end.line,
      containerPrefix: ContainerPrefix.of(
        line: end.line, upTo: end.range.lowerBound, containers: tree.containers(of: end.block), in: file))
  }

  /// A marker must have its line to itself: `<!-- meier:begin id -->`.
  private static func marker(
    of block: CommonMarkTree.Block, index: Int, in file: SourceFile, report: (Diagnostic) -> Void
  ) -> Marker? {
    let bytes = file.bytes
    let line = file.lineRange(block.line)
    let start = Bytes.skip(bytes, block.offset, to: line.upperBound, while: Bytes.isBlank)
    guard Bytes.has("<!--", in: bytes, at: start) else { return nil }
    var position = Bytes.skip(bytes, start + 4, to: line.upperBound, while: Bytes.isBlank)
    guard Bytes.has("meier:", in: bytes, at: position) else { return nil }
    position += 6
    let wordEnd = Bytes.skip(bytes, position, to: line.upperBound, while: Bytes.isLetter)
    let isBegin = wordEnd - position == 5 && Bytes.has("begin", in: bytes, at: position)
    let isEnd = wordEnd - position == 3 && Bytes.has("end", in: bytes, at: position)
    let idStart = Bytes.skip(bytes, wordEnd, to: line.upperBound, while: Bytes.isBlank)
    let idEnd = Bytes.skip(bytes, idStart, to: line.upperBound, while: Bytes.isWord)
    let close = Bytes.skip(bytes, idEnd, to: line.upperBound, while: Bytes.isBlank)
    let rest = Bytes.skip(bytes, close + 3, to: line.upperBound, while: Bytes.isBlank)
    guard isBegin || isEnd, idStart > wordEnd, idEnd > idStart, Bytes.has("-->", in: bytes, at: close),
      rest == line.upperBound
    else {
      report(
        Diagnostic(
          .invalidMarker,
          "a comment that begins with 'meier:' is a result's marker, but this one cannot be read",
          at: SourceRange(file: file, bytes: start..<line.upperBound),
          remedy: "write '<!-- meier:begin id -->' or '<!-- meier:end id -->' alone on the line, or delete it"
        ))
      return nil
    }
    return Marker(
      isBegin: isBegin, id: idStart..<idEnd, range: start..<close + 3, line: block.line, block: index)
  }

  private static func reportUnclosed(_ marker: Marker, in file: SourceFile, report: (Diagnostic) -> Void) {
    let id = String(decoding: file.bytes[marker.id], as: UTF8.self)
    report(
      Diagnostic(
        .unclosedRegion, "the result of '\(id)' begins here and does not end",
        at: SourceRange(file: file, bytes: marker.range),
        remedy: "put '<!-- meier:end \(id) -->' on a line below the result, in the same list item or quote, "
          + "or delete this line and the result"))
  }

  private static func reportUnopened(
    _ marker: Marker, open: Marker?, in file: SourceFile, report: (Diagnostic) -> Void
  ) {
    let id = String(decoding: file.bytes[marker.id], as: UTF8.self)
    report(
      Diagnostic(
        .unclosedRegion, "the result of '\(id)' ends here and does not begin",
        at: SourceRange(file: file, bytes: marker.range),
        remedy:
          "put '<!-- meier:begin \(id) -->' on a line above the result, in the same list item or quote, "
          + "or delete this line",
        notes: open.map {
          [
            .init(
              "this marker still waits for its end",
              at: DiagnosticLocation(SourceRange(file: file, bytes: $0.range)))
          ]
        } ?? []))
  }
}
