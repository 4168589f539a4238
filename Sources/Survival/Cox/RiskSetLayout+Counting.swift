// Arranging the rows of an outcome without strata: one counting sort in parallel, then short sorts by content.

import NumericalMethods

extension RiskSetLayout {
  /// Rows by bucket, those with the event first; within these by `keys` and then as in the file.
  ///
  /// Needs an outcome without delayed entry; the same layout as the general way, which knows strata.
  init(counting outcome: SurvivalOutcome, keys: [UInt64]?, threads: Int) {
    let segments = Segments(outcome, threads: threads)
    let sorted = segments.sorted(keys: keys, threads: threads)
    let starts = sorted.starts
    let eventTimeCount = segments.timeRank.count
    let bucketStart = (0...eventTimeCount).map { starts[2 * $0] }
    let eventEnd = (0..<eventTimeCount).map { starts[2 * $0 + 1] }
    let hasEvents = eventTimeCount > 0
    self.init(
      rows: sorted.rows, bucketStart: bucketStart, eventEnd: eventEnd, timeRank: segments.timeRank,
      stratumStart: hasEvents ? [0, Int32(truncatingIfNeeded: eventTimeCount)] : [0],
      stratumCode: hasEvents ? [0] : [], entryBucket: nil,
      weights: outcome.weights.map { weights in sorted.rows.map { weights[Int($0)] } })
  }

  /// Two segments for each event time: who has the event then, and who leaves between it and the next.
  private struct Segments {
    let outcome: SurvivalOutcome
    var timeRank: [Int32] = []
    /// Segment by distinct time and by whether the row has the event; −1 before the first event time.
    private var segments: [Int32] = []

    init(_ outcome: SurvivalOutcome, threads: Int) {
      self.outcome = outcome
      let count = outcome.order.times.count
      let chunks = FixedChunks(count: outcome.rowCount, size: Swift.max(1 << 16, 4 * count))
      let found = Self.withRows(outcome) { rank, event, weights in
        nonisolated(unsafe) let (rank, event, weights) = (rank, event, weights)
        return Parallel.map(chunks: chunks.count, threads: threads) { chunk in
          var hasEvent = [Bool](repeating: false, count: count)
          hasEvent.withUnsafeMutableBufferPointer { hasEvent in
            for row in chunks[chunk] where event[row] != 0 && (weights.isEmpty || weights[row] > 0) {
              hasEvent[Int(rank[row])] = true
            }
          }
          return hasEvent
        }
      }
      segments.reserveCapacity(2 * count)
      for time in 0..<count {
        if found.contains(where: { $0[time] }) { timeRank.append(Int32(truncatingIfNeeded: time)) }
        let last = Int32(truncatingIfNeeded: timeRank.count - 1)
        segments.append(last < 0 ? -1 : 2 * last + 1)
        segments.append(2 * last)
      }
    }

    private static func withRows<Result>(
      _ outcome: SurvivalOutcome,
      _ body: (UnsafeBufferPointer<Int32>, UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<Double>) -> Result
    ) -> Result {
      outcome.order.rank.withUnsafeBufferPointer { rank in
        outcome.event.withUnsafeBufferPointer { event in
          (outcome.weights ?? []).withUnsafeBufferPointer { body(rank, event, $0) }
        }
      }
    }

    /// Rows by segment, and where each begins.
    func sorted(keys: [UInt64]?, threads: Int) -> (rows: [Int32], starts: [Int32]) {
      let segmentCount = 2 * timeRank.count
      return Self.withRows(outcome) { rank, event, weights in
        segments.withUnsafeBufferPointer { segments in
          let parts = RowSegments(rank: rank, event: event, weights: weights, segments: segments)
          let places = PartPlaces(
            rowCount: rank.count, partCount: segmentCount, parts: parts, threads: threads)
          let rowCount = places.placeCount
          let rows = [Int32](unsafeUninitializedCapacity: rowCount) { rows, count in
            count = rowCount
            nonisolated(unsafe) let rows = rows
            guard let keys else { return places.write(parts, to: rows, threads: threads) }
            keys.withUnsafeBufferPointer { keys in
              withUnsafeTemporaryAllocation(of: UInt64.self, capacity: rowCount) { sortedKeys in
                nonisolated(unsafe) let sortedKeys = sortedKeys
                places.write(parts, to: rows, keys: (keys, sortedKeys), threads: threads)
                let groups = FixedChunks(count: segmentCount, size: 64)
                Parallel.forEach(chunks: groups.count, threads: threads) { group in
                  for segment in groups[group] {
                    KeyedRows(keys: sortedKeys, rows: rows).sort(
                      Int(places.starts[segment])..<Int(places.starts[segment + 1]))
                  }
                }
              }
            }
          }
          return (rows, places.starts)
        }
      }
    }
  }
}

/// The segment of each row by its time and whether it has the event; −1 for rows in no risk set.
private struct RowSegments: RowParts, @unchecked Sendable {
  // Safe to share: nobody writes while it is used.
  let rank: UnsafeBufferPointer<Int32>
  let event: UnsafeBufferPointer<UInt8>
  let weights: UnsafeBufferPointer<Double>
  let segments: UnsafeBufferPointer<Int32>

  @inline(__always)
  func part(ofRow row: Int) -> Int {
    if !weights.isEmpty, !(weights[row] > 0) { return -1 }
    return Int(segments[2 * Int(rank[row]) + (event[row] != 0 ? 1 : 0)])
  }
}
