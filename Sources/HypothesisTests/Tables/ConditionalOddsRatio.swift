// The noncentral hypergeometric distribution of a 2 × 2 table.

import NumericalMethods

/// The distribution of the upper left count given all margins, for any odds ratio.
struct ConditionalOddsRatio {
  private let observed: Int
  private let low: Int
  private let high: Int
  /// Log-probabilities at odds ratio 1, from `low`.
  private let logWeights: [Double]
  private let cells: [Double]

  /// The table must be 2 × 2.
  init(_ table: ContingencyTable) {
    let rows = table.rowTotals
    let columns = table.columnTotals
    let support = HypergeometricDistribution.support(marked: columns[0], unmarked: columns[1], draws: rows[0])
    observed = table.counts[0][0]
    low = support.lowerBound
    high = support.upperBound
    logWeights = support.map {
      HypergeometricDistribution.logProbability($0, marked: columns[0], unmarked: columns[1], draws: rows[0])
    }
    cells = table.counts.flatMap { $0.map(Double.init) }
  }

  func test(confidenceLevel: Double) -> FisherExactTest {
    let limit = logWeights[observed - low] + Elementary.log1p(1e-7)
    let p = CompensatedSum.of(logWeights.filter { $0 <= limit }.map(Elementary.exp))
    let numerator = cells[0] * cells[3]
    let denominator = cells[1] * cells[2]
    let tail = (1 - confidenceLevel) / 2
    return FisherExactTest(
      pValue: Swift.min(1, p), status: .exact, oddsRatio: estimate,
      limits: low == high
        ? Limits(lower: 0, upper: .infinity) : Limits(lower: lowerLimit(tail), upper: upperLimit(tail)),
      sampleOddsRatio: numerator == 0 && denominator == 0 ? nil : numerator / denominator)
  }

  /// The odds ratio at which the observed count is the expected one.
  private var estimate: Double? {
    if low == high { return nil }
    if observed == low { return 0 }
    if observed == high { return .infinity }
    return solve { mean(logOdds: $0) - Double(observed) }
  }

  private func lowerLimit(_ tail: Double) -> Double? {
    if observed == low { return 0 }
    return solve { tailProbability(logOdds: $0) { $0 >= observed } - tail }
  }

  private func upperLimit(_ tail: Double) -> Double? {
    if observed == high { return .infinity }
    return solve { tail - tailProbability(logOdds: $0) { $0 <= observed } }
  }

  /// exp of the root of a function that rises in the log odds ratio.
  private func solve(_ function: (Double) -> Double) -> Double? {
    var width = 2.0
    // Doubling reaches any odds ratio a double can hold in a few steps.
    for _ in 0..<10 {
      if function(-width) < 0, function(width) > 0 { break }
      width *= 2
    }
    let root = BrentRoot.find(low: -width, high: width, tolerance: 1e-13, function)
    return root.status == .converged ? Elementary.exp(root.x) : nil
  }

  /// Relative weights at a log odds ratio, scaled so that the greatest is 1.
  private func weights(_ logOdds: Double) -> [Double] {
    let raw = logWeights.enumerated().map { $1 + logOdds * Double(low + $0) }
    let greatest = raw.max() ?? 0
    return raw.map { Elementary.exp($0 - greatest) }
  }

  private func mean(logOdds: Double) -> Double {
    let weights = weights(logOdds)
    let total = CompensatedSum.of(weights)
    return CompensatedSum.of(weights.enumerated().map { Double(low + $0) * $1 }) / total
  }

  private func tailProbability(logOdds: Double, _ isIn: (Int) -> Bool) -> Double {
    let weights = weights(logOdds)
    let inside = weights.enumerated().filter { isIn(low + $0.offset) }.map(\.element)
    return CompensatedSum.of(inside) / CompensatedSum.of(weights)
  }
}
