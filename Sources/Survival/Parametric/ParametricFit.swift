// The result of a parametric survival fit.

import NumericalMethods

/// A fitted parametric survival model.
public struct ParametricFit: Sendable {
  /// The model that was fitted.
  public let model: ParametricModel
  /// Intercept first, then one coefficient per column of the design; not-a-number where aliased.
  public let coefficients: [Double]
  /// One per stratum: the scale σ, or the shape a of Gompertz' hazard.
  public let ancillary: [ParametricAncillary]
  /// Shape Q of the generalised gamma with its standard error.
  public let shape: (value: Double, standardError: Double)?
  /// Covariance of `parameterNames`; zero rows and columns where aliased.
  public let variance: Matrix
  /// Log (partial) likelihood at the estimate.
  public let logLikelihood: Double
  /// Of the model with intercept, scales and shape but without covariates.
  public let nullLogLikelihood: Double
  /// How the iteration ended.
  public let convergence: Convergence
  /// Positions among `coefficients`.
  public let aliased: [Int]
  /// Indices of coefficients that grow without bound: estimates withheld.
  public let infinite: [Int]
  /// Rows used.
  public let observationCount: Int
  /// Events.
  public let eventCount: Int

  /// (Intercept), the columns, and log(scale) or shape per stratum, Q.
  public var parameterNames: [String] {
    var names = coefficientNames
    if model.distribution != .exponential {
      let base = model.distribution == .gompertz ? "shape" : "log(scale)"
      for index in ancillary.indices {
        names.append(model.strata.map { "\(base) \($0.names[index])" } ?? base)
      }
    }
    if shape != nil { names.append("Q") }
    return names
  }

  /// `(Intercept)` and the names of the design’s columns.
  public var coefficientNames: [String] { ["(Intercept)"] + model.design.columnNames }

  /// Parameters estimated.
  public var parameterCount: Int { variance.rowCount - aliased.count }
  /// −2 log L + 2 k, k the parameters that were estimated.
  public var aic: Double { -2 * logLikelihood + 2 * Double(parameterCount) }
  /// Schwarz's criterion with the number of rows.
  public var bic: Double {
    -2 * logLikelihood + Double(parameterCount) * Elementary.log(Double(observationCount))
  }

  /// 2 (log L − log L0) against the model without covariates; `nil` when it has none.
  public var likelihoodRatioTest: TestStatistic? {
    let degrees = coefficients.count - 1 - aliased.count
    return degrees == 0
      ? nil : CoxFit.chiSquared(2 * (logLikelihood - nullLogLikelihood), degreesOfFreedom: Double(degrees))
  }

  /// The Wald test that the given coefficients (positions among `coefficients`) are 0.
  ///
  /// - Parameters:
  ///   - positions: among `coefficients`.
  ///   - direction: what they may be a multiple of without counting, as that which makes a spline a straight line; `nil` is
  ///     returned then where one of them has no estimate.
  public func waldTest(coefficients positions: [Int], alongside direction: [Double]? = nil) -> TestStatistic?
  {
    let used = positions.filter { coefficients.indices.contains($0) && !aliased.contains($0) }
    guard !used.isEmpty, direction == nil || (used.count > 1 && used.count == direction?.count) else {
      return nil
    }
    return CoxFit.wald(
      estimate: used.map { coefficients[$0] }, variance: variance.block(used),
      spread: used.map { 1 / variance[$0, $0].squareRoot() }, alongside: direction)
  }
}

/// A scale, or a shape of Gompertz' hazard.
public struct ParametricAncillary: Sendable, Hashable {
  /// σ, or a.
  public let value: Double
  /// log σ and its standard error; for Gompertz, a itself and its standard error.
  public let parameter: Double
  /// Standard error of the estimate, on its scale.
  public let standardError: Double
}

/// One coefficient of a parametric model.
public struct ParametricCoefficient: Sendable, Hashable {
  /// As printed.
  public let name: String
  /// How the estimation ended.
  public let status: CoxCoefficient.Status
  /// The estimate, on the linear scale; withheld where the status says so.
  public let estimate: Double
  /// Standard error of the estimate, on its scale.
  public let standardError: Double
  /// Estimate over standard error.
  public let z: Double
  /// Two-sided or upper-tail probability under the null hypothesis; `nil` when not estimable.
  public let pValue: Double
  /// Interval of the estimate, on its scale.
  public let confidenceInterval: ConfidenceInterval

  /// exp(estimate) with its interval: a ratio of times, or of hazards for Gompertz.
  public var ratio: Double { Elementary.exp(estimate) }
  /// The limits, exponentiated.
  public var ratioInterval: ConfidenceInterval {
    ConfidenceInterval(
      lower: confidenceInterval.lower.map(Elementary.exp), upper: confidenceInterval.upper.map(Elementary.exp)
    )
  }
}

extension ParametricFit {
  init(
    _ model: ParametricModel, data: StandardizedData, found: NewtonIteration.Outcome,
    nullLogLikelihood: Double,
    shape: Double?, information: Matrix
  ) {
    let parameters = data.original(found.coefficients + (shape.map { [$0] } ?? []))
    let inverse = CholeskyFactorization(information.clearing(found.aliased), tolerance: 1e-14).inverse
    let variance = data.original(inverse)
    let count = model.design.columnCount + 1
    let isGompertz = model.distribution == .gompertz
    let ancillaryCount = data.likelihood.fixedAncillary == nil ? data.likelihood.stratumCount : 0
    self.model = model
    coefficients = (0..<count).map { found.aliased.contains($0) ? .nan : parameters[$0] }
    ancillary =
      ancillaryCount == 0
      ? [ParametricAncillary(value: 1, parameter: 0, standardError: 0)]
      : (0..<ancillaryCount).map { index in
        let value = parameters[count + index]
        return ParametricAncillary(
          value: isGompertz ? value : Elementary.exp(value), parameter: value,
          standardError: variance[count + index, count + index].squareRoot())
      }
    let last = variance.rowCount - 1
    self.shape = shape.map { ($0, variance[last, last].squareRoot()) }
    self.variance = variance.clearing(found.aliased)
    logLikelihood = found.final.logLikelihood + data.logLikelihoodShift
    self.nullLogLikelihood = nullLogLikelihood + data.logLikelihoodShift
    convergence = found.convergence
    aliased = found.aliased
    infinite =
      found.convergence.status == .converged
      ? [] : Self.moving(data.original(direction: found.lastStep), design: model.design, rows: model.usedRows)
    observationCount = data.likelihood.rowCount
    eventCount = data.likelihood.hasEvent.count { $0 }
  }

  /// Coefficients that a step moves noticeably, as positions among them.
  private static func moving(_ direction: [Double], design: CoxDesign, rows: [Int]) -> [Int] {
    let contributions =
      [abs(direction[0])]
      + design.columns.indices.map { index in
        let values = rows.map(design.columns[index].value)
        return abs(direction[index + 1]) * ((values.max() ?? 0) - (values.min() ?? 0))
      }
    let greatest = contributions.reduce(0, Swift.max)
    return contributions.indices.filter { greatest > 0 && contributions[$0] > 0.05 * greatest }
  }

  /// Intercept and columns; infinite coefficients carry the last iterate and no interval.
  public var coefficientTable: [ParametricCoefficient] {
    let critical = NormalDistribution.criticalValue(confidenceLevel: model.options.confidenceLevel)
    return coefficients.indices.map { index in
      let status: CoxCoefficient.Status =
        aliased.contains(index) ? .aliased : infinite.contains(index) ? .infinite : .estimated
      let estimate = coefficients[index]
      let error = status == .aliased ? .nan : variance[index, index].squareRoot()
      return ParametricCoefficient(
        name: coefficientNames[index], status: status, estimate: estimate, standardError: error,
        z: estimate / error, pValue: NormalDistribution.twoSidedTail(estimate / error),
        confidenceInterval: status == .estimated
          ? ConfidenceInterval(
            lowerOrNaN: estimate - critical * error, upperOrNaN: estimate + critical * error) : .notEstimable)
    }
  }

  /// Log hazard ratios of the columns where hazards are proportional: −β/σ for Weibull with its delta-method
  /// standard error; `nil` for other families, and for Weibull with strata, where no common ratio exists.
  public var logHazardRatios: [(name: String, estimate: Double, standardError: Double)]? {
    guard model.distribution.isProportionalHazards, let scale = ancillary.first else { return nil }
    let names = model.design.columnNames
    if model.distribution == .gompertz {
      return names.indices.map { (names[$0], coefficients[$0 + 1], variance[$0 + 1, $0 + 1].squareRoot()) }
    }
    guard ancillary.count == 1 else { return nil }
    let isFixed = model.distribution == .exponential
    return names.indices.map { index in
      let position = index + 1
      let estimate = -coefficients[position] / scale.value
      let last = coefficients.count
      // By β: −1/σ; by log σ: β/σ.
      let spread =
        isFixed
        ? variance[position, position]
        : (variance[position, position] + 2 * estimate * scale.value * variance[position, last]
          + estimate * estimate * scale.value * scale.value * variance[last, last])
          / (scale.value * scale.value)
      return (names[index], estimate, Swift.max(spread, 0).squareRoot())
    }
  }
}
