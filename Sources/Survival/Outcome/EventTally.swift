// Exits by time, outcome and unit: all that the estimators which count need from the rows.

import NumericalMethods

/// Exits by distinct time, outcome and unit, the first half of every estimator that counts.
///
/// A unit is a group, or a group within a stratum. Accumulating needs the rows; solving needs this alone, so that the
/// same numbers can come from rows in memory or from a database's `GROUP BY`.
public struct EventTally: Sendable {
  /// One unit's exits, in the order of time.
  public struct Unit: Sendable {
    /// Positions among the outcome's distinct times at which some row of the unit ends, ascending.
    public internal(set) var timeIndex: [Int32] = []
    /// Rows ending at each time, outcome by outcome: `counts[outcome * timeIndex.count + position]`.
    public internal(set) var counts: [Int32] = []
    /// Sums of weights in the same layout; `nil` when all weights are 1.
    public internal(set) var weights: [Double]?
    /// Sums of squared weights in the same layout; `nil` when all weights are 1.
    public internal(set) var squaredWeights: [Double]?
    /// Delayed entry: positions from which rows are at risk, ascending; `nil` when all are at risk from the start.
    public internal(set) var entryIndex: [Int32]?
    /// Rows that enter at each time; empty without delayed entry.
    public internal(set) var entryCounts: [Int32] = []
    /// The same, weighted; `nil` without weights.
    public internal(set) var entryWeights: [Double]?
    /// Rows counted.
    public internal(set) var rowCount = 0

    func count(outcome: Int, at position: Int) -> Int32 { counts[outcome * timeIndex.count + position] }

    func weight(outcome: Int, at position: Int) -> Double {
      let cell = outcome * timeIndex.count + position
      return weights.map { $0[cell] } ?? Double(counts[cell])
    }

    func squaredWeight(outcome: Int, at position: Int) -> Double {
      let cell = outcome * timeIndex.count + position
      return squaredWeights.map { $0[cell] } ?? Double(counts[cell])
    }

    /// The same unit with all causes counted as one event.
    func merged(causeCount: Int) -> Unit {
      guard causeCount > 1 else { return self }
      func merge<Number: AdditiveArithmetic>(_ cells: [Number]) -> [Number] {
        let timeCount = timeIndex.count
        var result = Array(cells.prefix(2 * timeCount))
        for outcome in 2...causeCount {
          for time in 0..<timeCount { result[timeCount + time] += cells[outcome * timeCount + time] }
        }
        return result
      }
      var unit = self
      unit.counts = merge(counts)
      unit.weights = weights.map(merge)
      unit.squaredWeights = squaredWeights.map(merge)
      return unit
    }
  }

  /// Distinct times of the outcome.
  public let times: [Double]
  /// 1 (censored) plus the number of kinds of event.
  public let outcomeCount: Int
  /// One per stratum and group.
  public internal(set) var units: [Unit]

  /// What an event code counts as: 0 censored, 1 ..< `outcomeCount` the kinds of event.
  struct OutcomeMap: Sendable {
    let count: Int
    let outcome: [Int32]

    /// Any event, whatever its cause.
    static let anyEvent = OutcomeMap(count: 2, outcome: [0] + [Int32](repeating: 1, count: 255))

    /// Each of the causes 1...`causes` by itself.
    static func causes(_ causes: Int) -> OutcomeMap {
      OutcomeMap(count: causes + 1, outcome: (0..<256).map { $0 <= causes ? Int32($0) : 0 })
    }

    /// One cause against all others: 1 and 2.
    static func cause(_ cause: UInt8) -> OutcomeMap {
      OutcomeMap(count: 3, outcome: (0..<256).map { $0 == 0 ? 0 : $0 == Int(cause) ? 1 : 2 })
    }
  }

  /// Counts the rows. `units` gives each row's unit; the result has the same bits for every number of threads.
  ///
  /// Cost: O(n) over a table of units × outcomes × times where that is small, otherwise O(n) through the time order.
  static func accumulate(
    _ outcome: SurvivalOutcome, units: TallyUnits, map: OutcomeMap, threads: Int
  ) -> EventTally {
    let layout = DenseLayout(
      unitCount: units.count, outcomeCount: map.count, timeCount: outcome.order.times.count)
    let isSmall = layout.cellCount <= max(1 << 16, min(4 * outcome.rowCount, 1 << 24))
    var tally = EventTally(times: outcome.order.times, outcomeCount: map.count, units: [])
    tally.units =
      isSmall
      ? layout.units(outcome, unitCodes: units.codes, map: map, threads: threads)
      : sortedUnits(outcome, units: units, map: map)
    return tally
  }
}

/// Which unit each row is counted in.
struct TallyUnits: Sendable {
  let codes: [Int32]
  let count: Int

  init(codes: [Int32], count: Int) {
    self.codes = codes
    self.count = count
  }

  init(_ groups: GroupCodes) {
    self.init(codes: groups.codes, count: groups.count)
  }

  /// Unit `stratum * groups.count + group`.
  ///
  /// - Throws: `SurvivalInputError` if there are more combinations than a code can hold.
  init(strata: GroupCodes?, groups: GroupCodes) throws(SurvivalInputError) {
    guard let strata else {
      self.init(groups)
      return
    }
    let (count, overflow) = strata.count.multipliedReportingOverflow(by: groups.count)
    guard !overflow, count <= Int(Int32.max) else { throw SurvivalInputError(.strata, .outOfRange) }
    let groupCount = Int32(groups.count)
    self.init(codes: zip(strata.codes, groups.codes).map { $0 * groupCount + $1 }, count: count)
  }
}
