// What is in a table: types, missing values, ranges, levels.

/// A description of each column, for `meier describe`.
public struct DataDescription: Sendable {
  public let name: String
  public let rowCount: Int
  public let columns: [ColumnDescription]

  /// Costs a sort of each column.
  public init(_ table: DataTable, threads: Int = 1) {
    name = table.name
    rowCount = table.rowCount
    let columns = table.columns
    self.columns = Parallel.map(columns.count, threads: threads) { ColumnDescription(columns[$0]) }
  }
}

/// One column in a few numbers.
public struct ColumnDescription: Sendable {
  public enum Content: Sendable, Equatable {
    /// No value at all.
    case empty
    /// The median is the mean of the two middle values where their number is even.
    case numbers(minimum: Double, median: Double, maximum: Double)
    /// The median is the earlier of the two middle days where their number is even.
    case dates(first: CalendarDate, median: CalendarDate, last: CalendarDate)
    case flags(true: Int, false: Int)
    /// Levels with their counts, in the column's order; levels that no row has included.
    case levels([LevelCount])
    /// More levels than are shown: identifiers or free text, which may tell who a patient is.
    case manyLevels
  }

  public struct LevelCount: Sendable, Equatable {
    public let level: String
    public let count: Int
  }

  /// Columns with more levels than this do not show them.
  public static let shownLevels = 20

  public let name: String
  public let type: ColumnType
  public let label: String?
  public let unit: String?
  public let missingCount: Int
  /// How many different values there are, missing ones not counted.
  public let distinctCount: Int
  public let content: Content

  public init(_ column: Column) {
    name = column.name
    type = column.type
    label = column.metadata.label
    unit = column.metadata.unit
    missingCount = column.missingCount
    if column.type.hasLevels {
      let counts = column.levelCounts()
      distinctCount = counts.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
      content =
        distinctCount == 0
        ? .empty
        : column.levels.count > Self.shownLevels
          ? .manyLevels : .levels(zip(column.levels, counts).map { LevelCount(level: $0, count: $1) })
      return
    }
    let values = column.numbers().filter { !$0.isNaN }.sorted()
    guard let first = values.first, let last = values.last else {
      distinctCount = 0
      content = .empty
      return
    }
    distinctCount = zip(values, values.dropFirst()).reduce(1) { $0 + ($1.0 == $1.1 ? 0 : 1) }
    let middle = values.count / 2
    let lower = values[(values.count - 1) / 2]
    switch column.type {
    case .flag:
      let ones = values.reduce(0) { $0 + ($1 == 1 ? 1 : 0) }
      content = .flags(true: ones, false: values.count - ones)
    case .date:
      let days = [first, lower, last].compactMap { CalendarDate(days: Int32($0)) }
      content = days.count == 3 ? .dates(first: days[0], median: days[1], last: days[2]) : .empty
    default:
      content = .numbers(minimum: first, median: lower + (values[middle] - lower) / 2, maximum: last)
    }
  }
}
