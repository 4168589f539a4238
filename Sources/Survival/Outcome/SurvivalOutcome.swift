// Follow-up times and what happened at their end: the input of every survival estimator.

/// Follow-up of n rows: time, optional entry time, what happened, optional weight.
///
/// **Inputs** are one element per row, without missing values: `time` in any unit, `event` 0 for censored and 1 for the
/// event (1…255 for competing causes), `entry` for delayed entry or (start, stop] data (at risk in entry < t ≤ time),
/// `weights` ≥ 0. Near-equal times are merged as R's `timefix`: two neighbouring distinct times are tied when their gap,
/// or their gap over the mean absolute time, is at most √ε; a run takes its first time.
///
/// The order of the times is found once, here, and shared by whatever is estimated from the outcome. Cost: O(n) for whole
/// numbers, otherwise one radix sort.
public struct SurvivalOutcome: Sendable {
  /// End of follow-up of each row, near-equal times merged.
  public var time: RowTimes { RowTimes(order) }
  /// Time at which the row comes under observation (exclusive); `nil` when all are observed from the start.
  public let entry: [Double]?
  /// 0 censored, 1 event; with competing risks the cause, 1…255.
  public let event: [UInt8]
  /// Case weights; `nil` when all are 1.
  public let weights: [Double]?
  /// Distinct times and each row's place among them.
  public let order: TimeOrder

  /// Rows n.
  public var rowCount: Int { event.count }

  /// - Throws: `SurvivalInputError` for role `time` (not finite, negative unless allowed, no rows), `entry` (length,
  ///   not finite, not before the end: zero-length intervals included), `event` (length), `weights` (length, not finite,
  ///   negative), with all rows at fault.
  public init(
    time: [Double], event: [UInt8], entry: [Double]? = nil, weights: [Double]? = nil,
    mergesNearEqualTimes: Bool = true, allowsNegativeTimes: Bool = false
  ) throws(SurvivalInputError) {
    try Self.validate(
      time: time, event: event, entry: entry, weights: weights, allowsNegativeTimes: allowsNegativeTimes)
    let ordered = TimeOrder.building(time: time, entry: entry, mergesNearEqualTimes: mergesNearEqualTimes)
    if let entryRank = ordered.order.entryRank {
      // Merging may have closed an interval.
      let closed = time.indices.filter { entryRank[$0] > ordered.order.rank[$0] }
      guard closed.isEmpty else { throw SurvivalInputError(.entry, .endNotAfterStart, rows: closed) }
    }
    self.init(entry: ordered.entry, event: event, weights: weights, order: ordered.order)
  }

  /// Right-censored follow-up in whole numbers, each row counting once, straight from a narrow column.
  ///
  /// - Parameters:
  ///   - time: end of follow-up of each row.
  ///   - event: as for other outcomes.
  ///   - mergesNearEqualTimes: as for other outcomes.
  ///   - allowsNegativeTimes: as for other outcomes.
  ///   - threads: how many may work at once; no result depends on it.
  /// - Returns: the outcome that the same times as doubles make; `nil` where these are refused, or need to be sorted.
  public init?(
    time: NarrowColumn, event: [UInt8], mergesNearEqualTimes: Bool = true, allowsNegativeTimes: Bool = false,
    threads: Int
  ) {
    guard event.count == time.count,
      let order = TimeOrder.counting(
        time, merging: mergesNearEqualTimes, allowsNegative: allowsNegativeTimes, threads: threads)
    else { return nil }
    self.init(entry: nil, event: event, weights: nil, order: order)
  }

  private init(entry: [Double]?, event: [UInt8], weights: [Double]?, order: TimeOrder) {
    self.entry = entry
    self.event = event
    self.weights = weights
    self.order = order
  }

  /// The same follow-up with the given cause as the event and everything else censored.
  public func selecting(cause: UInt8) -> SurvivalOutcome {
    replacing(event: event.map { $0 == cause ? 1 : 0 })
  }

  /// The same follow-up with any cause as the event.
  public var anyEvent: SurvivalOutcome { replacing(event: event.map { $0 == 0 ? 0 : 1 }) }

  /// The same follow-up with censoring as the event: what the reverse Kaplan–Meier estimator sees.
  public var reversed: SurvivalOutcome { replacing(event: event.map { $0 == 0 ? 1 : 0 }) }

  /// Whether the weights cannot be numbers of patients: then only a robust variance is meant.
  public var hasFractionalWeights: Bool { weights?.contains { $0 != $0.rounded(.down) } == true }

  /// The same follow-up without weights.
  public var unweighted: SurvivalOutcome {
    SurvivalOutcome(entry: entry, event: event, weights: nil, order: order)
  }

  /// The same follow-up with other events; the time order is shared.
  func replacing(event: [UInt8]) -> SurvivalOutcome {
    SurvivalOutcome(entry: entry, event: event, weights: weights, order: order)
  }
}

extension SurvivalOutcome {
  /// The same follow-up with the given weights; the time order is shared.
  ///
  /// - Throws: `SurvivalInputError` for role `weights`.
  public func weighted(by weights: [Double]) throws(SurvivalInputError) -> SurvivalOutcome {
    try Self.validate(weights: weights, rowCount: rowCount)
    return SurvivalOutcome(entry: entry, event: event, weights: weights, order: order)
  }
}

/// The follow-up times of rows, looked up among the distinct ones: no array of their own.
public struct RowTimes: RandomAccessCollection, Sendable {
  private let times: [Double]
  private let rank: [Int32]

  init(_ order: TimeOrder) { (times, rank) = (order.times, order.rank) }

  /// 0.
  public var startIndex: Int { 0 }
  /// Number of rows.
  public var endIndex: Int { rank.count }
  /// The time of a row, which must be in range.
  public subscript(row: Int) -> Double { times[Int(rank[row])] }
}
