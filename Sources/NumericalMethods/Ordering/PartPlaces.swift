// Where rows go that are put in order by parts: one counting sort in parallel.

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

  @usableFromInline
  init(starts: [Int32], pieces: FixedChunks, begins: [[Int32]]) {
    (self.starts, self.pieces, self.begins) = (starts, pieces, begins)
  }

  /// - Parameters:
  ///   - rowCount: number of rows.
  ///   - partCount: number of parts.
  ///   - threads: how many may work at once; no result depends on it.
  ///   - part: the part of a row; negative for rows that belong to none.
  @inlinable @inline(__always)
  public static func counting(
    rowCount: Int, partCount: Int, threads: Int, part: @Sendable (Int) -> Int
  ) -> PartPlaces {
    // Pieces whose tables of parts stay small beside them.
    let pieces = FixedChunks(count: rowCount, size: Swift.max(1 << 15, 4 * partCount))
    let counts = Parallel.map(chunks: pieces.count, threads: threads) { piece in
      var counts = [Int32](repeating: 0, count: partCount)
      counts.withUnsafeMutableBufferPointer { counts in
        for row in pieces[piece] {
          let part = part(row)
          if part >= 0 { counts[part] &+= 1 }
        }
      }
      return counts
    }
    return summing(counts, partCount, pieces)
  }

  @usableFromInline
  static func summing(_ counts: [[Int32]], _ partCount: Int, _ pieces: FixedChunks) -> PartPlaces {
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
    return PartPlaces(starts: starts, pieces: pieces, begins: begins)
  }

  /// Calls `put` with every row that belongs to a part and its place; `part` as for the count.
  @inlinable @inline(__always)
  public func forEach(
    threads: Int, part: @Sendable (Int) -> Int, _ put: @Sendable (_ row: Int, _ place: Int) -> Void
  ) {
    let (pieces, begins) = (pieces, begins)
    Parallel.forEach(chunks: pieces.count, threads: threads) { piece in
      var next = begins[piece]
      next.withUnsafeMutableBufferPointer { next in
        for row in pieces[piece] {
          let part = part(row)
          guard part >= 0 else { continue }
          let place = Int(next[part])
          next[part] &+= 1
          put(row, place)
        }
      }
    }
  }
}
