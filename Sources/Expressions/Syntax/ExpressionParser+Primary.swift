// Tokens to syntax tree: literals, names, calls and paths.

import Diagnostics

extension ExpressionParser {
  package mutating func parsePrimary() throws(Diagnostic) -> Expression.Node {
    let start = token
    switch start.kind {
    case .number(let value):
      advance()
      return Expression.Node(.number(value), start.range)
    case .text(let text):
      advance()
      return Expression.Node(.text(text), start.range)
    case .quotedName(let name):
      advance()
      return try parseSteps(name, start.range, isQuoted: true)
    case .name(let name): return try parseName(name)
    case .symbol(.leftParenthesis):
      advance()
      let inner = try parseInside()
      try close(.rightParenthesis, opened: start)
      return Expression.Node(
        inner.kind, start.range.lowerBound..<previousEnd, parenthesisCount: inner.parenthesisCount + 1)
    case .symbol(.leftBracket):
      advance()
      let items = try parseItems(until: .rightBracket, opened: start)
      return Expression.Node(.list(items), start.range.lowerBound..<previousEnd)
    default: throw unexpected()
    }
  }

  private mutating func parseName(_ name: String) throws(Diagnostic) -> Expression.Node {
    let start = token
    switch name {
    case "true", "false":
      advance()
      return Expression.Node(.flag(name == "true"), start.range)
    case "missing" where !token(ahead: 1).isSymbol(.leftParenthesis):
      advance()
      return Expression.Node(.missing, start.range)
    case "and", "or", "in", "not": throw unexpected()
    case "TRUE", "FALSE", "NA":
      if dialect == .formula { return parseRConstant(name) }
    case "c" where dialect == .formula && token(ahead: 1).isSymbol(.leftParenthesis):
      return try parseRVector()
    case "col" where token(ahead: 1).isSymbol(.leftParenthesis): return try parseColumnCall()
    default: break
    }
    advance()
    if token.isSymbol(.packagePrefix), dialect == .formula {
      // `splines::ns` means `ns`.
      advance()
      guard case .name(let name) = token.kind else { throw unexpected() }
      let range = start.range.lowerBound..<token.range.upperBound
      advance()
      return try parseSteps(name, range, isQuoted: false)
    }
    return try parseSteps(name, start.range, isQuoted: false)
  }

  private mutating func parseRConstant(_ name: String) -> Expression.Node {
    let range = token.range
    advance()
    switch name {
    case "NA": return Expression.Node(.missing, range)
    default: return Expression.Node(.flag(name == "TRUE"), range)
    }
  }

  /// `c(1, 2)`, read as the list `[1, 2]`.
  private mutating func parseRVector() throws(Diagnostic) -> Expression.Node {
    let start = token
    advance()
    let open = token
    advance()
    let items = try parseItems(until: .rightParenthesis, opened: open)
    return Expression.Node(.list(items), start.range.lowerBound..<previousEnd)
  }

  /// `col("any name")`
  private mutating func parseColumnCall() throws(Diagnostic) -> Expression.Node {
    let start = token
    advance()
    advance()
    guard case .text(let name) = token.kind else {
      throw fault("col() takes a column's name between quotation marks", at: token.range)
    }
    advance()
    guard take(.rightParenthesis) else { throw expected(.rightParenthesis, openedBy: start) }
    return try parseSteps(name, start.range.lowerBound..<previousEnd, isQuoted: true)
  }

  private mutating func parseSteps(
    _ name: String, _ nameRange: Range<Int>, isQuoted: Bool
  ) throws(Diagnostic) -> Expression.Node {
    var steps: [Expression.Step] = []
    while let step = try parseStep() {
      steps.append(step)
      if steps.count > Self.maximumDepth { throw fault("this path is too long", at: step.range) }
    }
    let reference = Expression.Reference(name: name, nameRange: nameRange, isQuoted: isQuoted, steps: steps)
    return Expression.Node(.reference(reference), nameRange.lowerBound..<previousEnd)
  }

  private mutating func parseStep() throws(Diagnostic) -> Expression.Step? {
    let start = token
    switch start.kind {
    case .symbol(.leftParenthesis):
      advance()
      let arguments = try parseArguments(opened: start)
      return .call(arguments, start.range.lowerBound..<previousEnd)
    case .symbol(.leftBracket):
      advance()
      let items = try parseItems(until: .rightBracket, opened: start)
      return .index(items, start.range.lowerBound..<previousEnd)
    case .name(let name)
    where name.hasPrefix(".") && start.range.lowerBound == previousEnd && name.utf8.count > 1:
      advance()
      return .members(String(name.dropFirst()), start.range.lowerBound + 1..<start.range.upperBound)
    default: return nil
    }
  }

  /// Items up to a closing bracket that was opened by `start`, the bracket included.
  mutating func parseItems(
    until closing: Token.Symbol, opened start: Token
  ) throws(Diagnostic) -> [Expression.Node] {
    var items: [Expression.Node] = []
    if take(closing) { return items }
    while true {
      items.append(try parseInside())
      if take(closing) { return items }
      guard take(.comma) else { throw expected(closing, openedBy: start) }
    }
  }

  private mutating func parseArguments(opened start: Token) throws(Diagnostic) -> [Expression.Argument] {
    var arguments: [Expression.Argument] = []
    if take(.rightParenthesis) { return arguments }
    while true {
      arguments.append(try parseArgument())
      if take(.rightParenthesis) { return arguments }
      guard take(.comma) else { throw expected(.rightParenthesis, openedBy: start) }
    }
  }

  private mutating func parseArgument() throws(Diagnostic) -> Expression.Argument {
    let start = token
    let separator = token(ahead: 1)
    let label: String? =
      switch start.kind {
      case .name(let name), .text(let name), .quotedName(let name): name
      default: nil
      }
    if let label, separator.isSymbol(.colon) || separator.isSymbol(.assign) {
      if separator.isSymbol(.assign), dialect == .expression {
        report(
          "a single '=' neither compares nor names an argument", at: separator.range,
          remedy: "write '==' to compare, or '\(label):' to name the argument")
      }
      advance()
      advance()
      return Expression.Argument(label: label, labelRange: start.range, value: try parseInside())
    }
    return Expression.Argument(value: try parseInside())
  }

  /// Inside brackets a bar can be no filter.
  private mutating func parseInside() throws(Diagnostic) -> Expression.Node {
    bracketDepth += 1
    defer { bracketDepth -= 1 }
    return try parseExpression()
  }

  package mutating func close(_ symbol: Token.Symbol, opened start: Token) throws(Diagnostic) {
    guard take(symbol) else { throw expected(symbol, openedBy: start) }
  }

  func expected(_ symbol: Token.Symbol, openedBy start: Token) -> Diagnostic {
    if token.kind == .end {
      return fault("'\(source.slice(start.range).string)' is never closed", at: start.range)
    }
    return fault(
      "unexpected \(words(for: token)), expected '\(symbol.rawValue)' or a comma", at: token.range,
      remedy: remedy(forUnexpected: token))
  }

  package func words(for token: Token) -> String {
    token.kind == .end ? "end" : "'\(source.slice(token.range).string)'"
  }

  /// The fault of a token that cannot stand where it does.
  package func unexpected() -> Diagnostic {
    if token.kind == .end {
      let end = previousEnd
      guard position > 0 else { return fault("there is no expression here", at: end..<end) }
      let last = source.slice(tokens[position - 1].range).string
      return fault(
        "the \(dialect == .formula ? "formula" : "expression") ends too early", at: end..<end,
        remedy: "write what belongs after '\(last)', or delete it")
    }
    return fault("unexpected \(words(for: token))", at: token.range, remedy: remedy(forUnexpected: token))
  }

  private func remedy(forUnexpected token: Token) -> String? {
    switch token.kind {
    case .name("is"): "write is_missing(x)"
    case .name("AND"), .name("And"): "write 'and'"
    case .name("OR"), .name("Or"): "write 'or'"
    case .name("IN"), .name("In"): "write 'in'"
    case .name("NOT"), .name("Not"): "write 'not'"
    case .name, .quotedName: "a column whose name holds blanks or signs is written col(\"the name\")"
    case .symbol(.dollar): "columns are named alone, without their data set"
    case .symbol(.assign): "write '==' to compare"
    case .symbol(.bar) where dialect == .formula:
      "models have no random effects; write cluster(x) for rows that belong together"
    case .symbol(.leftBrace), .symbol(.rightBrace): "lists stand in square brackets"
    default: nil
    }
  }
}
