// Counts by two classifications.

/// A table of counts.
public struct ContingencyTable: Sendable, Hashable {
  /// Counts, row by row.
  public let counts: [[Int]]

  /// Rows r.
  public var rowCount: Int { counts.count }
  /// Columns c.
  public var columnCount: Int { counts.first?.count ?? 0 }

  /// Rows of equal length, counts not negative.
  ///
  /// - Throws: `TestInputError`: `tableShape` for rows of unequal length, `invalidCount` for a negative
  /// count.
  public init(counts: [[Int]]) throws {
    let width = counts.first?.count ?? 0
    for (row, line) in counts.enumerated() {
      guard line.count == width else { throw TestInputError.tableShape }
      if let column = line.firstIndex(where: { $0 < 0 }) {
        throw TestInputError.invalidCount(row: row, column: column)
      }
    }
    self.counts = counts
  }

  /// Counts pairs of codes; a pair with a code outside 0 ..< count is left out.
  ///
  /// - Throws: `TestInputError.lengthMismatch`.
  public init(rows: [Int32], columns: [Int32], rowCount: Int, columnCount: Int) throws {
    guard rows.count == columns.count else {
      throw TestInputError.lengthMismatch(.second, expected: rows.count, got: columns.count)
    }
    var counts = [[Int]](
      repeating: [Int](repeating: 0, count: Swift.max(0, columnCount)), count: Swift.max(0, rowCount))
    for (row, column) in zip(rows, columns)
    where row >= 0 && Int(row) < counts.count && column >= 0 && Int(column) < columnCount {
      counts[Int(row)][Int(column)] += 1
    }
    self.counts = counts
  }

  /// Sums over the columns.
  public var rowTotals: [Int] { counts.map { $0.reduce(0, +) } }
  /// Sums over the rows.
  public var columnTotals: [Int] { (0..<columnCount).map { column in counts.reduce(0) { $0 + $1[column] } } }
  /// Sum of all counts.
  public var total: Int { rowTotals.reduce(0, +) }

  /// The table without empty rows and columns.
  public var withoutEmptyMargins: ContingencyTable {
    let columns = columnTotals.indices.filter { columnTotals[$0] > 0 }
    let kept = counts.filter { $0.contains { $0 > 0 } }.map { row in columns.map { row[$0] } }
    return ContingencyTable(checked: kept)
  }

  private init(checked counts: [[Int]]) { self.counts = counts }
}
