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
    guard let last = lastIndex(in: edits, where: { $0.range.lowerBound <= offset }) else { return offset }
    let range = edits[last].range
    guard range.contains(offset) else { return offset - range.upperBound + written[last].upperBound }
    return offset == range.lowerBound && keptStarts.contains(offset) ? written[last].lowerBound : nil
  }

  /// Whether an edit wrote the byte at an offset of the result.
  func isInserted(_ offset: Int) -> Bool {
    if keptOffsets.contains(offset) { return false }
    // Empty ranges may share their start with the one that holds the offset, and come before it.
    guard let last = lastIndex(in: written, where: { $0.lowerBound <= offset }) else { return false }
    return written[last].contains(offset)
  }

  /// The last element for which a condition holds that no element meets behind one that does not.
  private func lastIndex<Element>(in elements: [Element], where condition: (Element) -> Bool) -> Int? {
    var low = 0
    var high = elements.count
    while low < high {
      let middle = (low + high) / 2
      if condition(elements[middle]) { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? low - 1 : nil
  }
}
