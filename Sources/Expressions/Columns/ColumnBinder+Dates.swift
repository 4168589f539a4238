// `date(…)`: a day from its parts, or from a text and the way it is written.

import DataTables
import Diagnostics

extension ColumnBinder {
  mutating func bindDate(_ call: FunctionCall) -> BoundExpression? {
    guard let nodes = arguments(call, 1...3) else { return nil }
    if nodes.count == 3 {
      let (year, month, day) = (number(nodes[0]), number(nodes[1]), number(nodes[2]))
      guard let year, let month, let day else { return nil }
      return .date(.civil(year: year, month: month, day: day))
    }
    var format = DateFormat.yearMonthDay
    if nodes.count == 2 {
      guard let named = dateFormat(nodes[1]) else { return nil }
      format = named
    }
    guard let bound = bind(nodes[0]) else { return nil }
    switch bound {
    case .number where nodes.count == 2:
      // 20200131 is a number to the reader of the file.
      guard case .text(let text)? = bindLevels(of: bound, isOrdered: false) else { return nil }
      return days(of: text, format, isNamed: true, nodes[0])
    case .text(let text) where text.constant == nil || nodes.count == 2:
      return days(of: text, format, isNamed: nodes.count == 2, nodes[0])
    default:
      return date(bound, nodes[0]).map { .date($0) }
    }
  }

  private mutating func days(
    of text: BoundText, _ format: DateFormat, isNamed: Bool, _ node: Expression.Node
  ) -> BoundExpression? {
    let days = text.levels.map { format.days($0) ?? BoundDate.missing }
    if days.allSatisfy({ $0 == BoundDate.missing }), let other = otherFormats(text, node) {
      report(
        .expressionType, "\(describe(.text(text), node)) holds dates, not written \(format.rawValue)",
        at: node.range, remedy: "write " + other)
      return nil
    }
    return .date(.levels(text, days))
  }

  /// `date(x, "DD.MM.YYYY")` for texts that are dates of some kind, with or without a time of day; `nil` for others.
  func otherFormats(_ text: BoundText, _ node: Expression.Node) -> String? {
    let formats = DateFormat.recognised(in: text.levels)
    if !formats.isEmpty {
      return Self.choices(
        formats.map {
          $0 == .yearMonthDay ? "date(\(words(node)))" : "date(\(words(node)), \"\($0.rawValue)\")"
        })
    }
    return TimedDates(text.levels).map { Self.choices($0.expressions(of: words(node))) }
  }

  private static func choices(_ expressions: [String]) -> String {
    expressions.joined(separator: " or ") + (expressions.count > 1 ? ", whichever is meant" : "")
  }

  private mutating func dateFormat(_ node: Expression.Node) -> DateFormat? {
    let known = DateFormat.allCases.map(\.rawValue)
    guard case .text(let text) = node.kind else {
      report(
        .expressionType, "how the dates are written is a text, such as \"DD.MM.YYYY\"", at: node.range,
        remedy: "formats: " + known.joined(separator: ", "))
      return nil
    }
    if let format = DateFormat(rawValue: text) { return format }
    let remedy =
      text.uppercased().hasSuffix("YY") && !text.uppercased().hasSuffix("YYYY")
      ? "a year of two digits does not name its century: write date(year, month, day) from its parts"
      : NearMiss.remedy(for: text, among: known) ?? "formats: " + known.joined(separator: ", ")
    report(.expressionType, "dates cannot be written '\(text)' here", at: node.range, remedy: remedy)
    return nil
  }
}
