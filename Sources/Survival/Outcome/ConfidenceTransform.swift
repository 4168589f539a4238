// The scale on which a confidence interval for a probability is symmetric.

import NumericalMethods

/// The scale on which an interval for a survival probability or a cumulative incidence is symmetric.
///
/// `logLog` is the default (as SAS and Stata; R's `survfit` takes `log`): it stays within 0 and 1 and covers well in
/// small groups.
public enum ConfidenceTransform: String, Sendable, Hashable, CaseIterable {
  case plain
  case log
  case logLog = "log-log"
  case logit
  case arcsineSquareRoot = "arcsin"

  /// Limits for a probability, or NaN where they cannot be estimated.
  ///
  /// As R's `survfit_confint`: with S the estimate, s the standard error of log S and z the normal quantile,
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
    guard estimate >= 0, estimate <= 1, !step.isNaN, step.isFinite else { return (.nan, .nan) }
    switch self {
    case .plain:
      return (max(estimate - step * estimate, 0), min(estimate + step * estimate, 1))
    case .log:
      guard estimate > 0 else { return (.nan, .nan) }
      let logarithm = Elementary.log(estimate)
      return (Elementary.exp(logarithm - step), min(Elementary.exp(logarithm + step), 1))
    case .logLog:
      // At S = 1 log(−log S) has no value: neither has the interval.
      guard estimate > 0, estimate < 1 else { return (.nan, .nan) }
      let logarithm = Elementary.log(estimate)
      let centre = Elementary.log(-logarithm)
      let spread = step / logarithm
      return (
        Elementary.exp(-Elementary.exp(centre - spread)), Elementary.exp(-Elementary.exp(centre + spread))
      )
    case .logit:
      guard estimate > 0, estimate < 1 else { return (.nan, .nan) }
      let centre = Elementary.log(estimate / (1 - estimate))
      let spread = step / (1 - estimate)
      return (1 - 1 / (1 + Elementary.exp(centre - spread)), 1 - 1 / (1 + Elementary.exp(centre + spread)))
    case .arcsineSquareRoot:
      guard estimate > 0, estimate < 1 else { return (.nan, .nan) }
      let spread = 0.5 * step * (estimate / (1 - estimate)).squareRoot()
      return Self.arcsineLimits(estimate: estimate, spread: spread)
    }
  }

  /// sin²(asin √S ± spread), the angles kept within 0 and π/2, by the addition theorem.
  private static func arcsineLimits(estimate: Double, spread: Double) -> (lower: Double, upper: Double) {
    guard spread < .pi / 2 else { return (0, 1) }
    let sine = estimate.squareRoot()
    let cosine = (1 - estimate).squareRoot()
    let (spreadSine, spreadCosine) = (Elementary.sin(spread), Elementary.cos(spread))
    let lower = sine <= spreadSine ? 0 : sine * spreadCosine - cosine * spreadSine
    let upper = sine >= spreadCosine ? 1 : sine * spreadCosine + cosine * spreadSine
    return (lower * lower, upper * upper)
  }
}
