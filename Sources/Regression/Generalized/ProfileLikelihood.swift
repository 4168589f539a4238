// Intervals from the likelihood itself.

import NumericalMethods

/// A profile-likelihood interval; a side is ∓infinity where the likelihood never falls far enough, nil where a
/// search failed.
public struct ProfileInterval: Sendable, Hashable {
  /// Lower limit.
  public let lower: Double?
  /// Upper limit.
  public let upper: Double?
}

extension GeneralizedLinearFit {
  /// The values of one coefficient at which the deviance of the best fit of the others exceeds the minimum by the
  /// χ² quantile times the dispersion: exact roots, found by Brent's method on the signed root of the difference.
  /// nil for an aliased column. R's `confint` interpolates the same curve. Cost: about 15 fits.
  ///
  /// - Throws: `RegressionInputError.confidenceLevel`.
  public func profileInterval(column: Int, confidenceLevel: Double = 0.95) throws -> ProfileInterval? {
    try InputCheck.level(confidenceLevel)
    guard kept.contains(column), let dispersion else { return nil }
    let width = NormalDistribution.criticalValue(confidenceLevel: confidenceLevel)
    let search = ProfileSearch(fit: self, column: column, dispersion: dispersion)
    let sign = diverging[column] ?? 0
    return ProfileInterval(
      lower: sign < 0 ? -.infinity : search.limit(direction: -1, width: width),
      upper: sign > 0 ? .infinity : search.limit(direction: 1, width: width))
  }

  /// Profile intervals of all columns.
  ///
  /// - Throws: `RegressionInputError.confidenceLevel`.
  public func profileIntervals(confidenceLevel: Double = 0.95) throws -> [ProfileInterval?] {
    try (0..<design.columnCount).map { try profileInterval(column: $0, confidenceLevel: confidenceLevel) }
  }
}

private struct ProfileSearch {
  let fit: GeneralizedLinearFit
  let column: Int
  let dispersion: Double
  let others: RegressionDesign
  let slopes: [Double]
  let step: Double
  let values: [Double]

  init(fit: GeneralizedLinearFit, column: Int, dispersion: Double) {
    self.fit = fit
    self.column = column
    self.dispersion = dispersion
    let keep = fit.kept.filter { $0 != column }
    let intercept = fit.design.interceptColumn.flatMap { keep.firstIndex(of: $0) }
    others = fit.design.selecting(columns: keep, intercept: intercept)
    values = fit.design.matrix.column(column)
    let variance = fit.unscaledCovariance[column, column]
    slopes = keep.map { variance > 0 ? fit.unscaledCovariance[$0, column] / variance : 0 }
    // Along a divergence the variance is meaningless; the column's range gives the unit.
    let range = values.reduce(0.0) { Swift.max($0, $1.magnitude) }
    step = fit.diverging.isEmpty ? 2 * (variance * dispersion).squareRoot() : 1 / Swift.max(range, 1e-300)
  }

  func limit(direction: Double, width: Double) -> Double? {
    // In separated fits the estimate lies far out, so the stride grows at once.
    ProfileRoot.limit(
      from: fit.coefficients[column], direction: direction, step: step, width: width,
      growing: !fit.diverging.isEmpty, signedRoot)
  }

  /// √((deviance(b) − minimum) / dispersion).
  private func signedRoot(_ value: Double) -> Double {
    var offset = fit.data.offset ?? [Double](repeating: 0, count: values.count)
    for row in offset.indices { offset[row] += values[row] * value }
    let data = fit.data.replacing(offset: offset)
    guard others.columnCount > 0 else {
      var point = WorkingPoint(count: values.count)
      point.predictor = offset
      point.evaluate(data)
      return root(point.deviance)
    }
    let keep = fit.kept.filter { $0 != column }
    let start = zip(keep, slopes).map { fit.coefficients[$0] + $1 * (value - fit.coefficients[column]) }
    let refit = GeneralizedLinearModel.fit(
      design: others, data: data, trials: nil, start: fit.diverging.isEmpty ? (start, []) : nil,
      options: fit.options)
    return refit.status == .noValidStart ? .nan : root(refit.deviance)
  }

  private func root(_ deviance: Double) -> Double {
    Swift.max(0, (deviance - fit.deviance) / dispersion).squareRoot()
  }
}
