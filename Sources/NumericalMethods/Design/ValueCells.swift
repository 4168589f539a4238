// The few-valued columns of a design as one cell number per row.

/// Rows classified by the columns that take few values: all rows of a cell agree in all of them.
///
/// Sums over rows then need only sums over cells: a weighted Gram matrix of thirteen indicators is one addition per row.
public struct ValueCells: Sendable {
  /// Cell of each row, in the order in which the rows were given.
  public var codes: [UInt16]
  /// Number of cells: the product of the numbers of levels, whether or not rows fall into all.
  public let cellCount: Int
  /// Columns of the design that are held here.
  public let columns: [Int]
  /// The value of each of them in each cell.
  public let tables: [[Double]]
  /// The variables that the cells are made of: a row's level of each is its cell / stride mod `levelCount`.
  public let variables: [CellVariable]

  static let greatestCellCount = 4096
  static let greatestValueCount = 12
  static let usualLevelCount = 64

  /// A variable with few values: a code per row of the design, and what each of its columns is at each code.
  private struct Variable: Sendable {
    var codes: LevelNumbers
    var levelCount: Int
    var columns: [Int]
    var tables: [[Double]]
  }

  /// Codes as they were given, or made here.
  private enum LevelNumbers: Sendable {
    case words([Int32])
    case bytes([UInt8])
  }

  /// - Parameters:
  ///   - design: the columns of the design, whatever their values.
  ///   - rowCount: its rows.
  ///   - threads: how many may work at once; no result depends on it.
  /// - Returns: `nil` when no column takes few enough values for the number of rows.
  public init?(columns design: [ColumnValues], rowCount: Int, threads: Int) {
    let limit = Swift.min(Self.greatestCellCount, rowCount / 8)
    var cellCount = 1
    // A spline of a whole number has one level for each: it comes last, lest it take the room of many factors.
    let found = Self.variables(design, threads: threads)
    let ordered =
      found.filter { $0.levelCount <= Self.usualLevelCount }
      + found.filter { $0.levelCount > Self.usualLevelCount }
    let chosen = ordered.filter { variable in
      guard cellCount * variable.levelCount <= limit else { return false }
      cellCount *= variable.levelCount
      return true
    }
    guard !chosen.isEmpty else { return nil }
    codes = Self.codes(chosen, rowCount: rowCount, threads: threads)
    self.cellCount = cellCount
    var columns: [Int] = []
    var tables: [[Double]] = []
    var variables: [CellVariable] = []
    var stride = 1
    for variable in chosen {
      variables.append(
        CellVariable(
          places: Array(columns.count..<(columns.count + variable.columns.count)), stride: stride,
          levelCount: variable.levelCount))
      for (column, table) in zip(variable.columns, variable.tables) {
        columns.append(column)
        tables.append((0..<cellCount).map { table[$0 / stride % variable.levelCount] })
      }
      stride *= variable.levelCount
    }
    self.columns = columns
    self.tables = tables
    self.variables = variables
  }

  /// One cell of all rows, which holds no column.
  public init(rowCount: Int) {
    codes = [UInt16](repeating: 0, count: rowCount)
    (cellCount, columns, tables, variables) = (1, [], [], [])
  }

  private static func variables(_ design: [ColumnValues], threads: Int) -> [Variable] {
    let found = Parallel.map(chunks: design.count, threads: threads) { index -> Variable? in
      switch design[index] {
      case .coded(let codes, let table):
        Variable(codes: .words(codes), levelCount: table.count, columns: [index], tables: [table])
      case .narrow(let codes, let table):
        Variable(codes: .bytes(codes), levelCount: table.count, columns: [index], tables: [table])
      case .dense(let values): fewValued(values, column: index)
      case .whole(let values):
        values.takesMoreValues(than: greatestValueCount) ? nil : fewValued(values.numbers, column: index)
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
  private static func isSameArray(_ one: LevelNumbers, _ other: LevelNumbers) -> Bool {
    switch (one, other) {
    case (.words(let one), .words(let other)): ColumnValues.isSame(one, other)
    case (.bytes(let one), .bytes(let other)): ColumnValues.isSame(one, other)
    default: false
    }
  }

  /// A dense column that takes at most twelve values; most others show more within a few rows.
  private static func fewValued(_ column: [Double], column index: Int) -> Variable? {
    var table: [Double] = []
    var codes: [UInt8] = []
    var known = 0
    // The values of the first rows are mostly all there are; each further one starts the column anew.
    while known < column.count {
      let end = Swift.min(column.count, Swift.max(known + 1, 1024))
      for value in column[known..<end] where !table.contains(value) {
        guard table.count < greatestValueCount else { return nil }
        table.append(value)
      }
      // In the order of the values, not in that of their appearance.
      table.sort()
      (codes, known) = Self.codes(column, table)
    }
    return Variable(codes: .bytes(codes), levelCount: table.count, columns: [index], tables: [table])
  }

  /// Places in an ascending table, and the number of rows up to the first value that is not in it.
  private static func codes(_ column: [Double], _ table: [Double]) -> ([UInt8], Int) {
    var known = column.count
    let codes = [UInt8](unsafeUninitializedCapacity: column.count) { codes, count in
      column.withUnsafeBufferPointer { column in
        table.withUnsafeBufferPointer { table in
          for rows in FixedChunks(count: column.count, size: 1 << 12) where known == column.count {
            for row in rows { codes[row] = 0 }
            for value in table.dropLast() {
              for row in rows { codes[row] &+= value < column[row] ? 1 : 0 }
            }
            var strangers = 0
            for row in rows { strangers &+= table[Int(codes[row])] == column[row] ? 0 : 1 }
            if strangers > 0 {
              known = rows.first { table[Int(codes[$0])] != column[$0] } ?? rows.lowerBound
            }
          }
        }
      }
      count = known
    }
    return (codes, known)
  }

  private static func codes(_ variables: [Variable], rowCount: Int, threads: Int) -> [UInt16] {
    let chunks = FixedChunks(count: rowCount, size: 1 << 14)
    return [UInt16](unsafeUninitializedCapacity: rowCount) { cells, count in
      nonisolated(unsafe) let cells = cells
      Parallel.forEach(chunks: chunks.count, threads: threads) { chunk in
        let rows = chunks[chunk]
        for row in rows { cells[row] = 0 }
        var stride = 1
        for variable in variables {
          let factor = UInt16(truncatingIfNeeded: stride)
          switch variable.codes {
          case .words(let codes):
            codes.withUnsafeBufferPointer { codes in
              for row in rows { cells[row] &+= UInt16(truncatingIfNeeded: codes[row]) &* factor }
            }
          case .bytes(let codes):
            codes.withUnsafeBufferPointer { codes in
              for row in rows { cells[row] &+= UInt16(codes[row]) &* factor }
            }
          }
          stride *= variable.levelCount
        }
      }
      count = rowCount
    }
  }
}

/// A variable among those that cells are made of.
public struct CellVariable: Sendable {
  /// Which of the cells' columns are made of it.
  public let places: [Int]
  /// Cells from one level to the next, the levels of other variables being the same.
  public let stride: Int
  /// Number of levels.
  public let levelCount: Int

  /// The variable's level in a cell.
  @inline(__always)
  public func level(ofCell cell: Int) -> Int { cell / stride % levelCount }
}
