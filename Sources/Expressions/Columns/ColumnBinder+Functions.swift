// Function calls: conditions, numbers, dates, and numbers over all rows.

import DataTables
import Diagnostics

extension ColumnBinder {
  mutating func bindFunction(_ function: ColumnFunction, _ call: FunctionCall) -> BoundExpression? {
    switch function {
    case .if, .isMissing, .coalesce, .between: bindCondition(function, call)
    case .cut, .recode, .level, .text, .number, .lower, .upper, .trim, .contains, .startsWith, .endsWith:
      bindTextFunction(function, call)
    case .substring, .before, .after, .replace: bindPart(function, call)
    case .date, .year, .month, .day, .daysBetween, .monthsBetween, .yearsBetween:
      bindDateFunction(function, call)
    case .log, .log2, .log10, .exp, .sqrt, .abs, .round, .floor, .ceiling, .min, .max:
      bindNumberFunction(function, call)
    case .mean, .sd, .median: bindAggregate(function, call)
    }
  }

  /// The unlabelled arguments, if there are as many as asked for and no labelled ones but those allowed.
  mutating func arguments(
    _ call: FunctionCall, _ count: ClosedRange<Int>, labels: Set<String> = []
  ) -> [Expression.Node]? {
    for argument in call.arguments {
      guard let label = argument.label, !labels.contains(label) else { continue }
      report(
        .expressionType, "\(call.name)() has no argument '\(label)'",
        at: argument.labelRange ?? argument.range,
        remedy: NearMiss.remedy(for: label, among: labels) ?? signatureRemedy(call))
      return nil
    }
    let positional = call.positional
    guard count.contains(positional.count) else {
      let wanted =
        count.lowerBound == count.upperBound
        ? "\(count.lowerBound)"
        : count.upperBound == .max
          ? "\(count.lowerBound) or more" : "\(count.lowerBound) to \(count.upperBound)"
      report(
        .expressionType,
        "\(call.name)() takes \(wanted) argument\(wanted == "1" ? "" : "s"), here are \(positional.count)",
        at: call.node.range, remedy: signatureRemedy(call))
      return nil
    }
    return positional
  }

  func signatureRemedy(_ call: FunctionCall) -> String? {
    FunctionCatalog.entry(named: call.name).map { "write \($0.signature)" }
  }

  /// A number that is the same for every row.
  mutating func constantNumber(_ node: Expression.Node, _ role: String) -> Double? {
    guard let number = number(node) else { return nil }
    if let constant = number.constant { return constant }
    if case .negation(.constant(let value)) = number { return -value }
    report(.expressionType, "\(role) is a plain number", at: node.range)
    return nil
  }

  // MARK: Conditions

  private mutating func bindCondition(_ function: ColumnFunction, _ call: FunctionCall) -> BoundExpression? {
    switch function {
    case .if:
      guard let nodes = arguments(call, 3...3) else { return nil }
      let condition = flag(nodes[0])
      let (yes, no) = (bind(nodes[1]), bind(nodes[2]))
      guard let condition, let yes, let no else { return nil }
      return choose(condition, yes, nodes[1], no, nodes[2])
    case .isMissing:
      guard let nodes = arguments(call, 1...1), let bound = bind(nodes[0]) else { return nil }
      switch bound {
      case .number(let number): return .flag(.numberIsMissing(number))
      case .flag(let flag): return .flag(.flagIsMissing(flag))
      case .text(let text): return .flag(.textIsMissing(text))
      case .date(let date): return .flag(.dateIsMissing(date))
      case .missing: return .flag(.constant(1))
      }
    case .coalesce:
      guard let nodes = arguments(call, 2...Int.max) else { return nil }
      let bounds = nodes.map { bind($0) }
      var result: BoundExpression = .missing
      var first = nodes[0]
      for (bound, node) in zip(bounds, nodes) {
        guard let bound else { return nil }
        guard let joined = coalesce(result, first, bound, node) else { return nil }
        if case .missing = result { first = node }
        result = joined
      }
      return result
    default:
      guard let nodes = arguments(call, 3...3) else { return nil }
      let low = bindComparison(.greaterOrEqual, nodes[0], nodes[1], call.node)
      let high = bindComparison(.lessOrEqual, nodes[0], nodes[2], call.node)
      guard let low, let high else { return nil }
      return .flag(.and(low, high))
    }
  }

  private mutating func choose(
    _ condition: BoundFlag, _ yes: BoundExpression, _ yesNode: Expression.Node, _ no: BoundExpression,
    _ noNode: Expression.Node
  ) -> BoundExpression? {
    guard let (yes, no) = agree(yes, yesNode, no, noNode) else { return nil }
    switch (yes, no) {
    case (.number(let a), .number(let b)): return .number(.choice(condition, a, b))
    case (.flag(let a), .flag(let b)): return .flag(.choice(condition, a, b))
    case (.date(let a), .date(let b)): return .date(.choice(condition, a, b))
    case (.text(let a), .text(let b)):
      let united = BoundText.united(a, b)
      return .text(
        BoundText(
          .choice(condition, united.first, united.second), levels: united.levels,
          isOrdered: a.isOrdered && united.levels == a.levels))
    default: return .missing
    }
  }

  private mutating func coalesce(
    _ first: BoundExpression, _ firstNode: Expression.Node, _ second: BoundExpression,
    _ secondNode: Expression.Node
  ) -> BoundExpression? {
    if case .missing = first { return second }
    guard let (first, second) = agree(first, firstNode, second, secondNode) else { return nil }
    switch (first, second) {
    case (.number(let a), .number(let b)): return .number(.coalesce(a, b))
    case (.flag(let a), .flag(let b)): return .flag(.coalesce(a, b))
    case (.date(let a), .date(let b)): return .date(.coalesce(a, b))
    case (.text(let a), .text(let b)):
      let united = BoundText.united(a, b)
      return .text(
        BoundText(
          .coalesce(united.first, united.second), levels: united.levels,
          isOrdered: a.isOrdered && united.levels == a.levels))
    default: return .missing
    }
  }

  /// Both with one type: `missing` takes the other's, flags become numbers beside numbers, texts dates beside
  /// dates.
  private mutating func agree(
    _ left: BoundExpression, _ leftNode: Expression.Node, _ right: BoundExpression,
    _ rightNode: Expression.Node
  ) -> (BoundExpression, BoundExpression)? {
    switch (left, right) {
    case (.number, .number), (.flag, .flag), (.text, .text), (.date, .date), (.missing, .missing):
      return (left, right)
    case (.missing, let other): return (Self.missing(like: other), other)
    case (let other, .missing): return (other, Self.missing(like: other))
    case (.number, .flag(let flag)): return (left, .number(.flag(flag)))
    case (.flag(let flag), .number): return (.number(.flag(flag)), right)
    case (.date, .text(let text)) where text.constant != nil:
      return date(right, rightNode).map { (left, .date($0)) }
    case (.text(let text), .date) where text.constant != nil:
      return date(left, leftNode).map { (.date($0), right) }
    default:
      report(
        .expressionType,
        "\(describe(left, leftNode)) is \(left.type?.words ?? ""), \(describe(right, rightNode)) is "
          + "\(right.type?.words ?? ""): one column cannot hold both",
        at: leftNode.range.lowerBound..<max(rightNode.range.upperBound, leftNode.range.upperBound))
      return nil
    }
  }

  static func missing(like other: BoundExpression) -> BoundExpression {
    switch other {
    case .number: .number(.constant(.nan))
    case .flag: .flag(.constant(BoundFlag.missing))
    case .text: .text(.missing)
    case .date: .date(.constant(BoundDate.missing))
    case .missing: .missing
    }
  }

  // MARK: Numbers

  private mutating func bindNumberFunction(_ function: ColumnFunction, _ call: FunctionCall)
    -> BoundExpression?
  {
    switch function {
    case .min, .max:
      guard let nodes = arguments(call, 1...Int.max) else { return nil }
      if nodes.count == 1 {
        report(
          .expressionType, "\(call.name)() compares values within a row and takes at least two",
          at: call.node.range,
          remedy: "over all rows, ask the data set in a sentence or claim: ID.\(call.name)(…)")
        return nil
      }
      let numbers = nodes.map { number($0) }
      guard numbers.allSatisfy({ $0 != nil }) else { return nil }
      let operands = numbers.compactMap(\.self)
      return .number(function == .min ? .minimum(operands) : .maximum(operands))
    case .round:
      guard let nodes = arguments(call, 1...2, labels: ["digits"]) else { return nil }
      let operand = number(nodes[0])
      var digits = 0
      if let node = call.labelled("digits") ?? (nodes.count > 1 ? nodes[1] : nil) {
        guard let value = constantNumber(node, "the number of decimal places") else { return nil }
        guard let whole = Int(exactly: value) else {
          report(.expressionType, "the number of decimal places is a whole number", at: node.range)
          return nil
        }
        digits = whole
      }
      return operand.map { .number(.rounded($0, digits: digits)) }
    case .log where dialect == .formula && call.arguments.count == 2:
      // R's log(x, base).
      guard let nodes = arguments(call, 1...2, labels: ["base"]) else { return nil }
      let operand = number(nodes[0])
      guard let node = call.labelled("base") ?? nodes.last, let base = constantNumber(node, "the base") else {
        return nil
      }
      return operand.map {
        .number(.arithmetic(.divide, .function(.log, $0), .constant(NumberFunction.log(base))))
      }
    default:
      guard let nodes = arguments(call, 1...1), let operand = number(nodes[0]) else { return nil }
      return Self.numberFunction(function).map { .number(.function($0, operand)) }
    }
  }

  static func numberFunction(_ function: ColumnFunction) -> NumberFunction? {
    switch function {
    case .log: .log
    case .log2: .log2
    case .log10: .log10
    case .exp: .exp
    case .sqrt: .sqrt
    case .abs: .abs
    case .floor: .floor
    case .ceiling: .ceiling
    default: nil
    }
  }

  private mutating func bindAggregate(_ function: ColumnFunction, _ call: FunctionCall) -> BoundExpression? {
    guard let nodes = arguments(call, 1...1), let operand = number(nodes[0]) else { return nil }
    let values = Aggregate.present(
      Rows.collect(table.rowCount, threads: threads) { rows in operand.values(rows) })
    switch function {
    case .mean: return .number(.constant(Aggregate.mean(values)))
    case .sd: return .number(.constant(Aggregate.standardDeviation(values)))
    default: return .number(.constant(Aggregate.quantile(values, 0.5)))
    }
  }

  // MARK: Dates

  private mutating func bindDateFunction(_ function: ColumnFunction, _ call: FunctionCall) -> BoundExpression?
  {
    switch function {
    case .date: return bindDate(call)
    case .year, .month, .day:
      guard let nodes = arguments(call, 1...1), let operand = date(nodes[0]) else { return nil }
      let part: DatePart = function == .year ? .year : function == .month ? .month : .day
      return .number(.datePart(part, operand))
    default:
      guard let nodes = arguments(call, 2...2) else { return nil }
      let (earlier, later) = (date(nodes[0]), date(nodes[1]))
      guard let earlier, let later else { return nil }
      let days = BoundNumber.days(later, earlier)
      switch function {
      case .monthsBetween: return .number(.arithmetic(.divide, days, .constant(30.4375)))
      case .yearsBetween: return .number(.arithmetic(.divide, days, .constant(365.25)))
      default: return .number(days)
      }
    }
  }
}
