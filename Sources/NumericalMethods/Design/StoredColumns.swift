// Columns of numbers, those of few values in one byte a row, read a stretch of rows at a time.

import CKernels

/// One column, as narrow as its values allow.
public enum StoredColumn: Sendable {
  /// One number per row.
  case numbers([Double])
  /// One code per row, below 256, and the number of each code.
  case coded(codes: [UInt8], table: [Double])

  /// The same among all the ways in which a column may be held.
  private var values: ColumnValues {
    switch self {
    case .numbers(let values): .dense(values)
    case .coded(let codes, let table): .narrow(codes: codes, table: table)
    }
  }

  /// The number of one row, which must be in range.
  @inlinable public subscript(row: Int) -> Double {
    switch self {
    case .numbers(let values): values[row]
    case .coded(let codes, let table): table[Int(codes[row])]
    }
  }

  /// All of them, one per row.
  public var numbers: [Double] { values.numbers }

  /// Writes those of a stretch of rows, one after the other; every row must be in range.
  public func write(_ rows: Range<Int>, to target: UnsafeMutablePointer<Double>) {
    values.write(rows, to: target)
  }
}

/// Columns of equal length.
///
/// Sums over rows turn the bytes of a few thousand rows into numbers where they are used, in the processor's cache: they
/// have the bits of columns of doubles in an eighth of the memory.
public struct StoredColumns: Sendable {
  /// Number of rows, also where there is no column.
  public let rowCount: Int
  /// The columns.
  public let columns: [StoredColumn]

  /// All columns must have `rowCount` rows, and every code a number.
  public init(_ columns: [StoredColumn], rowCount: Int) {
    self.columns = columns
    self.rowCount = rowCount
  }

  /// Calls `body` with what reads the columns.
  public func withReader<Result>(_ body: (ColumnReader) throws -> Result) rethrows -> Result {
    try descend(0, [], body)
  }

  private func descend<Result>(
    _ index: Int, _ found: [ColumnReader.Source], _ body: (ColumnReader) throws -> Result
  ) rethrows -> Result {
    guard index < columns.count else { return try body(ColumnReader(found, rowCount: rowCount)) }
    switch columns[index] {
    case .numbers(let values):
      return try values.withUnsafeBufferPointer { values in
        try descend(index + 1, found + [ColumnReader.Source(numbers: values.baseAddress)], body)
      }
    case .coded(let codes, let table):
      return try codes.withUnsafeBufferPointer { codes in
        try table.withUnsafeBufferPointer { table in
          try descend(
            index + 1, found + [ColumnReader.Source(codes: codes.baseAddress, table: table.baseAddress)], body
          )
        }
      }
    }
  }
}

/// Reads stretches of rows of columns that it does not own: to be used where it was given.
public struct ColumnReader: @unchecked Sendable {
  /// Where a column lies.
  struct Source {
    var numbers: UnsafePointer<Double>?
    var codes: UnsafePointer<UInt8>?
    var table: UnsafePointer<Double>?
  }

  let rowCount: Int
  private let sources: [Source]
  private let codedCount: Int

  var columnCount: Int { sources.count }

  init(_ sources: [Source], rowCount: Int) {
    self.sources = sources
    self.rowCount = rowCount
    codedCount = sources.count { $0.codes != nil }
  }

  init(_ columns: ColumnPointers) {
    self.init(columns.pointers.map { Source(numbers: $0) }, rowCount: columns.rowCount)
  }

  /// Calls `body` with the columns of some rows, each from the first of them on.
  func withRows<Result>(
    _ rows: Range<Int>, _ body: (UnsafeBufferPointer<UnsafePointer<Double>?>) -> Result
  ) -> Result {
    withUnsafeTemporaryAllocation(of: UnsafePointer<Double>?.self, capacity: sources.count) { pointers in
      guard codedCount > 0 else {
        for (index, source) in sources.enumerated() {
          pointers.initializeElement(at: index, to: source.numbers.map { $0 + rows.lowerBound })
        }
        return body(UnsafeBufferPointer(pointers))
      }
      return withUnsafeTemporaryAllocation(of: Double.self, capacity: codedCount * rows.count) { space in
        var next = space.baseAddress
        for (index, source) in sources.enumerated() {
          guard let codes = source.codes, let table = source.table, let target = next else {
            pointers.initializeElement(at: index, to: source.numbers.map { $0 + rows.lowerBound })
            continue
          }
          for place in 0..<rows.count { target[place] = table[Int(codes[rows.lowerBound + place])] }
          pointers.initializeElement(at: index, to: UnsafePointer(target))
          next = target + rows.count
        }
        return body(UnsafeBufferPointer(pointers))
      }
    }
  }

  /// output[i − start] += Σ_j coefficient_j x_ij for some rows; columns are added in order.
  public func addLinearPredictor(
    _ coefficients: [Double], rows: Range<Int>, into output: UnsafeMutablePointer<Double>
  ) {
    precondition(coefficients.count == columnCount)
    for piece in FixedChunks(count: rows.count, size: DesignSums.chunkSize) {
      let stretch = (rows.lowerBound + piece.lowerBound)..<(rows.lowerBound + piece.upperBound)
      withRows(stretch) { pointers in
        kernel_linear_predictor(
          pointers.baseAddress, pointers.count, coefficients, 0, stretch.count, output + piece.lowerBound)
      }
    }
  }
}
