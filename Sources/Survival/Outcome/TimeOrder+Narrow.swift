// The order of whole numbers as they lie in a narrow column: two passes, no doubles.

import NumericalMethods

extension TimeOrder {
  /// `nil` unless the numbers are in a range small enough for a table, none is refused, and no two could be near-equal.
  static func counting(
    _ column: NarrowColumn, merging: Bool, allowsNegative: Bool, threads: Int
  ) -> TimeOrder? {
    guard let range = column.range, allowsNegative || range.lowerBound >= 0,
      Self.keepsApart(
        wholeNumbersUpTo: Double(max(abs(range.lowerBound), abs(range.upperBound))), merging: merging),
      range.count <= max(4 * column.count, 1 << 16)
    else { return nil }
    return switch column {
    case .uint8(let values): counting(values, range, threads: threads)
    case .int16(let values): counting(values, range, threads: threads)
    case .int32(let values): counting(values, range, threads: threads)
    }
  }

  private static func counting<Value: FixedWidthInteger & Sendable>(
    _ values: [Value], _ range: ClosedRange<Int>, threads: Int
  ) -> TimeOrder {
    let (lowest, span) = (range.lowerBound, range.count)
    let chunks = FixedChunks(count: values.count, size: max(1 << 16, 4 * span))
    return values.withUnsafeBufferPointer { values in
      nonisolated(unsafe) let values = values
      let found = Parallel.map(chunks: chunks.count, threads: threads) { chunk in
        var occurs = [Bool](repeating: false, count: span)
        occurs.withUnsafeMutableBufferPointer { occurs in
          for row in chunks[chunk] { occurs[Int(values[row]) &- lowest] = true }
        }
        return occurs
      }
      var times: [Double] = []
      let place = (0..<span).map { offset in
        if found.contains(where: { $0[offset] }) { times.append(Double(lowest + offset)) }
        return Int32(truncatingIfNeeded: times.count - 1)
      }
      let rank = [Int32](unsafeUninitializedCapacity: values.count) { rank, count in
        count = values.count
        place.withUnsafeBufferPointer { place in
          nonisolated(unsafe) let (rank, place) = (rank, place)
          Parallel.forEach(chunks: chunks.count, threads: threads) { chunk in
            for row in chunks[chunk] { rank[row] = place[Int(values[row]) &- lowest] }
          }
        }
      }
      return TimeOrder(times: times, rank: rank, entryRank: nil)
    }
  }
}
