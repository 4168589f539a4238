// Where the bytes of a file go when edits are applied.

struct EditMap {
  private let edits: [Edit]
  /// Where each edit's replacement stands in the result.
  private var written: [Range<Int>] = []
  private let keptStarts: Set<Int>
  private var keptOffsets: Set<Int> = []

  /// At `keptStarts` a block goes on that an edit begins: its first byte counts as kept.
  init(_ edits: [Edit], keptStarts: Set<Int> = []) {
    self.edits = Splice.inOrder(edits)
    self.keptStarts = keptStarts
    var shift = 0
    for edit in self.edits {
      let start = edit.range.lowerBound + shift
      written.append(start..<start + edit.replacement.count)
      if keptStarts.contains(edit.range.lowerBound) { keptOffsets.insert(start) }
      shift += edit.replacement.count - edit.range.count
    }
  }

  /// The place of a byte after the edits, `nil` when it was replaced.
  func newOffset(of offset: Int) -> Int? {
    let last = edits.partitioningIndex { $0.range.lowerBound > offset } - 1
    guard last >= 0 else { return offset }
    let range = edits[last].range
    guard range.contains(offset) else { return offset - range.upperBound + written[last].upperBound }
    return offset == range.lowerBound && keptStarts.contains(offset) ? written[last].lowerBound : nil
  }

  /// Whether an edit wrote the byte at an offset of the result.
  func isInserted(_ offset: Int) -> Bool {
    if keptOffsets.contains(offset) { return false }
    // Empty ranges may share their start with the one that holds the offset, and come before it.
    let last = written.partitioningIndex { $0.lowerBound > offset } - 1
    return last >= 0 && written[last].contains(offset)
  }
}
