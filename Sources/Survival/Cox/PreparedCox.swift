// What every computation on a model shares: rows in scanning order and scaled covariates, built once.

import NumericalMethods
import Synchronization

/// A model's rows in scanning order with their scaled covariates.
final class PreparedCox: Sendable {
  let layout: RiskSetLayout
  let covariates: ScaledCovariates
  /// Offset in scanning order, centred within strata.
  let offset: [Double]?
  /// What was taken out of the offset in each stratum.
  let offsetCentre: [Double]

  /// - Parameter distinguishing: what tells rows apart besides the model's own, one number per row of the outcome.
  init(
    _ model: CoxModel, cellThreshold: Int = ScaledCovariates.cellThreshold, distinguishing: [Double]? = nil
  ) {
    let (outcome, threads) = (model.outcome, model.options.threads)
    let values = model.design.columns.map(\.values)
    let cells =
      outcome.rowCount >= cellThreshold
      ? ValueCells(columns: values, rowCount: outcome.rowCount, threads: threads) : nil
    let keys = ContentOrder.keys(
      rowCount: outcome.rowCount,
      dense: values.indices.filter { !(cells?.columns.contains($0) ?? false) }.map { values[$0] },
      cells: cells?.codes, others: [model.offset, outcome.weights, distinguishing].compactMap(\.self),
      threads: threads)
    let layout = RiskSetLayout.arranged(outcome, strata: model.strata, keys: keys, threads: threads)
    covariates = ScaledCovariates(design: model.design, layout: layout, cells: cells, threads: threads)
    self.layout = layout
    var centres = [Double](repeating: 0, count: layout.stratumCount)
    offset = model.offset.map { offset in
      var sorted = layout.rows.map { offset[Int($0)] }
      for stratum in 0..<layout.stratumCount {
        let rows = layout.rows(ofStratum: stratum)
        // The first value is taken out before the mean, so that a large constant leaves no rounding behind.
        guard let origin = rows.first.map({ sorted[$0] }) else { continue }
        for row in rows { sorted[row] -= origin }
        let mean = CompensatedSum.of(sorted[rows]) / Double(rows.count)
        for row in rows { sorted[row] -= mean }
        centres[stratum] = origin + mean
      }
      return sorted
    }
    offsetCentre = centres
  }

  func likelihood(ties: TiesMethod, threads: Int) -> PartialLikelihood {
    PartialLikelihood(layout: layout, covariates: covariates, offset: offset, ties: ties, threads: threads)
  }

  /// Coefficients on the design's scale from those on the scaled one; aliased ones not-a-number.
  func unscaled(_ coefficients: [Double], aliased: [Int] = []) -> [Double] {
    coefficients.indices.map { aliased.contains($0) ? .nan : coefficients[$0] / covariates.spread[$0] }
  }

  /// Coefficients on the scaled columns; aliased ones 0.
  func scaled(_ coefficients: [Double]) -> [Double] {
    coefficients.indices.map { coefficients[$0].isNaN ? 0 : coefficients[$0] * covariates.spread[$0] }
  }

  /// The matrix of a quadratic penalty, for coefficients on the scaled columns.
  func scaledPenalty(_ penalty: Matrix) -> Matrix { unscaled(penalty) }

  /// A covariance of coefficients on the design's scale.
  func unscaled(_ variance: Matrix) -> Matrix {
    var result = variance
    for column in 0..<variance.columnCount {
      for row in 0..<variance.rowCount {
        result[row, column] = variance[row, column] / covariates.spread[row] / covariates.spread[column]
      }
    }
    return result
  }
}

/// The prepared rows of a fitted model, which can be let go of and made again: the same rows to the last bit.
final class PreparedRows: Sendable {
  private let kept: Mutex<PreparedCox?>

  init(_ prepared: PreparedCox) { kept = Mutex(prepared) }

  func value(_ model: CoxModel) -> PreparedCox {
    if let known = kept.withLock({ $0 }) { return known }
    let made = PreparedCox(model)
    kept.withLock { $0 = made }
    return made
  }

  func letGo() { kept.withLock { $0 = nil } }
}
