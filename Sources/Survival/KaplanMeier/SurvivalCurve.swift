// One group's estimated survival curve, time by time.

import NumericalMethods

/// The estimated survival curve of one group.
///
/// All arrays have one element per distinct time at which follow-up ends in the group, ascending, whether by an event or
/// by censoring. Counts are weighted. What cannot be estimated (a standard error or limit where S = 0) is NaN.
public struct SurvivalCurve: Sendable {
  /// As printed.
  public let name: String
  /// Number of rows.
  public let rowCount: Int
  /// Weighted number of rows and of events.
  public let weightSum: Double
  /// Weighted events.
  public let eventCount: Double

  /// Distinct times of events and censoring, ascending, in the unit of the data.
  public let time: [Double]
  /// Number at risk just before the time.
  public let atRisk: [Double]
  /// Weighted events at each time.
  public let events: [Double]
  /// Number whose follow-up ends here without event; rows that the same subject continues are not counted.
  public internal(set) var censored: [Double]
  /// Estimated probability of surviving beyond the time (the value at t + 0).
  public let survival: [Double]
  /// Standard error of `survival`, on the scale of S.
  public let standardError: [Double]
  /// Cumulative hazard at each time.
  public let cumulativeHazard: [Double]
  /// Standard error of the cumulative hazard at each time.
  public let cumulativeHazardStandardError: [Double]
  /// Pointwise confidence limits of `survival`.
  public let lower: [Double]
  /// Upper limit of the interval at each time.
  public let upper: [Double]

  /// Level of the intervals.
  public let confidenceLevel: Double
  /// Scale on which the interval is symmetric.
  public let transform: ConfidenceTransform
  /// Times of delayed entry; `nil` when all are at risk from the start.
  var entries: DelayedEntries?
  /// How rows move areas under the curve; `nil` where the variance is Greenwood's.
  var areaInfluence: AreaInfluence?

  /// The largest time observed in the group, event or not; `nil` for an empty group.
  public var lastTime: Double? { time.last }

  /// The last time at which the group has an event, if there is one.
  public var lastEventTime: Double? {
    events.lastIndex { $0 > 0 }.map { time[$0] }
  }

  /// Index of the last distinct time not later than `time`.
  func index(notAfter time: Double) -> Int? {
    let first = self.time.partitioningIndex { $0 > time }
    return first == 0 ? nil : first - 1
  }

  /// Index of the first distinct time not earlier than `time`.
  func index(notBefore time: Double) -> Int? {
    let first = self.time.partitioningIndex { $0 >= time }
    return first == self.time.count ? nil : first
  }
}

/// The distinct times at which rows of a group come under observation.
struct DelayedEntries: Sendable {
  private let time: [Double]
  /// Weighted number of rows that entered up to and including each time.
  private let entered: [Double]

  /// - Parameter rows: the group's rows in the order of entry among the exit times.
  init(_ outcome: SurvivalOutcome, rows: ArraySlice<Int32>) {
    let entry = outcome.entry ?? []
    let unsorted = rows.map { entry[Int($0)] }
    var time: [Double] = []
    var entered: [Double] = []
    var sum = CompensatedSum()
    for position in RadixOrder.ascending(unsorted) {
      let row = Int(rows[rows.startIndex + Int(position)])
      sum.add(outcome.weights.map { $0[row] } ?? 1)
      if time.last == entry[row] {
        entered[entered.count - 1] = sum.value
      } else {
        time.append(entry[row])
        entered.append(sum.value)
      }
    }
    self.time = time
    self.entered = entered
  }

  /// Weighted number of rows that entered before `limit`.
  func entered(before limit: Double) -> Double {
    let later = time.partitioningIndex { $0 >= limit }
    return later == 0 ? 0 : entered[later - 1]
  }
}

extension Array {
  /// The first index whose element fulfils `belongs`, for an array in which those that do come last.
  func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
