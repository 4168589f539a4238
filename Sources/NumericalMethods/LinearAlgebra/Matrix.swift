// A dense matrix, column after column.

/// A dense matrix of doubles in column-major order: element (i, j) is `elements[i + j * rowCount]`.
public struct Matrix: Sendable, Hashable {
  /// Number of rows.
  public let rowCount: Int
  /// Number of columns.
  public let columnCount: Int
  /// All elements, column after column.
  public private(set) var elements: [Double]

  /// A matrix of equal elements.
  public init(rowCount: Int, columnCount: Int, repeating value: Double = 0) {
    self.rowCount = Swift.max(0, rowCount)
    self.columnCount = Swift.max(0, columnCount)
    self.elements = [Double](repeating: value, count: self.rowCount * self.columnCount)
  }

  /// A matrix from its elements, column after column; `nil` when their number does not fit.
  public init?(rowCount: Int, columnCount: Int, elements: [Double]) {
    guard rowCount >= 0, columnCount >= 0, elements.count == rowCount * columnCount else { return nil }
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.elements = elements
  }

  /// A matrix whose columns are given; shorter columns are filled with zeros to `rowCount`, longer ones cut.
  public init(columns: [[Double]], rowCount: Int? = nil) {
    let rows = rowCount ?? columns.first?.count ?? 0
    self.init(rowCount: rows, columnCount: columns.count)
    for (index, column) in columns.enumerated() {
      for (row, value) in column.prefix(rows).enumerated() { elements[row + index * rows] = value }
    }
  }

  /// A matrix whose rows are given; the first row gives the width.
  public init(rows: [[Double]]) {
    self.init(rowCount: rows.count, columnCount: rows.first?.count ?? 0)
    for (row, values) in rows.enumerated() {
      for (column, value) in values.prefix(columnCount).enumerated() {
        elements[row + column * rowCount] = value
      }
    }
  }

  /// Ones on the diagonal, zeros elsewhere.
  public static func identity(_ size: Int) -> Matrix {
    diagonal([Double](repeating: 1, count: Swift.max(0, size)))
  }

  /// The square matrix with these values on the diagonal, zeros elsewhere.
  public static func diagonal(_ values: [Double]) -> Matrix {
    var result = Matrix(rowCount: values.count, columnCount: values.count)
    for (index, value) in values.enumerated() { result[index, index] = value }
    return result
  }

  /// The element in a row and a column, both counted from 0; an index outside the matrix is a programming
  /// error.
  @inlinable public subscript(row: Int, column: Int) -> Double {
    get {
      precondition(row >= 0 && row < rowCount && column >= 0 && column < columnCount)
      return elements[row + column * rowCount]
    }
    set {
      precondition(row >= 0 && row < rowCount && column >= 0 && column < columnCount)
      setElement(row + column * rowCount, newValue)
    }
  }

  @usableFromInline mutating func setElement(_ index: Int, _ value: Double) { elements[index] = value }

  /// One column, from top to bottom.
  public func column(_ index: Int) -> [Double] {
    Array(elements[(index * rowCount)..<((index + 1) * rowCount)])
  }

  /// One row, from left to right.
  public func row(_ index: Int) -> [Double] { (0..<columnCount).map { self[index, $0] } }

  /// The elements (i, i), as many as the shorter side has.
  public var diagonalElements: [Double] { (0..<Swift.min(rowCount, columnCount)).map { self[$0, $0] } }

  /// Calls `body` with the elements, column after column.
  public func withUnsafeElements<Result>(_ body: (UnsafeBufferPointer<Double>) throws -> Result) rethrows
    -> Result
  { try elements.withUnsafeBufferPointer(body) }

  /// Calls `body` with the elements, column after column, to be changed in place.
  public mutating func withUnsafeMutableElements<Result>(
    _ body: (UnsafeMutableBufferPointer<Double>) throws -> Result
  ) rethrows -> Result {
    let count = elements.count
    return try elements.withUnsafeMutableBufferPointer { buffer in
      try body(UnsafeMutableBufferPointer(rebasing: buffer[0..<count]))
    }
  }
}
