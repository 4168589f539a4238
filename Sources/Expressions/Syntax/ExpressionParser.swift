// Tokens to syntax tree: the operators, loosest first.

import Diagnostics

/// A recursive-descent parser. Spellings of other languages are reported and read as meant, so that one
/// run finds several faults; a fault with no obvious meaning ends the reading.
package struct ExpressionParser {
  package let source: SourceText
  package let dialect: Dialect
  package let tokens: [Token]
  package var position = 0
  package private(set) var diagnostics: [Diagnostic]
  /// Whether the text could not even be cut into words: its diagnostics say all there is to say.
  package let isBroken: Bool
  /// How deep the tree is at this point; bounded so that no text can exhaust the stack.
  private var depth = 0
  /// Whether `|` outside brackets ends the expression because filters follow it.
  private let barEndsExpression: Bool
  var bracketDepth = 0

  static let maximumDepth = 200

  package init(_ source: SourceText, dialect: Dialect = .expression, barEndsExpression: Bool = false) {
    self.source = source
    self.dialect = dialect
    self.barEndsExpression = barEndsExpression
    let output = Lexer.tokens(of: source, dialect: dialect)
    tokens = output.tokens
    diagnostics = output.diagnostics
    isBroken = output.isBroken
  }

  // MARK: Tokens

  package var token: Token { token(ahead: 0) }

  package func token(ahead count: Int) -> Token {
    let index = position + count
    return index < tokens.count ? tokens[index] : Token(.end, source.bytes.count..<source.bytes.count)
  }

  package var previousEnd: Int {
    position > 0 && position <= tokens.count ? tokens[position - 1].range.upperBound : 0
  }

  package mutating func advance() { position = min(position + 1, tokens.count) }

  package mutating func take(_ symbol: Token.Symbol) -> Bool {
    guard token.isSymbol(symbol) else { return false }
    advance()
    return true
  }

  // MARK: Faults

  package var code: DiagnosticCode { dialect == .formula ? .formulaSyntax : .expressionSyntax }

  package func fault(_ message: String, at range: Range<Int>, remedy: String? = nil) -> Diagnostic {
    Diagnostic(.error, code, message, at: source.range(range), remedy: remedy)
  }

  package mutating func report(_ message: String, at range: Range<Int>, remedy: String? = nil) {
    diagnostics.append(fault(message, at: range, remedy: remedy))
  }

  package mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// Reports a spelling of another language unless the dialect allows it.
  mutating func foreign(_ token: Token, _ meaning: String, _ remedy: String) {
    guard dialect == .expression else { return }
    report("'\(source.slice(token.range).string)' is not \(meaning) here", at: token.range, remedy: remedy)
  }

  package mutating func nested<Result>(
    _ body: (inout ExpressionParser) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.maximumDepth { throw tooDeep(token.range) }
    return try body(&self)
  }

  func tooDeep(_ range: Range<Int>) -> Diagnostic {
    fault(
      "this expression is nested more than \(Self.maximumDepth) deep", at: range,
      remedy: "derive a column for a part of it, or write 'in [..]' for a chain of comparisons")
  }

  // MARK: Operators

  package mutating func parseExpression() throws(Diagnostic) -> Expression.Node {
    try nested { parser throws(Diagnostic) in try parser.parseOr() }
  }

  /// A chain of operators of one rank, joined from the left.
  mutating func chain(
    _ first: Expression.Node,
    _ next: (inout ExpressionParser, Expression.Node) throws(Diagnostic) -> Expression.Node?
  ) throws(Diagnostic) -> Expression.Node {
    var left = first
    var length = 0
    while let joined = try next(&self, left) {
      left = joined
      length += 1
      if depth + length > Self.maximumDepth { throw tooDeep(token.range) }
    }
    return left
  }

  func join(_ left: Expression.Node, _ right: Expression.Node, _ kind: Expression.Kind)
    -> Expression.Node
  {
    Expression.Node(kind, left.range.lowerBound..<right.range.upperBound)
  }

  private mutating func parseOr() throws(Diagnostic) -> Expression.Node {
    let first = try parseAnd()
    return try chain(first) { parser, left throws(Diagnostic) in
      let token = parser.token
      switch token.kind {
      case .name("or"): break
      case .symbol(.bar) where parser.barEndsExpression && parser.bracketDepth == 0: return nil
      case .symbol(.bar), .symbol(.doubleBar): parser.foreign(token, "an operator", "write 'or'")
      default: return nil
      }
      parser.advance()
      let right = try parser.parseAnd()
      return parser.join(left, right, .or(left, right))
    }
  }

  private mutating func parseAnd() throws(Diagnostic) -> Expression.Node {
    let first = try parseNot()
    return try chain(first) { parser, left throws(Diagnostic) in
      let token = parser.token
      switch token.kind {
      case .name("and"): break
      case .symbol(.ampersand), .symbol(.doubleAmpersand): parser.foreign(token, "an operator", "write 'and'")
      default: return nil
      }
      parser.advance()
      let right = try parser.parseNot()
      return parser.join(left, right, .and(left, right))
    }
  }

  private mutating func parseNot() throws(Diagnostic) -> Expression.Node {
    let start = token
    switch start.kind {
    case .name("not"): break
    case .symbol(.bang): foreign(start, "an operator", "write 'not'")
    default: return try parseComparison()
    }
    advance()
    let operand = try nested { parser throws(Diagnostic) in try parser.parseNot() }
    return Expression.Node(.not(operand), start.range.lowerBound..<operand.range.upperBound)
  }

  private mutating func parseComparison() throws(Diagnostic) -> Expression.Node {
    let left = try parseSum()
    if let membership = try parseMembership(left) { return membership }
    guard let comparison = takeComparison() else { return left }
    let right = try parseSum()
    let joined = join(left, right, .comparison(comparison, left, right))
    let next = token
    if takeComparison() != nil {
      throw fault(
        "comparisons cannot be chained", at: next.range,
        remedy: "write 'a < x and x < b', or between(x, a, b)")
    }
    return joined
  }

  private mutating func takeComparison() -> ComparisonOperator? {
    let token = token
    guard case .symbol(let symbol) = token.kind else { return nil }
    let comparison: ComparisonOperator
    switch symbol {
    case .equals: comparison = .equal
    case .notEquals: comparison = .notEqual
    case .less: comparison = .less
    case .lessOrEqual: comparison = .lessOrEqual
    case .greater: comparison = .greater
    case .greaterOrEqual: comparison = .greaterOrEqual
    case .assign:
      comparison = .equal
      report("a single '=' does not compare", at: token.range, remedy: "write '=='")
    case .lessGreater:
      comparison = .notEqual
      report("'<>' is not an operator", at: token.range, remedy: "write '!='")
    case .equalsLess:
      comparison = .lessOrEqual
      report("'=<' is not an operator", at: token.range, remedy: "write '<='")
    default: return nil
    }
    advance()
    return comparison
  }

  private mutating func parseMembership(_ left: Expression.Node) throws(Diagnostic) -> Expression.Node? {
    let start = token
    var negated = false
    switch start.kind {
    case .name("in"): break
    case .symbol(.isIn): foreign(start, "an operator", "write 'in'")
    case .name("not") where token(ahead: 1).isName("in"):
      negated = true
      advance()
    default: return nil
    }
    advance()
    let list = try parseList()
    guard case .list(let items) = list.kind else { return nil }
    return join(left, list, .membership(left, of: items, negated: negated))
  }

  /// `[a, b]`, `(a, b)`, and R's `c(a, b)`.
  private mutating func parseList() throws(Diagnostic) -> Expression.Node {
    if token.isName("c"), token(ahead: 1).isSymbol(.leftParenthesis) {
      foreign(token, "a list", "write [\"a\", \"b\"]")
      advance()
    }
    let start = token
    let close: Token.Symbol
    if take(.leftBracket) {
      close = .rightBracket
    } else if take(.leftParenthesis) {
      close = .rightParenthesis
    } else {
      throw fault("'in' needs a list", at: token.range, remedy: "write in [\"a\", \"b\"]")
    }
    let items = try parseItems(until: close, opened: start)
    return Expression.Node(.list(items), start.range.lowerBound..<previousEnd)
  }
}
