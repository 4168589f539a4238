// Rows in the order in which risk sets are scanned: by stratum, then by the event time they outlive.

import NumericalMethods

/// Rows arranged for scanning risk sets.
///
/// The distinct event times of all strata are numbered 0 ..< `eventTimeCount`, ascending within a stratum. A row's
/// *bucket* is the last event time not later than its own end: it is at risk at every event time of its stratum from
/// its entry up to its bucket. Rows that are at risk at no event time, or carry no weight, are left out: they add
/// nothing to any partial likelihood.
struct RiskSetLayout: Sendable {
  /// Rows of the outcome in scanning order: by bucket; within a bucket those who have the event first.
  let rows: [Int32]
  /// Where each bucket begins in `rows`; one more element closes the last.
  let bucketStart: [Int32]
  /// Where the events of each bucket end in `rows`.
  let eventEnd: [Int32]
  /// Index into the outcome's distinct times of each event time.
  let timeRank: [Int32]
  /// First event time of each stratum that has events; one more element closes the last.
  let stratumStart: [Int32]
  /// The stratum code of each such stratum.
  let stratumCode: [Int32]
  /// Per row in scanning order, the first event time at which it is at risk; `nil` without delayed entry.
  let entryBucket: [Int32]?
  /// Case weights in scanning order; `nil` when all are 1.
  let weights: [Double]?
  private(set) var knownBuckets = OnceValue<[Int32]>()

  /// Bucket of each row in scanning order: made for those who look rows up one by one.
  var bucketOfRow: [Int32] {
    knownBuckets.value {
      [Int32](unsafeUninitializedCapacity: rowCount) { buffer, count in
        for event in 0..<eventTimeCount {
          for row in bucket(event) { buffer[row] = Int32(truncatingIfNeeded: event) }
        }
        count = rowCount
      }
    }
  }

  var rowCount: Int { rows.count }
  var eventTimeCount: Int { timeRank.count }
  var stratumCount: Int { stratumCode.count }

  func bucket(_ event: Int) -> Range<Int> { Int(bucketStart[event])..<Int(bucketStart[event + 1]) }
  func events(_ event: Int) -> Range<Int> { Int(bucketStart[event])..<Int(eventEnd[event]) }
  func eventCount(_ event: Int) -> Int { Int(eventEnd[event] - bucketStart[event]) }
  func eventTimes(ofStratum stratum: Int) -> Range<Int> {
    Int(stratumStart[stratum])..<Int(stratumStart[stratum + 1])
  }
  func rows(ofStratum stratum: Int) -> Range<Int> {
    let events = eventTimes(ofStratum: stratum)
    return Int(bucketStart[events.lowerBound])..<Int(bucketStart[events.upperBound])
  }
  func weight(_ position: Int) -> Double { weights.map { $0[position] } ?? 1 }
  var hasTiedEvents: Bool { (0..<eventTimeCount).contains { eventCount($0) > 1 } }
  func isEvent(_ position: Int) -> Bool { position < Int(eventEnd[Int(bucketOfRow[position])]) }

  /// The bucket of one row, in the logarithm of the number of event times.
  func bucket(ofRow position: Int) -> Int {
    bucketStart.withUnsafeBufferPointer { starts in
      var low = 0
      var high = starts.count - 1
      while high - low > 1 {
        let middle = (low + high) / 2
        if Int(starts[middle]) <= position { low = middle } else { high = middle }
      }
      return low
    }
  }

  /// Calls `body` with the stretches of some rows that share a bucket, each cut into those with the event and the others.
  @inline(__always)
  func forEachBucket(
    in range: Range<Int>, _ body: (_ event: Int, _ dying: Range<Int>, _ staying: Range<Int>) -> Void
  ) {
    guard !range.isEmpty else { return }
    var event = bucket(ofRow: range.lowerBound)
    var position = range.lowerBound
    while position < range.upperBound, event < eventTimeCount {
      let end = Swift.min(Int(bucketStart[event + 1]), range.upperBound)
      if end > position {
        let middle = Swift.min(Swift.max(Int(eventEnd[event]), position), end)
        body(event, position..<middle, middle..<end)
        position = end
      }
      event += 1
    }
  }

  /// Fixed pieces of work over the scanning order: no sum depends on the number of threads.
  var chunks: FixedChunks { FixedChunks(count: rowCount, size: 8192) }
}
