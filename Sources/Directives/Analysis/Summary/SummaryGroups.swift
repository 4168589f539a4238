// The columns of a Table 1: the groups, and the rows of each.

import DataTables
import Diagnostics

/// The groups that are described side by side; without a grouping column one without a name.
struct SummaryGroups: Sendable {
  static let mostGroups = 30

  let label: String
  /// Empty without a grouping column.
  let names: [String]
  /// What heads the columns: the name, with the label before it where it is a number or true or false.
  let headings: [String]
  /// For each row of the data set its group; -1 where the group is missing.
  let codes: [Int32]
  let sizes: [Int]

  init(_ column: Column?, named name: ColumnName?, rowCount: Int) throws(Diagnostic) {
    guard let column, let name else {
      label = ""
      names = []
      headings = []
      codes = [Int32](repeating: 0, count: rowCount)
      sizes = [rowCount]
      return
    }
    let categories = Categories(column).withoutUnused
    if categories.names.count > Self.mostGroups {
      throw Diagnostic(
        .invalidOption,
        "'\(column.name)' has \(categories.names.count) distinct values, too many for groups", at: name.range,
        remedy: column.type.isNumeric
          ? "derive groups with cut(\(column.name), [50, 65])" : "name a column with fewer levels")
    }
    let label = column.label
    self.label = label
    names = categories.names
    headings = GroupHeadings.text(names, label: label, isFlag: column.type == .flag)
    codes = categories.codes
    sizes = categories.counts
  }

  /// One more than none: without a grouping column all rows are one group.
  var count: Int { sizes.count }
  var rowCount: Int { sizes.reduce(0, +) }
  var ungroupedCount: Int { codes.count - rowCount }
  /// Declared, but without rows.
  var emptyNames: [String] { zip(names, sizes).filter { $1 == 0 }.map(\.0) }

  /// The values of each group, those that are missing counted instead.
  func split(_ values: [Double]) -> (samples: [[Double]], missing: [Int]) {
    var samples = [[Double]](repeating: [], count: count)
    for (group, size) in sizes.enumerated() { samples[group].reserveCapacity(size) }
    var missing = [Int](repeating: 0, count: count)
    for (group, value) in zip(codes, values) where samples.indices.contains(Int(group)) {
      if value.isNaN { missing[Int(group)] += 1 } else { samples[Int(group)].append(value) }
    }
    return (samples, missing)
  }

  /// Rows by group and category.
  func count(_ categories: Categories) -> (counts: [[Int]], missing: [Int]) {
    let width = categories.names.count
    var counts = [Int](repeating: 0, count: count * width)
    var missing = [Int](repeating: 0, count: count)
    for (group, category) in zip(codes, categories.codes) where missing.indices.contains(Int(group)) {
      if category < 0 || Int(category) >= width {
        missing[Int(group)] += 1
      } else {
        counts[Int(group) * width + Int(category)] += 1
      }
    }
    return ((0..<count).map { Array(counts[($0 * width)..<(($0 + 1) * width)]) }, missing)
  }
}
