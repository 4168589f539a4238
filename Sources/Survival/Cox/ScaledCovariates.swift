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
  private let places: [Place]

  private enum Place: Sendable {
    case dense(Int)
    case cell(Int)
  }

  /// Rows from which on few-valued columns are worth a cell number.
  static let cellThreshold = 4096

  /// - Parameter layout: its rows are rearranged within buckets to an order that does not depend on the file's.
  init(
    design: CoxDesign, layout: inout RiskSetLayout, offset: [Double]?, threads: Int,
    cellThreshold: Int = Self.cellThreshold
  ) {
    let rowCount = layout.rowCount
    var cells =
      rowCount >= cellThreshold ? CovariateCells(design: design, rows: layout.rows, threads: threads) : nil
    var places = [Place](repeating: .dense(0), count: design.columnCount)
    for (position, column) in (cells?.columns ?? []).enumerated() { places[column] = .cell(position) }
    let denseColumns = design.columns.indices.filter { !(cells?.columns.contains($0) ?? false) }
    for (position, column) in denseColumns.enumerated() { places[column] = .dense(position) }
    var raw = [Double](unsafeUninitializedCapacity: rowCount * denseColumns.count) { buffer, count in
      count = rowCount * denseColumns.count
      guard let base = buffer.baseAddress else { return }
      nonisolated(unsafe) let target = base
      let rows = layout.rows
      Parallel.forEach(chunks: denseColumns.count, threads: threads) { index in
        Self.gather(design.columns[denseColumns[index]], rows: rows, into: target + index * rowCount)
      }
    }
    let order = Self.contentOrder(layout, dense: raw, cells: cells, offset: offset, threads: threads)
    layout = layout.rearranged(order)
    cells?.rearrange(order)
    var parts: [(spread: Double, centres: [Double])] = []
    raw.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      nonisolated(unsafe) let target = base
      let layout = layout
      parts = Parallel.map(chunks: denseColumns.count, threads: threads) { index in
        let column = target + index * rowCount
        Self.rearrange(column, order)
        let centres = (0..<layout.stratumCount).map { Self.centre(column, layout.rows(ofStratum: $0)) }
        return (spread: Self.scale(column, count: rowCount), centres: centres)
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

  private static func contentOrder(
    _ layout: RiskSetLayout, dense: [Double], cells: CovariateCells?, offset: [Double]?, threads: Int
  ) -> [Int32] {
    let rowCount = layout.rowCount
    var content = ContentOrder(rowCount: rowCount, threads: threads)
    dense.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress, rowCount > 0 else { return }
      for column in 0..<(buffer.count / rowCount) { content.add(base + column * rowCount) }
    }
    if let cells { cells.codes.withUnsafeBufferPointer { codes in content.add { UInt64(codes[$0]) } } }
    if let offset {
      layout.rows.withUnsafeBufferPointer { rows in content.add { offset[Int(rows[$0])].bitPattern } }
    }
    if let weights = layout.weights { content.add { weights[$0].bitPattern } }
    if let entry = layout.entryBucket { content.add { UInt64(UInt32(bitPattern: entry[$0])) } }
    return content.order(within: layout.interchangeable)
  }

  private static func rearrange(_ column: UnsafeMutablePointer<Double>, _ order: [Int32]) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: max(order.count, 1)) { copy in
      for (position, row) in order.enumerated() { copy[position] = column[Int(row)] }
      if let base = copy.baseAddress { column.update(from: base, count: order.count) }
    }
  }

  private static func gather(_ column: CoxColumn, rows: [Int32], into target: UnsafeMutablePointer<Double>) {
    switch column.values {
    case .dense(let values):
      values.withUnsafeBufferPointer { values in
        for (position, row) in rows.enumerated() { target[position] = values[Int(row)] }
      }
    case .coded(let codes, let table):
      codes.withUnsafeBufferPointer { codes in
        for (position, row) in rows.enumerated() { target[position] = table[Int(codes[Int(row)])] }
      }
    }
  }

  /// Takes out the first value before the mean, so that a constant leaves exact zeros.
  private static func centre(_ column: UnsafeMutablePointer<Double>, _ range: Range<Int>) -> Double {
    guard !range.isEmpty else { return 0 }
    let origin = column[range.lowerBound]
    var sum = 0.0
    for row in range {
      column[row] -= origin
      sum += column[row]
    }
    let mean = sum / Double(range.count)
    guard mean != 0, mean.isFinite else { return origin }
    for row in range { column[row] -= mean }
    return origin + mean
  }

  /// Divides a column by its root mean square and returns that.
  private static func scale(_ column: UnsafeMutablePointer<Double>, count: Int) -> Double {
    var greatest = 0.0
    for row in 0..<count { greatest = Swift.max(greatest, column[row].magnitude) }
    guard greatest > 0, greatest.isFinite else { return 1 }
    var squares = 0.0
    for row in 0..<count {
      let share = column[row] / greatest
      squares += share * share
    }
    let spread = greatest * (squares / Double(count)).squareRoot()
    let factor = 1 / spread
    guard factor.isFinite else { return 1 }
    for row in 0..<count { column[row] *= factor }
    return spread
  }
}
