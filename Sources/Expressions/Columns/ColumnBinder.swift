// Names resolved and types checked against a table, before a row is read.

import DataTables
import Diagnostics

/// Turns a syntax tree into a computation over one table, collecting every fault on the way.
///
/// A method returns `nil` when it has reported why.
struct ColumnBinder {
  let source: SourceText
  let table: DataTable
  let dialect: Dialect
  let threads: Int
  private(set) var diagnostics: [Diagnostic] = []
  private var reported: Set<Reported> = []

  init(source: SourceText, table: DataTable, dialect: Dialect = .expression, threads: Int = 1) {
    self.source = source
    self.table = table
    self.dialect = dialect
    self.threads = threads
  }

  mutating func report(_ code: DiagnosticCode, _ message: String, at range: Range<Int>, remedy: String? = nil)
  {
    // What stands once may be looked at twice, as the first argument of between() is.
    guard reported.insert(Reported(message: message, range: range)).inserted else { return }
    diagnostics.append(Diagnostic(.error, code, message, at: source.range(range), remedy: remedy))
  }

  private struct Reported: Hashable {
    let message: String
    let range: Range<Int>
  }

  /// The author's own spelling of a part of the expression.
  func words(_ node: Expression.Node) -> String { source.slice(node.range).string }

  mutating func bind(_ node: Expression.Node) -> BoundExpression? {
    switch node.kind {
    case .number(let value): return .number(.constant(value))
    case .text(let text): return .text(.constant(text))
    case .flag(let flag): return .flag(.constant(flag ? 1 : 0))
    case .missing: return .missing
    case .reference(let reference): return bindReference(reference, node)
    case .negation(let operand): return number(operand).map { .number(.negation($0)) }
    case .not(let operand): return flag(operand).map { .flag(.not($0)) }
    case .and(let left, let right):
      let (left, right) = (flag(left), flag(right))
      guard let left, let right else { return nil }
      return .flag(.and(left, right))
    case .or(let left, let right):
      let (left, right) = (flag(left), flag(right))
      guard let left, let right else { return nil }
      return .flag(.or(left, right))
    case .arithmetic(let operation, let left, let right):
      return bindArithmetic(operation, left, right, node)
    case .comparison(let comparison, let left, let right):
      return bindComparison(comparison, left, right, node).map { .flag($0) }
    case .membership(let operand, let items, let negated):
      return bindMembership(operand, items, negated: negated, node).map { .flag($0) }
    case .list:
      report(
        .expressionType, "a list cannot stand here", at: node.range,
        remedy: "lists follow 'in', or are arguments of functions that take one")
      return nil
    }
  }

  // MARK: Wanted types

  /// A number; flags count as 0 and 1.
  mutating func number(_ node: Expression.Node) -> BoundNumber? {
    guard let bound = bind(node) else { return nil }
    return number(bound, node)
  }

  mutating func number(_ bound: BoundExpression, _ node: Expression.Node) -> BoundNumber? {
    switch bound {
    case .number(let number): return number
    case .flag(let flag): return .flag(flag)
    case .missing: return .constant(.nan)
    case .text(let text):
      report(
        .expressionType, "\(describe(bound, node)) is text, a number is needed here", at: node.range,
        remedy: text.column.map { "number(\($0)) reads the numbers in it" })
    case .date:
      report(
        .expressionType, "\(describe(bound, node)) is a date, a number is needed here", at: node.range,
        remedy: "days_between(a, b) or year(a) make numbers of dates")
    }
    return nil
  }

  /// True or false; a number is not taken for one.
  mutating func flag(_ node: Expression.Node) -> BoundFlag? {
    guard let bound = bind(node) else { return nil }
    switch bound {
    case .flag(let flag): return flag
    case .missing: return .constant(BoundFlag.missing)
    case .number:
      report(
        .expressionType, "\(describe(bound, node)) is a number, not true or false", at: node.range,
        remedy: "write a comparison, such as \(words(node)) == 1")
    case .text(let text):
      let example = text.column.map { "\($0) == \"\(exampleLevel(text))\"" } ?? "column == \"level\""
      report(
        .expressionType, "\(describe(bound, node)) is text, not true or false", at: node.range,
        remedy: "write a comparison, such as \(example)")
    case .date:
      report(
        .expressionType, "\(describe(bound, node)) is a date, not true or false", at: node.range,
        remedy: "write a comparison")
    }
    return nil
  }

  mutating func text(_ node: Expression.Node) -> BoundText? {
    guard let bound = bind(node) else { return nil }
    switch bound {
    case .text(let text): return text
    case .missing: return .missing
    default:
      report(
        .expressionType, "\(describe(bound, node)) is \(bound.type?.words ?? "missing"), text is needed here",
        at: node.range, remedy: "text(\(words(node))) makes text of it")
      return nil
    }
  }

  /// A date; a text that reads YYYY-MM-DD counts as one.
  mutating func date(_ node: Expression.Node) -> BoundDate? {
    guard let bound = bind(node) else { return nil }
    return date(bound, node)
  }

  mutating func date(_ bound: BoundExpression, _ node: Expression.Node) -> BoundDate? {
    switch bound {
    case .date(let date): return date
    case .missing: return .constant(BoundDate.missing)
    case .text(let text):
      if let constant = text.constant { return isoDate(constant, node) }
      report(
        .expressionType, "\(describe(bound, node)) is text, a date is needed here", at: node.range,
        remedy: otherFormats(text, node).map { "write " + $0 }
          ?? text.column.map { "date(\($0)) reads the dates in it; they must be written YYYY-MM-DD" })
    case .number, .flag:
      report(
        .expressionType, "\(describe(bound, node)) is \(bound.type?.words ?? ""), a date is needed here",
        at: node.range, remedy: excelDays(bound, node) ?? "write date(\"2003-01-31\")")
    }
    return nil
  }

  /// The day that a column of numbers counts as Excel does.
  private func excelDays(_ bound: BoundExpression, _ node: Expression.Node) -> String? {
    guard case .number = bound, case .reference = node.kind else { return nil }
    return
      "for days as Excel counts them write \(describe(bound, node).filter { $0 != "'" }) + date(\"1899-12-30\")"
  }

  mutating func isoDate(_ text: String, _ node: Expression.Node) -> BoundDate? {
    if let date = CalendarDate(text) { return .constant(date.days) }
    report(
      .expressionType, "'\(text)' is not a day of the calendar", at: node.range,
      remedy: "dates are written YYYY-MM-DD")
    return nil
  }

  /// A level to show in a remedy, but never one out of the data.
  private func exampleLevel(_ text: BoundText) -> String {
    guard let column = text.column.flatMap({ table[$0] }), let declared = column.metadata.levels?.first else {
      return "level"
    }
    return declared
  }

  /// What to call a part of the expression in a message.
  func describe(_ bound: BoundExpression, _ node: Expression.Node) -> String {
    if case .reference(let reference) = node.kind, reference.steps.isEmpty { return "'\(reference.name)'" }
    return "'\(words(node))'"
  }
}
