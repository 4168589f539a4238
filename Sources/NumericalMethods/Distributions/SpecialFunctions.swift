// Gamma and beta functions and their relatives.

import CSpecialFunctions

/// Logarithms of gamma and beta functions and their derivatives.
public enum SpecialFunctions {
  /// log |Γ(x)|; infinity at the poles 0, −1, −2, …
  public static func logGamma(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x.isInfinite { return .infinity }
    if x <= 0, x == x.rounded() { return .infinity }
    if x > 1e305 { return x * (Elementary.log(x) - 1) }
    return special_log_gamma(x)
  }

  /// Derivative of log Γ; not-a-number at the poles.
  public static func digamma(_ x: Double) -> Double {
    if x.isNaN || x == -.infinity || (x <= 0 && x == x.rounded()) { return .nan }
    if x > 1e300 { return Elementary.log(x) }
    return special_digamma(x)
  }

  /// Second derivative of log Γ.
  public static func trigamma(_ x: Double) -> Double {
    if x.isNaN || x == -.infinity || (x <= 0 && x == x.rounded()) { return .nan }
    if x > 1e300 { return 1 / x }
    return special_trigamma(x)
  }

  /// log B(a, b) for positive a and b.
  public static func logBeta(_ a: Double, _ b: Double) -> Double {
    guard a > 0, b > 0 else { return .nan }
    let least = Swift.min(a, b)
    let greatest = Swift.max(a, b)
    guard least >= 10 else {
      if greatest < 10 { return logGamma(a) + (logGamma(b) - logGamma(a + b)) }
      // Γ(q)/Γ(p+q) by Stirling's series, whose main parts are subtracted by hand.
      let correction = stirlingError(greatest) - stirlingError(least + greatest)
      return logGamma(least) + correction + least - least * Elementary.log(least + greatest)
        + (greatest - 0.5) * Elementary.log1p(-least / (least + greatest))
    }
    let correction = stirlingError(least) + stirlingError(greatest) - stirlingError(least + greatest)
    return -0.5 * Elementary.log(greatest) + 0.9189385332046728 + correction
      + (least - 0.5) * Elementary.log(least / (least + greatest))
      + greatest * Elementary.log1p(-least / (least + greatest))
  }

  /// log of the binomial coefficient n over k.
  public static func logChoose(_ n: Double, _ k: Double) -> Double {
    guard k >= 0, k <= n else { return -.infinity }
    if k == 0 || k == n { return 0 }
    return -Elementary.log1p(n) - logBeta(n - k + 1, k + 1)
  }

  /// log Γ(n + 1) − (n + ½) log n + n − ½ log 2π: what Stirling's formula leaves.
  public static func stirlingError(_ n: Double) -> Double {
    if n <= 15 {
      if n >= 1, n == n.rounded(), Int(n) <= smallStirlingErrors.count {
        return smallStirlingErrors[Int(n) - 1]
      }
      return logGamma(n + 1) - (n + 0.5) * Elementary.log(n) + n - 0.9189385332046728
    }
    let square = n * n
    var value = 1.0 / 156
    for coefficient in [-691.0 / 360360, 1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12] {
      value = coefficient + value / square
    }
    return value / n
  }

  private static let smallStirlingErrors: [Double] = [
    0.08106146679532726, 0.0413406959554093, 0.02767792568499834, 0.020790672103765093,
    0.016644691189821193, 0.013876128823070748, 0.01189670994589177, 0.010411265261972096,
    0.009255462182712733, 0.00833056343336287, 0.007573675487951841, 0.00694284010720953,
    0.006408994188004207, 0.005951370112758848, 0.005554733551962801,
  ]
}
