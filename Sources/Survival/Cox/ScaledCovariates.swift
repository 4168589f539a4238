// The design in scanning order, centred within strata and scaled: what the likelihood is computed from.

import NumericalMethods

/// The design's columns in scanning order, each centred within its stratum and divided by its spread.
///
/// A constant per stratum cancels from the partial likelihood; taking it out first is what lets the information be
/// formed as a difference of two Gram matrices without losing digits, whatever the columns' origins and units.
/// A column that is constant in every stratum is exactly zero here, and hence aliased.
struct ScaledCovariates: Sendable {
  let rowCount: Int
  let columnCount: Int
  /// Column after column.
  let elements: [Double]
  /// Spread by which each column was divided; coefficients on the design's scale are those here divided by it.
  let spread: [Double]
  /// What was taken out of each column in each stratum: element stratum · columnCount + column.
  let centre: [Double]

  init(design: CoxDesign, layout: RiskSetLayout, threads: Int) {
    let rowCount = layout.rowCount
    let columns = design.columns
    var spread = [Double](repeating: 1, count: columns.count)
    var centres = [[Double]](repeating: [], count: columns.count)
    elements = [Double](unsafeUninitializedCapacity: rowCount * columns.count) { buffer, count in
      count = rowCount * columns.count
      guard let base = buffer.baseAddress else { return }
      nonisolated(unsafe) let target = base
      let parts = Parallel.map(chunks: columns.count, threads: threads) { index in
        let column = target + index * rowCount
        Self.gather(columns[index], rows: layout.rows, into: column)
        let centres = (0..<layout.stratumCount).map { Self.centre(column, layout.rows(ofStratum: $0)) }
        return (spread: Self.scale(column, count: rowCount), centres: centres)
      }
      spread = parts.map(\.spread)
      centres = parts.map(\.centres)
    }
    self.rowCount = rowCount
    self.columnCount = columns.count
    self.spread = spread
    var centre: [Double] = []
    centre.reserveCapacity(layout.stratumCount * columns.count)
    for stratum in 0..<layout.stratumCount {
      for column in columns.indices { centre.append(centres[column][stratum]) }
    }
    self.centre = centre
  }

  /// A row of the design as it stands among the scaled covariates of a stratum.
  func scaled(_ row: [Double], stratum: Int) -> [Double] {
    row.indices.map { (row[$0] - centre[stratum * columnCount + $0]) / spread[$0] }
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
