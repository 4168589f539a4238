// Least squares.

import NumericalMethods

/// Ordinary and weighted least squares by pivoted QR, as R's `lm`.
public enum LinearModel {
  /// Fits y = offset + X β + error, error variance σ² / weight.
  ///
  /// **Inputs** n × p design (finite), response of n values, non-negative weights (default 1), offset (default 0).
  /// Rows of weight 0 take no part and do not count. **Returns** a fit whose aliased columns are set aside in the
  /// order of the columns, by R's rule and tolerance (1e-7 of a column's norm). **Throws** `RegressionInputError`.
  /// **Cost** 2 n p². More than 20 000 rows are turned by blocks to a triangle each before the columns are pivoted
  /// (a tall and skinny QR), so that no matrix of them stands in memory; `threads` changes no bit. **Source** Golub
  /// 1965; Chambers 1992; Demmel, Grigori, Hoemmen, Langou 2012. Responses far from zero for their range are
  /// shifted first. **Checked against** lm-mtcars, lm-iris and others.
  public static func fit(
    design: RegressionDesign, response: [Double], weights: [Double]? = nil, offset: [Double]? = nil,
    threads: Int = 1
  ) throws -> LinearFit {
    let n = design.rowCount
    try InputCheck.weights(weights, count: n)
    try InputCheck.finite(response, .response, count: n)
    if let offset { try InputCheck.finite(offset, .offset, count: n) }
    try InputCheck.design(design, threads: threads)
    let shift =
      design.interceptColumn == nil ? 0 : responseShift(response, offset: offset, weights: weights)
    let rows = LeastSquaresRows(
      design: design, response: response, weights: weights, offset: offset, shift: shift, threads: threads)
    return LinearFit(rows)
  }

  /// What is taken from a response far from zero for its range, and given back to the intercept: reflections of
  /// numbers like 1e9 would lose the digits in which they differ. The smallest value, since differences from it are
  /// exact; 0 for ordinary responses.
  static func responseShift(_ response: [Double], offset: [Double]?, weights: [Double]?) -> Double {
    var (low, high) = (Double.infinity, -Double.infinity)
    for row in response.indices where weights?[row] ?? 1 > 0 {
      let value = response[row] - (offset?[row] ?? 0)
      low = Swift.min(low, value)
      high = Swift.max(high, value)
    }
    guard low <= high, low * high > 0 else { return 0 }
    return Swift.min(low.magnitude, high.magnitude) > 64 * (high - low) ? low : 0
  }

  static func scaled(_ matrix: Matrix, rows factors: [Double]) -> Matrix {
    var result = matrix
    scale(&result, rows: factors)
    return result
  }

  static func scale(_ matrix: inout Matrix, rows factors: [Double]) {
    let (count, columns) = (matrix.rowCount, matrix.columnCount)
    matrix.withUnsafeMutableElements { elements in
      for column in 0..<columns {
        for row in 0..<count { elements[row + column * count] *= factors[row] }
      }
    }
  }
}
