// Covariates that take few values, held as one code per row: a registry's factors cost no column of doubles.

import NumericalMethods

/// The few-valued columns of a design as one cell number per row.
///
/// All rows in a cell agree in these columns, so that sums over rows need only sums over cells: a weighted Gram
/// matrix of thirteen indicators is one addition per row. Zeros are not stored.
struct CovariateCells: Sendable {
  /// Cell of each row in scanning order.
  private(set) var codes: [UInt16]
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

  static let greatestCellCount = 4096

  /// A variable with few values: a code per row of the design, and what each of its columns is at each code.
  private struct Variable {
    var codes: [Int32]
    var levelCount: Int
    var columns: [Int]
    var tables: [[Double]]
  }

  /// - Returns: `nil` when no column takes few enough values for the number of rows.
  init?(design: CoxDesign, rows: [Int32], threads: Int) {
    let limit = Swift.min(Self.greatestCellCount, rows.count / 8)
    var cellCount = 1
    let variables = Self.variables(design, threads: threads).filter { variable in
      guard cellCount * variable.levelCount <= limit else { return false }
      cellCount *= variable.levelCount
      return true
    }
    guard !variables.isEmpty else { return nil }
    let codes = Self.codes(variables, rows: rows, rowCount: design.rowCount)
    var counts = [Double](repeating: 0, count: cellCount)
    for code in codes { counts[Int(code)] += 1 }
    var columns: [Int] = []
    var centres: [Double] = []
    var spreads: [Double] = []
    var full: [[Double]] = []
    var stride = 1
    for variable in variables {
      for (column, table) in zip(variable.columns, variable.tables) {
        let values = (0..<cellCount).map { table[$0 / stride % variable.levelCount] }
        let (centre, spread) = Self.scale(values, counts: counts)
        columns.append(column)
        centres.append(centre)
        spreads.append(spread)
        full.append(values.map { ($0 - centre) / spread })
      }
      stride *= variable.levelCount
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
    self.cellCount = cellCount
    self.columns = columns
    centre = centres
    spread = spreads
    self.starts = starts
    self.positions = positions
    self.values = values
    columnOfEntry = positions.map { Int32(truncatingIfNeeded: columns[Int($0)]) }
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

  private static func variables(_ design: CoxDesign, threads: Int) -> [Variable] {
    let found = Parallel.map(chunks: design.columnCount, threads: threads) { index -> Variable? in
      switch design.columns[index].values {
      case .coded(let codes, let table):
        Variable(codes: codes, levelCount: table.count, columns: [index], tables: [table])
      case .dense(let values): fewValued(values, column: index)
      }
    }
    var result: [Variable] = []
    for variable in found.compactMap({ $0 }) {
      let same = result.firstIndex {
        $0.levelCount == variable.levelCount && isSameArray($0.codes, variable.codes)
      }
      if let same {
        result[same].columns += variable.columns
        result[same].tables += variable.tables
      } else {
        result.append(variable)
      }
    }
    return result
  }

  /// Whether two arrays share their storage; a factor's columns do.
  private static func isSameArray(_ one: [Int32], _ other: [Int32]) -> Bool {
    one.count == other.count
      && one.withUnsafeBufferPointer { one in
        other.withUnsafeBufferPointer { one.baseAddress == $0.baseAddress }
      }
  }

  private static let greatestValueCount = 12

  /// A dense column that takes at most twelve values; most others show more within a few rows.
  private static func fewValued(_ column: [Double], column index: Int) -> Variable? {
    var table: [Double] = []
    var codes = [Int32](repeating: 0, count: column.count)
    for (row, value) in column.enumerated() {
      var code = 0
      while code < table.count, table[code] != value { code += 1 }
      if code == table.count {
        guard table.count < greatestValueCount else { return nil }
        table.append(value)
      }
      codes[row] = Int32(truncatingIfNeeded: code)
    }
    // In the order of the values, not in that of their appearance.
    let sorted = table.indices.sorted { table[$0] < table[$1] }
    var rank = [Int32](repeating: 0, count: table.count)
    for (position, code) in sorted.enumerated() { rank[code] = Int32(truncatingIfNeeded: position) }
    for row in codes.indices { codes[row] = rank[Int(codes[row])] }
    return Variable(
      codes: codes, levelCount: table.count, columns: [index], tables: [sorted.map { table[$0] }])
  }

  /// Rows in another order.
  mutating func rearrange(_ order: [Int32]) {
    codes = codes.withUnsafeBufferPointer { codes in order.map { codes[Int($0)] } }
  }

  /// Cell numbers in the order of the file, then in scanning order.
  private static func codes(_ variables: [Variable], rows: [Int32], rowCount: Int) -> [UInt16] {
    var cells = [UInt16](repeating: 0, count: rowCount)
    var stride = 1
    for variable in variables {
      let factor = UInt16(truncatingIfNeeded: stride)
      variable.codes.withUnsafeBufferPointer { codes in
        for row in 0..<rowCount { cells[row] &+= UInt16(truncatingIfNeeded: codes[row]) &* factor }
      }
      stride *= variable.levelCount
    }
    return cells.withUnsafeBufferPointer { cells in rows.map { cells[Int($0)] } }
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
