// Covariances that do not trust the model's variance.

import NumericalMethods

/// Bread · meat · bread, where the meat sums squared scores over rows or clusters.
enum SandwichVariance {
  /// `design`: the rows in a basis in which sums of their products keep their digits; `scores`: one per row, the
  /// derivative of the log-likelihood (times the dispersion) with respect to the linear predictor, in that basis;
  /// `bread`: what makes of the meat in that basis the covariance of the coefficients.
  static func covariance(
    design: Matrix, scores: [Double], leverages: [Double], estimator: VarianceEstimator,
    observationCount: Int, rank: Int, residualAdjustment: Bool, bread: (Matrix) -> Matrix
  ) throws -> Matrix? {
    let n = Double(observationCount)
    let k = Double(rank)
    switch estimator {
    case .model:
      return nil
    case .robust(let kind):
      var weights = scores.map { $0 * $0 }
      switch kind {
      case .hc0: break
      case .hc1:
        guard n > k else { return nil }
        for row in weights.indices { weights[row] *= n / (n - k) }
      case .hc2, .hc3:
        for row in weights.indices {
          let rest = 1 - leverages[row]
          // A row that the model fits whatever its value has no residual to correct: R gives not-a-number.
          guard rest > 1e-13 else { return nil }
          weights[row] /= kind == .hc2 ? rest : rest * rest
        }
      }
      return bread(WeightedGram.matrix(design, weights: weights))
    case .clustered(let codes):
      guard codes.count == scores.count else { throw RegressionInputError.clusters }
      let order = RadixOrder.ascending(codes)
      var sums = Matrix(rowCount: 0, columnCount: design.columnCount)
      var count = 0
      var rows: [[Double]] = []
      var previous: Int32?
      for index in order {
        let row = Int(index)
        if codes[row] != previous {
          rows.append([Double](repeating: 0, count: design.columnCount))
          previous = codes[row]
          count += 1
        }
        for column in 0..<design.columnCount { rows[count - 1][column] += design[row, column] * scores[row] }
      }
      guard count > 1 else { throw RegressionInputError.clusters }
      sums = Matrix(rows: rows)
      var factor = Double(count) / Double(count - 1)
      if residualAdjustment {
        guard n > k else { return nil }
        factor *= (n - 1) / (n - k)
      }
      return factor * bread(WeightedGram.matrix(sums))
    }
  }
}
