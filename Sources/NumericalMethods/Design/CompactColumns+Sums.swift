// What a step of Fisher scoring needs of many rows, in one pass that keeps nothing by row.

extension CompactColumns {
  /// What a pass over the rows adds up.
  public struct Sums: Sendable {
    /// X'v.
    public let vector: [Double]
    /// X' diag(w) X.
    public let gram: Matrix
    /// One value per chunk.
    public let extras: [Double]
    /// X'v of the vectors beyond the first.
    public let further: [[Double]]
  }

  /// X'v and X' diag(w) X; `fill` writes w and v of some rows, from their first on, and returns what is added up besides.
  /// Further vectors stand `DesignSums.chunkSize` numbers after the one before.
  public func sums(
    threads: Int, furtherVectors: Int = 0,
    _ fill: @Sendable (Range<Int>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Double
  ) -> Sums {
    let found = dense.withReader {
      DesignSums.over(
        $0, codes: cells.codes, cellCount: cells.cellCount,
        furtherVectors: furtherVectors, threads: threads, fill)
    }
    var gram = Matrix(rowCount: columnCount, columnCount: columnCount)
    for (i, row) in denseColumns.enumerated() {
      for (j, column) in denseColumns.enumerated() { gram[row, column] = found.gram[i, j] }
    }
    if let totals = found.cells { addCells(totals, to: &gram) }
    return Sums(
      vector: columnSums(dense: found.columnSums, cells: found.cells), gram: gram, extras: found.extras,
      further: found.further.map { columnSums(dense: $0.columnSums, cells: $0.cells) })
  }

  private func columnSums(dense: [Double], cells: CellSums?) -> [Double] {
    var vector = [Double](repeating: 0, count: columnCount)
    for (value, column) in zip(dense, denseColumns) { vector[column] = value }
    if let cells {
      for (table, column) in zip(tables, cellColumns) {
        for cell in table.indices { vector[column] += table[cell] * cells.vector(cell) }
      }
    }
    return vector
  }

  /// Linear predictors of stretches of rows: output[i − start] += Σ_j coefficient_j x_ij, in no array of their own.
  public func withPredictor<Result>(
    _ coefficients: [Double],
    _ body: (@Sendable (Range<Int>, UnsafeMutablePointer<Double>) -> Void) throws -> Result
  ) rethrows -> Result {
    var byCell = [Double](repeating: 0, count: cells.cellCount)
    for (table, column) in zip(tables, cellColumns) {
      for cell in table.indices { byCell[cell] += coefficients[column] * table[cell] }
    }
    let own = denseColumns.map { coefficients[$0] }
    return try dense.withReader { columns in
      try cells.codes.withUnsafeBufferPointer { codes in
        try byCell.withUnsafeBufferPointer { byCell in
          nonisolated(unsafe) let (codes, byCell) = (codes, byCell)
          return try body { rows, output in
            columns.addLinearPredictor(own, rows: rows, into: output)
            for row in rows { output[row - rows.lowerBound] += byCell[Int(codes[row])] }
          }
        }
      }
    }
  }
}
