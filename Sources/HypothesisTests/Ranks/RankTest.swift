// What Wilcoxon's tests report.

import NumericalMethods

/// The result of a rank-sum or signed-rank test.
public struct RankTest: Sendable, Hashable {
  /// Rank sum: pairs in which the first sample's value is greater (ties half), R's W. Signed rank: sum of the ranks
  /// of positive differences, R's V. nil for an empty sample.
  public let statistic: Double?
  /// Two-sided or upper-tail probability under the null hypothesis; `nil` when not estimable.
  public let pValue: Double?
  /// From the exact distribution rather than the normal approximation.
  public let isExact: Bool
  /// Whether ranks are tied, which rules the exact distribution out.
  public let hasTies: Bool
  /// Differences of zero that were left out (signed rank).
  public let zeroCount: Int
  /// Hodges–Lehmann: the median of all differences (of all means of pairs of differences).
  public let estimate: Double?
  /// Of the shift, by inverting the same test.
  public let limits: Limits

  static let none = RankTest(
    statistic: nil, pValue: nil, isExact: false, hasTies: false, zeroCount: 0, estimate: nil,
    limits: Limits(lower: nil, upper: nil))

  /// Two-sided p-value of an exact distribution as R forms it: twice the smaller tail.
  static func exactTail(_ statistic: Double, _ distribution: CountDistribution, mean: Double) -> Double {
    let x = Int(statistic.rounded())
    let tail = statistic > mean ? distribution.upperTail(x - 1) : distribution.cumulative(x)
    return Swift.min(1, 2 * tail)
  }

  /// Two-sided p-value of the normal approximation; nil without variance.
  static func normalTail(_ statistic: Double, mean: Double, deviation: Double, corrected: Bool) -> Double? {
    guard deviation > 0 else { return nil }
    let distance = statistic - mean
    let correction = corrected && distance != 0 ? (distance > 0 ? 0.5 : -0.5) : 0
    return Swift.min(1, NormalDistribution.twoSidedTail((distance - correction) / deviation))
  }

  /// Which order statistic from either end of `count` bounds the interval.
  static func limitRank(
    exact: CountDistribution?, count: Int, deviation: Double, corrected: Bool, confidenceLevel: Double
  ) -> Int {
    if let exact { return Swift.max(1, exact.quantile((1 - confidenceLevel) / 2)) }
    // Where the standardised statistic of the shifted sample crosses the normal quantile.
    let z = NormalDistribution.criticalValue(confidenceLevel: confidenceLevel)
    let rank = (Double(count) / 2 - (corrected ? 0.5 : 0) - z * deviation).rounded(.up)
    return Swift.max(1, Swift.min(count, Int(rank)))
  }
}
