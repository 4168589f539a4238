// Solution of small general systems.

/// P A = L U with partial pivoting, for square systems without structure.
public struct LUFactorization: Sendable {
  /// Rows, and columns, of the matrix.
  public let size: Int
  /// A pivot was zero or not finite: there is no solution.
  public let isSingular: Bool
  private let factor: Matrix
  private let order: [Int]

  /// Factorises a square matrix. Cost: n³/3 multiplications.
  public init(_ matrix: Matrix) {
    let n = Swift.min(matrix.rowCount, matrix.columnCount)
    var work = matrix
    var order = Array(0..<n)
    var singular = false
    for step in 0..<n {
      var best = step
      for row in step..<n where work[row, step].magnitude > work[best, step].magnitude { best = row }
      guard work[best, step].magnitude > 0, work[best, step].isFinite else {
        singular = true
        continue
      }
      if best != step {
        order.swapAt(best, step)
        for column in 0..<n {
          let kept = work[step, column]
          work[step, column] = work[best, column]
          work[best, column] = kept
        }
      }
      for row in (step + 1)..<Swift.max(n, step + 1) {
        let ratio = work[row, step] / work[step, step]
        work[row, step] = ratio
        if ratio == 0 { continue }
        for column in (step + 1)..<n { work[row, column] -= ratio * work[step, column] }
      }
    }
    self.size = n
    self.isSingular = singular
    self.factor = work
    self.order = order
  }

  /// x with A x = `right`; nil when the matrix is singular.
  public func solve(_ right: [Double]) -> [Double]? {
    guard !isSingular, right.count == size else { return nil }
    var x = order.map { right[$0] }
    for row in 0..<size {
      for column in 0..<row { x[row] -= factor[row, column] * x[column] }
    }
    for row in stride(from: size - 1, through: 0, by: -1) {
      for column in (row + 1)..<Swift.max(size, row + 1) { x[row] -= factor[row, column] * x[column] }
      x[row] /= factor[row, row]
    }
    return x
  }

  /// The inverse; nil when the matrix is singular.
  public var inverse: Matrix? {
    var columns: [[Double]] = []
    for index in 0..<size {
      var unit = [Double](repeating: 0, count: size)
      unit[index] = 1
      guard let column = solve(unit) else { return nil }
      columns.append(column)
    }
    return Matrix(columns: columns, rowCount: size)
  }
}
