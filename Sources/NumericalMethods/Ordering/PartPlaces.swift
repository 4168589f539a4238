// Where rows go that are put in order by parts: one counting sort in parallel.

/// The part that each row belongs to.
public protocol RowParts: Sendable {
  /// The part of a row; negative for rows that belong to none.
  func part(ofRow row: Int) -> Int
}

/// Rows counted by the part each belongs to, piece of rows by piece: rows of a part stand together, in the order of the
/// file, whatever the number of threads.
public struct PartPlaces: Sendable {
  /// First place of each part; one more element closes the last.
  public let starts: [Int32]
  @usableFromInline let pieces: FixedChunks
  /// Per piece, the first place of its rows of each part.
  @usableFromInline let begins: [[Int32]]

  /// Number of rows that belong to a part.
  public var placeCount: Int { Int(starts.last ?? 0) }

  /// Counts rows by the part each belongs to.
  @inlinable
  public init(rowCount: Int, partCount: Int, parts: some RowParts, threads: Int) {
    // Pieces whose tables of parts stay small beside them.
    let pieces = FixedChunks(count: rowCount, size: Swift.max(1 << 15, 4 * partCount))
    let counts = Parallel.map(chunks: pieces.count, threads: threads) { piece in
      var counts = [Int32](repeating: 0, count: partCount)
      counts.withUnsafeMutableBufferPointer { counts in
        for row in pieces[piece] {
          let part = parts.part(ofRow: row)
          if part >= 0 { counts[part] &+= 1 }
        }
      }
      return counts
    }
    self.init(counts, partCount, pieces)
  }

  @usableFromInline
  init(_ counts: [[Int32]], _ partCount: Int, _ pieces: FixedChunks) {
    var begins = counts
    var starts = [Int32](repeating: 0, count: partCount + 1)
    var running: Int32 = 0
    for part in 0..<partCount {
      starts[part] = running
      for piece in begins.indices {
        let here = begins[piece][part]
        begins[piece][part] = running
        running += here
      }
    }
    starts[partCount] = running
    (self.starts, self.begins, self.pieces) = (starts, begins, pieces)
  }

  /// Writes the number of every row that belongs to a part to its place, and its key beside it where there are keys.
  @inlinable
  public func write(
    _ parts: some RowParts, to rows: UnsafeMutableBufferPointer<Int32>,
    keys: (source: UnsafeBufferPointer<UInt64>, target: UnsafeMutableBufferPointer<UInt64>)? = nil,
    threads: Int
  ) {
    let (pieces, begins) = (pieces, begins)
    nonisolated(unsafe) let (rows, keys) = (rows, keys)
    Parallel.forEach(chunks: pieces.count, threads: threads) { piece in
      var next = begins[piece]
      next.withUnsafeMutableBufferPointer { next in
        for row in pieces[piece] {
          let part = parts.part(ofRow: row)
          guard part >= 0 else { continue }
          let place = Int(next[part])
          next[part] &+= 1
          rows[place] = Int32(truncatingIfNeeded: row)
          if let keys { keys.target[place] = keys.source[row] }
        }
      }
    }
  }
}
