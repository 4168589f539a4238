// Any column as categories: for groups, and for counts.

import DataTables
import Expressions

/// A column's values as codes into names: numbers and days ascending, false before true, levels in their order.
struct Categories: Sendable {
  let names: [String]
  /// -1 where missing.
  let codes: [Int32]
  /// Whether the names were given with the data rather than found in it: one without rows then stays.
  let isDeclared: Bool

  init(_ column: Column) {
    switch column.type {
    case .text, .factor:
      names = column.levels
      codes = column.factorCodes()
      isDeclared = column.type == .factor || column.metadata.levels != nil
    case .flag:
      names = ["false", "true"]
      codes = column.flags().map { $0 > 1 ? -1 : Int32($0) }
      isDeclared = true
    case .integer, .number, .date:
      let distinct = DistinctValues(column.numbers())
      names = distinct.values.map { value in
        column.type == .date
          ? Int32(exactly: value).flatMap { CalendarDate(days: $0) }?.text ?? ""
          : ShortestNumber.text(value)
      }
      codes = distinct.codes
      isDeclared = false
    }
  }

  private init(names: [String], codes: [Int32], isDeclared: Bool) {
    self.names = names
    self.codes = codes
    self.isDeclared = isDeclared
  }

  /// Rows of each category.
  var counts: [Int] {
    var counts = [Int](repeating: 0, count: names.count)
    for code in codes where counts.indices.contains(Int(code)) { counts[Int(code)] += 1 }
    return counts
  }

  /// Without the categories that nobody declared and no row belongs to.
  var withoutUnused: Categories {
    if isDeclared { return self }
    let counts = counts
    let kept = names.indices.filter { counts[$0] > 0 }
    if kept.count == names.count { return self }
    var position = [Int32](repeating: -1, count: names.count)
    for (index, category) in kept.enumerated() { position[category] = Int32(clamping: index) }
    return Categories(
      names: kept.map { names[$0] },
      codes: codes.map { position.indices.contains(Int($0)) ? position[Int($0)] : -1 },
      isDeclared: false)
  }
}
