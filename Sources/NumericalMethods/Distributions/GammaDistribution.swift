// The gamma distribution.

import CSpecialFunctions

/// The gamma distribution with positive `shape` and `scale` (mean shape × scale).
public enum GammaDistribution {
  /// P(X ≤ x).
  public static func cumulative(_ x: Double, shape: Double, scale: Double = 1) -> Double {
    guard valid(x, shape, scale) else { return .nan }
    if x <= 0 { return 0 }
    if x == .infinity { return 1 }
    return special_gamma_lower(x / scale, shape)
  }

  /// P(X > x).
  public static func upperTail(_ x: Double, shape: Double, scale: Double = 1) -> Double {
    guard valid(x, shape, scale) else { return .nan }
    if x <= 0 { return 1 }
    if x == .infinity { return 0 }
    return special_gamma_upper(x / scale, shape)
  }

  /// x with P(X ≤ x) = p.
  public static func quantile(_ p: Double, shape: Double, scale: Double = 1) -> Double {
    guard valid(p, shape, scale), p >= 0, p <= 1 else { return .nan }
    if p == 0 { return 0 }
    if p == 1 { return .infinity }
    return scale * special_gamma_quantile(p, shape)
  }

  /// x with P(X > x) = q.
  public static func upperQuantile(_ q: Double, shape: Double, scale: Double = 1) -> Double {
    guard valid(q, shape, scale), q >= 0, q <= 1 else { return .nan }
    if q == 1 { return 0 }
    if q == 0 { return .infinity }
    return scale * special_gamma_upper_quantile(q, shape)
  }

  /// log of the density at x > 0.
  public static func logDensity(_ x: Double, shape: Double, scale: Double = 1) -> Double {
    guard valid(x, shape, scale) else { return .nan }
    if x < 0 { return -.infinity }
    if x == 0 { return shape < 1 ? .infinity : (shape == 1 ? -Elementary.log(scale) : -.infinity) }
    // x^(k−1) e^(−x/θ) / (Γ(k) θ^k) through the Poisson probability, which does not cancel for large shapes.
    let rate = x / scale
    if shape < 1 {
      return PoissonDistribution.logProbability(shape, mean: rate) + Elementary.log(shape / x)
    }
    return PoissonDistribution.logProbability(shape - 1, mean: rate) - Elementary.log(scale)
  }

  private static func valid(_ x: Double, _ shape: Double, _ scale: Double) -> Bool {
    !x.isNaN && shape > 0 && scale > 0 && shape.isFinite && scale.isFinite
  }
}
