// Two independent samples by their ranks.

import NumericalMethods

/// The rank-sum test of Wilcoxon 1945 and Mann and Whitney 1947.
public enum WilcoxonRankSum {
  /// Whether values of one sample tend to be greater than those of the other.
  ///
  /// **Choices** as R's `wilcox.test`: exact when both samples have fewer than 50 values and none are tied
  /// (`exact` true asks for it at any size that can be computed; ties always mean the approximation), otherwise
  /// normal with variance corrected for ties and continuity correction. **Returns** statistic, p-value, and, if a
  /// confidence level is given, the Hodges–Lehmann shift (first minus second) with limits: order statistics of the
  /// differences, which R finds in the approximate case only to 1e-4. Infinite values are ranked.
  /// **Throws** for not-a-number. **Cost** n log n. **Checked against** w-mtcars, w-ovarian-exact.
  public static func test(
    _ first: [Double], _ second: [Double], exact: Bool? = nil, continuityCorrection: Bool = true,
    confidenceLevel: Double? = nil
  ) throws -> RankTest {
    try Check.rankable(first, .first)
    try Check.rankable(second, .second)
    if let confidenceLevel { try Check.level(confidenceLevel) }
    guard !first.isEmpty, !second.isEmpty else { return .none }
    let m = Double(first.count)
    let n = Double(second.count)
    let total = m + n
    let ranking = Ranking(first + second)
    let statistic = CompensatedSum.of(ranking.ranks.prefix(first.count)) - m * (m + 1) / 2
    let isExact = !ranking.hasTies && (exact ?? (first.count < 50 && second.count < 50))
    let distribution = isExact ? RankDistributions.rankSum(first.count, second.count) : nil
    let mean = m * n / 2
    let deviation = (m * n / 12 * (total + 1 - ranking.tieCubes / (total * (total - 1)))).squareRoot()
    var estimate: Double?
    var limits = Limits(lower: nil, upper: nil)
    if let confidenceLevel {
      let x = SampleQuantile.sortedValues(first)
      let y = SampleQuantile.sortedValues(second)
      let count = x.count * y.count
      let rank = RankTest.limitRank(
        exact: distribution, count: count, deviation: deviation, corrected: continuityCorrection,
        confidenceLevel: confidenceLevel)
      let low = PairwiseOrder.difference((count + 1) / 2, x, y)
      let high = count % 2 == 1 ? low : PairwiseOrder.difference(count / 2 + 1, x, y)
      estimate = (low + high) / 2
      limits = Limits(
        lower: PairwiseOrder.difference(rank, x, y), upper: PairwiseOrder.difference(count + 1 - rank, x, y))
    }
    return RankTest(
      statistic: statistic,
      pValue: distribution.map { RankTest.exactTail(statistic, $0, mean: mean) }
        ?? RankTest.normalTail(statistic, mean: mean, deviation: deviation, corrected: continuityCorrection),
      isExact: distribution != nil, hasTies: ranking.hasTies, zeroCount: 0, estimate: estimate, limits: limits
    )
  }
}
