// What a generalised linear fit knows.

import NumericalMethods

/// A fitted generalised linear model. Tables come from `coefficientRows`, `termTests`, `predictions`,
/// `profileIntervals`.
public struct GeneralizedLinearFit: Sendable {
  /// The design that was fitted, aliased columns included.
  public let design: RegressionDesign
  /// Distribution and link.
  public let family: Family
  /// In the order of the columns; 0 where aliased.
  public let coefficients: [Double]
  /// Indices of coefficients that depend linearly on earlier ones: not estimated.
  public let aliased: [Int]
  /// Columns whose coefficients run to infinity, with the sign they run to; empty unless `status` is `.separated`.
  public let diverging: [Int: Int]
  /// How the estimation ended.
  public let status: FitStatus
  /// Steps taken.
  public let iterations: Int
  /// The deviance after each iteration.
  public let devianceTrace: [Double]
  /// Columns that are linearly independent.
  public let rank: Int
  /// Rows of positive weight.
  public let observationCount: Int
  /// Rows less rank.
  public let residualDegreesOfFreedom: Int
  /// Residual deviance, −2 log of the likelihood ratio to the saturated model.
  public let deviance: Double
  /// (X'WX)⁻¹ at the fit, zero where aliased: the covariance for dispersion 1.
  public let unscaledCovariance: Matrix
  /// η, offset included; made when first asked for where rows are many.
  public var linearPredictors: [Double] { rows.predictor }
  /// μ and 1 − μ; made when first asked for.
  public var means: [LinkMean] { knownMeans.value { Self.means(linearPredictors, data) } }
  /// Pearson's Σ w (y − μ)² / V / residual degrees of freedom; 1 for families without a dispersion, nil when no
  /// degree of freedom is left.
  public let dispersion: Double?
  /// log-likelihood; nil for quasi families.
  public let logLikelihood: Double?

  let data: ResponseData
  let trials: [Double]?
  let centered: CenteredColumns
  let kept: [Int]
  /// Weights of the last regression, and weights at the fit.
  var workingWeights: [Double] { rows.workingWeights }
  var fitWeights: [Double] { rows.weights }
  var scores: [Double] { rows.scores }
  /// Σ of squared Pearson residuals, where rows are not looked at again.
  let pearson: Double?
  let basis: FittedRows.Basis
  private let knownRows = OnceValue<FittedRows>()
  let storedLeverages: [Double]?
  /// The covariance in the basis of the shifted columns, in which quadratic forms do not cancel.
  let centeredCovariance: Matrix
  let options: FitOptions
  private let knownMeans = OnceValue<[LinkMean]>()
  let knownNullDeviance = OnceValue<Double?>()

  init(
    design: RegressionDesign, data: ResponseData, trials: [Double]?, centered: CenteredColumns,
    offsetShift: Double, kept: [Int], run: IterativeFit, diverging: [Int: Int], options: FitOptions
  ) {
    var all = [Double](repeating: 0, count: design.columnCount)
    var covariance = Matrix(rowCount: design.columnCount, columnCount: design.columnCount)
    let inverse = run.system.inverse
    for (place, column) in kept.enumerated() {
      all[column] = run.coefficients[place]
      for (other, otherColumn) in kept.enumerated() {
        covariance[column, otherColumn] = inverse[place, other]
      }
    }
    self.design = design
    self.family = data.family
    self.data = data
    self.trials = trials
    self.centered = centered
    self.kept = kept
    self.options = options
    var restored = centered.restore(all)
    if let column = design.interceptColumn, kept.contains(column) { restored[column] -= offsetShift }
    coefficients = restored
    unscaledCovariance = centered.restore(covariance)
    centeredCovariance = covariance
    aliased = (0..<design.columnCount).filter { !kept.contains($0) }
    rank = kept.count
    self.diverging = diverging
    status = run.status
    iterations = run.iterations
    devianceTrace = run.trace
    deviance = run.point.deviance
    pearson = run.pearson
    basis = FittedRows.Basis(
      coefficients: run.coefficients, previous: run.previousCoefficients, offsetShift: offsetShift)
    if run.pearson == nil {
      _ = knownRows.value {
        FittedRows(
          predictor: run.point.predictor, weights: run.point.weights, scores: run.point.scores,
          workingWeights: run.informationWeights)
      }
    }
    storedLeverages = run.system.leverages
    observationCount = data.weights.count { $0 > 0 }
    residualDegreesOfFreedom = observationCount - kept.count
    if data.family.hasFixedDispersion {
      dispersion = 1
    } else if residualDegreesOfFreedom > 0 {
      // As R's summary: working residuals at the fit, weights of the last regression.
      var sum = CompensatedSum()
      for row in data.weights.indices where run.point.weights[row] > 0 {
        let residual = run.point.scores[row] / run.point.weights[row]
        sum.add(run.informationWeights[row] * residual * residual)
      }
      dispersion = sum.value / Double(residualDegreesOfFreedom)
    } else {
      dispersion = nil
    }
    let (rows, ends) = (knownRows, basis)
    logLikelihood = data.family.logLikelihood(
      data, means: Self.means(rows.value { FittedRows(ends, centered, kept, data) }.predictor, data),
      trials: trials, deviance: deviance, observationCount: observationCount)
  }

  var rows: FittedRows { knownRows.value { FittedRows(basis, centered, kept, data) } }

  private static func means(_ predictor: [Double], _ data: ResponseData) -> [LinkMean] {
    let link = data.family.link
    let chunks = FixedChunks(count: predictor.count)
    return Parallel.map(chunks: chunks.count, threads: data.threads) { index in
      chunks[index].map { row in
        let point = link.point(predictor[row])
        return LinkMean(mean: point.mean, complement: point.complement)
      }
    }.flatMap { $0 }
  }

  /// −2 log-likelihood + 2 parameters (a dispersion or θ counts as one); nil for quasi families.
  public var aic: Double? { logLikelihood.map { -2 * $0 + 2 * Double(parameterCount) } }
  /// −2 log-likelihood + log n × parameters, n counting rows of weight 0 as R's `BIC` of a `glm` does.
  public var bic: Double? {
    logLikelihood.map { -2 * $0 + Elementary.log(Double(data.rowCount)) * Double(parameterCount) }
  }

  private var parameterCount: Int { rank + (family.countsDispersion ? 1 : 0) }

  /// Whether the design holds a constant column.
  public var hasIntercept: Bool { design.interceptColumn != nil }

  /// Rows less one for the intercept.
  public var nullDegreesOfFreedom: Int { observationCount - (hasIntercept ? 1 : 0) }

  /// φ (X'WX)⁻¹.
  public var covariance: Matrix? { dispersion.map { $0 * unscaledCovariance } }

  /// Diagonal of the hat matrix of the last weighted regression.
  public var leverages: [Double] { leverages(0..<design.rowCount) }

  /// Those of a stretch of rows.
  func leverages(_ range: Range<Int>) -> [Double] {
    if let storedLeverages { return Array(storedLeverages[range]) }
    let columns = design.rows(range)
    return range.enumerated().map { workingWeights[$1] * variance(ofRow: columns.row($0)) }
  }

  /// x' (X'WX)⁻¹ x.
  func variance(ofRow x: [Double]) -> Double {
    Swift.max(0, centeredCovariance.quadraticForm(centered.shiftedRow(x)))
  }
}
