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
  /// show no overdispersion (θ is then only large). **Source** Venables and Ripley 2002, 7.4.
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
    let prior = fit.data.weights
    var theta = 1.0
    var status = ThetaStatus.iterationLimit
    var previous = -Double.infinity
    for _ in 0..<Swift.max(options.iterationLimit, 1) {
      let found = ThetaSearch.maximize(response, fit.means.map(\.mean), prior)
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
    let means = fit.means.map(\.mean)
    let information = ThetaSearch.informationOfMASS(near: theta, response, means, prior)
    let logLikelihood = fit.logLikelihood ?? .nan
    let parameters = Double(fit.rank + 1)
    return NegativeBinomialFit(
      fit: fit, theta: theta,
      thetaStandardError: status == .unbounded || !(information > 0) ? nil : (1 / information).squareRoot(),
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

/// The likelihood of θ at given means.
private enum ThetaSearch {
  static func score(_ theta: Double, _ y: [Double], _ means: [Double], _ weights: [Double]) -> Double {
    var sum = CompensatedSum()
    for row in y.indices where weights[row] > 0 {
      let mean = means[row]
      sum.add(
        weights[row]
          * (SpecialFunctions.digamma(theta + y[row]) - SpecialFunctions.digamma(theta)
            - Elementary.log1p(mean / theta) + (mean - y[row]) / (mean + theta)))
    }
    return sum.value
  }

  static func information(_ theta: Double, _ y: [Double], _ means: [Double], _ weights: [Double]) -> Double {
    var sum = CompensatedSum()
    for row in y.indices where weights[row] > 0 {
      let mean = means[row]
      let total = mean + theta
      sum.add(
        weights[row]
          * (SpecialFunctions.trigamma(theta) - SpecialFunctions.trigamma(theta + y[row]) - 1 / theta + 2
            / total
            - (y[row] + theta) / (total * total)))
    }
    return sum.value
  }

  /// The information that `MASS::theta.ml` reports: its Newton steps from the moment estimate stop at a step below
  /// ε^¼, and the information is that of the point before the last step. Where they go elsewhere, that at θ.
  static func informationOfMASS(
    near theta: Double, _ y: [Double], _ means: [Double], _ weights: [Double]
  ) -> Double {
    var squares = CompensatedSum()
    for row in y.indices where weights[row] > 0 && means[row] > 0 {
      let ratio = y[row] / means[row] - 1
      squares.add(weights[row] * ratio * ratio)
    }
    var current = CompensatedSum.of(weights) / squares.value
    var found = Double.nan
    for _ in 0..<200 {
      current = current.magnitude
      found = information(current, y, means, weights)
      let step = score(current, y, means, weights) / found
      current += step
      guard step.isFinite else { break }
      if step.magnitude <= 1.220703125e-4 { break }
    }
    return abs(current - theta) <= 1e-4 * theta && found > 0
      ? found : information(theta, y, means, weights)
  }

  /// The root of the score in log θ, between θ = 1e-8 and a value where the variance is Poisson's.
  static func maximize(_ y: [Double], _ means: [Double], _ weights: [Double]) -> (
    theta: Double, isUnbounded: Bool
  ) {
    let scale = Swift.max(1, means.reduce(0, Swift.max))
    let low = Elementary.log(1e-8)
    let high = Elementary.log(1e7 * scale)
    var previous = low
    // The score is positive below the root; walk up in steps of a factor e² to bracket it.
    var next = low
    while next < high {
      next = Swift.min(previous + 2, high)
      if score(Elementary.exp(next), y, means, weights) <= 0 {
        let root = BrentRoot.find(low: previous, high: next, tolerance: 1e-14) {
          score(Elementary.exp($0), y, means, weights)
        }
        if root.status == .converged { return (Elementary.exp(root.x), false) }
      }
      previous = next
    }
    return (Elementary.exp(high), true)
  }
}
