// Text to formula.

import Diagnostics
import Expressions

/// Reads R's model operators; what stands inside calls is read as an expression.
struct FormulaParser {
  private var parser: ExpressionParser
  private let source: SourceText

  init(_ source: SourceText) {
    self.source = source
    parser = ExpressionParser(source, dialect: .formula)
  }

  mutating func parseFormula() throws(DiagnosticList) -> Formula {
    if parser.isBroken { throw DiagnosticList(parser.diagnostics) }
    do throws(Diagnostic) {
      let response = try parseResponse()
      let right = try parseSum()
      if parser.token.kind != .end { throw unexpected() }
      if parser.diagnostics.isEmpty { return Formula(source: source, response: response, right: right) }
    } catch {
      parser.report(error)
    }
    throw DiagnosticList(parser.diagnostics)
  }

  private mutating func parseResponse() throws(Diagnostic) -> FormulaResponse? {
    if parser.take(.tilde) { return nil }
    if let equals = equalsForTilde() {
      throw parser.fault(
        "a formula needs '~' between outcome and terms", at: equals, remedy: "write '~' for '='")
    }
    let left = try parser.parseExpression()
    guard parser.take(.tilde) else {
      if parser.token.kind == .end {
        throw parser.fault(
          "a formula needs '~' between outcome and terms", at: 0..<source.bytes.count,
          remedy: "write outcome ~ \(source.string)")
      }
      throw parser.fault(
        "unexpected \(parser.words(for: parser.token)), expected '~'", at: parser.token.range,
        remedy: parser.token.isSymbol(.assign) ? "write '~'" : nil)
    }
    return try FormulaResponse(left, source: source)
  }

  /// The one `=` outside brackets of a formula without `~`.
  private func equalsForTilde() -> Range<Int>? {
    var depth = 0
    var equals: Range<Int>?
    for token in parser.tokens {
      switch token.kind {
      case .symbol(.leftParenthesis), .symbol(.leftBracket): depth += 1
      case .symbol(.rightParenthesis), .symbol(.rightBracket): depth -= 1
      case .symbol(.tilde) where depth == 0: return nil
      case .symbol(.assign) where depth == 0: equals = equals ?? token.range
      default: continue
      }
    }
    return equals
  }

  // MARK: Operators, loosest first

  private func join(_ left: Formula.Node, _ right: Formula.Node, _ kind: Formula.Kind) -> Formula.Node {
    Formula.Node(kind, left.range.lowerBound..<right.range.upperBound)
  }

  private mutating func parseSum() throws(Diagnostic) -> Formula.Node {
    let start = parser.token
    var left: Formula.Node
    if parser.take(.minus) {
      let operand = try parseProduct()
      // `~ -1 + x` takes away from the intercept that stands unsaid at the beginning.
      let implied = Formula.Node(.intercept, start.range.lowerBound..<start.range.lowerBound)
      left = Formula.Node(.minus(implied, operand), start.range.lowerBound..<operand.range.upperBound)
    } else {
      _ = parser.take(.plus)
      left = try parseProduct()
    }
    for _ in 0..<Self.maximumLength {
      if parser.take(.plus) {
        let right = try parseProduct()
        left = join(left, right, .plus(left, right))
      } else if parser.take(.minus) {
        let right = try parseProduct()
        left = join(left, right, .minus(left, right))
      } else {
        return left
      }
    }
    throw parser.fault("this formula has more than \(Self.maximumLength) terms", at: left.range)
  }

  /// Longer sums could exhaust the stack.
  private static let maximumLength = 500

  private mutating func parseProduct() throws(Diagnostic) -> Formula.Node {
    var left = try parseWithin()
    for _ in 0..<Self.maximumLength {
      if parser.take(.star) {
        let right = try parseWithin()
        left = join(left, right, .crossing(left, right))
      } else if parser.take(.slash) {
        let right = try parseWithin()
        left = join(left, right, .nesting(left, right))
      } else {
        return left
      }
    }
    throw parser.fault("this formula is too long", at: left.range)
  }

  private mutating func parseWithin() throws(Diagnostic) -> Formula.Node {
    var left = try parseInteraction()
    for _ in 0..<Self.maximumLength {
      guard parser.take(.isIn) else { return left }
      let right = try parseInteraction()
      left = join(left, right, .within(left, right))
    }
    throw parser.fault("this formula is too long", at: left.range)
  }

  private mutating func parseInteraction() throws(Diagnostic) -> Formula.Node {
    var left = try parsePower()
    for _ in 0..<Self.maximumLength {
      guard parser.take(.colon) else { return left }
      let right = try parsePower()
      left = join(left, right, .interaction(left, right))
    }
    throw parser.fault("this formula is too long", at: left.range)
  }

  private mutating func parsePower() throws(Diagnostic) -> Formula.Node {
    let base = try parseOperand()
    guard parser.take(.caret) || parser.take(.doubleStar) else { return base }
    let token = parser.token
    guard case .number(let value) = token.kind, let power = Int(exactly: value), (1...10).contains(power)
    else {
      throw parser.fault(
        "the power of a formula is a whole number from 1 to 10", at: token.range,
        remedy: "a power of the values themselves is written I(\(source.slice(base.range).string)^…)")
    }
    parser.advance()
    return Formula.Node(.power(base, power), base.range.lowerBound..<token.range.upperBound)
  }

  private mutating func parseOperand() throws(Diagnostic) -> Formula.Node {
    let token = parser.token
    switch token.kind {
    case .number(let value) where value == 1 || value == 0:
      parser.advance()
      return Formula.Node(value == 1 ? .intercept : .noIntercept, token.range)
    case .name("."):
      parser.advance()
      return Formula.Node(.everything, token.range)
    case .symbol(.leftParenthesis):
      parser.advance()
      let inner = try parser.nested { nested throws(Diagnostic) -> Formula.Node in
        // The sum is read by this parser, which holds its own copy of the position.
        var formula = FormulaParser(nested)
        let node = try formula.parseSum()
        nested = formula.parser
        return node
      }
      try parser.close(.rightParenthesis, opened: token)
      return Formula.Node(inner.kind, token.range.lowerBound..<parser.previousEnd)
    case .name, .quotedName:
      let node = try parser.parsePrimary()
      return try variable(node, token)
    case .number, .text:
      throw parser.fault(
        "\(parser.words(for: token)) is no term", at: token.range,
        remedy: "terms are columns, 0, 1, and calls such as log(age) or I(age / 10)")
    default: throw unexpected()
    }
  }

  private init(_ parser: ExpressionParser) {
    self.parser = parser
    source = parser.source
  }

  private func variable(_ node: Expression.Node, _ token: Token) throws(Diagnostic) -> Formula.Node {
    guard case .reference(let reference) = node.kind else {
      throw parser.fault("\(parser.words(for: token)) is no term", at: node.range)
    }
    switch reference.steps.first {
    case nil: break
    case .call? where reference.steps.count == 1: break
    default:
      throw parser.fault(
        "'\(source.slice(node.range).string)' is no term", at: node.range,
        remedy: "terms are columns and calls")
    }
    return Formula.Node(.variable(node), node.range)
  }

  private func unexpected() -> Diagnostic {
    let token = parser.token
    let remedy: String? =
      switch token.kind {
      case .symbol(.equals), .symbol(.less), .symbol(.lessOrEqual), .symbol(.greater),
        .symbol(.greaterOrEqual),
        .symbol(.notEquals), .symbol(.assign):
        "a comparison as a term stands in I(…)"
      case .symbol(.tilde): "a formula has one '~'"
      case .symbol(.comma): "terms are joined by '+'"
      case .symbol(.bar): "strata(…) and cluster(…) take the place of '|'"
      case .name, .quotedName: "terms are joined by '+'; a name with blanks stands in backquotes"
      default: nil
      }
    if token.kind == .end { return parser.unexpected() }
    return parser.fault("unexpected \(parser.words(for: token))", at: token.range, remedy: remedy)
  }
}
