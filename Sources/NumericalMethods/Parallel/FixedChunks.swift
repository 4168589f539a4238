// Ranges of rows whose borders depend on the number of rows alone.

/// A cut of `0..<count` into ranges of `size` rows (the last may be shorter). Sums over the chunks, combined in
/// chunk order, have the same bits for every number of threads.
public struct FixedChunks: Sendable, RandomAccessCollection {
  /// Number of rows that are cut.
  public let rowCount: Int
  /// Rows of every chunk but the last.
  public let size: Int

  /// A cut of `count` rows; a negative count is none, a size below 1 is 1.
  public init(count: Int, size: Int = 4096) {
    self.rowCount = Swift.max(0, count)
    self.size = Swift.max(1, size)
  }

  /// 0.
  public var startIndex: Int { 0 }
  /// Number of chunks.
  public var endIndex: Int { (rowCount + size - 1) / size }

  /// Rows of the chunk at `index`; empty for an index outside the collection.
  public subscript(index: Int) -> Range<Int> {
    guard index >= 0, index < endIndex else { return 0..<0 }
    let start = index * size
    return start..<Swift.min(start + size, rowCount)
  }
}
