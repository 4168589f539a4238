// The rows and variables of a test.

import DataTables
import Diagnostics
import Expressions
import HypothesisTests

/// A data set with the variables, groups and pairs that an author named for a test.
struct TestFrame {
  let dataSet: DataSet
  let kind: TestDirective.Kind
  let variables: [TestVariable]
  let columns: [Column]
  let by: ColumnName?
  let pair: ColumnName?
  let confidenceLevel: Double
  let exact: Bool?
  let correct: Bool?
  let method: TestDirective.Method
  let against: Double?
  let quantiles: [Double]
  let types: [QuantileType]
  /// The option that named the test, for what is wrong with it as a whole.
  let range: SourceRange

  init(_ options: ResolvedOptions, in context: DirectiveContext) throws {
    dataSet = try context.selectedRows(options)
    kind = try options[TestDirective.test]
    variables =
      [try options[TestDirective.variable]].compactMap(\.self) + (try options[TestDirective.variables])
    let dataSet = dataSet
    columns = try variables.map { try $0.column(in: dataSet, threads: context.threads) }
    by = try options[TestDirective.by]
    pair = try options[TestDirective.pair]
    confidenceLevel = try options[CommonOptions.confidenceLevel]
    exact = try options[TestDirective.exact]
    correct = try options[TestDirective.correct]
    method = try options[TestDirective.method]
    against = try options[TestDirective.against]
    quantiles = try options[TestDirective.quantiles]
    types = try options[TestDirective.types].compactMap { QuantileType(rawValue: $0) }
    range = options.range(TestDirective.test)
  }

  func needs(_ what: String, remedy: String) -> Diagnostic {
    Diagnostic(.missingOption, "'\(kind.rawValue)' needs \(what)", at: range, remedy: remedy)
  }

  /// What the data do not determine.
  func notEstimable(_ reason: String, severity: Severity = .error) -> Diagnostic {
    Diagnostic(
      severity, .notEstimable,
      "'\(kind.rawValue)' of '\(variables.map(\.text).joined(separator: "', '"))': \(reason)",
      at: variables.first?.range ?? range, remedy: "look at the column and the conditions under 'where:'")
  }

  /// Refuses what has no t test, as R does.
  func checkSpread(_ test: TTest, _ samples: [[Double]]) throws(Diagnostic) {
    let isTooFew =
      kind == .tPooled
      ? samples.reduce(0, { $0 + $1.count }) < 3 : samples.contains(where: { $0.count < 2 })
    if isTooFew { throw notEstimable("too few values") }
    if test.statistic == nil { throw notEstimable("the values are constant") }
  }

  /// The only variable.
  func single() throws -> Column {
    guard let column = columns.first, columns.count == 1 else {
      throw needs("one variable", remedy: "add 'variable: age'")
    }
    return column
  }

  /// The two variables.
  func two() throws -> (Column, Column) {
    guard columns.count == 2 else {
      throw needs("two variables", remedy: "add 'variables: [first, second]'")
    }
    return (columns[0], columns[1])
  }

  /// Numbers of a column; words have none.
  func numbers(_ column: Column) throws -> [Double] {
    guard !column.type.hasLevels else {
      let place = columns.firstIndex { $0.name == column.name }.map { variables[$0].range } ?? range
      throw Diagnostic(
        .expressionType, "'\(column.name)' holds words, a number is needed", at: place,
        remedy: "name a column of numbers")
    }
    return column.numbers()
  }

  /// Values by group, rows without a value or a group left out.
  func groups(of column: Column, atLeast minimum: Int = 2, atMost maximum: Int = .max) throws -> Grouped {
    guard let by else { throw needs("groups", remedy: "add 'by: treatment'") }
    let own = LeveledColumn(try dataSet.column(by.name, at: by.range))
    let values = try numbers(column)
    var groups = Array(repeating: [Double](), count: own.levels.count)
    var missing = 0
    for (code, value) in zip(own.codes, values) {
      if code < 0 || value.isNaN { missing += 1 } else { groups[Int(code)].append(value) }
    }
    let kept = own.levels.indices.filter { !groups[$0].isEmpty }
    guard kept.count >= minimum, kept.count <= maximum else {
      let wanted = minimum == maximum ? "\(minimum) groups" : "at least \(minimum) groups"
      throw Diagnostic(
        .oneGroup, "'\(kind.rawValue)' needs \(wanted) with values, '\(by.name)' makes \(kept.count)",
        at: by.range, remedy: "name another column, or choose its groups with 'where:'")
    }
    return Grouped(
      label: own.label, levels: kept.map { own.levels[$0] }, values: kept.map { groups[$0] },
      missing: missing,
      warnings: own.emptyLevels(keeping: kept, at: by.range))
  }

  struct Grouped {
    let label: String
    let levels: [String]
    let values: [[Double]]
    let missing: Int
    let warnings: [Diagnostic]
  }

  /// Two values of each pair: of two columns row by row, or of two groups by the column of pairs.
  func pairs() throws -> Paired {
    if let pair { return try pairs(by: pair) }
    guard columns.count == 2 else {
      throw needs(
        "pairs",
        remedy: "name two columns under 'variables:', or one with 'by:' the two occasions and 'pair:'")
    }
    let (first, second) = (try numbers(columns[0]), try numbers(columns[1]))
    let kept = first.indices.filter { !first[$0].isNaN && !second[$0].isNaN }
    if kept.isEmpty { throw noPairs }
    return Paired(
      names: [variables[0].name, variables[1].name], labels: [columns[0].label, columns[1].label],
      first: kept.map { first[$0] }, second: kept.map { second[$0] }, missing: first.count - kept.count)
  }

  struct Paired {
    /// Names of the two sides in results.
    let names: [String]
    let labels: [String]
    let first: [Double]
    let second: [Double]
    /// Rows that are no part of a pair.
    let missing: Int
  }

  private var noPairs: Diagnostic {
    Diagnostic(
      .noRows, "no pair has both values", at: pair?.range ?? range,
      remedy: "rows with the same value of 'pair' belong together, one in each group of 'by'")
  }

  private func pairs(by pair: ColumnName) throws -> Paired {
    guard let by else { throw needs("the two occasions", remedy: "add 'by: occasion'") }
    let groups = LeveledColumn(try dataSet.column(by.name, at: by.range))
    let ids = LeveledColumn(try dataSet.column(pair.name, at: pair.range))
    let values = try numbers(try single())
    let used = groups.levels.indices.filter { level in
      zip(groups.codes, values).contains { Int($0) == level && !$1.isNaN }
    }
    guard used.count == 2 else {
      throw Diagnostic(
        .oneGroup, "pairs need two groups with values, '\(by.name)' makes \(used.count)", at: by.range,
        remedy: "choose the two with 'where:'")
    }
    var sides = Array(repeating: [Double?](repeating: nil, count: ids.levels.count), count: 2)
    for row in values.indices {
      let side = used.firstIndex(of: Int(groups.codes[row]))
      guard let side, ids.codes[row] >= 0, !values[row].isNaN else { continue }
      guard sides[side][Int(ids.codes[row])] == nil else {
        throw Diagnostic(
          .invalidArgument, "a value of '\(pair.name)' has several rows in one group of '\(by.name)'",
          at: pair.range, remedy: "each pair needs one row in each group")
      }
      sides[side][Int(ids.codes[row])] = values[row]
    }
    let kept = ids.levels.indices.filter { sides[0][$0] != nil && sides[1][$0] != nil }
    if kept.isEmpty { throw noPairs }
    return Paired(
      names: used.map { groups.levels[$0] }, labels: used.map { groups.levels[$0] },
      first: kept.compactMap { sides[0][$0] }, second: kept.compactMap { sides[1][$0] },
      missing: values.count - 2 * kept.count)
  }

  /// Turns what the tests find wrong with their arrays into a diagnostic.
  func translating<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as TestInputError {
      let message: String =
        switch error {
        case .tableShape: "the table does not have the shape this test needs"
        case .outsideRange: "a value lies outside the range of the test"
        case .notFinite: "a value is not a finite number"
        case .lengthMismatch, .invalidCount, .confidenceLevel: "the test cannot be made of these values"
        }
      throw Diagnostic(.invalidArgument, "'\(kind.rawValue)': \(message)", at: range)
    }
  }
}

/// A column as levels: those of words as they are, numbers, flags and dates by their values in order.
struct LeveledColumn {
  let label: String
  let levels: [String]
  /// −1 where missing.
  let codes: [Int32]
  /// Whether the author declared the levels.
  let isDeclared: Bool

  init(_ column: Column) {
    label = column.label
    isDeclared = column.metadata.levels != nil
    if column.type.hasLevels {
      levels = column.levels
      codes = column.factorCodes()
      return
    }
    let values = column.numbers()
    let distinct = Set(values.filter { !$0.isNaN }).sorted()
    var position: [Double: Int32] = [:]
    for (index, value) in distinct.enumerated() { position[value] = Int32(clamping: index) }
    codes = values.map { position[$0] ?? -1 }
    levels = distinct.map { value in
      switch column.type {
      case .flag: value == 0 ? "false" : "true"
      case .date: Int32(exactly: value).flatMap { CalendarDate(days: $0) }?.text ?? ""
      default: ShortestNumber.text(value)
      }
    }
  }

  private init(label: String, levels: [String], codes: [Int32], isDeclared: Bool) {
    self.label = label
    self.levels = levels
    self.codes = codes
    self.isDeclared = isDeclared
  }

  /// Both columns with the levels that occur or are declared in either.
  static func sharing(_ first: LeveledColumn, _ second: LeveledColumn) -> (LeveledColumn, LeveledColumn) {
    var levels: [String] = []
    for column in [first, second] {
      let used = Set(column.codes)
      for (code, level) in column.levels.enumerated()
      where (column.isDeclared || used.contains(Int32(code))) && !levels.contains(level) {
        levels.append(level)
      }
    }
    func recoded(_ column: LeveledColumn) -> LeveledColumn {
      let position = column.levels.map { level in levels.firstIndex(of: level).map { Int32($0) } ?? -1 }
      return LeveledColumn(
        label: column.label, levels: levels, codes: column.codes.map { $0 < 0 ? -1 : position[Int($0)] },
        isDeclared: true)
    }
    return (recoded(first), recoded(second))
  }

  /// A warning for each declared level that has no values.
  func emptyLevels(keeping kept: [Int], at range: SourceRange) -> [Diagnostic] {
    guard isDeclared else { return [] }
    return levels.indices.filter { !kept.contains($0) }.map { level in
      Diagnostic(
        .warning, .emptyGroup, "the group '\(levels[level])' of \(label) has no values", at: range,
        remedy: "remove the level from the dictionary if it does not belong to this analysis")
    }
  }
}
