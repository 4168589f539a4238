// Quantiles and survival probabilities predicted by a parametric model.

import NumericalMethods

/// A predicted time with its delta-method standard error.
public struct ParametricQuantile: Sendable, Hashable {
  /// The probability p of the quantile.
  public let probability: Double
  /// The time by which that share has had the event; infinite where a Gompertz hazard dies out before.
  public let time: Double
  /// Standard error of the estimate, on its scale.
  public let standardError: Double
  /// Symmetric in log time where times are positive, else in time.
  public let confidenceInterval: ConfidenceInterval
}

extension ParametricFit {
  /// The time t with P(T ≤ t) = p for a row of the design.
  ///
  /// - Parameters:
  ///   - p: share that has had the event, between 0 and 1.
  ///   - row: one value per column of the design, in its order.
  ///   - stratum: its code; 0 without strata.
  ///   - offset: added to the location.
  /// - Returns: `nil` when p is not within 0 and 1 or the row or stratum does not fit.
  ///
  /// **Checked against** aft-lung-weibull, aft-lung-gaussian (R's `predict(type = "quantile", se.fit = TRUE)`).
  public func quantile(_ p: Double, row: [Double], stratum: Int = 0, offset: Double = 0)
    -> ParametricQuantile?
  {
    guard p > 0, p < 1, let location = location(row, stratum: stratum, offset: offset) else { return nil }
    let found = timeAndGradient(p, location)
    let error = Swift.max(variance.quadraticForm(found.gradient), 0).squareRoot()
    let critical = NormalDistribution.criticalValue(confidenceLevel: model.options.confidenceLevel)
    let isPositive = model.distribution.isAcceleratedFailureTime || model.distribution == .gompertz
    guard found.time.isFinite else {
      return ParametricQuantile(
        probability: p, time: found.time, standardError: .nan, confidenceInterval: .notEstimable)
    }
    let limits: (Double, Double)
    if isPositive {
      let factor = Elementary.exp(critical * error / found.time)
      limits = (found.time / factor, found.time * factor)
    } else {
      limits = (found.time - critical * error, found.time + critical * error)
    }
    return ParametricQuantile(
      probability: p, time: found.time, standardError: error,
      confidenceInterval: ConfidenceInterval(lowerOrNaN: limits.0, upperOrNaN: limits.1))
  }

  /// S(t) for a row of the design with an interval symmetric in log(−log S); `nil` as for `quantile`.
  public func survival(
    at time: Double, row: [Double], stratum: Int = 0, offset: Double = 0
  ) -> PredictedProbability? {
    guard let location = location(row, stratum: stratum, offset: offset), time.isFinite else { return nil }
    let isPositive = model.distribution.isAcceleratedFailureTime || model.distribution == .gompertz
    if isPositive, time <= 0 {
      return PredictedProbability(
        time: time, survival: 1, standardError: 0, confidenceInterval: .notEstimable, cumulativeHazard: 0)
    }
    let y = model.distribution.isAcceleratedFailureTime ? Elementary.log(time) : time
    let terms = family.survivalTerms(y, location: location.value, ancillary: location.ancillary)
    var gradient = location.row.map { terms.location * $0 }
    if let position = location.ancillaryPosition {
      gradient += (0..<ancillary.count).map { $0 + coefficients.count == position ? terms.ancillary : 0 }
    }
    if let shape {
      let step = 1e-4
      let changed = { (value: Double) in
        ParametricFamily.locationScale(.logGamma(shape: value))
          .survivalTerms(y, location: location.value, ancillary: location.ancillary).value
      }
      gradient.append((changed(shape.value + step) - changed(shape.value - step)) / (2 * step))
    }
    let error = Swift.max(variance.quadraticForm(gradient), 0).squareRoot()
    let survival = Elementary.exp(terms.value)
    let limits = ConfidenceTransform.logLog.limits(
      estimate: survival, relativeStandardError: error,
      critical: NormalDistribution.criticalValue(confidenceLevel: model.options.confidenceLevel))
    return PredictedProbability(
      time: time, survival: survival, standardError: survival * error,
      confidenceInterval: ConfidenceInterval(lowerOrNaN: limits.lower, upperOrNaN: limits.upper),
      cumulativeHazard: -terms.value)
  }

  private struct Location {
    var value: Double
    /// 1 and the row, 0 where aliased.
    var row: [Double]
    var ancillary: Double
    /// Place of the stratum's ancillary parameter; `nil` when it is fixed.
    var ancillaryPosition: Int?
  }

  private func location(_ row: [Double], stratum: Int, offset: Double) -> Location? {
    guard row.count == coefficients.count - 1, ancillary.indices.contains(stratum) else { return nil }
    var values = [1] + row
    var sum = CompensatedSum(offset)
    for index in values.indices {
      if coefficients[index].isNaN { values[index] = 0 } else { sum.add(coefficients[index] * values[index]) }
    }
    let isFixed = model.distribution == .exponential
    return Location(
      value: sum.value, row: values, ancillary: ancillary[stratum].parameter,
      ancillaryPosition: isFixed ? nil : coefficients.count + stratum)
  }

  private var family: ParametricFamily {
    switch model.distribution {
    case .exponential, .weibull: .locationScale(.extremeValue)
    case .lognormal, .gaussian: .locationScale(.gaussian)
    case .loglogistic, .logistic: .locationScale(.logistic)
    case .generalizedGamma: .locationScale(.logGamma(shape: shape?.value ?? 0))
    case .gompertz: .gompertz
    }
  }

  private func timeAndGradient(_ p: Double, _ location: Location) -> (time: Double, gradient: [Double]) {
    switch family {
    case .locationScale(let standard):
      let scale = Elementary.exp(location.ancillary)
      let z = standard.quantile(p)
      let y = location.value + scale * z
      let isLog = model.distribution.isAcceleratedFailureTime
      let time = isLog ? Elementary.exp(y) : y
      var gradient = location.row
      if let position = location.ancillaryPosition {
        gradient += ancillary.indices.map { $0 + coefficients.count == position ? scale * z : 0 }
      }
      if let shape {
        let step = 1e-4
        let change =
          LogGammaShape(shape.value + step).quantile(p) - LogGammaShape(shape.value - step).quantile(p)
        gradient.append(scale * change / (2 * step))
      }
      return (time, isLog ? gradient.map { $0 * time } : gradient)
    case .gompertz:
      // exp(μ) (exp(a t) − 1) / a = −log(1 − p)
      let a = location.ancillary
      let target = -Elementary.log1p(-p)
      let ratio = target / Elementary.exp(location.value)
      let time: Double
      if abs(a * ratio) < 1e-8 {
        time = ratio * (1 - a * ratio / 2)
      } else if 1 + a * ratio <= 0 {
        return (.infinity, [Double](repeating: 0, count: variance.rowCount))
      } else {
        time = Elementary.log1p(a * ratio) / a
      }
      // dt = −(∂H/∂θ) / h with H the cumulative hazard and h the hazard at t.
      let terms = ParametricFamily.gompertz.survivalTerms(time, location: location.value, ancillary: a)
      let hazard = Elementary.exp(location.value + a * time)
      return (
        time,
        location.row.map { terms.location / hazard * $0 }
          + ancillary.indices.map {
            $0 + coefficients.count == location.ancillaryPosition ? terms.ancillary / hazard : 0
          }
      )
    }
  }
}
