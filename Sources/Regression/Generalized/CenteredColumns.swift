// Columns shifted to where sums of products keep their digits.

import NumericalMethods

/// The columns of a design; those far from zero for their spread are replaced by copies about their mean, if the
/// model has an intercept to take the difference.
struct CenteredColumns: Sendable {
  /// Mean taken from each column; 0 where it was left alone.
  let shifts: [Double]
  let intercept: Int?
  private let copies: [Int: [Double]]

  init(_ matrix: Matrix, intercept: Int?) {
    let found = Self.farColumns(matrix, intercept: intercept)
    self.intercept = intercept
    self.copies = found.mapValues(\.values)
    self.shifts = (0..<matrix.columnCount).map { found[$0]?.mean ?? 0 }
  }

  private static func farColumns(_ matrix: Matrix, intercept: Int?) -> [Int: (mean: Double, values: [Double])]
  {
    guard let intercept, matrix.rowCount > 1 else { return [:] }
    var result: [Int: (mean: Double, values: [Double])] = [:]
    let n = Double(matrix.rowCount)
    let sums = WeightedGram.columnSums(matrix, vector: [Double](repeating: 1, count: matrix.rowCount))
    for column in 0..<matrix.columnCount where column != intercept {
      let mean = sums[column] / n
      var square = 0.0
      matrix.withUnsafeElements { elements in
        for index in (column * matrix.rowCount)..<((column + 1) * matrix.rowCount) {
          square += (elements[index] - mean) * (elements[index] - mean)
        }
      }
      if mean * mean * n > 64 * square { result[column] = (mean, matrix.column(column).map { $0 - mean }) }
    }
    return result
  }

  /// Calls `body` with the columns of the given numbers.
  func with<Result>(_ matrix: Matrix, keeping: [Int], _ body: (ColumnPointers) throws -> Result) rethrows
    -> Result
  {
    try matrix.withUnsafeElements { elements in
      guard let base = elements.baseAddress else {
        return try body(ColumnPointers([], rowCount: matrix.rowCount))
      }
      let order = copies.keys.sorted()
      return try descend(order, 0, [:]) { replaced in
        let pointers = keeping.map { replaced[$0] ?? base + $0 * matrix.rowCount }
        return try body(ColumnPointers(pointers, rowCount: matrix.rowCount))
      }
    }
  }

  private func descend<Result>(
    _ order: [Int], _ index: Int, _ found: [Int: UnsafePointer<Double>],
    _ body: ([Int: UnsafePointer<Double>]) throws -> Result
  ) rethrows -> Result {
    guard index < order.count, let copy = copies[order[index]] else { return try body(found) }
    return try copy.withUnsafeBufferPointer { buffer in
      var next = found
      next[order[index]] = buffer.baseAddress
      return try descend(order, index + 1, next, body)
    }
  }

  /// The design as the shifted columns have it.
  func shifted(_ matrix: Matrix) -> Matrix {
    if copies.isEmpty { return matrix }
    return Matrix(
      columns: (0..<matrix.columnCount).map { copies[$0] ?? matrix.column($0) }, rowCount: matrix.rowCount)
  }

  /// A row of the design as the shifted columns have it.
  func shiftedRow(_ row: [Double]) -> [Double] { zip(row, shifts).map { $0 - $1 } }

  /// Coefficients of the columns as given, from those of the shifted ones (all columns, zeros where aliased).
  func restore(_ coefficients: [Double]) -> [Double] {
    guard let intercept else { return coefficients }
    var result = coefficients
    for (column, shift) in shifts.enumerated() where shift != 0 {
      result[intercept] -= shift * coefficients[column]
    }
    return result
  }

  /// Coefficients of the shifted columns from those of the given ones.
  func shift(_ coefficients: [Double]) -> [Double] {
    guard let intercept else { return coefficients }
    var result = coefficients
    for (column, shift) in shifts.enumerated() where shift != 0 {
      result[intercept] += shift * coefficients[column]
    }
    return result
  }

  /// The covariance that belongs to `restore`.
  func restore(_ covariance: Matrix) -> Matrix {
    guard let intercept, shifts.contains(where: { $0 != 0 }) else { return covariance }
    var transform = Matrix.identity(shifts.count)
    for (column, shift) in shifts.enumerated() where shift != 0 { transform[intercept, column] = -shift }
    return transform * covariance * transform.transposed
  }
}

extension ColumnPointers {
  /// The columns with row i multiplied by `factors[i]`, as a matrix.
  func scaledMatrix(_ factors: [Double]) -> Matrix {
    var result = Matrix(rowCount: rowCount, columnCount: columnCount)
    let count = rowCount
    result.withUnsafeMutableElements { target in
      for column in 0..<columnCount {
        for row in 0..<count { target[row + column * count] = self[row, column] * factors[row] }
      }
    }
    return result
  }

  func row(_ row: Int) -> [Double] { (0..<columnCount).map { self[row, $0] } }
}
