// The design in scanning order, centred within strata and scaled: what the likelihood is computed from.

import NumericalMethods

/// The design's columns in scanning order, centred and divided by their spread.
///
/// A constant per stratum cancels from the partial likelihood; taking it out first is what lets the information be
/// formed as a difference of two Gram matrices without losing digits, whatever the columns' origins and units.
/// Dense columns that are constant in every stratum are exactly zero here. In large designs the columns that take few
/// values are held as `CovariateCells`.
struct ScaledCovariates: Sendable {
  let rowCount: Int
  let columnCount: Int
  /// The dense columns, those of few values in one byte a row, and which columns of the design they are.
  let dense: StoredColumns
  let denseColumns: [Int]
  let cells: CovariateCells?
  /// Spread by which each column was divided; coefficients on the design's scale are those here divided by it.
  let spread: [Double]
  /// What was taken out of each column in each stratum: element stratum · columnCount + column.
  let centre: [Double]
  let places: [Place]

  enum Place: Sendable {
    case dense(Int)
    case cell(Int)
  }

  /// Rows from which on few-valued columns are worth a cell number.
  static let cellThreshold = 4096

  /// - Parameters:
  ///   - layout: rows arranged by an order that does not depend on the file's.
  ///   - cells: the cells of the few-valued columns, one per row of the outcome.
  init(design: CoxDesign, layout: RiskSetLayout, cells given: ValueCells?, threads: Int) {
    let rowCount = layout.rowCount
    let cells = given.map { CovariateCells($0, rows: layout.rows, threads: threads) }
    var places = [Place](repeating: .dense(0), count: design.columnCount)
    for (position, column) in (cells?.columns ?? []).enumerated() { places[column] = .cell(position) }
    let denseColumns = design.columns.indices.filter { !(cells?.columns.contains($0) ?? false) }
    for (position, column) in denseColumns.enumerated() { places[column] = .dense(position) }
    let parts = Self.scaled(denseColumns.map { design.columns[$0].values }, layout, threads: threads)
    dense = StoredColumns(parts.map(\.stored), rowCount: rowCount)
    self.rowCount = rowCount
    self.columnCount = design.columnCount
    self.denseColumns = denseColumns
    self.cells = cells
    self.places = places
    spread = places.map { place in
      switch place {
      case .dense(let position): parts[position].spread
      case .cell(let position): cells?.spread[position] ?? 1
      }
    }
    var centre: [Double] = []
    centre.reserveCapacity(layout.stratumCount * design.columnCount)
    for stratum in 0..<layout.stratumCount {
      for place in places {
        switch place {
        case .dense(let position): centre.append(parts[position].centres[stratum])
        case .cell(let position): centre.append(cells?.centre[position] ?? 0)
        }
      }
    }
    self.centre = centre
  }

  /// The columns that are not held by cell. Whole numbers below 256 stay bytes, where rows are many and one table of what
  /// stands for each holds for all of them.
  private static func scaled(
    _ columns: [ColumnValues], _ layout: RiskSetLayout, threads: Int
  ) -> [ScaledColumn] {
    var gathered: [(source: [UInt8], codes: [UInt8])] = []
    return columns.map { column in
      guard layout.rowCount >= cellThreshold, layout.stratumCount == 1, let (source, table) = column.bytes
      else {
        return ScaledColumn(column, layout: layout, threads: threads)
      }
      if let known = gathered.first(where: { ColumnValues.isSame($0.source, source) }) {
        return ScaledColumn(known.codes, table, threads: threads)
      }
      let codes = ColumnValues.gather(source, rows: layout.rows, threads: threads)
      gathered.append((source, codes))
      return ScaledColumn(codes, table, threads: threads)
    }
  }

  /// A column in scanning order.
  func column(_ index: Int) -> [Double] {
    switch places[index] {
    case .dense(let position): return dense.columns[position].numbers
    case .cell(let position):
      guard let cells else { return [] }
      let table = cells.table(position)
      return table.withUnsafeBufferPointer { table in cells.codes.map { table[Int($0)] } }
    }
  }

  /// Values by cell of a column that is held so.
  func table(_ index: Int) -> [Double]? {
    guard case .cell(let position) = places[index] else { return nil }
    return cells?.table(position)
  }

  /// A column in some rows, written from their first on; `table` is what `table(_:)` gives for it.
  func write(_ index: Int, table: [Double]?, rows: Range<Int>, to output: UnsafeMutablePointer<Double>) {
    if case .dense(let position) = places[index] {
      dense.columns[position].write(rows, to: output)
    } else if let cells, let table {
      table.withUnsafeBufferPointer { table in
        cells.codes.withUnsafeBufferPointer { codes in
          for row in rows { output[row - rows.lowerBound] = table[Int(codes[row])] }
        }
      }
    }
  }

  /// Whether a column takes more than one value in some rows.
  func varies(_ index: Int, rows: Range<Int>) -> Bool {
    switch places[index] {
    case .dense(let position):
      let column = dense.columns[position]
      return rows.contains { column[$0] != column[rows.lowerBound] }
    case .cell(let position):
      guard let cells else { return false }
      let table = cells.table(position)
      let first = rows.isEmpty ? 0 : table[Int(cells.codes[rows.lowerBound])]
      return rows.contains { table[Int(cells.codes[$0])] != first }
    }
  }

  /// A column at some places of the scanning order.
  func values(_ index: Int, at rows: [Int]) -> [Double] {
    switch places[index] {
    case .dense(let position):
      let column = dense.columns[position]
      return rows.map { column[$0] }
    case .cell(let position):
      guard let cells else { return [] }
      let table = cells.table(position)
      return rows.map { table[Int(cells.codes[$0])] }
    }
  }

  /// The rows of the scaled design, all columns of each.
  func rows(_ range: Range<Int>) -> [[Double]] {
    var result = [[Double]](repeating: [Double](repeating: 0, count: columnCount), count: range.count)
    for (position, column) in denseColumns.enumerated() {
      for row in range { result[row - range.lowerBound][column] = dense.columns[position][row] }
    }
    guard let cells else { return result }
    for row in range {
      let cell = Int(cells.codes[row])
      for index in Int(cells.starts[cell])..<Int(cells.starts[cell + 1]) {
        result[row - range.lowerBound][cells.columns[Int(cells.positions[index])]] = cells.values[index]
      }
    }
    return result
  }
}
