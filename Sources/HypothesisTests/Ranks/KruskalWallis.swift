// Several independent samples by their ranks.

import NumericalMethods

/// The test of Kruskal and Wallis 1952.
public struct KruskalWallis: Sendable, Hashable {
  /// H corrected for ties; nil when all values are equal or fewer than two groups have values.
  public let statistic: Double?
  /// Degrees of freedom.
  public let degreesOfFreedom: Int
  /// χ² approximation.
  public let pValue: Double?

  /// Empty groups are left out and take no degree of freedom. n log n. **Checked against** kw-iris.
  ///
  /// H = 12 / (N (N + 1)) Σ R_g² / n_g − 3 (N + 1), over 1 − Σ (t³ − t) / (N³ − N) for ties.
  /// - Throws: `TestInputError.notFinite` for a value that is not a number (infinite ones have a rank).
  public static func test(_ groups: [[Double]]) throws -> KruskalWallis {
    for group in groups { try Check.rankable(group, .values) }
    let used = groups.filter { !$0.isEmpty }
    let all = used.flatMap { $0 }
    let n = Double(all.count)
    let df = Swift.max(0, used.count - 1)
    let ranking = Ranking(all)
    var sum = CompensatedSum()
    var start = 0
    for group in used {
      let total = CompensatedSum.of(ranking.ranks[start..<(start + group.count)])
      sum.add(total * total / Double(group.count))
      start += group.count
    }
    let correction = 1 - ranking.tieCubes / (n * n * n - n)
    guard df > 0, correction > 0 else {
      return KruskalWallis(statistic: nil, degreesOfFreedom: df, pValue: nil)
    }
    let statistic = (12 * sum.value / (n * (n + 1)) - 3 * (n + 1)) / correction
    return KruskalWallis(
      statistic: statistic, degreesOfFreedom: df,
      pValue: ChiSquaredDistribution.upperTail(Swift.max(0, statistic), degreesOfFreedom: Double(df)))
  }
}
