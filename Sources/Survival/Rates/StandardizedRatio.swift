// Observed over expected events: standardised mortality and incidence ratios.

import NumericalMethods

/// The events of a group over those that its rows would have had at the rates of a reference population.
///
/// SMR = d / E with d events and E = Σ w e over the rows; E is taken as known without error. Exact limits of d for a Poisson count
/// (Garwood), over E; the P value of E as the mean is that of R's `poisson.test`.
public struct StandardizedRatio: Sendable, Hashable {
  /// As printed.
  public let name: String
  /// Weighted events.
  public let eventCount: Double
  /// Weighted sum of expected events.
  public let expected: Double
  /// Events over expected events; `nil` where none are expected.
  public let ratio: Double?
  /// Exact Poisson limits of the ratio: the lower is 0 without events.
  public let confidenceInterval: ConfidenceInterval
  /// Exact two-sided p-value: the probability of all counts that are no more likely than the one observed, at a ratio of 1.
  public let pValue: Double?

  /// Compares a count with what was expected.
  ///
  /// Cost: O(log d). Source: Garwood 1936, doi:10.1093/biomet/28.3-4.437. Checked against R `poisson.test(d, E)`.
  public init(name: String, eventCount: Double, expected: Double, confidenceLevel: Double) {
    self.name = name
    self.eventCount = eventCount
    self.expected = expected
    guard expected > 0, expected.isFinite else {
      (ratio, confidenceInterval, pValue) = (nil, .notEstimable, nil)
      return
    }
    ratio = eventCount / expected
    confidenceInterval = EventRates.poissonInterval(
      events: eventCount, personTime: expected, confidenceLevel: confidenceLevel)
    pValue = Self.twoSided(count: eventCount, mean: expected)
  }

  /// P of all counts no more probable than `count`, within a relative 1e-7.
  private static func twoSided(count: Double, mean: Double) -> Double {
    func probability(_ x: Double) -> Double { PoissonDistribution.probability(x, mean: mean) }
    if count == mean { return 1 }
    let limit = probability(count) * (1 + 1e-7)
    if count < mean {
      // Beyond the mean the probabilities fall: the first that is small enough lies between its next whole number and a bound.
      var (low, high) = (mean.rounded(.up), max(2 * mean - count, 1).rounded(.up))
      for _ in 0..<1100 where probability(high) > limit { high *= 2 }
      while low < high {
        let middle = ((low + high) / 2).rounded(.down)
        if probability(middle) <= limit { high = middle } else { low = middle + 1 }
      }
      let below = PoissonDistribution.cumulative(count, mean: mean)
      return min(below + PoissonDistribution.upperTail(low - 1, mean: mean), 1)
    }
    var (low, high) = (-1.0, mean.rounded(.down))
    while low < high {
      let middle = ((low + high + 1) / 2).rounded(.down)
      if probability(middle) <= limit { low = middle } else { high = middle - 1 }
    }
    let above = PoissonDistribution.upperTail(count - 1, mean: mean)
    return min((low < 0 ? 0 : PoissonDistribution.cumulative(low, mean: mean)) + above, 1)
  }
}

extension EventRates {
  /// Observed over expected events of each group and of all.
  ///
  /// - Parameters:
  ///   - expected: expected events of each of the n rows that the rates were estimated from, 0 or more.
  ///   - codes: the group of each row; all in one when `nil`.
  ///   - weights: of each row; 1 when `nil`.
  /// - Returns: one ratio per group in the order of `groups`, and that of all rows.
  /// - Throws: `SurvivalInputError` for `groups` when they are not n codes.
  ///
  /// Cost: O(n). Checked against R `poisson.test`.
  public func standardizedRatios(
    expected: [Double], groups codes: GroupCodes? = nil, weights: [Double]? = nil
  ) throws(SurvivalInputError) -> (groups: [StandardizedRatio], total: StandardizedRatio) {
    let codes = try (codes ?? .single(rowCount: expected.count)).validated(
      rowCount: expected.count, role: .groups)
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: groups.count)
    for (row, value) in expected.enumerated() where sums.indices.contains(Int(codes.codes[row])) {
      let weight = weights.flatMap { $0.indices.contains(row) ? $0[row] : nil } ?? 1
      sums[Int(codes.codes[row])].add(weight * value)
    }
    func ratio(_ rate: EventRate, _ expected: Double) -> StandardizedRatio {
      StandardizedRatio(
        name: rate.name, eventCount: rate.eventCount, expected: expected, confidenceLevel: confidenceLevel)
    }
    return (
      zip(groups, sums).map { ratio($0, $1.value) }, ratio(total, CompensatedSum.of(sums.map(\.value)))
    )
  }
}
