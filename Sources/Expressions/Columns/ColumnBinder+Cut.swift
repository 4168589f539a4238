// cut(): numbers into ordered intervals.

import DataTables
import Diagnostics

extension ColumnBinder {
  mutating func bindCut(_ call: FunctionCall) -> BoundExpression? {
    // In formulas the outer break is left open unless asked for, as in R.
    let labels: Set<String> =
      dialect == .formula ? ["labels", "right", "include.lowest"] : ["labels", "right"]
    guard let nodes = arguments(call, 2...2, labels: labels) else { return nil }
    let operand = number(nodes[0])
    guard let breaks = breaks(nodes[1]) else { return nil }
    guard let right = flagOption(call, "right", otherwise: true),
      let includesEnd = flagOption(call, "include.lowest", otherwise: dialect == .expression)
    else { return nil }
    guard let operand else { return nil }
    func cut(_ breaks: [Double], _ labels: [String]?) -> BoundExpression {
      let intervals = Intervals(breaks: breaks, closedRight: right, includesEnd: includesEnd)
      let names = labels ?? intervals.labels(separator: dialect == .formula ? "," : ", ")
      return .text(BoundText(.cut(operand, intervals), levels: names, isOrdered: true))
    }
    guard let node = call.labelled("labels") else {
      guard breaks.count >= 2 else {
        report(
          .expressionType, "one break makes no interval", at: nodes[1].range,
          remedy: "add the outer breaks, or two labels: labels: [\"low\", \"high\"]")
        return nil
      }
      return cut(breaks, nil)
    }
    guard let names = cutLabels(node, breaks.count) else { return nil }
    return names.count == breaks.count + 1
      ? cut([-.infinity] + breaks + [.infinity], names) : cut(breaks, names)
  }

  /// One label fewer than breaks, or one more; each once.
  private mutating func cutLabels(_ node: Expression.Node, _ breakCount: Int) -> [String]? {
    guard let texts = texts(node, "a label") else { return nil }
    let names = texts.map(\.0)
    if let repeated = texts.enumerated().first(where: { names[..<$0.offset].contains($0.element.0) })?.element
    {
      report(.expressionType, "the label '\(repeated.0)' stands twice", at: repeated.1.range)
      return nil
    }
    if names.count == breakCount + 1 || (names.count == breakCount - 1 && breakCount >= 2) { return names }
    let inner = breakCount == 2 ? "1 label" : "\(breakCount - 1) labels"
    report(
      .expressionType, "\(breakCount) breaks cannot have \(names.count) labels", at: node.range,
      remedy: (breakCount >= 2 ? "\(inner) for the intervals between the breaks, or " : "")
        + "\(breakCount + 1) labels to take in everything below and above")
    return nil
  }

  private mutating func flagOption(_ call: FunctionCall, _ label: String, otherwise: Bool) -> Bool? {
    guard let node = call.labelled(label) else { return otherwise }
    if case .flag(let value) = node.kind { return value }
    report(.expressionType, "'\(label)' is true or false", at: node.range)
    return nil
  }

  private mutating func breaks(_ node: Expression.Node) -> [Double]? {
    guard case .list(let items) = node.kind, !items.isEmpty else {
      report(
        .expressionType, "the breaks are a list of numbers", at: node.range, remedy: "write [50, 65, 80]")
      return nil
    }
    var breaks: [Double] = []
    for item in items {
      guard let value = infinity(item) ?? constantNumber(item, "a break") else { return nil }
      if let last = breaks.last, last >= value {
        report(.expressionType, "the breaks must rise", at: item.range)
        return nil
      }
      breaks.append(value)
    }
    return breaks
  }

  /// R's `Inf` and `-Inf`.
  private func infinity(_ node: Expression.Node) -> Double? {
    guard dialect == .formula else { return nil }
    switch node.kind {
    case .reference(let reference) where reference.steps.isEmpty && reference.name == "Inf": return .infinity
    case .negation(let inner): return infinity(inner).map { -$0 }
    default: return nil
    }
  }
}
