// Student's t distribution.

import CSpecialFunctions

/// Student's t distribution; infinite degrees of freedom give the normal one, none or fewer not-a-number.
public enum StudentTDistribution {
  /// P(T ≤ t).
  public static func cumulative(_ t: Double, degreesOfFreedom: Double) -> Double {
    guard !t.isNaN, degreesOfFreedom > 0 else { return .nan }
    if degreesOfFreedom == .infinity { return NormalDistribution.cumulative(t) }
    if t == .infinity { return 1 }
    if t == -.infinity { return 0 }
    return special_student_lower(t, degreesOfFreedom)
  }

  /// P(T > t).
  public static func upperTail(_ t: Double, degreesOfFreedom: Double) -> Double {
    cumulative(-t, degreesOfFreedom: degreesOfFreedom)
  }

  /// 2 P(T > |t|): the p-value of a two-sided t test.
  public static func twoSidedTail(_ t: Double, degreesOfFreedom: Double) -> Double {
    2 * cumulative(-t.magnitude, degreesOfFreedom: degreesOfFreedom)
  }

  /// t with P(T ≤ t) = p.
  public static func quantile(_ p: Double, degreesOfFreedom: Double) -> Double {
    guard p >= 0, p <= 1, degreesOfFreedom > 0 else { return .nan }
    if degreesOfFreedom == .infinity { return NormalDistribution.quantile(p) }
    if p == 0 { return -.infinity }
    if p == 1 { return .infinity }
    return special_student_quantile(p, degreesOfFreedom)
  }

  /// The half-width of a two-sided interval in standard errors.
  public static func criticalValue(confidenceLevel: Double, degreesOfFreedom: Double) -> Double {
    quantile((1 + confidenceLevel) / 2, degreesOfFreedom: degreesOfFreedom)
  }
}
