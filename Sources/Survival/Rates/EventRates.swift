// Event rates per person-time by group, with exact Poisson intervals.

import NumericalMethods

/// Events per person-time in one group.
public struct EventRate: Sendable, Hashable {
  /// As printed.
  public let name: String
  /// Rows.
  public let rowCount: Int
  /// Weighted events.
  public let eventCount: Double
  /// Σ (time − entry), in the unit of time.
  public let personTime: Double
  /// Events per unit of person-time; `nil` without person-time.
  public let rate: Double?
  /// Exact Poisson limits of the rate (Garwood): the lower is 0 without events.
  public let confidenceInterval: ConfidenceInterval
}

/// Event rates by group.
///
/// Rate = events / person-time. Exact interval: χ² quantiles, χ²(α/2; 2d) / 2 and χ²(1 − α/2; 2d + 2) / 2, over person-time.
public struct EventRates: Sendable, Hashable {
  /// One rate per group, in the order of the groups' names; an empty group has no rate.
  public let groups: [EventRate]
  /// All groups together.
  public let total: EventRate
  /// Level of the intervals.
  public let confidenceLevel: Double

  /// Counts events and person-time.
  ///
  /// - Parameters:
  ///   - outcome: follow-up of n rows; any cause counts as the event. Weights are frequencies and must be whole numbers.
  ///   - groups: the group of each row; all in one when `nil`.
  ///   - confidenceLevel: of the exact intervals.
  /// - Throws: `SurvivalInputError` for `groups`, `weights` (not whole), `time` (an end below 0 without entry) and
  ///   `confidenceLevel`.
  ///
  /// Cost: O(n). Source: Garwood 1936, doi:10.1093/biomet/28.3-4.437. Checked against R `poisson.test`.
  public static func estimate(
    _ outcome: SurvivalOutcome, groups: GroupCodes? = nil, confidenceLevel: Double = 0.95
  ) throws(SurvivalInputError) -> EventRates {
    guard confidenceLevel > 0, confidenceLevel < 1 else {
      throw SurvivalInputError(.confidenceLevel, .outOfRange)
    }
    let rowCount = outcome.rowCount
    let groups = try (groups ?? .single(rowCount: rowCount)).validated(rowCount: rowCount, role: .groups)
    try FrequencyWeights.validate(outcome)
    if outcome.entry == nil {
      let negative = outcome.time.indices.filter { outcome.time[$0] < 0 }
      guard negative.isEmpty else { throw SurvivalInputError(.time, .negative, rows: negative) }
    }
    var events = [CompensatedSum](repeating: CompensatedSum(), count: groups.count)
    var personTime = events
    for row in 0..<rowCount {
      let group = Int(groups.codes[row])
      let weight = outcome.weights.map { $0[row] } ?? 1
      personTime[group].add(weight * (outcome.time[row] - (outcome.entry.map { $0[row] } ?? 0)))
      if outcome.event[row] != 0 { events[group].add(weight) }
    }
    let sizes = groups.sizes
    func rate(_ name: String, _ rows: Int, _ events: Double, _ time: Double) -> EventRate {
      EventRate(
        name: name, rowCount: rows, eventCount: events, personTime: time,
        rate: time > 0 ? events / time : nil,
        confidenceInterval: poissonInterval(
          events: events, personTime: time, confidenceLevel: confidenceLevel))
    }
    return EventRates(
      groups: groups.names.indices.map {
        rate(groups.names[$0], sizes[$0], events[$0].value, personTime[$0].value)
      },
      total: rate(
        "", rowCount, CompensatedSum.of(events.map(\.value)), CompensatedSum.of(personTime.map(\.value))),
      confidenceLevel: confidenceLevel)
  }

  /// Exact limits for a Poisson count over its person-time.
  static func poissonInterval(
    events: Double, personTime: Double, confidenceLevel: Double
  ) -> ConfidenceInterval {
    guard personTime > 0 else { return .notEstimable }
    let tail = (1 - confidenceLevel) / 2
    let lower =
      events > 0 ? ChiSquaredDistribution.quantile(tail, degreesOfFreedom: 2 * events) / 2 : 0
    let upper = ChiSquaredDistribution.upperQuantile(tail, degreesOfFreedom: 2 * events + 2) / 2
    return ConfidenceInterval(lower: lower / personTime, upper: upper / personTime)
  }
}
