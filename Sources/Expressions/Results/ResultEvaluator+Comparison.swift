// Comparisons between results.

import DataTables
import Diagnostics

extension ResultEvaluator {
  mutating func compare(
    _ comparison: ComparisonOperator, _ left: Computed, _ leftNode: Expression.Node, _ right: Computed,
    _ rightNode: Expression.Node, _ node: Expression.Node
  ) -> Computed? {
    if let decided = Self.compareNotReached(comparison, left.value, right.value) {
      return Computed(.flag(decided))
    }
    if !left.value.isKnown { return Computed(.notEstimable, reason: left.reason) }
    if !right.value.isKnown { return Computed(.notEstimable, reason: right.reason) }
    if let a = left.value.number, let b = right.value.number {
      return Computed(.flag(comparison.holds(a, b)))
    }
    switch (left.value, right.value) {
    case (.text(let a), .text(let b)) where !comparison.needsOrder:
      return Computed(.flag((a == b) == (comparison == .equal)))
    case (.flag(let a), .flag(let b)) where !comparison.needsOrder:
      return Computed(.flag((a == b) == (comparison == .equal)))
    case (.date(let a), .date(let b)): return Computed(.flag(comparison.holds(a, b)))
    case (.date(let a), .text(let b)):
      if let b = CalendarDate(b) { return Computed(.flag(comparison.holds(a, b.days))) }
      report(
        .expressionType, "'\(b)' is not a day of the calendar", at: rightNode.range,
        remedy: "dates are written YYYY-MM-DD")
    case (.text(let a), .date(let b)):
      if let a = CalendarDate(a) { return Computed(.flag(comparison.holds(a.days, b))) }
      report(
        .expressionType, "'\(a)' is not a day of the calendar", at: leftNode.range,
        remedy: "dates are written YYYY-MM-DD")
    case (.text, .text), (.flag, .flag):
      report(
        .expressionType, "these values have no order", at: node.range, remedy: "compare them with == or !=")
    default:
      report(
        .expressionType,
        "'\(source.slice(leftNode.range).string)' is \(left.value.typeWords), "
          + "'\(source.slice(rightNode.range).string)' is \(right.value.typeWords): they cannot be compared",
        at: node.range)
    }
    return nil
  }

  /// A quantile not reached by time T lies above T: that decides comparisons with numbers up to T.
  static func compareNotReached(_ comparison: ComparisonOperator, _ left: NamedValue, _ right: NamedValue)
    -> Bool?
  {
    switch (left, right) {
    case (.notReached(let bound?), _):
      guard let number = right.number, number <= bound else { return nil }
      return comparison == .greater || comparison == .greaterOrEqual || comparison == .notEqual
    case (_, .notReached(.some)): return compareNotReached(comparison.mirrored, right, left)
    default: return nil
    }
  }

  mutating func membership(
    _ operand: Expression.Node, _ items: [Expression.Node], negated: Bool, _ node: Expression.Node
  ) -> Computed? {
    guard let value = evaluate(operand) else { return nil }
    var result = Computed(.flag(false))
    var isSound = true
    for item in items {
      guard let other = evaluate(item), let one = compare(.equal, value, operand, other, item, item) else {
        isSound = false
        continue
      }
      if result.value == .flag(true) { continue }
      if one.value == .flag(true) || !one.value.isKnown { result = one }
    }
    guard isSound else { return nil }
    if negated, case .flag(let flag) = result.value { return Computed(.flag(!flag)) }
    return result
  }
}
