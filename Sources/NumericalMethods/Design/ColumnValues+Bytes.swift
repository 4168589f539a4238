// Columns that fit into one byte a row, and rows taken in another order.

extension ColumnValues {
  /// One byte per row and the number of each byte; `nil` where the values are more, or held otherwise.
  public var bytes: (codes: [UInt8], table: [Double])? {
    switch self {
    case .narrow(let codes, let table): return (codes, table)
    case .whole(.bytes(let values)): return (values, (0..<256).map(Double.init))
    case .whole(.words(let values)):
      guard let low = values.min(), let high = values.max(), Int(high) - Int(low) < 256 else { return nil }
      return (
        values.map { UInt8(truncatingIfNeeded: $0 &- low) },
        (0..<256).map { Double(Int(low) + $0) }
      )
    case .dense, .coded: return nil
    }
  }

  /// The elements of the rows named, in the order named; every row must be in range.
  public static func gather<Value: Sendable & BitwiseCopyable>(
    _ values: [Value], rows: [Int32], threads: Int
  ) -> [Value] {
    let chunks = FixedChunks(count: rows.count, size: 1 << 14)
    return [Value](unsafeUninitializedCapacity: rows.count) { target, count in
      values.withUnsafeBufferPointer { source in
        rows.withUnsafeBufferPointer { rows in
          nonisolated(unsafe) let (target, source, rows) = (target, source, rows)
          Parallel.forEach(chunks: chunks.count, threads: threads) { chunk in
            for place in chunks[chunk] { target[place] = source[Int(rows[place])] }
          }
        }
      }
      count = rows.count
    }
  }
}
