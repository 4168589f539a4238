// Counts with more variance than Poisson's.

import NumericalMethods

/// How the estimation of θ ended.
public enum ThetaStatus: String, Sendable, Hashable {
  /// θ and the means no longer change.
  case converged
  /// The limit of alternations was reached first.
  case iterationLimit
  /// The counts vary no more than Poisson's: θ grows without bound.
  case unbounded
}

/// A negative binomial regression with estimated θ.
public struct NegativeBinomialFit: Sendable {
  /// The fit of the means at the final θ.
  public let fit: GeneralizedLinearFit
  /// Variance μ + μ²/θ.
  public let theta: Double
  /// From the observed information of θ alone, where MASS evaluates it (the last but one step of its iteration, which
  /// differs from the maximum in the fifth digit); nil when θ is unbounded.
  public let thetaStandardError: Double?
  /// How the estimation of θ ended.
  public let thetaStatus: ThetaStatus
  /// Joint log-likelihood.
  public let logLikelihood: Double
  /// −2 log-likelihood + 2 (coefficients and θ).
  public let aic: Double
  /// −2 log L + k log n, θ counted among the k parameters.
  public let bic: Double
}

/// Counts with variance μ + μ²/θ, θ estimated by maximum likelihood.
public enum NegativeBinomial {
  /// Maximum likelihood for β and θ in turn until neither moves, as MASS `glm.nb`.
  ///
  /// **Inputs** as `GeneralizedLinearModel.fit`; counts ≥ 0. **Returns** `thetaStatus.unbounded` where the data
  /// show no overdispersion (θ is then only large). **Cost** some ten fits that begin at the last one's end, and as many
  /// searches for θ of a few passes over the means. **Source** Venables and Ripley 2002, 7.4.
  /// **Checked against** nb-quine.
  ///
  /// - Throws: `RegressionInputError` as `GeneralizedLinearModel.fit`.
  public static func fit(
    design: RegressionDesign, response: [Double], link: Link = .log, weights: [Double]? = nil,
    offset: [Double]? = nil, options: FitOptions = FitOptions()
  ) throws -> NegativeBinomialFit {
    var fit = try GeneralizedLinearModel.fit(
      design: design, response: response, family: Family(.poisson, link: link), weights: weights,
      offset: offset,
      options: options)
    var theta = 1.0
    var status = ThetaStatus.iterationLimit
    var previous = -Double.infinity
    for round in 0..<Swift.max(options.iterationLimit, 1) {
      let found = ThetaLikelihood(fit.data, means: fit.meanValues).maximize(near: round == 0 ? nil : theta)
      let change = (found.theta - theta).magnitude / found.theta
      theta = found.theta
      let family = Family(.negativeBinomial(theta: theta), link: link)
      fit = GeneralizedLinearModel.fit(
        design: design, data: fit.data.replacing(family: family), trials: nil,
        start: fit.status == .separated ? nil : (fit.coefficients, fit.aliased), options: options)
      let value = fit.logLikelihood ?? .nan
      if found.isUnbounded {
        status = .unbounded
        break
      }
      if change < 1e-10, (value - previous).magnitude <= 1e-11 * (value.magnitude + 0.1) {
        status = .converged
        break
      }
      previous = value
    }
    // Where θ is unbounded nothing is said of it, and its iteration would go on for ever.
    let information =
      status == .unbounded
      ? 0 : ThetaLikelihood(fit.data, means: fit.meanValues).informationOfMASS(near: theta)
    let logLikelihood = fit.logLikelihood ?? .nan
    let parameters = Double(fit.rank + 1)
    return NegativeBinomialFit(
      fit: fit, theta: theta,
      thetaStandardError: information > 0 ? (1 / information).squareRoot() : nil,
      thetaStatus: status, logLikelihood: logLikelihood, aic: -2 * logLikelihood + 2 * parameters,
      bic: -2 * logLikelihood + Elementary.log(Double(fit.observationCount)) * parameters)
  }

  /// log P(y) with mean μ and variance μ + μ²/θ.
  static func logProbability(_ y: Double, mean: Double, theta: Double) -> Double {
    let failures = -theta * Elementary.log1p(mean / theta)
    if y == 0 { return failures }
    if mean == 0 { return -.infinity }
    return failures - SpecialFunctions.logBeta(theta, y) - Elementary.log(y)
      - y * Elementary.log1p(theta / mean)
  }
}
