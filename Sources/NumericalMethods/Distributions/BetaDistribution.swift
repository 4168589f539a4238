// The beta distribution.

import CSpecialFunctions

/// The beta distribution on [0, 1] with shapes `alpha` and `beta`, both positive.
public enum BetaDistribution {
  /// P(X ≤ x): the regularised incomplete beta function.
  public static func cumulative(_ x: Double, alpha: Double, beta: Double) -> Double {
    guard valid(x, alpha, beta) else { return .nan }
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    return special_beta_lower(x, alpha, beta)
  }

  /// P(X > x).
  public static func upperTail(_ x: Double, alpha: Double, beta: Double) -> Double {
    guard valid(x, alpha, beta) else { return .nan }
    if x <= 0 { return 1 }
    if x >= 1 { return 0 }
    return special_beta_upper(x, alpha, beta)
  }

  /// x with P(X ≤ x) = p.
  public static func quantile(_ p: Double, alpha: Double, beta: Double) -> Double {
    guard valid(p, alpha, beta), p >= 0, p <= 1 else { return .nan }
    if p == 0 { return 0 }
    if p == 1 { return 1 }
    return special_beta_quantile(p, alpha, beta)
  }

  /// x with P(X > x) = q.
  public static func upperQuantile(_ q: Double, alpha: Double, beta: Double) -> Double {
    guard valid(q, alpha, beta), q >= 0, q <= 1 else { return .nan }
    if q == 0 { return 1 }
    if q == 1 { return 0 }
    return special_beta_upper_quantile(q, alpha, beta)
  }

  private static func valid(_ x: Double, _ alpha: Double, _ beta: Double) -> Bool {
    !x.isNaN && alpha > 0 && beta > 0 && alpha.isFinite && beta.isFinite
  }
}
