// A design whose few-valued columns are codes, for regressions on many rows.

/// Columns of a design, those with few values by cell and the rest dense.
public struct CompactColumns: Sendable {
  /// Number of rows.
  public let rowCount: Int
  /// Number of columns that were kept.
  public let columnCount: Int
  let cells: ValueCells
  let dense: StoredColumns
  /// Columns of the design that each dense column and each column of the cells is.
  let denseColumns: [Int]
  let cellColumns: [Int]
  /// The value of each column of the cells in each cell.
  let tables: [[Double]]

  /// - Parameters:
  ///   - columns: the design.
  ///   - rowCount: its rows, as many as the cells have codes.
  ///   - cells: the rows classified by the design's few-valued columns.
  ///   - keeping: numbers of the columns to take, in their order.
  ///   - shifts: what is taken from each column of the design.
  public init(
    _ columns: [ColumnValues], rowCount: Int, cells: ValueCells, keeping: [Int], shifts: [Double]
  ) {
    var place: [Int: Int] = [:]
    for (index, column) in keeping.enumerated() { place[column] = index }
    self.rowCount = rowCount
    self.cells = cells
    columnCount = keeping.count
    let held = cells.columns.indices.filter { place[cells.columns[$0]] != nil }
    cellColumns = held.compactMap { place[cells.columns[$0]] }
    tables = held.map { index in
      let shift = shifts[cells.columns[index]]
      return cells.tables[index].map { $0 - shift }
    }
    let rest = keeping.filter { !cells.columns.contains($0) }
    denseColumns = rest.compactMap { place[$0] }
    dense = StoredColumns(
      rest.map { column in
        let shift = shifts[column]
        if let (codes, table) = columns[column].bytes {
          return .coded(codes: codes, table: table.map { $0 - shift })
        }
        let numbers = columns[column].numbers
        return .numbers(shift == 0 ? numbers : numbers.map { $0 - shift })
      }, rowCount: rowCount)
  }

  /// The first columns alone.
  public func prefix(_ count: Int) -> CompactColumns {
    CompactColumns(
      rowCount: rowCount, columnCount: count, cells: cells,
      dense: StoredColumns(
        zip(dense.columns, denseColumns).filter { $1 < count }.map { $0.0 }, rowCount: rowCount),
      denseColumns: denseColumns.filter { $0 < count }, cellColumns: cellColumns.filter { $0 < count },
      tables: zip(tables, cellColumns).filter { $1 < count }.map { $0.0 })
  }

  private init(
    rowCount: Int, columnCount: Int, cells: ValueCells, dense: StoredColumns, denseColumns: [Int],
    cellColumns: [Int], tables: [[Double]]
  ) {
    (self.rowCount, self.columnCount, self.cells) = (rowCount, columnCount, cells)
    (self.dense, self.denseColumns) = (dense, denseColumns)
    (self.cellColumns, self.tables) = (cellColumns, tables)
  }

  /// The value in a row and column.
  public subscript(row: Int, column: Int) -> Double {
    if let position = cellColumns.firstIndex(of: column) { return tables[position][Int(cells.codes[row])] }
    return denseColumns.firstIndex(of: column).map { dense.columns[$0][row] } ?? 0
  }

  /// The dense columns as numbers, for as long as `body` takes.
  private func withNumbers<Result>(_ body: (ColumnPointers) -> Result) -> Result {
    ColumnPointers.with(dense.columns.map(\.numbers)) { body(ColumnPointers($0, rowCount: rowCount)) }
  }

  /// X' diag(w) X.
  public func gram(weights: [Double], threads: Int) -> Matrix {
    withNumbers { columns in
      let sums = CellSums(
        codes: cells.codes, cellCount: cells.cellCount, dense: columns, vector: nil, weights: weights,
        threads: threads)
      var result = Matrix(rowCount: columnCount, columnCount: columnCount)
      let block = weights.withUnsafeBufferPointer {
        WeightedGram.matrix(columns, weights: $0.baseAddress, threads: threads)
      }
      for (i, row) in denseColumns.enumerated() {
        for (j, column) in denseColumns.enumerated() { result[row, column] = block[i, j] }
      }
      addCells(sums, to: &result)
      return result
    }
  }

  func addCells(_ sums: CellSums, to result: inout Matrix) {
    for (i, row) in cellColumns.enumerated() {
      let weighted = tables[i].indices.map { tables[i][$0] * sums.weight($0) }
      for j in 0...i {
        let value = WeightedGram.dot(weighted, tables[j])
        result[row, cellColumns[j]] = value
        result[cellColumns[j], row] = value
      }
      for (j, column) in denseColumns.enumerated() {
        var value = 0.0
        for cell in tables[i].indices { value += tables[i][cell] * sums.dense(cell, j) }
        result[row, column] = value
        result[column, row] = value
      }
    }
  }

  /// X' v.
  public func columnSums(_ vector: [Double], threads: Int) -> [Double] {
    withNumbers { columns in
      var result = [Double](repeating: 0, count: columnCount)
      let sums = CellSums(
        codes: cells.codes, cellCount: cells.cellCount, dense: columns, vector: vector, weights: nil,
        threads: threads)
      let own = vector.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { WeightedGram.columnSums(columns, vector: $0, threads: threads) } ?? []
      }
      for (value, column) in zip(own, denseColumns) { result[column] = value }
      for (table, column) in zip(tables, cellColumns) {
        for cell in table.indices { result[column] += table[cell] * sums.vector(cell) }
      }
      return result
    }
  }

  /// output += X b.
  public func addLinearPredictor(_ coefficients: [Double], to output: inout [Double], threads: Int) {
    precondition(coefficients.count == columnCount && output.count == rowCount)
    var byCell = [Double](repeating: 0, count: cells.cellCount)
    for (table, column) in zip(tables, cellColumns) {
      for cell in table.indices { byCell[cell] += coefficients[column] * table[cell] }
    }
    let chunks = FixedChunks(count: rowCount, size: WeightedGram.chunkSize)
    output.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      nonisolated(unsafe) let target = base
      let own = denseColumns.map { coefficients[$0] }
      dense.withReader { columns in
        Parallel.forEach(chunks: chunks.count, threads: threads) { chunk in
          let rows = chunks[chunk]
          columns.addLinearPredictor(own, rows: rows, into: target + rows.lowerBound)
        }
      }
      cells.codes.withUnsafeBufferPointer { codes in
        byCell.withUnsafeBufferPointer { byCell in
          nonisolated(unsafe) let (codes, byCell) = (codes, byCell)
          Parallel.forEach(chunks: chunks.count, threads: threads) { chunk in
            for row in chunks[chunk] { target[row] += byCell[Int(codes[row])] }
          }
        }
      }
    }
  }
}
