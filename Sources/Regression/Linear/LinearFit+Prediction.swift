// Predicted means and new observations.

import NumericalMethods

/// The mean at one set of covariates, and the range of a new observation there.
public struct LinearPrediction: Sendable, Hashable {
  /// Predicted mean.
  public let mean: Double
  /// Standard error of the estimate, on its scale.
  public let standardError: Double?
  /// Lower limit.
  public let lower: Double?
  /// Upper limit.
  public let upper: Double?
  /// For one new observation of weight 1.
  public let predictionLower: Double?
  /// Upper limit for a new observation.
  public let predictionUpper: Double?
}

extension LinearFit {
  /// One prediction per row of `newDesign`, whose columns are those of the fitted design. Aliased columns count as
  /// zero, so a row outside the span of the data is not estimable; the caller decides whether to allow it.
  ///
  /// - Throws: `RegressionInputError.confidenceLevel`.
  public func predictions(
    _ newDesign: Matrix, offset newOffset: [Double]? = nil, confidenceLevel: Double = 0.95
  ) throws -> [LinearPrediction] {
    try InputCheck.level(confidenceLevel)
    let df = Double(residualDegreesOfFreedom)
    let width = CoefficientTable.critical(df, confidenceLevel)
    return (0..<newDesign.rowCount).map { row in
      let x = newDesign.row(row)
      let mean =
        CompensatedSum.of(zip(x, coefficients).map { $0 * $1 })
        + (newOffset.map { row < $0.count ? $0[row] : 0 } ?? 0)
      guard let sigma else {
        return LinearPrediction(
          mean: mean, standardError: nil, lower: nil, upper: nil, predictionLower: nil, predictionUpper: nil)
      }
      let se = sigma * qr.quadraticForm(x).squareRoot()
      let spread = (se * se + sigma * sigma).squareRoot()
      return LinearPrediction(
        mean: mean, standardError: se, lower: mean - width * se, upper: mean + width * se,
        predictionLower: mean - width * spread, predictionUpper: mean + width * spread)
    }
  }
}
