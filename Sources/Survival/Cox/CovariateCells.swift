// Covariates that take few values, held as one code per row: a registry's factors cost no column of doubles.

import NumericalMethods

/// The few-valued columns of a design as one cell number per row.
///
/// All rows in a cell agree in these columns, so that sums over rows need only sums over cells: a weighted Gram
/// matrix of thirteen indicators is one addition per row. Zeros are not stored.
struct CovariateCells: Sendable {
  /// Cell of each row in scanning order.
  let codes: [UInt16]
  let cellCount: Int
  /// Columns of the design that are held here.
  let columns: [Int]
  /// What was taken out of each of them, and what they were then divided by.
  let centre: [Double]
  let spread: [Double]
  /// Non-zero values of cell c: `starts[c] ..< starts[c + 1]` of `positions` (among `columns`) and `values`.
  let starts: [Int32]
  let positions: [Int32]
  let values: [Double]
  /// The column of the design that each of these belongs to.
  let columnOfEntry: [Int32]

  /// The rows of each level, and what each level adds to the columns.
  let levels: CellLevels

  init(_ cells: ValueCells, rows: [Int32], threads: Int) {
    let cellCount = cells.cellCount
    let codes = ColumnValues.gather(cells.codes, rows: rows, threads: threads)
    var counts = [Double](repeating: 0, count: cellCount)
    codes.withUnsafeBufferPointer { codes in
      counts.withUnsafeMutableBufferPointer { counts in
        for code in codes { counts[Int(code)] += 1 }
      }
    }
    var centres: [Double] = []
    var spreads: [Double] = []
    var full: [[Double]] = []
    for table in cells.tables {
      let (centre, spread) = Self.scale(table, counts: counts)
      centres.append(centre)
      spreads.append(spread)
      full.append(table.map { ($0 - centre) / spread })
    }
    var starts: [Int32] = [0]
    var positions: [Int32] = []
    var values: [Double] = []
    for cell in 0..<cellCount {
      for position in full.indices where full[position][cell] != 0 {
        positions.append(Int32(truncatingIfNeeded: position))
        values.append(full[position][cell])
      }
      starts.append(Int32(truncatingIfNeeded: positions.count))
    }
    self.codes = codes
    columns = cells.columns
    self.cellCount = cellCount
    centre = centres
    spread = spreads
    self.starts = starts
    self.positions = positions
    self.values = values
    columnOfEntry = positions.map { Int32(truncatingIfNeeded: cells.columns[Int($0)]) }
    levels = CellLevels(cells, codes: codes, values: full, threads: threads)
  }

  /// Indicators keep their zeros; anything else is centred. Divided by the root mean square about the mean.
  private static func scale(_ values: [Double], counts: [Double]) -> (centre: Double, spread: Double) {
    let origin = values.first ?? 0
    var sum = CompensatedSum()
    var total = 0.0
    var greatest = 0.0
    for (value, count) in zip(values, counts) where count > 0 {
      sum.add(count * (value - origin))
      total += count
      greatest = Swift.max(greatest, value.magnitude)
    }
    let mean = origin + sum.value / total
    var squares = CompensatedSum()
    for (value, count) in zip(values, counts) where count > 0 {
      squares.add(count * (value - mean) * (value - mean))
    }
    let spread = (squares.value / total).squareRoot()
    return (greatest > 1 ? mean : 0, spread > 0 && spread.isFinite ? spread : 1)
  }

  /// Σ_j coefficient_j x_j of each cell; `coefficients` are those of the whole design.
  func predictors(_ coefficients: [Double]) -> [Double] {
    (0..<cellCount).map { cell in
      var sum = 0.0
      for index in Int(starts[cell])..<Int(starts[cell + 1]) {
        sum += coefficients[columns[Int(positions[index])]] * values[index]
      }
      return sum
    }
  }

  /// Values of one column (position among `columns`) by cell.
  func table(_ position: Int) -> [Double] {
    (0..<cellCount).map { cell in
      for index in Int(starts[cell])..<Int(starts[cell + 1]) where Int(positions[index]) == position {
        return values[index]
      }
      return 0
    }
  }
}
