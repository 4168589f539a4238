// Function calls that take a text apart.

import DataTables
import Diagnostics

extension ColumnBinder {
  mutating func bindPart(_ function: ColumnFunction, _ call: FunctionCall) -> BoundExpression? {
    switch function {
    case .substring: bindSubstring(call)
    case .replace: bindReplace(call)
    default: bindAround(function, call)
    }
  }

  /// `before(x, "-")`, `after(x, "-")`: at the first place where the text holds the part; missing where it does not.
  private mutating func bindAround(_ function: ColumnFunction, _ call: FunctionCall) -> BoundExpression? {
    guard let nodes = arguments(call, 2...2) else { return nil }
    let operand = text(nodes[0])
    guard let part = constantText(nodes[1], "the part to look for"), let operand else { return nil }
    return .text(
      operand.mapping { level in
        guard let place = Self.firstPlace(of: part, in: level) else { return nil }
        let rest = function == .before ? level[..<place.lowerBound] : level[place.upperBound...]
        return rest.isEmpty ? nil : String(rest)
      })
  }

  private mutating func bindReplace(_ call: FunctionCall) -> BoundExpression? {
    guard let nodes = arguments(call, 3...3) else { return nil }
    let operand = text(nodes[0])
    guard let part = constantText(nodes[1], "the part to replace") else { return nil }
    guard case .text(let new) = nodes[2].kind else {
      report(.expressionType, "what to put there is a text between quotation marks", at: nodes[2].range)
      return nil
    }
    return operand.map { operand in
      .text(
        operand.mapping { level in
          var result = ""
          var rest = level[...]
          while let place = Self.firstPlace(of: part, in: rest) {
            result += rest[..<place.lowerBound] + new
            rest = rest[place.upperBound...]
          }
          result += rest
          return result.isEmpty ? nil : result
        })
    }
  }

  /// Characters from a position on, counted from 1; missing where the text ends before.
  private mutating func bindSubstring(_ call: FunctionCall) -> BoundExpression? {
    guard let nodes = arguments(call, 2...3) else { return nil }
    let operand = text(nodes[0])
    guard let start = position(nodes[1], "the first character") else { return nil }
    var length: Int?
    if nodes.count == 3 {
      guard let value = position(nodes[2], "the number of characters") else { return nil }
      length = value
    }
    return operand.map { operand in
      .text(
        operand.mapping { level in
          let rest = level.dropFirst(start - 1)
          let part = length.map { rest.prefix($0) } ?? rest
          return part.isEmpty ? nil : String(part)
        })
    }
  }

  private mutating func position(_ node: Expression.Node, _ role: String) -> Int? {
    guard let value = constantNumber(node, role) else { return nil }
    guard let whole = Int(exactly: value), whole >= 1 else {
      report(
        .expressionType, "\(role) is a whole number from 1", at: node.range,
        remedy: "write substring(x, 1, 2) for the first two characters")
      return nil
    }
    return whole
  }

  private mutating func constantText(_ node: Expression.Node, _ role: String) -> String? {
    guard case .text(let text) = node.kind, !text.isEmpty else {
      report(
        .expressionType, "\(role) is a text between quotation marks", at: node.range,
        remedy: "write \"\(words(node))\"")
      return nil
    }
    return text
  }

  private static func firstPlace<Text: StringProtocol>(of part: String, in text: Text) -> Range<String.Index>?
  {
    var start = text.startIndex
    while start < text.endIndex {
      if text[start...].hasPrefix(part) {
        return start..<text.index(start, offsetBy: part.count)
      }
      start = text.index(after: start)
    }
    return nil
  }
}
