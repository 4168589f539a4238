// One-way analysis of variance.

import NumericalMethods

/// The comparison of the means of several groups.
public struct AnalysisOfVariance: Sendable, Hashable {
  /// Value of the statistic; `nil` when not estimable.
  public let statistic: Double?
  /// Groups less one.
  public let numeratorDegreesOfFreedom: Double
  /// Rows less groups, or Welch’s approximation; `nil` when not estimable.
  public let denominatorDegreesOfFreedom: Double?
  /// Two-sided or upper-tail probability under the null hypothesis; `nil` when not estimable.
  public let pValue: Double?
  /// Sum of squares between groups; `nil` for Welch’s test.
  public let betweenSumOfSquares: Double?
  /// Sum of squares within groups; `nil` for Welch’s test.
  public let withinSumOfSquares: Double?

  /// Equal variances. Empty groups are left out; nil values where fewer than two groups or no degree of freedom is
  /// left, or nothing varies within groups. **Checked against** aov-iris.
  ///
  /// F = (Σ n_g (m_g − m)² / (k − 1)) / (Σ Σ (y − m_g)² / (n − k)). **Inputs** one array per group.
  /// **Cost** n. **Source** Fisher 1925.
  /// - Throws: `TestInputError.notFinite`.
  public static func oneWay(_ groups: [[Double]]) throws -> AnalysisOfVariance {
    let used = try checked(groups)
    let all = used.flatMap { $0 }
    let means = used.compactMap(Moments.mean)
    let grand = Moments.mean(all) ?? 0
    let between = CompensatedSum.of(
      zip(used, means).map { Double($0.count) * ($1 - grand) * ($1 - grand) })
    let within = CompensatedSum.of(
      used.map { (Moments.variance($0) ?? 0) * Double($0.count - 1) })
    let df1 = Double(used.count - 1)
    let df2 = Double(all.count - used.count)
    var statistic: Double?
    if df1 > 0, df2 > 0, within > 0 { statistic = (between / df1) / (within / df2) }
    return AnalysisOfVariance(
      statistic: statistic, numeratorDegreesOfFreedom: df1, denominatorDegreesOfFreedom: df2,
      pValue: statistic.map { FDistribution.upperTail($0, numerator: df1, denominator: df2) },
      betweenSumOfSquares: between, withinSumOfSquares: within)
  }

  /// Unequal variances (Welch 1951). Every group needs two values and some spread.
  /// **Checked against** aov-iris-welch.
  ///
  /// **Inputs** one array per group; empty ones are left out. **Cost** n. The same as R's `oneway.test`.
  /// - Throws: `TestInputError.notFinite`.
  public static func welch(_ groups: [[Double]]) throws -> AnalysisOfVariance {
    let used = try checked(groups)
    let k = Double(used.count)
    let none = AnalysisOfVariance(
      statistic: nil, numeratorDegreesOfFreedom: k - 1, denominatorDegreesOfFreedom: nil, pValue: nil,
      betweenSumOfSquares: nil, withinSumOfSquares: nil)
    guard used.count > 1 else { return none }
    var weights: [Double] = []
    for group in used {
      guard let variance = Moments.variance(group), variance > 0 else { return none }
      weights.append(Double(group.count) / variance)
    }
    let total = CompensatedSum.of(weights)
    let means = used.compactMap(Moments.mean)
    let center = CompensatedSum.of(zip(weights, means).map { $0 * $1 }) / total
    let spread =
      CompensatedSum.of(
        zip(weights, used).map { weight, group in
          (1 - weight / total) * (1 - weight / total) / Double(group.count - 1)
        }) / (k * k - 1)
    let between = CompensatedSum.of(zip(weights, means).map { $0 * ($1 - center) * ($1 - center) })
    let statistic = between / ((k - 1) * (1 + 2 * (k - 2) * spread))
    let df2 = 1 / (3 * spread)
    return AnalysisOfVariance(
      statistic: statistic, numeratorDegreesOfFreedom: k - 1, denominatorDegreesOfFreedom: df2,
      pValue: FDistribution.upperTail(statistic, numerator: k - 1, denominator: df2),
      betweenSumOfSquares: nil,
      withinSumOfSquares: nil)
  }

  private static func checked(_ groups: [[Double]]) throws -> [[Double]] {
    for group in groups { try Check.finite(group, .values) }
    return Moments.shifted(groups.filter { !$0.isEmpty })
  }
}

/// One pair of Tukey's honest significant differences.
public struct TukeyDifference: Sendable, Hashable {
  /// Numbers of the groups; the difference is second minus first.
  public let first: Int
  /// Index of the other group.
  public let second: Int
  /// Mean of the second less mean of the first.
  public let difference: Double
  /// Simultaneous limits of the difference.
  public let limits: Limits
  /// Two-sided or upper-tail probability under the null hypothesis; `nil` when not estimable.
  public let pValue: Double?
}

/// All pairwise differences of means with simultaneous intervals.
public enum TukeyHonestDifferences {
  /// All pairs of groups (Tukey–Kramer for unequal sizes), second minus first in the order R's `TukeyHSD` lists them.
  /// Empty groups take part in no pair. **Checked against** aov-iris.
  ///
  /// - Throws: `TestInputError`: `notFinite`, `confidenceLevel`.
  public static func pairs(_ groups: [[Double]], confidenceLevel: Double = 0.95) throws -> [TukeyDifference] {
    try Check.level(confidenceLevel)
    let test = try AnalysisOfVariance.oneWay(groups)
    let used = groups.indices.filter { !groups[$0].isEmpty }
    let groups = Moments.shifted(groups)
    let df = test.denominatorDegreesOfFreedom ?? 0
    let variance = df > 0 ? (test.withinSumOfSquares ?? .nan) / df : .nan
    let count = Double(used.count)
    let critical =
      variance > 0
      ? StudentizedRangeDistribution.quantile(confidenceLevel, groups: count, degreesOfFreedom: df) : .nan
    var result: [TukeyDifference] = []
    for (place, a) in used.enumerated() {
      for b in used.dropFirst(place + 1) {
        guard let m1 = Moments.mean(groups[a]), let m2 = Moments.mean(groups[b]) else { continue }
        let se = (variance / 2 * (1 / Double(groups[a].count) + 1 / Double(groups[b].count))).squareRoot()
        let difference = m2 - m1
        let p = StudentizedRangeDistribution.upperTail(
          difference.magnitude / se, groups: count, degreesOfFreedom: df)
        let isKnown = se > 0 && !p.isNaN
        result.append(
          TukeyDifference(
            first: a, second: b, difference: difference,
            limits: Limits(
              lower: isKnown ? difference - critical * se : nil,
              upper: isKnown ? difference + critical * se : nil),
            pValue: isKnown ? p : nil))
      }
    }
    return result
  }
}
