// Tokens to syntax tree: sums, products, signs and powers.

import Diagnostics

extension ExpressionParser {
  mutating func parseSum() throws(Diagnostic) -> Expression.Node {
    let first = try parseProduct()
    return try chain(first) { parser, left throws(Diagnostic) in
      let operation: ArithmeticOperator
      switch parser.token.kind {
      case .symbol(.plus): operation = .add
      case .symbol(.minus): operation = .subtract
      default: return nil
      }
      parser.advance()
      let right = try parser.parseProduct()
      return parser.join(left, right, .arithmetic(operation, left, right))
    }
  }

  private mutating func parseProduct() throws(Diagnostic) -> Expression.Node {
    let first = try parseRemainder()
    return try chain(first) { parser, left throws(Diagnostic) in
      let operation: ArithmeticOperator
      switch parser.token.kind {
      case .symbol(.star): operation = .multiply
      case .symbol(.slash): operation = .divide
      case .symbol(.percent) where parser.dialect == .expression: operation = .remainder
      default: return nil
      }
      parser.advance()
      let right = try parser.parseRemainder()
      return parser.join(left, right, .arithmetic(operation, left, right))
    }
  }

  /// R binds `%%` tighter than `*`; Meier's `%` has the rank of `*`, as in most languages.
  private mutating func parseRemainder() throws(Diagnostic) -> Expression.Node {
    let first = try parseSign()
    return try chain(first) { parser, left throws(Diagnostic) in
      guard parser.token.isSymbol(.doublePercent) else { return nil }
      parser.foreign(parser.token, "an operator", "write '%'")
      parser.advance()
      let right = try parser.parseSign()
      return parser.join(left, right, .arithmetic(.remainder, left, right))
    }
  }

  private mutating func parseSign() throws(Diagnostic) -> Expression.Node {
    let start = token
    guard start.isSymbol(.minus) || start.isSymbol(.plus) else { return try parsePower() }
    advance()
    let operand = try nested { parser throws(Diagnostic) in try parser.parseSign() }
    let range = start.range.lowerBound..<operand.range.upperBound
    if start.isSymbol(.plus) { return Expression.Node(operand.kind, range) }
    if case .number(let value) = operand.kind { return Expression.Node(.number(-value), range) }
    return Expression.Node(.negation(operand), range)
  }

  private mutating func parsePower() throws(Diagnostic) -> Expression.Node {
    let base = try parsePrimary()
    let start = token
    guard start.isSymbol(.caret) || start.isSymbol(.doubleStar) else { return base }
    if start.isSymbol(.doubleStar) { foreign(start, "an operator", "write '^'") }
    advance()
    // The exponent may carry a sign, and a^b^c is a^(b^c).
    let exponent = try nested { parser throws(Diagnostic) in try parser.parseSign() }
    return join(base, exponent, .arithmetic(.power, base, exponent))
  }
}
