// Fisher's F distribution.

import CSpecialFunctions

/// The F distribution with `numerator` and `denominator` degrees of freedom. An infinite denominator gives the
/// chi-squared distribution divided by its degrees of freedom.
public enum FDistribution {
  /// P(X ≤ x).
  public static func cumulative(_ x: Double, numerator: Double, denominator: Double) -> Double {
    guard !x.isNaN, numerator > 0, denominator > 0, numerator.isFinite else { return .nan }
    if x <= 0 { return 0 }
    if x == .infinity { return 1 }
    if denominator == .infinity {
      return ChiSquaredDistribution.cumulative(x * numerator, degreesOfFreedom: numerator)
    }
    return special_f_lower(x, numerator, denominator)
  }

  /// P(X > x): the p-value of an F statistic.
  public static func upperTail(_ x: Double, numerator: Double, denominator: Double) -> Double {
    guard !x.isNaN, numerator > 0, denominator > 0, numerator.isFinite else { return .nan }
    if x <= 0 { return 1 }
    if x == .infinity { return 0 }
    if denominator == .infinity {
      return ChiSquaredDistribution.upperTail(x * numerator, degreesOfFreedom: numerator)
    }
    return special_f_upper(x, numerator, denominator)
  }

  /// x with P(X ≤ x) = p.
  public static func quantile(_ p: Double, numerator: Double, denominator: Double) -> Double {
    guard p >= 0, p <= 1, numerator > 0, denominator > 0, numerator.isFinite else { return .nan }
    if p == 0 { return 0 }
    if p == 1 { return .infinity }
    if denominator == .infinity {
      return ChiSquaredDistribution.quantile(p, degreesOfFreedom: numerator) / numerator
    }
    return special_f_quantile(p, numerator, denominator)
  }
}
