// The scale on which a confidence interval for a probability is symmetric.

import NumericalMethods

/// The scale on which an interval for a survival probability or a cumulative incidence is symmetric.
///
/// `logLog` is the default (as SAS and Stata; R's `survfit` takes `log`): it stays within 0 and 1 and covers well in
/// small groups.
public enum ConfidenceTransform: String, Sendable, Hashable, CaseIterable {
  /// The probability itself: limits are cut at 0 and 1.
  case plain
  /// log p, R's default in `survfit`.
  case log
  /// log(−log p), SAS's and Stata's default.
  case logLog = "log-log"
  /// log(p / (1 − p)).
  case logit
  /// arcsin √p.
  case arcsineSquareRoot = "arcsin"

  /// Limits for a probability from its standard error, or NaN where they cannot be estimated.
  ///
  /// A probability of 1 with standard error 0 has the limits 1 and 1 on every scale.
  public func limits(
    estimate: Double, standardError: Double, critical: Double
  ) -> (lower: Double, upper: Double) {
    limits(
      estimate: estimate, relativeStandardError: standardError == 0 ? 0 : standardError / estimate,
      critical: critical)
  }

  /// Limits for a probability from the standard error of its logarithm, or NaN where they cannot be estimated.
  ///
  /// As R's `survfit`: with S the estimate, s the standard error of log S and z the normal quantile,
  /// `plain` S ± z S s; `log` exp(log S ± z s); `logLog` exp(−exp(log(−log S) ∓ z s / log S));
  /// `logit` from log(S / (1 − S)) ± z s / (1 − S); `arcsineSquareRoot` from asin √S ± z s √(S / (1 − S)) / 2.
  /// All limits are kept within 0 and 1.
  ///
  /// - Parameters:
  ///   - estimate: S in [0, 1].
  ///   - relativeStandardError: the standard error of S divided by S, that is, of log S.
  ///   - critical: normal quantile of the interval, such as 1.96.
  public func limits(
    estimate: Double, relativeStandardError: Double, critical: Double
  ) -> (lower: Double, upper: Double) {
    let step = critical * relativeStandardError
    guard estimate >= 0, estimate <= 1, step.isFinite else { return (.nan, .nan) }
    if estimate == 1, step == 0 { return (1, 1) }
    if self == .plain {
      return (max(estimate - step * estimate, 0), min(estimate + step * estimate, 1))
    }
    guard estimate > 0 else { return (.nan, .nan) }
    if self == .log {
      let logarithm = Elementary.log(estimate)
      return (Elementary.exp(logarithm - step), min(Elementary.exp(logarithm + step), 1))
    }
    guard estimate < 1 else { return (.nan, .nan) }
    switch self {
    case .logit:
      let centre = Elementary.log(estimate / (1 - estimate))
      let spread = step / (1 - estimate)
      return (1 - 1 / (1 + Elementary.exp(centre - spread)), 1 - 1 / (1 + Elementary.exp(centre + spread)))
    case .arcsineSquareRoot:
      return Self.arcsineLimits(
        estimate: estimate, spread: 0.5 * step * (estimate / (1 - estimate)).squareRoot())
    default:
      let logarithm = Elementary.log(estimate)
      let centre = Elementary.log(-logarithm)
      let spread = step / logarithm
      return (
        Elementary.exp(-Elementary.exp(centre - spread)), Elementary.exp(-Elementary.exp(centre + spread))
      )
    }
  }

  /// Limits of a whole curve; a time at which nothing changes takes those before it.
  func limits(
    estimates: [Double], errors: [Double], errorsAreRelative: Bool, critical: Double
  ) -> (lower: [Double], upper: [Double]) {
    var lower = [Double](repeating: .nan, count: estimates.count)
    var upper = lower
    for position in estimates.indices {
      let (estimate, error) = (estimates[position], errors[position])
      if position > 0, estimate == estimates[position - 1], error == errors[position - 1] {
        lower[position] = lower[position - 1]
        upper[position] = upper[position - 1]
      } else {
        (lower[position], upper[position]) =
          errorsAreRelative
          ? limits(estimate: estimate, relativeStandardError: error, critical: critical)
          : limits(estimate: estimate, standardError: error, critical: critical)
      }
    }
    return (lower, upper)
  }

  /// sin²(asin √S ± spread), the angles kept within 0 and π/2, by the addition theorem.
  private static func arcsineLimits(estimate: Double, spread: Double) -> (lower: Double, upper: Double) {
    guard spread < .pi / 2 else { return (0, 1) }
    let sine = estimate.squareRoot()
    let cosine = (1 - estimate).squareRoot()
    let turn = sineAndCosine(spread)
    let lower = sine <= turn.sine ? 0 : sine * turn.cosine - cosine * turn.sine
    let upper = sine >= turn.cosine ? 1 : sine * turn.cosine + cosine * turn.sine
    return (lower * lower, upper * upper)
  }

  /// Sine and cosine on [0, π/2]: Taylor's series at half the angle, then doubled. Own, so that the bits are the same
  /// on every machine.
  static func sineAndCosine(_ angle: Double) -> (sine: Double, cosine: Double) {
    let half = angle / 2
    let square = half * half
    var sineSum = 0.0
    var cosineSum = 0.0
    // From the smallest term: (((1/n! x² − …))).
    for term in stride(from: 11, through: 1, by: -1) {
      sineSum = (1 - sineSum) * square / Double(2 * term * (2 * term + 1))
      cosineSum = (1 - cosineSum) * square / Double(2 * term * (2 * term - 1))
    }
    let sine = half * (1 - sineSum)
    let cosine = 1 - cosineSum
    return (2 * sine * cosine, 1 - 2 * sine * sine)
  }
}
