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
  /// The dense columns, one after the other, and which columns of the design they are.
  let dense: [Double]
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
    var parts: [(spread: Double, centres: [Double])] = []
    let raw = [Double](unsafeUninitializedCapacity: rowCount * denseColumns.count) { buffer, count in
      count = rowCount * denseColumns.count
      guard let base = buffer.baseAddress else { return }
      nonisolated(unsafe) let target = base
      let chunks = FixedChunks(count: rowCount, size: 1 << 14)
      Parallel.forEach(chunks: chunks.count * denseColumns.count, threads: threads) { index in
        let (column, chunk) = (index % denseColumns.count, index / denseColumns.count)
        Self.gather(
          design.columns[denseColumns[column]].values, rows: layout.rows, chunks[chunk],
          into: target + column * rowCount)
      }
      parts = (0..<denseColumns.count).map { index in
        let column = target + index * rowCount
        let centres = (0..<layout.stratumCount).map {
          Self.centre(column, layout.rows(ofStratum: $0), threads: threads)
        }
        return (spread: Self.scale(column, count: rowCount, threads: threads), centres: centres)
      }
    }
    dense = raw
    self.rowCount = rowCount
    self.columnCount = design.columnCount
    self.denseColumns = denseColumns
    self.cells = cells
    self.places = places
    spread = places.map { place in
      switch place {
      case .dense(let position): position < parts.count ? parts[position].spread : 1
      case .cell(let position): cells?.spread[position] ?? 1
      }
    }
    var centre: [Double] = []
    centre.reserveCapacity(layout.stratumCount * design.columnCount)
    for stratum in 0..<layout.stratumCount {
      for place in places {
        switch place {
        case .dense(let position):
          centre.append(position < parts.count ? parts[position].centres[stratum] : 0)
        case .cell(let position): centre.append(cells?.centre[position] ?? 0)
        }
      }
    }
    self.centre = centre
  }

  /// A column in scanning order.
  func column(_ index: Int) -> [Double] {
    switch places[index] {
    case .dense(let position): return Array(dense[(position * rowCount)..<((position + 1) * rowCount)])
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
      dense.withUnsafeBufferPointer { dense in
        for row in rows { output[row - rows.lowerBound] = dense[position * rowCount + row] }
      }
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
      return rows.contains { dense[position * rowCount + $0] != dense[position * rowCount + rows.lowerBound] }
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
    case .dense(let position): return rows.map { dense[position * rowCount + $0] }
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
      for row in range { result[row - range.lowerBound][column] = dense[position * rowCount + row] }
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

  private static func gather(
    _ column: ColumnValues, rows: [Int32], _ range: Range<Int>, into target: UnsafeMutablePointer<Double>
  ) {
    rows.withUnsafeBufferPointer { rows in
      switch column {
      case .whole(let values):
        values.write(UnsafeBufferPointer(rebasing: rows[range]), to: target + range.lowerBound)
      case .dense(let values):
        values.withUnsafeBufferPointer { values in
          for place in range { target[place] = values[Int(rows[place])] }
        }
      case .coded(let codes, let table):
        codes.withUnsafeBufferPointer { codes in
          table.withUnsafeBufferPointer { table in
            for place in range { target[place] = table[Int(codes[Int(rows[place])])] }
          }
        }
      case .narrow(let codes, let table):
        codes.withUnsafeBufferPointer { codes in
          table.withUnsafeBufferPointer { table in
            for place in range { target[place] = table[Int(codes[Int(rows[place])])] }
          }
        }
      }
    }
  }

  /// Takes out the first value before the mean, so that a constant leaves exact zeros.
  private static func centre(
    _ column: UnsafeMutablePointer<Double>, _ range: Range<Int>, threads: Int
  ) -> Double {
    guard !range.isEmpty else { return 0 }
    nonisolated(unsafe) let values = column + range.lowerBound
    let origin = values[0]
    let sum = sum(count: range.count, threads: threads) { rows in
      var sum = 0.0
      for row in rows {
        values[row] -= origin
        sum += values[row]
      }
      return sum
    }
    let mean = sum / Double(range.count)
    guard mean != 0, mean.isFinite else { return origin }
    _ = Self.sum(count: range.count, threads: threads) { rows in
      for row in rows { values[row] -= mean }
      return 0
    }
    return origin + mean
  }

  /// Divides a column by its root mean square and returns that.
  private static func scale(_ column: UnsafeMutablePointer<Double>, count: Int, threads: Int) -> Double {
    nonisolated(unsafe) let values = column
    let chunks = FixedChunks(count: count, size: pieceSize)
    let greatest =
      Parallel.map(chunks: chunks.count, threads: threads) { chunk in
        var greatest = 0.0
        for row in chunks[chunk] {
          let magnitude = values[row].magnitude
          greatest = magnitude > greatest ? magnitude : greatest
        }
        return greatest
      }.max() ?? 0
    guard greatest > 0, greatest.isFinite else { return 1 }
    let squares = sum(count: count, threads: threads) { rows in
      var squares = 0.0
      for row in rows {
        let share = values[row] / greatest
        squares += share * share
      }
      return squares
    }
    let spread = greatest * (squares / Double(count)).squareRoot()
    let factor = 1 / spread
    guard factor.isFinite else { return 1 }
    _ = sum(count: count, threads: threads) { rows in
      for row in rows { values[row] *= factor }
      return 0
    }
    return spread
  }

  private static let pieceSize = 1 << 14

  /// The sum of a function of stretches of rows, in their order.
  private static func sum(count: Int, threads: Int, _ body: @Sendable (Range<Int>) -> Double) -> Double {
    let chunks = FixedChunks(count: count, size: pieceSize)
    return Parallel.map(chunks: chunks.count, threads: threads) { body(chunks[$0]) }.reduce(0, +)
  }
}
