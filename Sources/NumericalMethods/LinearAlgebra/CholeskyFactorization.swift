// LDL' of a symmetric matrix that sets aliased columns aside instead of failing.

/// The factorization A = L D L' of a symmetric non-negative matrix, in the order of its columns.
///
/// A column whose pivot falls below `tolerance` times the greatest diagonal element is a linear combination of the
/// columns before it: its pivot is set to zero and its number listed in `aliased`. Solutions and inverses have
/// zeros in the aliased places. A pivot below −8 times the limit means that the matrix is not non-negative.
/// Cost: n³/6 multiplications. The rule is that of `cholesky2` in R's survival package, so the same columns drop.
public struct CholeskyFactorization: Sendable {
  /// Rows, and columns, of the matrix.
  public let size: Int
  /// Numbers of the columns set aside, ascending.
  public let aliased: [Int]
  /// False when a pivot was clearly negative: the matrix is no covariance or information matrix.
  public let isNonNegativeDefinite: Bool
  /// Unit lower triangle below the diagonal, pivots on it; aliased pivots are 0.
  private let factor: Matrix

  /// Reads the lower triangle of `symmetric`. An element that is not finite aliases its column.
  public init(_ symmetric: Matrix, tolerance: Double = 1.8e-12) {
    let n = Swift.min(symmetric.rowCount, symmetric.columnCount)
    var work = Matrix(rowCount: n, columnCount: n)
    var greatest = 0.0
    for column in 0..<n {
      for row in column..<n { work[row, column] = symmetric[row, column] }
      if work[column, column] > greatest { greatest = work[column, column] }
    }
    let limit = greatest == 0 ? tolerance : greatest * tolerance
    var aliased: [Int] = []
    var nonNegative = true
    for i in 0..<n {
      let pivot = work[i, i]
      guard pivot.isFinite, pivot >= limit else {
        if !(pivot >= -8 * limit) { nonNegative = false }
        work[i, i] = 0
        for row in (i + 1)..<Swift.max(n, i + 1) { work[row, i] = 0 }
        aliased.append(i)
        continue
      }
      for j in (i + 1)..<Swift.max(n, i + 1) {
        let ratio = work[j, i] / pivot
        work[j, i] = ratio
        work[j, j] -= ratio * ratio * pivot
        for k in (j + 1)..<Swift.max(n, j + 1) { work[k, j] -= ratio * work[k, i] }
      }
    }
    self.size = n
    self.aliased = aliased
    self.isNonNegativeDefinite = nonNegative
    self.factor = work
  }

  /// Number of columns that were not set aside.
  public var rank: Int { size - aliased.count }

  /// Σ log of the non-zero pivots; 0 for rank 0.
  public var logDeterminant: Double {
    CompensatedSum.of((0..<size).filter { factor[$0, $0] > 0 }.map { Elementary.log(factor[$0, $0]) })
  }

  /// The pivots, zero where aliased.
  public var pivots: [Double] { factor.diagonalElements }

  /// x with A x = `right`, zero in the aliased places.
  public func solve(_ right: [Double]) -> [Double] {
    precondition(right.count == size)
    var x = right
    for i in 0..<size {
      var value = x[i]
      for j in 0..<i { value -= x[j] * factor[i, j] }
      x[i] = value
    }
    for i in stride(from: size - 1, through: 0, by: -1) {
      if factor[i, i] == 0 {
        x[i] = 0
      } else {
        var value = x[i] / factor[i, i]
        for j in (i + 1)..<Swift.max(size, i + 1) { value -= x[j] * factor[j, i] }
        x[i] = value
      }
    }
    return x
  }

  /// L⁻¹ `right`, then divided by √D: the quadratic form right' A⁻ right is the sum of its squares.
  public func whiten(_ right: [Double]) -> [Double] {
    precondition(right.count == size)
    var x = right
    for i in 0..<size {
      var value = x[i]
      for j in 0..<i { value -= x[j] * factor[i, j] }
      x[i] = value
    }
    for i in 0..<size { x[i] = factor[i, i] > 0 ? x[i] / factor[i, i].squareRoot() : 0 }
    return x
  }

  /// The inverse, with zero rows and columns in the aliased places.
  public var inverse: Matrix {
    // Invert the unit lower triangle, then form L⁻ᵀ D⁻¹ L⁻¹.
    var lower = Matrix.identity(size)
    for column in 0..<size {
      guard factor[column, column] > 0 else { continue }
      for row in (column + 1)..<Swift.max(size, column + 1) {
        var value = 0.0
        for inner in column..<row { value -= factor[row, inner] * lower[inner, column] }
        lower[row, column] = value
      }
    }
    var result = Matrix(rowCount: size, columnCount: size)
    for column in 0..<size where factor[column, column] > 0 {
      for row in column..<size where factor[row, row] > 0 {
        var value = 0.0
        for inner in row..<size where factor[inner, inner] > 0 {
          value += lower[inner, row] * lower[inner, column] / factor[inner, inner]
        }
        result[row, column] = value
        result[column, row] = value
      }
    }
    return result
  }
}
