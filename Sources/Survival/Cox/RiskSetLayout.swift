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
  /// Bucket of each row in scanning order.
  let bucketOfRow: [Int32]

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

  /// Fixed pieces of work over the scanning order: no sum depends on the number of threads.
  var chunks: FixedChunks { FixedChunks(count: rowCount, size: 8192) }
}
