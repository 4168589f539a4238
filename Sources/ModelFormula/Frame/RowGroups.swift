// Rows sorted into groups by one column or several: strata, clusters.

import DataTables
import NumericalMethods

/// The cross-classification of columns over some rows; only combinations that occur are groups, in the order
/// of the columns' levels, the last column fastest.
public struct RowGroups: Sendable {
  /// For each row the index of its group; -1 where a column is missing.
  public let codes: [Int32]
  /// How many rows each group has.
  public let counts: [Int]
  private let columnNames: [String]
  private let areTexts: Bool
  private let levels: [ColumnLevels]
  /// For each column the level of each group.
  private let levelCodes: [[Int32]]

  /// Number of groups.
  public var groupCount: Int { counts.count }

  /// The groups with their levels, made when asked for: clusters can be millions.
  public var groups: [Group] { counts.indices.map(group) }

  /// One group by its number, from 0.
  public func group(_ index: Int) -> Group {
    guard counts.indices.contains(index) else { return Group(values: [], count: 0, shortLabel: "") }
    let values = columnNames.indices.map { column in
      Group.Value(column: columnNames[column], level: levels[column].text(Int(levelCodes[column][index])))
    }
    let words = values.map { areTexts ? $0.level : $0.column + "=" + $0.level }
    return Group(values: values, count: counts[index], shortLabel: words.joined(separator: ", "))
  }

  /// What the rows of a group have in common.
  public struct Group: Sendable, Hashable {
    /// Column and level: `[("sex", "1"), ("node4", "0")]`.
    public let values: [Value]
    /// Rows of the group.
    public let count: Int

    /// The level of one of the columns that make the groups.
    public struct Value: Sendable, Hashable {
      /// Name of the column.
      public let column: String
      /// Its level in this group.
      public let level: String
    }

    /// `sex=1, node4=0`
    public var label: String { values.map { $0.column + "=" + $0.level }.joined(separator: ", ") }
    /// The levels alone, where all columns are texts; else as `label`. This is what R's `strata()` prints.
    public let shortLabel: String
  }

  init(columns: [Column], rows: [Int32]) {
    columnNames = columns.map(\.name)
    areTexts = columns.allSatisfy(\.type.hasLevels)
    levels = columns.map { ColumnLevels($0, rows: rows) }
    var combined = Array(repeating: 0, count: rows.count)
    var levelCodes: [[Int32]] = []
    var groupCount = 1
    for column in levels {
      // Combined codes, renumbered after each column so that they stay small.
      let width = max(column.count, 1)
      for row in combined.indices {
        let code = column.codes[row]
        combined[row] = combined[row] < 0 || code < 0 ? -1 : combined[row] * width + Int(code)
      }
      let present = Self.renumber(&combined, limit: groupCount * width)
      levelCodes = levelCodes.map { codes in present.map { codes[$0 / width] } }
      levelCodes.append(present.map { Int32(truncatingIfNeeded: $0 % width) })
      groupCount = present.count
    }
    var counts = Array(repeating: 0, count: levels.isEmpty ? 0 : groupCount)
    for code in combined where code >= 0 && code < counts.count { counts[code] += 1 }
    self.counts = counts
    self.levelCodes = levelCodes
    codes = combined.map { Int32(truncatingIfNeeded: $0) }
  }

  /// Replaces codes below `limit` by their rank among those that occur, which are returned ascending.
  private static func renumber(_ codes: inout [Int], limit: Int) -> [Int] {
    var present: [Int] = []
    if limit <= 4 * codes.count + 65_536 {
      var ranks = Array(repeating: -1, count: limit)
      for code in codes where code >= 0 { ranks[code] = 0 }
      for code in ranks.indices where ranks[code] == 0 {
        ranks[code] = present.count
        present.append(code)
      }
      for row in codes.indices where codes[row] >= 0 { codes[row] = ranks[codes[row]] }
      return present
    }
    for row in RadixOrder.ascending(codes) {
      let code = codes[Int(row)]
      guard code >= 0 else { continue }
      if present.last != code { present.append(code) }
      codes[Int(row)] = present.count - 1
    }
    return present
  }
}
