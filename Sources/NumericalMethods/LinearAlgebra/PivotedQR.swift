// Householder QR that moves nearly collinear columns to the end, as R's lm does.

import CKernels

/// The factorization X P = Q R by Householder reflections with limited pivoting (LINPACK `dqrdc2` as changed by R).
///
/// Columns keep their order unless what is left of one after the earlier columns is below `tolerance` times its
/// norm; such a column goes to the end and counts as aliased. Cost: 2 n p² multiplications.
public struct PivotedQR: Sendable {
  /// Rows n of the matrix.
  public let rowCount: Int
  /// Columns p of the matrix.
  public let columnCount: Int
  /// Number of columns that were not moved to the end.
  public let rank: Int
  /// `pivot[k]` is the number of the column that stands in place k.
  public let pivot: [Int]
  /// R above the diagonal and on it, reflections below.
  let packed: Matrix
  /// First elements of the reflections.
  private let auxiliary: [Double]

  /// Factorises a matrix. `tolerance` is R's `tol` of `lm`: the share of a column's norm below which it
  /// counts as aliased.
  public init(_ matrix: Matrix, tolerance: Double = 1e-7) {
    var factor = HouseholderReduction(matrix)
    factor.reduce(tolerance: tolerance)
    self.rowCount = matrix.rowCount
    self.columnCount = matrix.columnCount
    self.rank = factor.rank
    self.pivot = factor.pivot
    self.packed = factor.elements
    self.auxiliary = factor.auxiliary
  }

  /// Numbers of the columns that could not be told from the earlier ones, ascending.
  public var aliased: [Int] { pivot[rank...].sorted() }

  /// Q' y: the first `rank` elements are R's effects.
  public func effects(_ y: [Double]) -> [Double] { reflect(y, order: Array(0..<reflectionCount)) }

  /// Q v.
  public func applyQ(_ vector: [Double]) -> [Double] {
    reflect(vector, order: Array((0..<reflectionCount).reversed()))
  }

  /// Least-squares coefficients in the order of the columns; zero for aliased ones.
  public func solve(_ y: [Double]) -> [Double] { coefficients(effects: effects(y)) }

  /// Coefficients from the effects of a response.
  public func coefficients(effects: [Double]) -> [Double] {
    var solution = [Double](repeating: 0, count: columnCount)
    for k in stride(from: rank - 1, through: 0, by: -1) {
      var value = effects[k]
      for j in (k + 1)..<Swift.max(rank, k + 1) { value -= packed[k, j] * solution[pivot[j]] }
      solution[pivot[k]] = value / packed[k, k]
    }
    return solution
  }

  /// Fitted values Q Q' y.
  public func fitted(_ y: [Double]) -> [Double] {
    var part = effects(y)
    for row in rank..<Swift.max(rank, rowCount) { part[row] = 0 }
    return applyQ(part)
  }

  /// (X'X)⁻¹ in the order of the columns, zero rows and columns for aliased ones.
  public var inverseCrossProduct: Matrix {
    let inverse = inverseTriangle
    var result = Matrix(rowCount: columnCount, columnCount: columnCount)
    for j in 0..<rank {
      for k in 0...j {
        var sum = 0.0
        for inner in j..<rank { sum += inverse[j, inner] * inverse[k, inner] }
        result[pivot[j], pivot[k]] = sum
        result[pivot[k], pivot[j]] = sum
      }
    }
    return result
  }

  /// x' (X'X)⁻¹ x for a row x in the order of the columns; aliased columns take no part. Solved from R, so that the
  /// error grows with the condition of X, not of X'X.
  public func quadraticForm(_ row: [Double]) -> Double {
    var part = [Double](repeating: 0, count: rank)
    var sum = 0.0
    for k in 0..<rank {
      var value = row[pivot[k]]
      for j in 0..<k { value -= packed[j, k] * part[j] }
      part[k] = value / packed[k, k]
      sum += part[k] * part[k]
    }
    return sum
  }

  /// Squared row norms of the first `rank` columns of Q: the leverages.
  public var leverages: [Double] {
    var result = [Double](repeating: 0, count: rowCount)
    var unit = [Double](repeating: 0, count: rowCount)
    for k in 0..<rank {
      unit[k] = 1
      for (row, value) in applyQ(unit).enumerated() { result[row] += value * value }
      unit[k] = 0
    }
    return result
  }

  /// log |det R'R| of the estimable part.
  public var logDeterminant: Double {
    CompensatedSum.of((0..<rank).map { 2 * Elementary.log(packed[$0, $0].magnitude) })
  }

  var inverseTriangle: Matrix {
    var inverse = Matrix(rowCount: rank, columnCount: rank)
    for column in 0..<rank {
      inverse[column, column] = 1 / packed[column, column]
      for row in stride(from: column - 1, through: 0, by: -1) {
        var value = 0.0
        for inner in (row + 1)...column { value -= packed[row, inner] * inverse[inner, column] }
        inverse[row, column] = value / packed[row, row]
      }
    }
    return inverse
  }

  private var reflectionCount: Int { Swift.min(rank, rowCount - 1) }

  private func reflect(_ y: [Double], order: [Int]) -> [Double] {
    precondition(y.count == rowCount)
    var result = y
    packed.withUnsafeElements { elements in
      result.withUnsafeMutableBufferPointer { target in
        guard let columns = elements.baseAddress, let base = target.baseAddress else { return }
        for k in order where auxiliary[k] != 0 {
          let column = columns + k * rowCount + k + 1
          let rest = rowCount - k - 1
          let product = auxiliary[k] * base[k] + kernel_dot(column, base + k + 1, rest)
          let factor = -product / auxiliary[k]
          base[k] += factor * auxiliary[k]
          kernel_axpy(factor, column, base + k + 1, rest)
        }
      }
    }
    return result
  }
}
