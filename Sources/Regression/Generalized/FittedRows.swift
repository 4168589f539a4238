// What a fit knows of every row, made again from its coefficients where the iteration kept sums alone.

import NumericalMethods

/// The linear predictor of each row, and its weights and scores there.
struct FittedRows: Sendable {
  /// η, offset included.
  let predictor: [Double]
  /// w (dμ/dη)² / V(μ).
  let weights: [Double]
  /// The derivative of the log-likelihood by η, times the dispersion.
  let scores: [Double]
  /// Weights of the last regression, one step behind.
  let workingWeights: [Double]

  /// Coefficients of the shifted columns from which the rows can be made.
  struct Basis: Sendable {
    let coefficients: [Double]
    let previous: [Double]
    let offsetShift: Double
  }
}

extension FittedRows {
  /// The rows of a fit that kept sums alone.
  init(_ basis: Basis, _ columns: CenteredColumns, _ kept: [Int], _ data: ResponseData) {
    let shift = basis.offsetShift
    let near = shift == 0 ? data : data.replacing(offset: data.offset.map { $0.map { $0 - shift } })
    self = columns.with(keeping: kept) { columns in
      var (last, point) = (WorkingPoint(count: 0), WorkingPoint(count: 0))
      if case .compact(let compact) = columns {
        let evaluator = CompactEvaluator(compact, near)
        evaluator.fill(&last, at: basis.previous)
        evaluator.fill(&point, at: basis.coefficients)
      }
      return FittedRows(
        predictor: point.predictor, weights: point.weights, scores: point.scores,
        workingWeights: last.weights)
    }
  }

  /// The linear predictors alone of a fit that kept sums.
  static func predictors(
    _ basis: Basis, _ columns: CenteredColumns, _ kept: [Int], _ data: ResponseData
  ) -> [Double] {
    var predictor =
      data.offset.map { $0.map { $0 - basis.offsetShift } } ?? [Double](repeating: 0, count: data.rowCount)
    columns.with(keeping: kept) {
      $0.addLinearPredictor(basis.coefficients, to: &predictor, threads: data.threads)
    }
    return predictor
  }
}
