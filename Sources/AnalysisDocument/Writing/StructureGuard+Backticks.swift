// Texts in which libcmark finds every code span.

import Diagnostics

extension StructureGuard.Text {
  /// The text with apostrophes for backticks that have no partner in their paragraph.
  ///
  /// Behind such a run libcmark recognises only the first code span of each length (it keeps the place of the last
  /// closer that it saw, and takes it for the last there is), so that a value which makes room for the next one seems
  /// to change what follows it. The text is the same if this one is.
  var withPairedBackticks: StructureGuard.Text {
    var bytes = file.bytes
    for block in tree.blocks where block.kind == .paragraph || block.kind == .heading {
      let last = min(max(block.reportedEndLine, block.line), file.lineCount)
      let end = max(file.lineRange(last).upperBound, block.offset)
      for run in Self.unpairedRuns(in: bytes, block.offset..<end) {
        for index in run { bytes[index] = 0x27 }
      }
    }
    let bodyStart =
      FrontMatter.locate(in: file, report: { _ in })?.range.upperBound
      ?? ParsedDocument.byteOrderMarkLength(file.bytes)
    let paired = SourceFile(path: file.path, bytes: bytes)
    let tree = CommonMarkTree.parse(paired, from: bodyStart)
    return tree.blocks.count == self.tree.blocks.count ? Self(file: paired, tree: tree) : self
  }

  private static func unpairedRuns(in bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if bytes[index] == 0x5C {
        index += 2
      } else if bytes[index] == 0x60 {
        let length = Bytes.runLength(0x60, in: bytes, at: index, to: range.upperBound)
        runs.append(index..<index + length)
        index += length
      } else {
        index += 1
      }
    }
    // From the end: the nearest later run of each length, so that each is looked at once.
    var next: [Int: Int] = [:]
    var partner = [Int?](repeating: nil, count: runs.count)
    for position in runs.indices.reversed() {
      partner[position] = next[runs[position].count]
      next[runs[position].count] = position
    }
    var unpaired: [Range<Int>] = []
    var position = 0
    while position < runs.count {
      if let closer = partner[position] {
        position = closer + 1
      } else {
        unpaired.append(runs[position])
        position += 1
      }
    }
    return unpaired
  }
}
