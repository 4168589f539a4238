// Recognises likelihoods without a maximum.

import NumericalMethods

/// The evidence that a fit is separated: a direction along which no observation's likelihood falls.
enum Separation {
  /// Up to here the last step says that the linear predictors have settled.
  static let greatestSettledStep = 1e-3

  /// The signs of the coefficients that diverge, by column, or nil when the last step is no such direction.
  ///
  /// After convergence of the deviance a step that still moves linear predictors can only move rows whose response
  /// lies on the edge of its range, and only outwards. That is checked row by row, which makes the step a
  /// certificate: moving on along it never lowers the likelihood.
  static func directions(_ fit: IterativeFit, _ columns: DesignColumns, _ data: ResponseData) -> [Int: Int]? {
    // Where no array of steps was made, none of them was great.
    guard fit.predictorStep.count == data.rowCount else { return nil }
    let greatest = data.weights.indices.reduce(0.0) {
      data.weights[$1] > 0 ? Swift.max($0, fit.predictorStep[$1].magnitude) : $0
    }
    guard greatest.isFinite, greatest > greatestSettledStep else { return nil }
    let negligible = 1e-3 * greatest
    for row in data.weights.indices where data.weights[row] > 0 {
      let step = fit.predictorStep[row]
      guard step.magnitude > negligible else { continue }
      let edge = data.family.edge(data.response[row])
      let slope = data.family.link.point(fit.point.predictor[row]).slope
      let outward = slope >= 0 ? step : -step
      if edge == 0 || (edge > 0) != (outward > 0) { return nil }
    }
    // A coefficient diverges if its part of the step is not negligible in the unit of its column.
    var scales = [Double](repeating: 0, count: columns.columnCount)
    for column in 0..<columns.columnCount {
      for row in data.weights.indices where data.weights[row] > 0 {
        scales[column] = Swift.max(scales[column], columns[row, column].magnitude)
      }
    }
    var result: [Int: Int] = [:]
    for column in 0..<columns.columnCount where fit.direction[column].magnitude * scales[column] > negligible
    {
      result[column] = fit.direction[column] > 0 ? 1 : -1
    }
    return result.isEmpty ? nil : result
  }
}
