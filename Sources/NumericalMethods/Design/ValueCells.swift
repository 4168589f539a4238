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

  static let greatestCellCount = 4096
  static let greatestValueCount = 12

  /// A variable with few values: a code per row of the design, and what each of its columns is at each code.
  private struct Variable: Sendable {
    var codes: [Int32]
    var levelCount: Int
    var columns: [Int]
    var tables: [[Double]]
  }

  /// - Parameters:
  ///   - design: the columns of the design, whatever their values.
  ///   - rowCount: its rows.
  ///   - rows: the rows wanted, in their order; `nil` for all as they are.
  ///   - threads: how many may work at once; no result depends on it.
  /// - Returns: `nil` when no column takes few enough values for the number of rows.
  public init?(columns design: [ColumnValues], rowCount: Int, rows: [Int32]? = nil, threads: Int) {
    let limit = Swift.min(Self.greatestCellCount, (rows?.count ?? rowCount) / 8)
    var cellCount = 1
    let variables = Self.variables(design, threads: threads).filter { variable in
      guard cellCount * variable.levelCount <= limit else { return false }
      cellCount *= variable.levelCount
      return true
    }
    guard !variables.isEmpty else { return nil }
    codes = Self.codes(variables, rows: rows, rowCount: rowCount, threads: threads)
    self.cellCount = cellCount
    var columns: [Int] = []
    var tables: [[Double]] = []
    var stride = 1
    for variable in variables {
      for (column, table) in zip(variable.columns, variable.tables) {
        columns.append(column)
        tables.append((0..<cellCount).map { table[$0 / stride % variable.levelCount] })
      }
      stride *= variable.levelCount
    }
    self.columns = columns
    self.tables = tables
  }

  private static func variables(_ design: [ColumnValues], threads: Int) -> [Variable] {
    let found = Parallel.map(chunks: design.count, threads: threads) { index -> Variable? in
      switch design[index] {
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

  /// A dense column that takes at most twelve values; most others show more within a few rows.
  private static func fewValued(_ column: [Double], column index: Int) -> Variable? {
    var table: [Double] = []
    for value in column where !table.contains(value) {
      guard table.count < greatestValueCount else { return nil }
      table.append(value)
    }
    // In the order of the values, not in that of their appearance.
    table.sort()
    let codes = [Int32](unsafeUninitializedCapacity: column.count) { codes, count in
      table.withUnsafeBufferPointer { table in
        for row in 0..<column.count {
          let value = column[row]
          var code: Int32 = 0
          for known in table { code &+= known < value ? 1 : 0 }
          codes[row] = code
        }
      }
      count = column.count
    }
    return Variable(codes: codes, levelCount: table.count, columns: [index], tables: [table])
  }

  private static func codes(
    _ variables: [Variable], rows: [Int32]?, rowCount: Int, threads: Int
  ) -> [UInt16] {
    let chunks = FixedChunks(count: rows?.count ?? rowCount, size: 1 << 15)
    var cells = [UInt16](repeating: 0, count: chunks.rowCount)
    cells.withUnsafeMutableBufferPointer { cells in
      nonisolated(unsafe) let cells = cells
      Parallel.forEach(chunks: chunks.count, threads: threads) { chunk in
        var stride = 1
        for variable in variables {
          let factor = UInt16(truncatingIfNeeded: stride)
          variable.codes.withUnsafeBufferPointer { codes in
            if let rows {
              for place in chunks[chunk] {
                cells[place] &+= UInt16(truncatingIfNeeded: codes[Int(rows[place])]) &* factor
              }
            } else {
              for place in chunks[chunk] {
                cells[place] &+= UInt16(truncatingIfNeeded: codes[place]) &* factor
              }
            }
          }
          stride *= variable.levelCount
        }
      }
    }
    return cells
  }
}
