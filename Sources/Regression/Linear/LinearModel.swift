// Least squares.

import NumericalMethods

/// Ordinary and weighted least squares by pivoted QR, as R's `lm`.
public enum LinearModel {
  /// Fits y = offset + X β + error, error variance σ² / weight.
  ///
  /// **Inputs** n × p design (finite), response of n values, non-negative weights (default 1), offset (default 0).
  /// Rows of weight 0 take no part and do not count. **Returns** a fit whose aliased columns are set aside in the
  /// order of the columns, by R's rule and tolerance (1e-7 of a column's norm). **Throws** `RegressionInputError`.
  /// **Cost** 2 n p². **Source** Golub 1965; Chambers 1992. Responses far from zero for their range are
  /// shifted first. **Checked against** lm-mtcars, lm-iris and others.
  public static func fit(
    design: RegressionDesign, response: [Double], weights: [Double]? = nil, offset: [Double]? = nil
  ) throws -> LinearFit {
    let n = design.rowCount
    try InputCheck.weights(weights, count: n)
    try InputCheck.finite(response, .response, count: n)
    if let offset { try InputCheck.finite(offset, .offset, count: n) }
    try InputCheck.design(design.matrix)

    let roots = weights.map { $0.map { $0.squareRoot() } }
    let adjusted = offset.map { zip(response, $0).map { $0 - $1 } } ?? response
    let scaledMatrix = roots.map { scaled(design.matrix, rows: $0) } ?? design.matrix
    let shift = design.interceptColumn == nil ? 0 : responseShift(adjusted, weights: weights)
    let shifted = shift == 0 ? adjusted : adjusted.map { $0 - shift }
    let scaledResponse = roots.map { zip(shifted, $0).map { $0 * $1 } } ?? shifted
    let qr = PivotedQR(scaledMatrix)
    let effects = qr.effects(scaledResponse)
    let fitted = qr.fitted(scaledResponse)
    let residuals = zip(scaledResponse, fitted).map { $0 - $1 }
    return LinearFit(
      design: design, response: response, weights: weights, offset: offset, qr: qr, effects: effects,
      scaledResiduals: residuals, shift: shift)
  }

  /// What is taken from a response far from zero for its range, and given back to the intercept: reflections of
  /// numbers like 1e9 would lose the digits in which they differ. The smallest value, since differences from it are
  /// exact; 0 for ordinary responses.
  static func responseShift(_ response: [Double], weights: [Double]?) -> Double {
    let used = response.indices.lazy.filter { weights?[$0] ?? 1 > 0 }.map { response[$0] }
    guard let low = used.min(), let high = used.max(), low * high > 0 else { return 0 }
    return Swift.min(low.magnitude, high.magnitude) > 64 * (high - low) ? low : 0
  }

  static func scaled(_ matrix: Matrix, rows factors: [Double]) -> Matrix {
    var result = matrix
    let count = matrix.rowCount
    result.withUnsafeMutableElements { elements in
      for column in 0..<matrix.columnCount {
        for row in 0..<count { elements[row + column * count] *= factors[row] }
      }
    }
    return result
  }
}
