// What a step of Fisher scoring needs of many rows, in one pass that keeps nothing by row.

extension CompactColumns {
  /// X'v and X' diag(w) X; `fill` writes w and v of some rows, from their first on, and returns what is added up besides.
  public func sums(
    threads: Int,
    _ fill: @Sendable (Range<Int>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Double
  ) -> (vector: [Double], gram: Matrix, extras: [Double]) {
    let found = ColumnPointers.with(dense) {
      DesignSums.over(
        ColumnPointers($0, rowCount: rowCount), codes: cells.codes, cellCount: cells.cellCount,
        threads: threads, fill)
    }
    var vector = [Double](repeating: 0, count: columnCount)
    var gram = Matrix(rowCount: columnCount, columnCount: columnCount)
    for (i, row) in denseColumns.enumerated() {
      vector[row] = found.columnSums[i]
      for (j, column) in denseColumns.enumerated() { gram[row, column] = found.gram[i, j] }
    }
    if let totals = found.cells {
      addCells(totals, to: &gram)
      for (table, column) in zip(tables, cellColumns) {
        for cell in table.indices { vector[column] += table[cell] * totals.vector(cell) }
      }
    }
    return (vector, gram, found.extras)
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
    return try ColumnPointers.with(dense) { pointers in
      let columns = ColumnPointers(pointers, rowCount: rowCount)
      return try cells.codes.withUnsafeBufferPointer { codes in
        try byCell.withUnsafeBufferPointer { byCell in
          nonisolated(unsafe) let (codes, byCell) = (codes, byCell)
          return try body { rows, output in
            WeightedGram.addLinearPredictor(columns, coefficients: own, rows: rows, into: output)
            for row in rows { output[row - rows.lowerBound] += byCell[Int(codes[row])] }
          }
        }
      }
    }
  }
}
