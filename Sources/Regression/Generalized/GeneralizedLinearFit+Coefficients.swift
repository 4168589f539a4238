// Coefficients of a generalised linear model, covariances, predictions.

import NumericalMethods

/// The linear predictor and the mean at one set of covariates.
public struct GeneralizedPrediction: Sendable, Hashable {
  /// On the scale of the link.
  public let linearPredictor: Double
  /// Standard error of the estimate, on its scale.
  public let standardError: Double?
  /// On the scale of the response.
  public let mean: Double
  /// The interval of the linear predictor carried to the mean, in ascending order.
  public let lower: Double?
  /// Upper limit.
  public let upper: Double?
}

extension GeneralizedLinearFit {
  /// One row per column of the design, with Wald intervals by the normal distribution (R's `confint.default`). The
  /// p-value is by z, or by t with the residual degrees of freedom where the dispersion is estimated
  /// (R's `summary.glm`). A diverging coefficient has no estimate.
  ///
  /// - Throws: `RegressionInputError`: `confidenceLevel`; `clusters` as `covariance(_:)`.
  public func coefficientRows(
    confidenceLevel: Double = 0.95, variance: VarianceEstimator = .model
  ) throws -> [CoefficientRow] {
    try InputCheck.level(confidenceLevel)
    var statuses: [Int: CoefficientStatus] = [:]
    for (column, sign) in diverging { statuses[column] = sign > 0 ? .divergesUpward : .divergesDownward }
    return CoefficientTable.rows(
      names: design.columnNames, estimates: coefficients, covariance: try covariance(variance),
      aliased: aliased,
      degreesOfFreedom: family.hasFixedDispersion ? nil : Double(residualDegreesOfFreedom),
      intervalDegreesOfFreedom: nil, confidenceLevel: confidenceLevel, statuses: statuses)
  }

  /// Covariance of the coefficients; nil where no degree of freedom is left and the estimator needs one. Robust
  /// covariances are those of R's `vcovHC` (weights of rows multiply scores); clustered ones carry G/(G−1).
  ///
  /// - Throws: `RegressionInputError.clusters` where there is not one code per row, or fewer than two
  /// clusters.
  public func covariance(_ estimator: VarianceEstimator) throws -> Matrix? {
    switch estimator {
    case .model: return covariance
    case .robust, .clustered:
      let (rows, design, centered) = (rows, design, centered)
      let blocks = FixedChunks(
        count: design.rowCount,
        size: design.rowCount <= WeightedSystem.decompositionLimit ? design.rowCount : 2048)
      func bread(_ meat: Matrix) -> Matrix {
        centered.restore(centeredCovariance * meat * centeredCovariance)
      }
      return try SandwichVariance(
        estimator: estimator, observationCount: observationCount, rank: rank, residualAdjustment: false,
        threads: data.threads
      ).covariance(blocks: blocks, columnCount: design.columnCount, bread: bread) { block in
        // Working residuals at the fit times weights of the last regression, as R's estfun.
        let scores = blocks[block].map {
          rows.weights[$0] > 0 ? rows.workingWeights[$0] * (rows.scores[$0] / rows.weights[$0]) : 0
        }
        return SandwichRows(design: centered.shifted(design, blocks[block]), scores: scores) {
          leverages(blocks[block])
        }
      }
    }
  }

  /// One prediction per row of `newDesign`, whose columns are those of the fitted design.
  ///
  /// - Throws: `RegressionInputError.confidenceLevel`.
  public func predictions(
    _ newDesign: Matrix, offset newOffset: [Double]? = nil, confidenceLevel: Double = 0.95
  ) throws -> [GeneralizedPrediction] {
    try InputCheck.level(confidenceLevel)
    let width = NormalDistribution.criticalValue(confidenceLevel: confidenceLevel)
    return (0..<newDesign.rowCount).map { row in
      let x = newDesign.row(row)
      let eta =
        CompensatedSum.of(zip(x, coefficients).map { $0 * $1 })
        + (newOffset.map { row < $0.count ? $0[row] : 0 } ?? 0)
      let mean = family.link.mean(eta)
      guard let dispersion else {
        return GeneralizedPrediction(
          linearPredictor: eta, standardError: nil, mean: mean, lower: nil, upper: nil)
      }
      let se = (dispersion * variance(ofRow: x)).squareRoot()
      let ends = [family.link.mean(eta - width * se), family.link.mean(eta + width * se)]
      return GeneralizedPrediction(
        linearPredictor: eta, standardError: se, mean: mean, lower: ends.min(), upper: ends.max())
    }
  }
}
