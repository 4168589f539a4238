// A table: named columns of equal length, each row knowing the line of the file it came from.

/// An immutable table. Column and row order are those of the source.
public struct DataTable: Sendable {
  /// The name that messages use.
  public let name: String
  /// The columns, in the source's order.
  public let columns: [Column]
  /// Number of rows.
  public let rowCount: Int
  /// Where the rows stand in their file; `nil` for tables made in memory.
  public let origin: RowOrigin?
  /// Columns the source has beyond those that were read, in its order: for near misses, not for data.
  public let unreadColumnNames: [String]
  private let positions: [String: Int]

  /// - Throws: `DataTableError` if two columns share a name or differ in length.
  public init(
    name: String, columns: [Column], rowCount: Int? = nil, origin: RowOrigin? = nil,
    unreadColumnNames: [String] = []
  ) throws(DataTableError) {
    let rowCount = rowCount ?? columns.first?.count ?? 0
    var positions: [String: Int] = [:]
    for (position, column) in columns.enumerated() {
      guard column.count == rowCount else {
        throw .unequalLengths(column: column.name, expected: rowCount, found: column.count)
      }
      guard positions.updateValue(position, forKey: column.name) == nil else {
        throw .duplicateColumn(column.name)
      }
    }
    self.init(
      name: name, columns: columns, rowCount: rowCount, origin: origin, unreadColumnNames: unreadColumnNames,
      positions: positions)
  }

  private init(
    name: String, columns: [Column], rowCount: Int, origin: RowOrigin?, unreadColumnNames: [String],
    positions: [String: Int]
  ) {
    self.name = name
    self.columns = columns
    self.rowCount = rowCount
    self.origin = origin
    self.unreadColumnNames = unreadColumnNames
    self.positions = positions
  }

  /// The column of a name; `nil` when there is none.
  public subscript(name: String) -> Column? { positions[name].map { columns[$0] } }

  /// The columns' names, in their order.
  public var columnNames: [String] { columns.map(\.name) }

  /// The same table under another name.
  public func named(_ name: String) -> DataTable {
    DataTable(
      name: name, columns: columns, rowCount: rowCount, origin: origin, unreadColumnNames: unreadColumnNames,
      positions: positions)
  }

  /// The table with a column added at the end, or put in the place of one of the same name.
  public func adding(_ column: Column) throws(DataTableError) -> DataTable {
    var columns = columns
    if let position = positions[column.name] {
      columns[position] = column
    } else {
      columns.append(column)
    }
    return try DataTable(
      name: name, columns: columns, rowCount: rowCount, origin: origin,
      unreadColumnNames: unreadColumnNames.filter { $0 != column.name })
  }

  /// The named columns alone, in the table's order; names without a column are passed over.
  public func selecting(_ names: Set<String>) -> DataTable {
    let kept = columns.filter { names.contains($0.name) }
    var positions: [String: Int] = [:]
    for (position, column) in kept.enumerated() { positions[column.name] = position }
    return DataTable(
      name: name, columns: kept, rowCount: rowCount, origin: origin, unreadColumnNames: unreadColumnNames,
      positions: positions)
  }

  /// The rows named, in the order named; rows outside the table are left out. Levels stay as they are.
  public func filtered(keeping rows: [Int32]) -> DataTable {
    let count = Int32(clamping: rowCount)
    let rows =
      rows.allSatisfy { $0 >= 0 && $0 < count } ? rows : rows.filter { $0 >= 0 && $0 < count }
    return DataTable(
      name: name, columns: columns.map { $0.gathering(rows) }, rowCount: rows.count,
      origin: origin?.gathering(rows), unreadColumnNames: unreadColumnNames, positions: positions)
  }

  /// The rows whose entry in the mask is `true`; a mask that is too short leaves out the rest.
  public func filtered(mask: [Bool]) -> DataTable {
    var rows: [Int32] = []
    for (row, keep) in mask.prefix(rowCount).enumerated() where keep {
      rows.append(Int32(truncatingIfNeeded: row))
    }
    return rows.count == rowCount ? self : filtered(keeping: rows)
  }
}

/// What makes columns no table.
public enum DataTableError: Error, Sendable, Equatable {
  /// A column has not as many rows as the first.
  case unequalLengths(column: String, expected: Int, found: Int)
  /// Two columns share a name.
  case duplicateColumn(String)
}
