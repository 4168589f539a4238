// The arguments of calls such as ns(x, df = 3), by position or name as in R.

import Diagnostics
import Expressions

/// A call in a formula, its arguments taken one by one.
struct FormulaCall {
  let name: String
  let arguments: [Expression.Argument]
  let node: Expression.Node
  let source: SourceText

  func fault(_ message: String, _ range: Range<Int>, _ remedy: String? = nil) -> Diagnostic {
    Diagnostic(.error, .formulaSyntax, message, at: source.range(range), remedy: remedy)
  }

  func expression(_ node: Expression.Node) -> Expression {
    Expression(source: source, root: node, dialect: .formula)
  }

  /// The arguments by parameter name: named ones first, the others in the order of the parameters that are
  /// left.
  func matched(_ parameters: [String]) throws(Diagnostic) -> [String: Expression.Node] {
    var matched: [String: Expression.Node] = [:]
    for argument in arguments {
      guard let label = argument.label else { continue }
      guard parameters.contains(label) else {
        throw fault(
          "\(name)() has no argument '\(label)'", argument.labelRange ?? argument.range,
          NearMiss.remedy(for: label, among: parameters)
            ?? "arguments: " + parameters.joined(separator: ", "))
      }
      guard matched.updateValue(argument.value, forKey: label) == nil else {
        throw fault("'\(label)' is given twice", argument.labelRange ?? argument.range)
      }
    }
    var open = parameters.filter { matched[$0] == nil }[...]
    for argument in arguments where argument.label == nil {
      guard let parameter = open.popFirst() else {
        throw fault(
          "\(name)() takes at most \(parameters.count) arguments", argument.range,
          "arguments: " + parameters.joined(separator: ", "))
      }
      matched[parameter] = argument.value
    }
    return matched
  }

  func expressions(atLeast count: Int, ignoring labels: Set<String>) throws(Diagnostic) -> [Expression] {
    var expressions: [Expression] = []
    for argument in arguments {
      if let label = argument.label {
        if labels.contains(label) { continue }
        throw fault("\(name)() has no argument '\(label)'", argument.labelRange ?? argument.range)
      }
      expressions.append(expression(argument.value))
    }
    guard expressions.count >= count else { throw fault("\(name)() needs a column", node.range) }
    return expressions
  }

  func onlyExpression() throws(Diagnostic) -> Expression {
    guard arguments.count == 1, let argument = arguments.first, argument.label == nil else {
      throw fault("\(name)() takes one column", node.range)
    }
    return expression(argument.value)
  }

  /// The column or computation a basis is made of.
  func required(_ parameter: String, _ matched: [String: Expression.Node]) throws(Diagnostic) -> Expression {
    guard let node = matched[parameter] else { throw fault("\(name)() needs a column", self.node.range) }
    return expression(node)
  }

  // MARK: Constants

  private func isNull(_ node: Expression.Node) -> Bool {
    if case .reference(let reference) = node.kind {
      return reference.steps.isEmpty && reference.name == "NULL"
    }
    return false
  }

  /// R's `eps` stops its search for degrees of freedom early. Meier solves for them to full precision, so that all that
  /// can be said of it is whether it is a number.
  func passOver(tolerance node: Expression.Node?) throws(Diagnostic) { _ = try number(node, "eps") }

  func number(_ node: Expression.Node?, _ parameter: String) throws(Diagnostic) -> Double? {
    guard let node, !isNull(node) else { return nil }
    guard case .number(let value) = node.kind else {
      throw fault("'\(parameter)' is a number", node.range)
    }
    return value
  }

  func whole(_ node: Expression.Node?, _ parameter: String, _ allowed: ClosedRange<Int>) throws(Diagnostic)
    -> Int?
  {
    guard let node, let value = try number(node, parameter) else { return nil }
    guard let whole = Int(exactly: value), allowed.contains(whole) else {
      throw fault(
        "'\(parameter)' is a whole number from \(allowed.lowerBound) to \(allowed.upperBound)", node.range)
    }
    return whole
  }

  func flag(_ node: Expression.Node?, _ parameter: String) throws(Diagnostic) -> Bool? {
    guard let node, !isNull(node) else { return nil }
    switch node.kind {
    case .flag(let flag): return flag
    case .reference(let reference) where reference.steps.isEmpty && reference.name == "T": return true
    case .reference(let reference) where reference.steps.isEmpty && reference.name == "F": return false
    default: throw fault("'\(parameter)' is TRUE or FALSE", node.range)
    }
  }

  /// `c(1, 2)`, or one number; ascending.
  func numbers(_ node: Expression.Node?, _ parameter: String) throws(Diagnostic) -> [Double]? {
    guard let node, !isNull(node) else { return nil }
    let items = if case .list(let items) = node.kind { items } else { [node] }
    var numbers: [Double] = []
    for item in items {
      guard case .number(let value) = item.kind else { throw fault("'\(parameter)' are numbers", item.range) }
      numbers.append(value)
    }
    return numbers.sorted()
  }

  func texts(_ node: Expression.Node?, _ parameter: String) throws(Diagnostic) -> [String]? {
    guard let node, !isNull(node) else { return nil }
    let items = if case .list(let items) = node.kind { items } else { [node] }
    var texts: [String] = []
    for item in items {
      switch item.kind {
      case .text(let text): texts.append(text)
      case .number(let value): texts.append(ShortestNumber.text(value))
      case .flag(let flag): texts.append(flag ? "true" : "false")
      default: throw fault("'\(parameter)' are texts or numbers", item.range)
      }
    }
    return texts
  }
}
