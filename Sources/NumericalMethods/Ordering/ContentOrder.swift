// Rows in an order that does not depend on that of the file.

/// An order of rows by what they hold, so that no sum shows in which order a file has them.
///
/// Rows are compared by a 64-bit mix of their values. Rows that hold the same are interchangeable.
public struct ContentOrder {
  @usableFromInline var keys: [UInt64]
  @usableFromInline let threads: Int

  /// Rows about which nothing is known yet.
  public init(rowCount: Int, threads: Int) {
    keys = [UInt64](repeating: Self.seed, count: rowCount)
    self.threads = threads
  }

  /// Rows with all that tells them apart, which `add` mixes in, a few thousand rows at a time.
  public init(rowCount: Int, threads: Int, _ add: @Sendable (Rows) -> Void) {
    let chunks = FixedChunks(count: rowCount, size: 1 << 12)
    keys = [UInt64](unsafeUninitializedCapacity: rowCount) { keys, count in
      nonisolated(unsafe) let keys = keys
      Parallel.forEach(chunks: chunks.count, threads: threads) { chunk in
        for row in chunks[chunk] { keys[row] = Self.seed }
        add(Rows(range: chunks[chunk], keys: keys))
      }
      count = rowCount
    }
    self.threads = threads
  }

  /// Some rows whose keys are being made.
  public struct Rows {
    @usableFromInline let range: Range<Int>
    @usableFromInline let keys: UnsafeMutableBufferPointer<UInt64>

    /// Takes 64 bits of each of these rows into account.
    @inlinable @inline(__always)
    public func add(_ bits: (Int) -> UInt64) {
      for row in range { keys[row] = ContentOrder.mix(keys[row] ^ bits(row)) }
    }
  }

  /// Rows whose keys have been made before.
  public init(keys: [UInt64], threads: Int) {
    self.keys = keys
    self.threads = threads
  }

  /// The keys of rows in the order of the file: dense columns first, then the cells of the others, and what else tells rows apart,
  /// such as an offset and weights.
  public static func keys(
    rowCount: Int, dense: [ColumnValues], cells: [UInt16]?, others: [[Double]], threads: Int
  ) -> [UInt64] {
    let chunks = FixedChunks(count: rowCount, size: 1 << 12)
    return [UInt64](unsafeUninitializedCapacity: rowCount) { keys, count in
      nonisolated(unsafe) let keys = keys
      Parallel.forEach(chunks: chunks.count, threads: threads) { chunk in
        let rows = chunks[chunk]
        for row in rows { keys[row] = seed }
        func add(_ column: [Double]) {
          column.withUnsafeBufferPointer { column in
            for row in rows { keys[row] = mix(keys[row] ^ column[row].bitPattern) }
          }
        }
        for column in dense {
          switch column {
          case .dense(let values): add(values)
          case .whole(.bytes(let values)):
            values.withUnsafeBufferPointer { values in
              for row in rows { keys[row] = mix(keys[row] ^ Double(values[row]).bitPattern) }
            }
          case .whole(.words(let values)):
            values.withUnsafeBufferPointer { values in
              for row in rows { keys[row] = mix(keys[row] ^ Double(values[row]).bitPattern) }
            }
          case .coded, .narrow: for row in rows { keys[row] = mix(keys[row] ^ column[row].bitPattern) }
          }
        }
        cells?.withUnsafeBufferPointer { cells in
          for row in rows { keys[row] = mix(keys[row] ^ UInt64(cells[row])) }
        }
        for column in others { add(column) }
      }
      count = rowCount
    }
  }

  private static let seed: UInt64 = 0x9e37_79b9_7f4a_7c15

  /// Takes a column into account.
  public mutating func add(_ column: UnsafePointer<Double>) {
    add { column[$0].bitPattern }
  }

  /// Takes 64 bits of each row into account.
  @inlinable
  public mutating func add(_ bits: (Int) -> UInt64) {
    nonisolated(unsafe) let bits = bits
    let chunks = FixedChunks(count: keys.count, size: 16384)
    keys.withUnsafeMutableBufferPointer { keys in
      nonisolated(unsafe) let keys = keys
      Parallel.forEach(chunks: chunks.count, threads: threads) { chunk in
        for row in chunks[chunk] { keys[row] = Self.mix(keys[row] ^ bits(row)) }
      }
    }
  }

  /// The finishing steps of splitmix64.
  @inlinable @inline(__always)
  static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// Within each segment, the rows by ascending key; segments must be ascending and disjoint.
  public func order(within segments: [Range<Int>]) -> [Int32] {
    var order = (0..<keys.count).map { Int32(truncatingIfNeeded: $0) }
    // Segments are handed out in groups, since most are short.
    let groups = FixedChunks(count: segments.count, size: 64)
    order.withUnsafeMutableBufferPointer { order in
      keys.withUnsafeBufferPointer { keys in
        nonisolated(unsafe) let (order, keys) = (order, keys)
        Parallel.forEach(chunks: groups.count, threads: threads) { group in
          for segment in groups[group] where segments[segment].count > 1 {
            Self.sort(order, keys, segments[segment])
          }
        }
      }
    }
    return order
  }

  /// All rows by ascending key, in time that grows with their number alone.
  public func order() -> [Int32] {
    keys.count > 4096 && keys.count < Int(Int32.max)
      ? Self.sorted(keys, threads: threads) : order(within: [0..<keys.count])
  }

  /// Places among some rows by ascending key, equal keys as they stand.
  public func order(of rows: [Int32]) -> [Int32] {
    ContentOrder(keys: rows.map { keys[Int($0)] }, threads: threads).order()
  }

  private static func sort(
    _ order: UnsafeMutableBufferPointer<Int32>, _ keys: UnsafeBufferPointer<UInt64>, _ range: Range<Int>
  ) {
    if range.count <= 24 {
      for index in range.dropFirst() {
        let row = order[index]
        let key = keys[Int(row)]
        var place = index
        while place > range.lowerBound, keys[Int(order[place - 1])] > key {
          order[place] = order[place - 1]
          place -= 1
        }
        order[place] = row
      }
      return
    }
    // One pass by the leading bits leaves segments that are short on average.
    var bits = 1
    while 1 << bits < range.count / 4, bits < 14 { bits += 1 }
    let shift = UInt64(64 - bits)
    var starts = [Int](repeating: 0, count: 1 << bits + 1)
    for index in range { starts[Int(keys[Int(order[index])] >> shift) + 1] += 1 }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    var next = starts
    let copy = Array(order[range])
    for row in copy {
      let digit = Int(keys[Int(row)] >> shift)
      order[range.lowerBound + next[digit]] = row
      next[digit] += 1
    }
    for digit in 0..<(1 << bits) where starts[digit + 1] - starts[digit] > 1 {
      let part = (range.lowerBound + starts[digit])..<(range.lowerBound + starts[digit + 1])
      // Equal keys would never be told apart by further bits.
      if part.count > 24 {
        let first = keys[Int(order[part.lowerBound])]
        if part.allSatisfy({ keys[Int(order[$0])] == first }) { continue }
        let sorted = order[part].sorted { keys[Int($0)] < keys[Int($1)] }
        for (offset, row) in sorted.enumerated() { order[part.lowerBound + offset] = row }
      } else {
        sort(order, keys, part)
      }
    }
  }
}

extension ContentOrder {
  /// Σ_i u_i u_i' over rows given as columns, added up in an order that does not depend on theirs.
  public static func crossProduct(_ columns: [[Double]], threads: Int) -> Matrix {
    let count = columns.first?.count ?? 0
    var content = ContentOrder(rowCount: count, threads: threads)
    for column in columns { content.add { column[$0].bitPattern } }
    let order = content.order(within: [0..<count])
    let arranged = columns.map { column in order.map { column[Int($0)] } }
    return WeightedGram.matrix(Matrix(columns: arranged, rowCount: count), threads: threads)
  }
}
