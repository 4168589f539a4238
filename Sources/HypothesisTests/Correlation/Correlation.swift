// Correlation coefficients and their tests.

import NumericalMethods

/// A correlation and its test of no association.
public struct Correlation: Sendable, Hashable {
  /// Values used.
  public let count: Int
  /// r, ρ or τ (τ-b with ties); nil when either variable does not vary.
  public let estimate: Double?
  /// Pearson: t. Spearman: S = Σ d² (by ρ (n³ − n)/6 where tied). Kendall: T, the concordant pairs, if exact, else z.
  public let statistic: Double?
  /// Of t.
  public let degreesOfFreedom: Double?
  /// Two-sided or upper-tail probability under the null hypothesis; `nil` when not estimable.
  public let pValue: Double?
  /// Pearson: by Fisher's z, from four pairs on.
  public let limits: Limits
  /// Whether the P value is from the exact distribution.
  public let isExact: Bool

  static func none(_ count: Int) -> Correlation {
    Correlation(
      count: count, estimate: nil, statistic: nil, degreesOfFreedom: nil, pValue: nil,
      limits: Limits(lower: nil, upper: nil), isExact: false)
  }

  /// The product-moment correlation. **Checked against** cor-pearson.
  ///
  /// **Inputs** two arrays of n finite values. **Returns** no estimate where a variable does not vary,
  /// no test below three pairs.
  /// **Source** Pearson 1896; interval by Fisher 1921. **Cost** n.
  /// - Throws: `TestInputError`: `lengthMismatch`, `notFinite`, `confidenceLevel`.
  public static func pearson(_ x: [Double], _ y: [Double], confidenceLevel: Double = 0.95) throws
    -> Correlation
  {
    try Check.sameLength(x, y)
    try Check.finite(x, .first)
    try Check.finite(y, .second)
    try Check.level(confidenceLevel)
    let n = Double(x.count)
    guard let r = coefficient(x, y) else { return none(x.count) }
    let df = n - 2
    // 1 − r² as a product keeps its digits near ±1.
    let t = df > 0 ? df.squareRoot() * r / ((1 - r) * (1 + r)).squareRoot() : nil
    var limits = Limits(lower: nil, upper: nil)
    if n > 3 {
      let z = 0.5 * (Elementary.log1p(r) - Elementary.log1p(-r))
      let width = NormalDistribution.criticalValue(confidenceLevel: confidenceLevel) / (n - 3).squareRoot()
      limits = Limits(lower: hyperbolicTangent(z - width), upper: hyperbolicTangent(z + width))
    }
    return Correlation(
      count: x.count, estimate: r, statistic: t, degreesOfFreedom: df > 0 ? df : nil,
      pValue: t.map { StudentTDistribution.twoSidedTail($0, degreesOfFreedom: df) }, limits: limits,
      isExact: false)
  }

  /// The correlation of ranks.
  ///
  /// **Choices** as R's `cor.test`: without ties and up to 1290 pairs (never with `exact` false) the p-value is
  /// that of algorithm AS 89 — all permutations up to 9 pairs, an Edgeworth series beyond — otherwise Student's t.
  /// **Checked against** cor-spearman, cor-spearman-exact.
  /// **Source** Spearman 1904; Best and Roberts 1975 (AS 89). **Cost** n log n, the exact tail beside.
  /// - Throws: `TestInputError`: `lengthMismatch`; `notFinite` for a value that is not a number (infinite
  ///   ones have a rank).
  public static func spearman(_ x: [Double], _ y: [Double], exact: Bool? = nil) throws -> Correlation {
    try Check.sameLength(x, y)
    try Check.rankable(x, .first)
    try Check.rankable(y, .second)
    let first = Ranking(x)
    let second = Ranking(y)
    let n = Double(x.count)
    guard x.count >= 2, let rho = coefficient(first.ranks, second.ranks) else { return none(x.count) }
    let statistic = (n * n * n - n) * (1 - rho) / 6
    let isExact = (exact ?? true) && x.count <= 1290 && !first.hasTies && !second.hasTies
    let p: Double?
    if isExact {
      let upper = statistic > (n * n * n - n) / 6
      // S is even: at most s means below s + 2.
      let tail = SpearmanDistribution.tail(
        statistic: statistic.rounded() + (upper ? 0 : 2), count: x.count, lower: !upper)
      p = Swift.min(1, 2 * tail)
    } else if n > 2 {
      let t = rho / ((1 - rho) * (1 + rho) / (n - 2)).squareRoot()
      p = Swift.min(1, StudentTDistribution.twoSidedTail(t, degreesOfFreedom: n - 2))
    } else {
      p = nil
    }
    return Correlation(
      count: x.count, estimate: rho, statistic: statistic, degreesOfFreedom: nil, pValue: p,
      limits: Limits(lower: nil, upper: nil), isExact: isExact)
  }

  /// r of Pearson's formula; nil when a variable does not vary.
  static func coefficient(_ x: [Double], _ y: [Double]) -> Double? {
    guard x.count >= 2, let mx = Moments.mean(x), let my = Moments.mean(y) else { return nil }
    var xx = CompensatedSum()
    var yy = CompensatedSum()
    var xy = CompensatedSum()
    for (a, b) in zip(x, y) {
      xx.add((a - mx) * (a - mx))
      yy.add((b - my) * (b - my))
      xy.add((a - mx) * (b - my))
    }
    guard xx.value > 0, yy.value > 0 else { return nil }
    // One root is exact for exact lines; two do not overflow.
    let product = xx.value * yy.value
    let scale =
      product.isNormal && product.isFinite
      ? product.squareRoot() : xx.value.squareRoot() * yy.value.squareRoot()
    return Swift.max(-1, Swift.min(1, xy.value / scale))
  }

  private static func hyperbolicTangent(_ z: Double) -> Double {
    if z.magnitude > 20 { return z > 0 ? 1 : -1 }
    let power = Elementary.expm1(2 * z)
    return power / (power + 2)
  }
}
