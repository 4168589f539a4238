// The standard normal distribution.

import CSpecialFunctions

/// The normal distribution with mean 0 and variance 1. Relative error of both tails about 2e-16 up to |x| = 37.5
/// (beyond, down to the smallest double, one subnormal unit); of the quantile 5e-16.
public enum NormalDistribution {
  /// P(X ≤ x).
  public static func cumulative(_ x: Double) -> Double { upperTail(-x) }

  /// P(X > x).
  public static func upperTail(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x > 39 { return 0 }
    if x < -9 { return 1 }
    // x/√2 in two parts; without the second the error would grow with x².
    let high = 0.7071067811865476
    let low = -4.833646656726457e-17
    let y = x * high
    let lost = (-y).addingProduct(x, high) + x * low
    return 0.5 * special_erfc(y) - lost * 0.5641895835477563 * Elementary.exp(-y * y)
  }

  /// 2 P(X > |z|): the p-value of a two-sided z test.
  public static func twoSidedTail(_ z: Double) -> Double { 2 * upperTail(z.magnitude) }

  /// The density at x.
  public static func density(_ x: Double) -> Double { 0.3989422804014327 * Elementary.exp(-0.5 * x * x) }

  /// x with P(X ≤ x) = p; ∓infinity at 0 and 1, not-a-number outside.
  public static func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p == 0 { return -.infinity }
    if p == 1 { return .infinity }
    // 1 − p is exact above a half.
    return p > 0.5 ? -lowerQuantile(1 - p) : lowerQuantile(p)
  }

  /// x with P(X > x) = q.
  public static func upperQuantile(_ q: Double) -> Double { -quantile(q) }

  /// The half-width of a two-sided interval in standard errors: 1.96 for 0.95.
  public static func criticalValue(confidenceLevel: Double) -> Double {
    guard confidenceLevel > 0, confidenceLevel < 1 else { return confidenceLevel == 0 ? 0 : .nan }
    return quantile((1 + confidenceLevel) / 2)
  }

  /// One Newton step after Boost's start takes the last digits away from the platform's logarithm.
  private static func lowerQuantile(_ p: Double) -> Double {
    let start = special_normal_quantile(p)
    let slope = density(start)
    guard start.isFinite, slope > 1e-290 else { return start }
    return start - (cumulative(start) - p) / slope
  }
}
