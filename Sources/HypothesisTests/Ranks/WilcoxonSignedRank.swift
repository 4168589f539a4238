// Pairs by the ranks of their differences.

import NumericalMethods

/// Wilcoxon's signed-rank test.
public enum WilcoxonSignedRank {
  /// Pairs: the differences first − second.
  ///
  /// - Throws: `TestInputError`: `lengthMismatch`, `notFinite`, `confidenceLevel`.
  public static func test(
    _ first: [Double], _ second: [Double], exact: Bool? = nil, continuityCorrection: Bool = true,
    confidenceLevel: Double? = nil
  ) throws -> RankTest {
    try Check.sameLength(first, second)
    try Check.finite(first, .first)
    try Check.finite(second, .second)
    return try test(
      differences: zip(first, second).map { $0 - $1 }, exact: exact,
      continuityCorrection: continuityCorrection,
      confidenceLevel: confidenceLevel)
  }

  /// Whether differences are symmetric about zero.
  ///
  /// **Choices** as R's `wilcox.test(paired = TRUE)`: zeros are dropped; exact below 50 differences without zeros and
  /// ties, otherwise normal with tie and continuity correction. The estimate is the median of the means of all pairs
  /// of non-zero differences. **Checked against** w-sleep-signed.
  /// **Source** Wilcoxon 1945.
  /// - Throws: `TestInputError`: `notFinite` for a difference that is not a number, `confidenceLevel`.
  public static func test(
    differences: [Double], exact: Bool? = nil, continuityCorrection: Bool = true,
    confidenceLevel: Double? = nil
  ) throws -> RankTest {
    try Check.rankable(differences, .values)
    if let confidenceLevel { try Check.level(confidenceLevel) }
    let values = differences.filter { $0 != 0 }
    let zeros = differences.count - values.count
    guard !values.isEmpty else {
      return RankTest(
        statistic: differences.isEmpty ? nil : 0, pValue: nil, isExact: false, hasTies: false,
        zeroCount: zeros,
        estimate: nil, limits: Limits(lower: nil, upper: nil))
    }
    let n = Double(values.count)
    let ranking = Ranking(values.map(\.magnitude))
    let statistic = CompensatedSum.of(zip(values, ranking.ranks).filter { $0.0 > 0 }.map(\.1))
    let isExact = !ranking.hasTies && zeros == 0 && (exact ?? (values.count < 50))
    let distribution = isExact ? RankDistributions.signedRank(values.count) : nil
    let mean = n * (n + 1) / 4
    let deviation = (n * (n + 1) * (2 * n + 1) / 24 - ranking.tieCubes / 48).squareRoot()
    var estimate: Double?
    var limits = Limits(lower: nil, upper: nil)
    if let confidenceLevel {
      let x = SampleQuantile.sortedValues(values)
      let count = x.count * (x.count + 1) / 2
      let rank = RankTest.limitRank(
        exact: distribution, count: count, deviation: deviation, corrected: continuityCorrection,
        confidenceLevel: confidenceLevel)
      let low = PairwiseOrder.walshAverage((count + 1) / 2, x)
      let high = count % 2 == 1 ? low : PairwiseOrder.walshAverage(count / 2 + 1, x)
      estimate = (low + high) / 2
      limits = Limits(
        lower: PairwiseOrder.walshAverage(rank, x), upper: PairwiseOrder.walshAverage(count + 1 - rank, x))
    }
    return RankTest(
      statistic: statistic,
      pValue: distribution.map { RankTest.exactTail(statistic, $0, mean: mean) }
        ?? RankTest.normalTail(statistic, mean: mean, deviation: deviation, corrected: continuityCorrection),
      isExact: distribution != nil, hasTies: ranking.hasTies, zeroCount: zeros, estimate: estimate,
      limits: limits)
  }
}
