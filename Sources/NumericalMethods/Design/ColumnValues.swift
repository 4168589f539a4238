// How the values of a design's column are held.

/// One column of a design, as narrow as its values allow.
public enum ColumnValues: Sendable {
  /// One number per row.
  case dense([Double])
  /// One code per row into a table of the few values that occur: what a factor's column is made of.
  ///
  /// The array of codes is shared by all columns of a factor and costs nothing to repeat.
  case coded(codes: [Int32], table: [Double])
  /// The same with codes of one byte.
  case narrow(codes: [UInt8], table: [Double])
  /// Whole numbers that stand for themselves, shared with the table that they were read into.
  case whole(WholeNumbers)

  /// Number of rows.
  public var count: Int {
    switch self {
    case .dense(let values): values.count
    case .coded(let codes, _): codes.count
    case .narrow(let codes, _): codes.count
    case .whole(let values): values.count
    }
  }

  /// The value in one row, which must be in range.
  public subscript(row: Int) -> Double {
    switch self {
    case .dense(let values): values[row]
    case .coded(let codes, let table): table[Int(codes[row])]
    case .narrow(let codes, let table): table[Int(codes[row])]
    case .whole(let values): values[row]
    }
  }

  /// All values, one per row.
  public var numbers: [Double] {
    switch self {
    case .dense(let values): values
    case .coded(let codes, let table):
      table.withUnsafeBufferPointer { table in codes.map { table[Int($0)] } }
    case .narrow(let codes, let table):
      table.withUnsafeBufferPointer { table in codes.map { table[Int($0)] } }
    case .whole(let values): values.numbers
    }
  }

  /// The values of the rows named, in the order named; every row must be in range.
  public func gathered(_ rows: [Int]) -> ColumnValues {
    switch self {
    case .dense(let values): .dense(rows.map { values[$0] })
    case .coded(let codes, let table): .coded(codes: rows.map { codes[$0] }, table: table)
    case .narrow(let codes, let table): .narrow(codes: rows.map { codes[$0] }, table: table)
    case .whole(let values): .whole(values.gathered(rows))
    }
  }

  /// Writes those of a stretch of rows, one after the other; every row must be in range.
  public func write(_ rows: Range<Int>, to target: UnsafeMutablePointer<Double>) {
    switch self {
    case .dense(let values):
      values.withUnsafeBufferPointer { values in
        for (place, row) in rows.enumerated() { target[place] = values[row] }
      }
    case .coded(let codes, let table): Self.write(rows, codes, table, to: target)
    case .narrow(let codes, let table): Self.write(rows, codes, table, to: target)
    case .whole(let values): values.write(rows, to: target)
    }
  }

  private static func write<Code: FixedWidthInteger>(
    _ rows: Range<Int>, _ codes: [Code], _ table: [Double], to target: UnsafeMutablePointer<Double>
  ) {
    codes.withUnsafeBufferPointer { codes in
      table.withUnsafeBufferPointer { table in
        for (place, row) in rows.enumerated() { target[place] = table[Int(codes[row])] }
      }
    }
  }

  /// The same rows of several columns; columns that share their codes, as a factor's do, go on sharing them.
  public static func gathered(_ columns: [ColumnValues], _ rows: [Int]) -> [ColumnValues] {
    var result: [ColumnValues] = []
    for (index, column) in columns.enumerated() {
      let owner = columns[..<index].firstIndex { $0.sharesCodes(with: column) }
      switch (column, owner.map { result[$0] }) {
      case (.coded(_, let table), .coded(let codes, _)?): result.append(.coded(codes: codes, table: table))
      case (.narrow(_, let table), .narrow(let codes, _)?): result.append(.narrow(codes: codes, table: table))
      default: result.append(column.gathered(rows))
      }
    }
    return result
  }

  private func sharesCodes(with other: ColumnValues) -> Bool {
    switch (self, other) {
    case (.coded(let codes, _), .coded(let others, _)): Self.isSame(codes, others)
    case (.narrow(let codes, _), .narrow(let others, _)): Self.isSame(codes, others)
    default: false
    }
  }

  /// The few values that occur, where they are held by code.
  public var table: [Double]? {
    switch self {
    case .dense, .whole: nil
    case .coded(_, let table), .narrow(_, let table): table
    }
  }
}
