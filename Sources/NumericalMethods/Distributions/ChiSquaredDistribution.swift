// The chi-squared distribution.

import CSpecialFunctions

/// The chi-squared distribution. With 0 degrees of freedom it is a point mass at 0; negative degrees of freedom
/// and not-a-number give not-a-number.
public enum ChiSquaredDistribution {
  /// P(X ≤ x).
  public static func cumulative(_ x: Double, degreesOfFreedom: Double) -> Double {
    guard !x.isNaN, degreesOfFreedom >= 0 else { return .nan }
    if x < 0 { return 0 }
    if degreesOfFreedom == 0 || x == .infinity { return 1 }
    if x == 0 { return 0 }
    if degreesOfFreedom == .infinity { return 0 }
    return special_gamma_lower(x / 2, degreesOfFreedom / 2)
  }

  /// P(X > x): the p-value of a chi-squared statistic.
  public static func upperTail(_ x: Double, degreesOfFreedom: Double) -> Double {
    guard !x.isNaN, degreesOfFreedom >= 0 else { return .nan }
    if x < 0 { return 1 }
    if degreesOfFreedom == 0 || x == .infinity { return 0 }
    if x == 0 || degreesOfFreedom == .infinity { return 1 }
    if degreesOfFreedom == 1 { return NormalDistribution.twoSidedTail(x.squareRoot()) }
    return special_gamma_upper(x / 2, degreesOfFreedom / 2)
  }

  /// x with P(X ≤ x) = p.
  public static func quantile(_ p: Double, degreesOfFreedom: Double) -> Double {
    guard p >= 0, p <= 1, degreesOfFreedom >= 0, degreesOfFreedom.isFinite else { return .nan }
    if p == 0 || degreesOfFreedom == 0 { return 0 }
    if p == 1 { return .infinity }
    return 2 * special_gamma_quantile(p, degreesOfFreedom / 2)
  }

  /// x with P(X > x) = q.
  public static func upperQuantile(_ q: Double, degreesOfFreedom: Double) -> Double {
    guard q >= 0, q <= 1, degreesOfFreedom >= 0, degreesOfFreedom.isFinite else { return .nan }
    if q == 1 || degreesOfFreedom == 0 { return 0 }
    if q == 0 { return .infinity }
    return 2 * special_gamma_upper_quantile(q, degreesOfFreedom / 2)
  }
}
