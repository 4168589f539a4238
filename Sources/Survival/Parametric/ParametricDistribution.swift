// The families of parametric survival models.

/// The distribution of survival times in a parametric model.
///
/// With z = (y − x'β) / σ the first six are location–scale families (as R's `survreg`), y being log t for the first four
/// and t itself for the last two.
public enum ParametricDistribution: String, Sendable, Hashable, CaseIterable {
  /// Weibull with σ = 1: constant hazard exp(−x'β).
  case exponential
  /// S = exp(−exp z); hazard ratios are exp(−β/σ).
  case weibull
  /// log t is normal: S = 1 − Φ(z).
  case lognormal
  /// log t is logistic: S = 1 / (1 + exp z); survival odds ratios are exp(β/σ).
  case loglogistic
  /// t is normal: S = 1 − Φ(z).
  case gaussian
  /// t is logistic: S = 1 / (1 + exp z).
  case logistic
  /// Hazard exp(x'β + a t): proportional hazards, coefficients are log hazard ratios.
  case gompertz
  /// Three-parameter family of Prentice (1974) with location x'β, scale σ and shape Q; Weibull at Q = 1, log-normal at 0.
  case generalizedGamma = "generalized-gamma"

  /// Whether the location is that of log t, so that exp(β) is a ratio of times.
  public var isAcceleratedFailureTime: Bool {
    switch self {
    case .exponential, .weibull, .lognormal, .loglogistic, .generalizedGamma: true
    case .gaussian, .logistic, .gompertz: false
    }
  }

  /// Whether the covariates act proportionally on the hazard.
  public var isProportionalHazards: Bool { [.exponential, .weibull, .gompertz].contains(self) }

  /// Whether survival times must be positive.
  var needsPositiveTimes: Bool { isAcceleratedFailureTime }
}
