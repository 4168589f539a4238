// Columns shifted to where sums of products keep their digits.

import NumericalMethods

/// The columns of a design; those far from zero for their spread are replaced by copies about their mean, if the
/// model has an intercept to take the difference.
struct CenteredColumns: Sendable {
  /// Mean taken from each column; 0 where it was left alone.
  let shifts: [Double]
  let intercept: Int?
  private let design: RegressionDesign
  private let copies: [Int: [Double]]
  private let cells: ValueCells?

  init(_ design: RegressionDesign, intercept: Int?, threads: Int) {
    self.design = design
    self.intercept = intercept
    cells = Self.cells(design, threads: threads)
    if let cells, let columns = design.columns {
      copies = [:]
      shifts = Self.shifts(columns, cells, rowCount: design.rowCount, intercept: intercept, threads: threads)
      return
    }
    let found = Self.farColumns(design.matrix, intercept: intercept)
    copies = found.mapValues(\.values)
    shifts = (0..<design.columnCount).map { found[$0]?.mean ?? 0 }
  }

  /// Cells for the few-valued columns, where rows are too many for a decomposition of the matrix.
  private static func cells(_ design: RegressionDesign, threads: Int) -> ValueCells? {
    guard design.rowCount > WeightedSystem.decompositionLimit, let columns = design.columns else {
      return nil
    }
    return ValueCells(columns: columns, rowCount: design.rowCount, threads: threads)
  }

  /// Means of the columns that are far from zero for their spread.
  private static func shifts(
    _ columns: [ColumnValues], _ cells: ValueCells, rowCount: Int, intercept: Int?, threads: Int
  ) -> [Double] {
    var shifts = [Double](repeating: 0, count: columns.count)
    guard let intercept else { return shifts }
    let n = Double(rowCount)
    var counts = [Double](repeating: 0, count: cells.cellCount)
    for code in cells.codes { counts[Int(code)] += 1 }
    for (column, table) in zip(cells.columns, cells.tables) where column != intercept {
      let mean = WeightedGram.dot(counts, table) / n
      let square = zip(counts, table).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) }
      if mean * mean * n > 64 * square { shifts[column] = mean }
    }
    for column in columns.indices where column != intercept && !cells.columns.contains(column) {
      let values: [Double]
      switch columns[column] {
      case .dense(let numbers): values = numbers
      case .whole(let numbers): values = numbers.numbers
      case .coded, .narrow: continue
      }
      let mean = WeightedGram.sum(values, threads: threads) / n
      let square = WeightedGram.chunkSum(rowCount: rowCount, length: 1, threads: threads) { rows, output in
        output[0] = rows.reduce(0) { $0 + (values[$1] - mean) * (values[$1] - mean) }
      }[0]
      if mean * mean * n > 64 * square { shifts[column] = mean }
    }
    return shifts
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
  func with<Result>(keeping: [Int], _ body: (DesignColumns) throws -> Result) rethrows -> Result {
    if let cells, let columns = design.columns {
      return try body(
        .compact(
          CompactColumns(columns, rowCount: design.rowCount, cells: cells, keeping: keeping, shifts: shifts)))
    }
    let matrix = design.matrix
    return try matrix.withUnsafeElements { elements in
      guard let base = elements.baseAddress else {
        return try body(.dense(ColumnPointers([], rowCount: matrix.rowCount)))
      }
      let order = copies.keys.sorted()
      return try descend(order, 0, [:]) { replaced in
        let pointers = keeping.map { replaced[$0] ?? base + $0 * matrix.rowCount }
        return try body(.dense(ColumnPointers(pointers, rowCount: matrix.rowCount)))
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

  /// A stretch of rows of the design as the shifted columns have it.
  func shifted(_ design: RegressionDesign, _ rows: Range<Int>) -> Matrix {
    var result = design.rows(rows)
    result.withUnsafeMutableElements { elements in
      for (column, shift) in shifts.enumerated() where shift != 0 {
        for index in (column * rows.count)..<((column + 1) * rows.count) { elements[index] -= shift }
      }
    }
    return result
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
