// Products, sums and selections of matrices.

extension Matrix {
  /// The matrix with rows and columns exchanged.
  public var transposed: Matrix {
    var result = Matrix(rowCount: columnCount, columnCount: rowCount)
    for column in 0..<columnCount {
      for row in 0..<rowCount { result[column, row] = self[row, column] }
    }
    return result
  }

  /// Matrix product; the inner dimensions must agree.
  public static func * (left: Matrix, right: Matrix) -> Matrix {
    precondition(left.columnCount == right.rowCount)
    var result = Matrix(rowCount: left.rowCount, columnCount: right.columnCount)
    let rows = left.rowCount
    result.withUnsafeMutableElements { target in
      left.withUnsafeElements { a in
        for column in 0..<right.columnCount {
          for inner in 0..<left.columnCount {
            let factor = right[inner, column]
            for row in 0..<rows { target[row + column * rows] += a[row + inner * rows] * factor }
          }
        }
      }
    }
    return result
  }

  /// Matrix times column vector, which needs one element per column.
  public static func * (left: Matrix, right: [Double]) -> [Double] {
    precondition(left.columnCount == right.count)
    var result = [Double](repeating: 0, count: left.rowCount)
    left.withUnsafeElements { a in
      for column in 0..<right.count {
        let factor = right[column]
        for row in 0..<left.rowCount { result[row] += a[row + column * left.rowCount] * factor }
      }
    }
    return result
  }

  /// Sum, element by element; the shapes must agree.
  public static func + (left: Matrix, right: Matrix) -> Matrix { left.combined(with: right, +) }
  /// Difference, element by element; the shapes must agree.
  public static func - (left: Matrix, right: Matrix) -> Matrix { left.combined(with: right, -) }

  /// Every element times a number.
  public static func * (factor: Double, matrix: Matrix) -> Matrix { matrix.mapped { factor * $0 } }

  /// The matrix of the transformed elements.
  public func mapped(_ transform: (Double) -> Double) -> Matrix {
    var result = self
    result.withUnsafeMutableElements { elements in
      for index in elements.indices { elements[index] = transform(elements[index]) }
    }
    return result
  }

  private func combined(with other: Matrix, _ operation: (Double, Double) -> Double) -> Matrix {
    precondition(rowCount == other.rowCount && columnCount == other.columnCount)
    var result = self
    result.withUnsafeMutableElements { elements in
      for index in elements.indices { elements[index] = operation(elements[index], other.elements[index]) }
    }
    return result
  }

  /// The columns of the given numbers, in their order.
  public func selecting(columns: [Int]) -> Matrix {
    Matrix(columns: columns.map(column), rowCount: rowCount)
  }

  /// The rows of the given numbers, in their order.
  public func selecting(rows: [Int]) -> Matrix {
    var result = Matrix(rowCount: rows.count, columnCount: columnCount)
    for column in 0..<columnCount {
      for (position, row) in rows.enumerated() { result[position, column] = self[row, column] }
    }
    return result
  }

  /// The square block of the given rows and columns.
  public func block(_ indices: [Int]) -> Matrix { selecting(rows: indices).selecting(columns: indices) }

  /// left' · M · right.
  public func bilinear(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    let product = self * right
    for (row, value) in product.enumerated() where row < left.count { sum += left[row] * value }
    return sum
  }

  /// v' · M · v.
  public func quadraticForm(_ vector: [Double]) -> Double { bilinear(vector, vector) }

  /// Whether no element is infinite or not a number.
  public var allFinite: Bool { elements.allSatisfy(\.isFinite) }
}
