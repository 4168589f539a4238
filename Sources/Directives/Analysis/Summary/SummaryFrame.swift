// The variables and groups of a Table 1.

import DataTables
import Diagnostics
import Expressions
import HypothesisTests
import Presentation

/// Columns described by group, rows without a group left out.
struct SummaryFrame: Sendable {
  /// One column over the rows that are described.
  struct Variable: Sendable {
    let name: String
    let column: Column
    /// For each group, then each row of it: nothing is kept twice.
    let content: Content

    enum Content: Sendable {
      /// Values present, by group.
      case numbers([[Double]], missing: [Int])
      /// Counts by group and level.
      case levels([String], counts: [[Int]], missing: [Int])
      /// Days since 1970-01-01, by group.
      case dates([[Double]], missing: [Int])
    }

    /// A column of true and false: one line for true.
    var isFlag: Bool { column.type == .flag }
  }

  struct Group: Sendable {
    let name: String
    let rowCount: Int
  }

  let dataSet: DataSet
  let groupLabel: String
  /// Empty without `by`.
  let groups: [Group]
  let rowCount: Int
  let ungroupedCount: Int
  let variables: [Variable]
  let warnings: [Diagnostic]

  init(dataSet: DataSet, group: ColumnName?, variables names: [ColumnName], at range: SourceRange) throws {
    self.dataSet = dataSet
    let table = dataSet.table
    var codes = [Int32](repeating: 0, count: table.rowCount)
    var levels: [String] = []
    var warnings: [Diagnostic] = []
    if let group {
      let column = Self.withLevels(try dataSet.column(group.name, at: group.range))
      let counts = column.levelCounts()
      let isDeclared = column.metadata.levels != nil
      let kept = column.levels.indices.filter { isDeclared || counts[$0] > 0 }
      var position = [Int32](repeating: -1, count: column.levels.count)
      for (index, level) in kept.enumerated() { position[level] = Int32(index) }
      codes = column.factorCodes().map { $0 < 0 ? -1 : position[Int($0)] }
      levels = kept.map { column.levels[$0] }
      groupLabel = column.label
      for level in kept where counts[level] == 0 {
        warnings.append(
          Diagnostic(
            .warning, .emptyGroup, "the group '\(column.levels[level])' of \(column.label) has no rows",
            at: group.range,
            remedy: "remove the level from the dictionary if it does not belong to this analysis"))
      }
    } else {
      groupLabel = ""
    }
    let groupCount = max(levels.count, 1)
    var sizes = [Int](repeating: 0, count: groupCount)
    for code in codes where code >= 0 { sizes[Int(code)] += 1 }
    groups = levels.enumerated().map { Group(name: $1, rowCount: sizes[$0]) }
    rowCount = sizes.reduce(0, +)
    ungroupedCount = table.rowCount - rowCount
    if rowCount == 0 {
      throw Diagnostic(
        .noRows, "'\(dataSet.id)' has no rows to describe", at: group?.range ?? range,
        remedy: "look at the conditions under 'where:'")
    }
    var problems: [Diagnostic] = []
    var described: [Variable] = []
    for name in names {
      do {
        described.append(Self.variable(try dataSet.column(name.name, at: name.range), codes, groupCount))
      } catch {
        problems.append(error)
      }
    }
    if !problems.isEmpty { throw DiagnosticList(problems) }
    variables = described
    self.warnings = warnings
  }

  /// Numbers, flags and days as levels; text and factors as they are.
  private static func withLevels(_ column: Column) -> Column {
    if column.type.hasLevels { return column }
    let values = column.numbers()
    let distinct = Set(values.filter { !$0.isNaN }).sorted()
    var position: [Double: Int32] = [:]
    for (index, value) in distinct.enumerated() { position[value] = Int32(clamping: index) }
    let names = distinct.map { value -> String in
      switch column.type {
      case .flag: value == 0 ? "false" : "true"
      case .date: Int32(exactly: value).flatMap { CalendarDate(days: $0) }?.text ?? ""
      default: ShortestNumber.text(value)
      }
    }
    return Column(
      name: column.name, codes: values.map { position[$0] ?? -1 }, levels: names, type: .text,
      metadata: column.metadata)
  }

  private static func variable(_ column: Column, _ codes: [Int32], _ groupCount: Int) -> Variable {
    var missing = [Int](repeating: 0, count: groupCount)
    if column.type.hasLevels || column.type == .flag {
      let factor = withLevels(column)
      var counts = [[Int]](repeating: [Int](repeating: 0, count: factor.levels.count), count: groupCount)
      for (row, level) in factor.factorCodes().enumerated() where codes[row] >= 0 {
        if level < 0 { missing[Int(codes[row])] += 1 } else { counts[Int(codes[row])][Int(level)] += 1 }
      }
      let isDeclared = column.metadata.levels != nil || column.type == .flag
      let kept = factor.levels.indices.filter { level in isDeclared || counts.contains { $0[level] > 0 } }
      return Variable(
        name: column.name, column: column,
        content: .levels(
          kept.map { factor.levels[$0] }, counts: counts.map { row in kept.map { row[$0] } }, missing: missing
        ))
    }
    var values = [[Double]](repeating: [], count: groupCount)
    for (row, value) in column.numbers().enumerated() where codes[row] >= 0 {
      if value.isNaN { missing[Int(codes[row])] += 1 } else { values[Int(codes[row])].append(value) }
    }
    return Variable(
      name: column.name, column: column,
      content: column.type == .date ? .dates(values, missing: missing) : .numbers(values, missing: missing))
  }

  // MARK: Values

  func addValues(to values: inout ResultValues, withDifference: Bool) {
    values.add(".n", count: rowCount)
    values.add(".missing", count: ungroupedCount)
    for group in groups { values.add(".group(\(ResultPath.quoted(group.name))).n", count: group.rowCount) }
    for variable in variables {
      let name = ResultPath.quoted(variable.name)
      switch variable.content {
      case .numbers(let groups, let missing), .dates(let groups, let missing):
        let format: ValueFormat = variable.column.type == .date ? ValueFormat(.date) : .number
        add(groups.flatMap { $0 }, missing.reduce(0, +), at: "[\(name)]", format, to: &values)
        for (group, sample) in zip(self.groups, zip(groups, missing)) {
          add(sample.0, sample.1, at: "[\(name), \(ResultPath.quoted(group.name))]", format, to: &values)
        }
      case .levels(let levels, let counts, let missing):
        values.add("[\(name)].missing", count: missing.reduce(0, +))
        for (group, count) in zip(groups, missing) {
          values.add("[\(name)].missing(\(ResultPath.quoted(group.name)))", count: count)
        }
        for (index, level) in levels.enumerated() {
          let path = "\(name), \(ResultPath.quoted(level))"
          add(
            counts.reduce(0) { $0 + $1[index] }, of: counts.joined().reduce(0, +), at: "[\(path)]",
            to: &values)
          for (group, own) in zip(groups, counts) {
            add(
              own[index], of: own.reduce(0, +), at: "[\(path), \(ResultPath.quoted(group.name))]", to: &values
            )
          }
        }
      }
      if withDifference, let difference = standardisedDifference(variable) {
        values.add("[\(name)].standardised_difference", difference, .number)
      }
    }
  }

  private func add(
    _ sample: [Double], _ missing: Int, at path: String, _ format: ValueFormat, to values: inout ResultValues
  ) {
    let sample = NumericSample(sample)
    values.add(path + ".n", count: sample.count)
    values.add(path + ".missing", count: missing)
    values.add(path + ".mean", sample.mean, format)
    values.add(path + ".sd", sample.standardDeviation, .number)
    values.add(path + ".median", sample.median, format)
    values.add(path + ".q1", sample.quantile(0.25), format)
    values.add(path + ".q3", sample.quantile(0.75), format)
    values.add(path + ".min", sample.minimum, format)
    values.add(path + ".max", sample.maximum, format)
  }

  private func add(_ count: Int, of total: Int, at path: String, to values: inout ResultValues) {
    values.add(path + ".n", count: count)
    values.add(path + ".percent", total == 0 ? .nan : 100 * Double(count) / Double(total), .percent)
  }

  /// First minus second group; `nil` unless there are two.
  func standardisedDifference(_ variable: Variable) -> Double? {
    guard groups.count == 2 else { return nil }
    switch variable.content {
    case .numbers(let groups, _), .dates(let groups, _):
      return StandardisedDifference.ofMeans(NumericSample(groups[0]), NumericSample(groups[1]))
    case .levels(_, let counts, _): return StandardisedDifference.ofLevels(counts[0], counts[1])
    }
  }
}
