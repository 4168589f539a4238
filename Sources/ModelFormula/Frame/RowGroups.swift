// Rows sorted into groups by one column or several: strata, clusters.

import DataTables

/// The cross-classification of columns over some rows; only combinations that occur are groups.
public struct RowGroups: Sendable {
  /// For each row the index of its group; -1 where a column is missing.
  public let codes: [Int32]
  /// In the order of the columns' levels, the last column fastest.
  public let groups: [Group]

  public struct Group: Sendable, Hashable {
    /// Column and level: `[("sex", "1"), ("node4", "0")]`.
    public let values: [Value]
    public let count: Int

    public struct Value: Sendable, Hashable {
      public let column: String
      public let level: String
    }

    /// `sex=1, node4=0`
    public var label: String { values.map { $0.column + "=" + $0.level }.joined(separator: ", ") }
    /// The levels alone, where all columns are texts; else as `label`. This is what R's `strata()` prints.
    public let shortLabel: String
  }

  init(columns: [Column], rows: [Int32]) {
    let factors = columns.map { $0.asLevels() }
    let codes = factors.map { $0.codes(rows: rows) }
    // Combined codes, renumbered after each column so that they stay small.
    var combined = Array(repeating: 0, count: rows.count)
    var keys: [[Int32]] = [[]]
    for (factor, column) in zip(factors, codes) {
      let width = max(factor.levels.count, 1)
      for row in combined.indices {
        combined[row] = combined[row] < 0 || column[row] < 0 ? -1 : combined[row] * width + Int(column[row])
      }
      let present = Set(combined.lazy.filter { $0 >= 0 }).sorted()
      var positions: [Int: Int] = [:]
      for (position, code) in present.enumerated() { positions[code] = position }
      keys = present.map { keys[$0 / width] + [Int32($0 % width)] }
      combined = combined.map { $0 < 0 ? -1 : positions[$0] ?? -1 }
    }
    var counts = Array(repeating: 0, count: keys.count)
    for code in combined where code >= 0 { counts[code] += 1 }
    self.codes = combined.map { Int32(truncatingIfNeeded: $0) }
    let areTexts = columns.allSatisfy(\.type.hasLevels)
    groups = zip(keys, counts).map { key, count in
      let values = zip(factors, key).map { factor, code in
        Group.Value(
          column: factor.name,
          level: factor.levels.indices.contains(Int(code)) ? factor.levels[Int(code)] : "")
      }
      let words = values.map { areTexts ? $0.level : $0.column + "=" + $0.level }
      return Group(values: values, count: count, shortLabel: words.joined(separator: ", "))
    }
  }
}
