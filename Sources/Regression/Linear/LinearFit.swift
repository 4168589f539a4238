// What a least-squares fit knows.

import NumericalMethods

/// A fitted linear model. Tables come from `coefficientRows`, `termTests`, `predictions`.
public struct LinearFit: Sendable {
  /// The design that was fitted, aliased columns included.
  public let design: RegressionDesign
  /// In the order of the columns; 0 where aliased (see `aliased`).
  public let coefficients: [Double]
  /// Columns that are combinations of earlier ones, ascending.
  public let aliased: [Int]
  /// Columns that are linearly independent.
  public let rank: Int
  /// Rows of positive weight.
  public let observationCount: Int
  /// Rows less rank.
  public let residualDegreesOfFreedom: Int
  /// Σ w (y − ŷ)².
  public let residualSumOfSquares: Double
  /// The residuals were rounding error only (R's rule: their sum of squares was below 1e-30 of the fit's) and count as
  /// zero: standard errors are 0, the likelihood is infinite, tests mean nothing.
  public let isEssentiallyPerfect: Bool
  /// (X'WX)⁻¹, zero rows and columns where aliased.
  public let unscaledCovariance: Matrix
  /// On the scale of the response, offset included.
  public let fittedValues: [Double]
  /// y − ŷ.
  public let residuals: [Double]

  let weights: [Double]?
  let qr: PivotedQR
  let effects: [Double]
  let response: [Double]
  let offset: [Double]?
  /// Taken from the response before the fit, see `LinearModel.responseShift`.
  let shift: Double

  init(
    design: RegressionDesign, response: [Double], weights: [Double]?, offset: [Double]?, qr: PivotedQR,
    effects: [Double], scaledResiduals: [Double], shift: Double
  ) {
    self.design = design
    self.response = response
    self.weights = weights
    self.offset = offset
    self.qr = qr
    self.effects = effects
    self.shift = shift
    self.rank = qr.rank
    self.aliased = qr.aliased
    var coefficients = qr.coefficients(effects: effects)
    if let column = design.interceptColumn { coefficients[column] += shift }
    self.coefficients = coefficients
    self.unscaledCovariance = qr.inverseCrossProduct
    self.observationCount = weights.map { $0.count { $0 > 0 } } ?? response.count
    self.residualDegreesOfFreedom = observationCount - qr.rank
    var predictor = design.matrix * coefficients
    if let offset { for row in predictor.indices { predictor[row] += offset[row] } }
    // The residuals of the decomposition do not lose the digits of a large intercept; rows of weight 0 have none.
    let unscaled = scaledResiduals.indices.map { row -> Double in
      guard let weight = weights?[row] else { return scaledResiduals[row] }
      return weight > 0 ? scaledResiduals[row] / weight.squareRoot() : response[row] - predictor[row]
    }
    self.residuals = unscaled
    let fittedValues = zip(response, unscaled).map { $0 - $1 }
    self.fittedValues = fittedValues
    // Residuals that are rounding error only (R's rule) are none: the fit is exact.
    let sum = CompensatedSum.of(scaledResiduals.map { $0 * $0 })
    isEssentiallyPerfect =
      observationCount <= qr.rank || sum <= 1e-30 * CompensatedSum.of(fittedValues.map { $0 * $0 })
    self.residualSumOfSquares = isEssentiallyPerfect ? 0 : sum
  }

  /// Residual standard error; nil when no degree of freedom is left.
  public var sigma: Double? {
    residualDegreesOfFreedom > 0
      ? (residualSumOfSquares / Double(residualDegreesOfFreedom)).squareRoot() : nil
  }

  /// σ² (X'WX)⁻¹; nil when no degree of freedom is left.
  public var covariance: Matrix? { sigma.map { ($0 * $0) * unscaledCovariance } }

  /// Σ w (ŷ − ȳ)², about zero when there is no intercept.
  public var modelSumOfSquares: Double {
    let rest = offset ?? [Double](repeating: 0, count: response.count)
    let fit = response.indices.map { (response[$0] - rest[$0] - shift) - residuals[$0] }
    let w = weights ?? [Double](repeating: 1, count: fit.count)
    var center = 0.0
    if hasIntercept {
      center = CompensatedSum.of(zip(w, fit).map { $0 * $1 }) / CompensatedSum.of(w)
    }
    return CompensatedSum.of(zip(w, fit).map { $0 * ($1 - center) * ($1 - center) })
  }

  /// Share of the (centred, with an intercept) sum of squares explained; `nil` for a constant response.
  public var rSquared: Double? {
    let total = modelSumOfSquares + residualSumOfSquares
    guard total > 0, rank > (hasIntercept ? 1 : 0) else { return rank > 0 && total > 0 ? 0 : nil }
    return modelSumOfSquares / total
  }

  /// 1 − (1 − R²)(n − i)/(n − r), i = 1 with an intercept.
  public var adjustedRSquared: Double? {
    guard let rSquared, residualDegreesOfFreedom > 0 else { return nil }
    let intercept = hasIntercept ? 1.0 : 0
    return 1 - (1 - rSquared) * ((Double(observationCount) - intercept) / Double(residualDegreesOfFreedom))
  }

  /// F test of all coefficients but the intercept.
  public var overallTest: TermTest {
    let df = rank - (hasIntercept ? 1 : 0)
    return fTest(name: "model", sumOfSquares: modelSumOfSquares, degreesOfFreedom: df)
  }

  /// Gaussian log-likelihood at the maximum-likelihood variance, as R's `logLik`.
  public var logLikelihood: Double {
    let n = Double(observationCount)
    let logWeights = weights.map { CompensatedSum.of($0.filter { $0 > 0 }.map(Elementary.log)) } ?? 0
    let log2Pi = 1.8378770664093453
    return 0.5 * (logWeights - n * (log2Pi + 1 - Elementary.log(n) + Elementary.log(residualSumOfSquares)))
  }

  /// −2 log-likelihood + 2 (coefficients and σ).
  public var aic: Double { -2 * logLikelihood + 2 * Double(rank + 1) }
  /// −2 log-likelihood + log n × (coefficients and σ).
  public var bic: Double { -2 * logLikelihood + Elementary.log(Double(observationCount)) * Double(rank + 1) }

  /// Whether the design holds a constant column.
  public var hasIntercept: Bool { design.interceptColumn != nil }

  func fTest(name: String, sumOfSquares: Double, degreesOfFreedom df: Int) -> TermTest {
    var statistic: Double?
    var p: Double?
    if df > 0, residualDegreesOfFreedom > 0 {
      let f = (sumOfSquares / Double(df)) / (residualSumOfSquares / Double(residualDegreesOfFreedom))
      if !f.isNaN {
        statistic = f
        p = FDistribution.upperTail(f, numerator: Double(df), denominator: Double(residualDegreesOfFreedom))
      }
    }
    return TermTest(
      name: name, kind: .f, statistic: statistic, degreesOfFreedom: df,
      denominatorDegreesOfFreedom: residualDegreesOfFreedom, pValue: p, sumOfSquares: sumOfSquares)
  }
}
