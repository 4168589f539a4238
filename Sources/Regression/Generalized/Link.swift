// Links between the mean and the linear predictor.

import NumericalMethods

/// g(μ) = η.
public enum Link: String, Sendable, Hashable, CaseIterable {
  /// μ.
  case identity
  /// log μ.
  case log
  /// log(μ / (1 − μ)): coefficients are log odds ratios.
  case logit
  /// The standard normal quantile of μ.
  case probit
  /// The standard Cauchy quantile of μ.
  case cauchit
  /// log(−log(1 − μ)).
  case complementaryLogLog
  /// 1/μ.
  case inverse
  /// 1/μ².
  case inverseSquare
  /// √μ.
  case squareRoot

  /// The linear predictor of a mean.
  public func predictor(_ mean: Double) -> Double {
    switch self {
    case .identity: return mean
    case .log: return Elementary.log(mean)
    case .logit: return Elementary.log(mean / (1 - mean))
    case .probit: return NormalDistribution.quantile(mean)
    case .cauchit: return Elementary.tan(Double.pi * (mean - 0.5))
    case .complementaryLogLog: return Elementary.log(-Elementary.log1p(-mean))
    case .inverse: return 1 / mean
    case .inverseSquare: return 1 / (mean * mean)
    case .squareRoot: return mean.squareRoot()
    }
  }

  /// The mean of a linear predictor, what is left of 1, and dμ/dη.
  func point(_ predictor: Double) -> LinkPoint {
    switch self {
    case .identity: return LinkPoint(mean: predictor, complement: 1 - predictor, slope: 1)
    case .log:
      let mean = Elementary.exp(predictor)
      return LinkPoint(mean: mean, complement: -Elementary.expm1(predictor), slope: mean)
    case .logit:
      let small = Elementary.exp(-predictor.magnitude)
      let near = 1 / (1 + small)
      let far = small / (1 + small)
      return predictor >= 0
        ? LinkPoint(mean: near, complement: far, slope: near * far)
        : LinkPoint(mean: far, complement: near, slope: near * far)
    case .probit:
      return LinkPoint(
        mean: NormalDistribution.cumulative(predictor), complement: NormalDistribution.upperTail(predictor),
        slope: NormalDistribution.density(predictor))
    case .cauchit:
      let lower = cauchyTail(-predictor)
      return LinkPoint(
        mean: lower, complement: cauchyTail(predictor), slope: 1 / (Double.pi * (1 + predictor * predictor)))
    case .complementaryLogLog:
      let hazard = Elementary.exp(predictor)
      return LinkPoint(
        mean: -Elementary.expm1(-hazard), complement: Elementary.exp(-hazard),
        slope: Elementary.exp(predictor - hazard))
    case .inverse:
      let mean = 1 / predictor
      return LinkPoint(mean: mean, complement: 1 - mean, slope: -mean * mean)
    case .inverseSquare:
      let mean = 1 / predictor.squareRoot()
      return LinkPoint(mean: mean, complement: 1 - mean, slope: -0.5 * mean / predictor)
    case .squareRoot:
      let mean = predictor * predictor
      return LinkPoint(mean: mean, complement: 1 - mean, slope: 2 * predictor)
    }
  }

  /// P(X > x) of the Cauchy distribution.
  private func cauchyTail(_ x: Double) -> Double {
    x > 0 ? Elementary.atan(1 / x) / Double.pi : 0.5 - Elementary.atan(x) / Double.pi
  }

  /// The mean of a linear predictor.
  public func mean(_ predictor: Double) -> Double { point(predictor).mean }
}

struct LinkPoint {
  let mean: Double
  let complement: Double
  let slope: Double
}
