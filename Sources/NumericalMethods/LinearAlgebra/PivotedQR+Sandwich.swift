// Quadratic forms about the decomposition that keep their digits where columns are far from zero.

extension PivotedQR {
  /// The first `rank` columns of Q: n × rank, orthonormal.
  public var orthonormalColumns: Matrix {
    var columns: [[Double]] = []
    var unit = [Double](repeating: 0, count: rowCount)
    for k in 0..<rank {
      unit[k] = 1
      columns.append(applyQ(unit))
      unit[k] = 0
    }
    return Matrix(columns: columns, rowCount: rowCount)
  }

  /// R⁻¹ M R⁻ᵀ in the order of the columns, zeros where aliased: the covariance of the coefficients whose effects have
  /// the covariance M (rank × rank).
  public func covariance(ofEffects middle: Matrix) -> Matrix {
    let inverse = inverseTriangle
    let inner = inverse * middle * inverse.transposed
    var result = Matrix(rowCount: columnCount, columnCount: columnCount)
    for j in 0..<rank { for k in 0..<rank { result[pivot[j], pivot[k]] = inner[j, k] } }
    return result
  }
}
