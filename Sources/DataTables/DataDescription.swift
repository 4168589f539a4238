// What is in a table: types, missing values, ranges, levels.

/// A description of each column, for `meier describe`.
public struct DataDescription: Sendable {
  /// The table's name.
  public let name: String
  /// Number of rows.
  public let rowCount: Int
  /// One description per column, in the table's order.
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
  /// What a column holds, by its type.
  public enum Content: Sendable, Equatable {
    /// No value at all.
    case empty
    /// The median is the mean of the two middle values where their number is even.
    case numbers(minimum: Double, median: Double, maximum: Double)
    /// The median is the earlier of the two middle days where their number is even.
    case dates(first: CalendarDate, median: CalendarDate, last: CalendarDate)
    /// How many rows are true, and how many false.
    case flags(true: Int, false: Int)
    /// Levels with their counts, in the column's order; levels that no row has included.
    case levels([LevelCount])
    /// More levels than are shown: identifiers or free text, which may tell who a patient is.
    case manyLevels
  }

  /// A level and the rows that have it.
  public struct LevelCount: Sendable, Equatable {
    /// The level, as in the data.
    public let level: String
    /// Rows that have it.
    public let count: Int
  }

  /// Columns with more levels than this do not show them.
  public static let shownLevels = 20

  /// The column's name.
  public let name: String
  /// What its values are.
  public let type: ColumnType
  /// The dictionary's label; `nil` without one.
  public let label: String?
  /// The dictionary's unit; `nil` without one.
  public let unit: String?
  /// Rows without a value.
  public let missingCount: Int
  /// How many different values there are, missing ones not counted.
  public let distinctCount: Int
  /// Its values in short.
  public let content: Content
  /// What most of a text column's cells are in truth.
  let guess: TextGuess?
  /// Levels that are likely to be one.
  let similarLevels: SimilarLevels?

  /// Describes a column. Costs a sort of its values.
  public init(_ column: Column) {
    name = column.name
    type = column.type
    label = column.metadata.label
    unit = column.metadata.unit
    missingCount = column.missingCount
    guess = TextGuess(column)
    similarLevels = SimilarLevels(column)
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
    let sorted = SortedValues(column)
    guard let first = sorted.value(0), let last = sorted.value(sorted.count - 1),
      let lower = sorted.value((sorted.count - 1) / 2), let upper = sorted.value(sorted.count / 2)
    else {
      distinctCount = 0
      content = .empty
      return
    }
    distinctCount = sorted.distinctCount
    switch column.type {
    case .flag:
      let ones = sorted.count(of: 1)
      content = .flags(true: ones, false: sorted.count - ones)
    case .date:
      let days = [first, lower, last].compactMap { CalendarDate(days: Int32($0)) }
      content = days.count == 3 ? .dates(first: days[0], median: days[1], last: days[2]) : .empty
    default:
      content = .numbers(minimum: first, median: lower + (upper - lower) / 2, maximum: last)
    }
  }
}

/// The values of a column in order: each once, with how many come before the next.
private struct SortedValues {
  private var values: [Double] = []
  private var ends: [Int] = []

  /// Narrow storage is counted, wide storage sorted.
  init(_ column: Column) {
    switch column.storage {
    case .uint8(let bytes):
      var counts = Array(repeating: 0, count: 256)
      for byte in bytes { counts[Int(byte)] += 1 }
      for value in 0...254 { add(Double(value), counts[value]) }
    case .int16(let words):
      var counts = Array(repeating: 0, count: 65_536)
      for word in words { counts[Int(word) + 32_768] += 1 }
      for index in 1..<65_536 { add(Double(index - 32_768), counts[index]) }
    case .int32, .double:
      for value in column.numbers().filter({ !$0.isNaN }).sorted() {
        if value == values.last {
          ends[ends.count - 1] += 1
        } else {
          add(value, 1)
        }
      }
    }
  }

  private mutating func add(_ value: Double, _ count: Int) {
    if count == 0 { return }
    values.append(value)
    ends.append(self.count + count)
  }

  var count: Int { ends.last ?? 0 }
  var distinctCount: Int { values.count }

  func value(_ rank: Int) -> Double? {
    guard rank >= 0, rank < count else { return nil }
    var low = 0
    var high = ends.count - 1
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] > rank { high = middle } else { low = middle + 1 }
    }
    return values[low]
  }

  func count(of value: Double) -> Int {
    guard let index = values.firstIndex(of: value) else { return 0 }
    return ends[index] - (index > 0 ? ends[index - 1] : 0)
  }
}
