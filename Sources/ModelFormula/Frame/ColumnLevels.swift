// Columns of any type as levels, fast enough for millions of rows.

import DataTables
import Expressions
import NumericalMethods

/// The levels of a column among some rows: its own for text and factors, the distinct values, ascending, for
/// others.
struct ColumnLevels: Sendable {
  /// One per row; -1 where missing.
  let codes: [Int32]
  private let labels: Labels

  private enum Labels: Sendable {
    case texts([String])
    case numbers([Double])
    case days([Double])
  }

  init(_ column: Column, rows: [Int32]) {
    switch column.type {
    case .text, .factor:
      codes = column.codes(rows: rows)
      labels = .texts(column.levels)
    case .flag:
      codes = column.codes(rows: rows)
      labels = .texts(["false", "true"])
    case .integer, .number, .date:
      let distinct: [Double]
      (codes, distinct) = Self.ranks(column, rows)
      labels = column.type == .date ? .days(distinct) : .numbers(distinct)
    }
  }

  var count: Int {
    switch labels {
    case .texts(let texts): texts.count
    case .numbers(let values), .days(let values): values.count
    }
  }

  /// The text of a level; empty for a code that is none.
  func text(_ code: Int) -> String {
    switch labels {
    case .texts(let texts): return texts.indices.contains(code) ? texts[code] : ""
    case .numbers(let values): return values.indices.contains(code) ? ShortestNumber.text(values[code]) : ""
    case .days(let values):
      guard values.indices.contains(code) else { return "" }
      return Int32(exactly: values[code]).flatMap { CalendarDate(days: $0) }?.text ?? ""
    }
  }

  /// Each row's rank among the distinct values, and these.
  private static func ranks(_ column: Column, _ rows: [Int32]) -> (codes: [Int32], distinct: [Double]) {
    if case .double = column.storage { return sortedRanks(column.numbers(rows: rows)) }
    let values = column.codesOrDays(rows: rows)
    var low = Int32.max
    var high = Int32.min
    for value in values where value != ColumnStorage.missingInt32 {
      low = min(low, value)
      high = max(high, value)
    }
    guard low <= high else { return (Array(repeating: -1, count: rows.count), []) }
    let width = Int(high) - Int(low) + 1
    guard width <= 4 * rows.count + 65_536 else { return sortedRanks(column.numbers(rows: rows)) }
    // Counting: one slot for each value of the range.
    var slots = Array(repeating: Int32(-1), count: width)
    for value in values where value != ColumnStorage.missingInt32 { slots[Int(value) - Int(low)] = 0 }
    var distinct: [Double] = []
    for slot in slots.indices where slots[slot] == 0 {
      slots[slot] = Int32(truncatingIfNeeded: distinct.count)
      distinct.append(Double(slot + Int(low)))
    }
    let codes = values.map { $0 == ColumnStorage.missingInt32 ? -1 : slots[Int($0) - Int(low)] }
    return (codes, distinct)
  }

  private static func sortedRanks(_ values: [Double]) -> (codes: [Int32], distinct: [Double]) {
    var codes = Array(repeating: Int32(-1), count: values.count)
    var distinct: [Double] = []
    for row in RadixOrder.ascending(values) {
      let value = values[Int(row)]
      guard !value.isNaN else { continue }
      if distinct.last != value { distinct.append(value) }
      codes[Int(row)] = Int32(truncatingIfNeeded: distinct.count - 1)
    }
    return (codes, distinct)
  }
}

extension Column {
  /// The whole numbers of some rows as they are stored, `Int32.min` where missing.
  func codesOrDays(rows: [Int32]) -> [Int32] {
    func gather<Value: BinaryInteger>(_ values: [Value], missing: Value) -> [Int32] {
      rows.map { row in
        guard row >= 0, Int(row) < values.count, values[Int(row)] != missing else {
          return ColumnStorage.missingInt32
        }
        return Int32(truncatingIfNeeded: values[Int(row)])
      }
    }
    switch storage {
    case .uint8(let values): return gather(values, missing: ColumnStorage.missingUInt8)
    case .int16(let values): return gather(values, missing: ColumnStorage.missingInt16)
    case .int32(let values): return gather(values, missing: ColumnStorage.missingInt32)
    case .double(let values):
      return rows.map { row in
        guard row >= 0, Int(row) < values.count else { return ColumnStorage.missingInt32 }
        return Int32(exactly: values[Int(row)]) ?? ColumnStorage.missingInt32
      }
    }
  }

  /// Codes of some rows into the levels; -1 where missing. Flags are coded 0 and 1.
  func codes(rows: [Int32]) -> [Int32] {
    codesOrDays(rows: rows).map { $0 == ColumnStorage.missingInt32 ? -1 : $0 }
  }

  /// The column as levels: numbers and days ascending, false before true; text and factors as they are.
  func asLevels() -> Column {
    if type.hasLevels { return self }
    let levels = ColumnLevels(self, rows: (0..<count).map { Int32(truncatingIfNeeded: $0) })
    return Column(
      name: name, codes: levels.codes, levels: (0..<levels.count).map(levels.text), metadata: metadata)
  }
}
