// Expressions computed from results.

import DataTables
import Diagnostics

/// Walks the tree once; `nil` is returned where a fault was reported or a directive has no results.
struct ResultEvaluator {
  let source: SourceText
  let scope: any ResultScope
  var diagnostics: [Diagnostic] = []
  var met: [ResultEvaluation.Met] = []
  var metUnavailable = false

  init(source: SourceText, scope: any ResultScope) {
    self.source = source
    self.scope = scope
  }

  /// A value on its way through a computation.
  struct Computed {
    var value: NamedValue
    var kind: String?
    /// Why there is no value: names the result that has none.
    var reason: String?

    init(_ value: NamedValue, kind: String? = nil, reason: String? = nil) {
      self.value = value
      self.kind = kind
      self.reason = reason
    }

    var scoped: ScopedValue { ScopedValue(value, kind: kind) }
  }

  mutating func report(_ code: DiagnosticCode, _ message: String, at range: Range<Int>, remedy: String? = nil)
  {
    diagnostics.append(Diagnostic(.error, code, message, at: source.range(range), remedy: remedy))
  }

  mutating func evaluate(_ node: Expression.Node) -> Computed? {
    switch node.kind {
    case .number(let value): return Computed(.number(value))
    case .text(let text): return Computed(.text(text))
    case .flag(let flag): return Computed(.flag(flag))
    case .missing: return Computed(.missing, reason: "'missing' is no value")
    case .reference(let reference):
      if let arguments = reference.callArguments, reference.isResultFunction {
        return evaluateFunction(reference, arguments, node)
      }
      return evaluatePath(reference, node)
    case .negation(let operand):
      return number(operand).map { value in
        value.value.number.map { Computed(.number(-$0), kind: value.kind) } ?? value
      }
    case .not(let operand): return flag(operand).map(Self.inverted)
    case .and(let left, let right): return junction(left, right, decisive: false)
    case .or(let left, let right): return junction(left, right, decisive: true)
    case .arithmetic(let operation, let left, let right):
      let (left, right) = (number(left), number(right))
      guard let left, let right else { return nil }
      return Self.arithmetic(operation, left, right)
    case .comparison(let comparison, let left, let right):
      let (a, b) = (evaluate(left), evaluate(right))
      guard let a, let b else { return nil }
      return compare(comparison, a, left, b, right, node)
    case .membership(let operand, let items, let negated):
      return membership(operand, items, negated: negated, node)
    case .list:
      report(.expressionType, "a list cannot stand here", at: node.range, remedy: "lists follow 'in'")
      return nil
    }
  }

  // MARK: Wanted types

  mutating func number(_ node: Expression.Node) -> Computed? {
    guard let computed = evaluate(node) else { return nil }
    switch computed.value {
    case .text, .flag, .date:
      report(
        .expressionType,
        "'\(source.slice(node.range).string)' is \(computed.value.typeWords), a number is needed here",
        at: node.range)
      return nil
    default: return computed
    }
  }

  private mutating func flag(_ node: Expression.Node) -> Computed? {
    guard let computed = evaluate(node) else { return nil }
    if case .flag = computed.value { return computed }
    guard computed.value.isKnown else { return computed }
    report(
      .expressionType,
      "'\(source.slice(node.range).string)' is \(computed.value.typeWords), not true or false",
      at: node.range, remedy: "write a comparison")
    return nil
  }

  // MARK: Logic

  private static func inverted(_ computed: Computed) -> Computed {
    if case .flag(let flag) = computed.value { return Computed(.flag(!flag)) }
    return computed
  }

  /// `and` is decided by false, `or` by true; otherwise a side without a value leaves it open.
  private mutating func junction(
    _ left: Expression.Node, _ right: Expression.Node, decisive: Bool
  ) -> Computed? {
    let (a, b) = (flag(left), flag(right))
    guard let a, let b else { return nil }
    if a.value == .flag(decisive) || b.value == .flag(decisive) { return Computed(.flag(decisive)) }
    if !a.value.isKnown { return a }
    if !b.value.isKnown { return b }
    return Computed(.flag(!decisive))
  }

  // MARK: Arithmetic

  static func arithmetic(_ operation: ArithmeticOperator, _ left: Computed, _ right: Computed) -> Computed {
    guard let a = left.value.number else { return Computed(.notEstimable, reason: left.reason) }
    guard let b = right.value.number else { return Computed(.notEstimable, reason: right.reason) }
    if operation != .divide, operation != .power, case .count(let a) = left.value,
      case .count(let b) = right.value,
      let exact = exact(operation, a, b)
    {
      return Computed(.count(exact), kind: "count")
    }
    let result = operation(a, b)
    guard result.isFinite else {
      return Computed(
        .notEstimable,
        reason: "\(ShortestNumber.text(a)) \(operation.rawValue) \(ShortestNumber.text(b)) is no number")
    }
    return Computed(.number(result), kind: kind(operation, left, right))
  }

  private static func exact(_ operation: ArithmeticOperator, _ a: Int, _ b: Int) -> Int? {
    let (result, overflow) =
      switch operation {
      case .add: a.addingReportingOverflow(b)
      case .subtract: a.subtractingReportingOverflow(b)
      case .multiply: a.multipliedReportingOverflow(by: b)
      default: (0, true)
      }
    return overflow ? nil : result
  }

  /// Times, proportions and percents stay what they are in sums and differences of their kind and beside
  /// plain numbers (1 - survival), times also when multiplied (median / 12); 100 times a proportion is a
  /// plain number. Nothing computed from a P value, a ratio or a count is one.
  private static func kind(_ operation: ArithmeticOperator, _ left: Computed, _ right: Computed) -> String? {
    func unit(_ computed: Computed) -> String? {
      switch computed.kind {
      case nil, "number": nil
      case let kind?: kind
      }
    }
    let (a, b) = (unit(left), unit(right))
    let either = a == b ? a : a == nil ? b : b == nil ? a : nil
    switch operation {
    case .add, .subtract: return ["time", "proportion", "percent"].contains(either) ? either : nil
    case .multiply: return a != b && either == "time" ? either : nil
    case .divide: return b == nil && a == "time" ? a : nil
    case .remainder, .power: return nil
    }
  }
}
