// Functions of results, and questions to data sets.

import DataTables
import Diagnostics

extension ResultEvaluator {
  mutating func evaluateFunction(
    _ reference: Expression.Reference, _ arguments: [Expression.Argument], _ node: Expression.Node
  ) -> Computed? {
    guard let function = ColumnFunction(rawValue: reference.name),
      FunctionCatalog.entry(named: reference.name)?.worksOnResults == true
    else {
      reportUnknownFunction(reference)
      return nil
    }
    if let labelled = arguments.first(where: {
      $0.label != nil && !(function == .round && $0.label == "digits")
    }) {
      report(
        .expressionType, "\(reference.name)() has no argument '\(labelled.label ?? "")'",
        at: labelled.labelRange ?? labelled.range)
      return nil
    }
    let nodes = arguments.map(\.value)
    guard Self.arity(function).contains(nodes.count) else {
      report(
        .expressionType,
        "\(reference.name)() cannot take \(nodes.count) argument\(nodes.count == 1 ? "" : "s")",
        at: node.range, remedy: FunctionCatalog.entry(named: reference.name).map { "write \($0.signature)" })
      return nil
    }
    if function == .if { return choice(nodes) }
    let values = nodes.map { number($0) }
    guard values.allSatisfy({ $0 != nil }) else { return nil }
    return Self.apply(function, values.compactMap(\.self))
  }

  private static func arity(_ function: ColumnFunction) -> ClosedRange<Int> {
    switch function {
    case .if, .between: 3...3
    case .min, .max: 1...Int.max
    case .round: 1...2
    default: 1...1
    }
  }

  private static func apply(_ function: ColumnFunction, _ values: [Computed]) -> Computed? {
    if let without = values.first(where: { $0.value.number == nil }) {
      return Computed(.notEstimable, reason: without.reason)
    }
    let numbers = values.compactMap(\.value.number)
    guard let first = numbers.first else { return nil }
    let result: Double
    var kind = values.first?.kind
    switch function {
    case .between: return Computed(.flag(numbers.count == 3 && numbers[1] <= first && first <= numbers[2]))
    case .min: result = numbers.reduce(first) { min($0, $1) }
    case .max: result = numbers.reduce(first) { max($0, $1) }
    case .round:
      result = DecimalRounding.round(first, digits: numbers.count > 1 ? Int(numbers[1].rounded()) : 0)
    case .abs:
      if case .count(let count)? = values.first?.value {
        return Computed(.count(Int(count.magnitude)), kind: kind)
      }
      result = abs(first)
    default:
      guard let function = ColumnBinder.numberFunction(function) else { return nil }
      result = function(first)
      kind = nil
    }
    guard result.isFinite else {
      return Computed(
        .notEstimable, reason: "\(function.rawValue)(\(ShortestNumber.text(first))) is no number")
    }
    return Computed(.number(result), kind: kind)
  }

  private mutating func choice(_ nodes: [Expression.Node]) -> Computed? {
    let (condition, yes, no) = (evaluate(nodes[0]), evaluate(nodes[1]), evaluate(nodes[2]))
    guard let condition, let yes, let no else { return nil }
    if case .flag(let flag) = condition.value { return flag ? yes : no }
    guard condition.value.isKnown else { return Computed(.notEstimable, reason: condition.reason) }
    report(.expressionType, "the condition of if() is true or false", at: nodes[0].range)
    return nil
  }

  private mutating func reportUnknownFunction(_ reference: Expression.Reference) {
    let names = FunctionCatalog.all.filter(\.worksOnResults).map(\.name)
    if ColumnFunction(rawValue: reference.name) != nil {
      report(
        .unknownFunction, "\(reference.name)() works on the columns of a data set, not on results",
        at: reference.nameRange,
        remedy: DataFunction(rawValue: reference.name).map { "write ID.\($0.rawValue)\($0.signature)" })
      return
    }
    report(
      .unknownFunction, "no function '\(reference.name)'", at: reference.nameRange,
      remedy: DataFunction(rawValue: reference.name).map { "write ID.\($0.rawValue)\($0.signature)" }
        ?? NearMiss.remedy(for: reference.name, among: names)
        ?? "functions of results: " + names.joined(separator: ", "))
  }

  // MARK: Data sets

  mutating func evaluateDataFunction(
    _ function: DataFunction, _ arguments: [Expression.Argument], _ table: DataTable,
    _ reference: Expression.Reference, _ node: Expression.Node
  ) -> Computed? {
    let nodes = arguments.map(\.value)
    let wanted = function == .quantile ? 2 : 1
    guard nodes.count == wanted, arguments.allSatisfy({ $0.label == nil }) else {
      report(
        .expressionType, "\(reference.name)() takes \(wanted) argument\(wanted == 1 ? "" : "s")",
        at: node.range,
        remedy: "write \(reference.name)\(function.signature)")
      return nil
    }
    do throws(DiagnosticList) {
      let argument = Expression(source: source, root: nodes[0])
      let value = try compute(function, argument, nodes, table)
      return value.map { meet(node.canonicalText, $0, node) }
    } catch {
      diagnostics += error.diagnostics
      return nil
    }
  }

  private mutating func compute(
    _ function: DataFunction, _ argument: Expression, _ nodes: [Expression.Node], _ table: DataTable
  ) throws(DiagnosticList) -> ScopedValue? {
    switch function {
    case .count:
      return ScopedValue(.count(try argument.select(from: table).keptCount), kind: "count")
    case .percent:
      let rows = try argument.select(from: table)
      let known = table.rowCount - rows.missingCount
      return ScopedValue(
        known > 0 ? .number(100 * Double(rows.keptCount) / Double(known)) : .notEstimable, kind: "percent")
    case .missing:
      return ScopedValue(.count(try argument.column(named: "", in: table).column.missingCount), kind: "count")
    case .min, .max:
      return try extreme(function, argument, table)
    case .sum, .mean, .sd, .median, .quantile:
      let values = Aggregate.present(try argument.numbers(in: table))
      let result: Double
      switch function {
      case .sum: result = Aggregate.sum(values)
      case .mean: result = Aggregate.mean(values)
      case .sd: result = Aggregate.standardDeviation(values)
      case .median: result = Aggregate.quantile(values, 0.5)
      default:
        guard case .number(let probability) = nodes[1].kind, probability >= 0, probability <= 1 else {
          report(
            .expressionType, "the second argument of quantile() is a number from 0 to 1", at: nodes[1].range)
          return nil
        }
        result = Aggregate.quantile(values, probability)
      }
      return ScopedValue(result.isFinite ? .number(result) : .notEstimable)
    }
  }

  /// Smallest or largest number or day.
  private func extreme(
    _ function: DataFunction, _ argument: Expression, _ table: DataTable
  ) throws(DiagnosticList) -> ScopedValue {
    let isDate = try argument.type(in: table) == .date
    let values =
      isDate
      ? try argument.column(named: "", in: table).column.numbers() : try argument.numbers(in: table)
    let present = Aggregate.present(values)
    guard let value = function == .min ? present.min() : present.max() else {
      return ScopedValue(.notEstimable)
    }
    if isDate, let days = Int32(exactly: value) { return ScopedValue(.date(days), kind: "date") }
    return ScopedValue(.number(value))
  }
}
