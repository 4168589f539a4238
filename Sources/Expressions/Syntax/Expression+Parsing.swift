// Reading expressions, inline values with their filters, and result paths.

import Diagnostics

extension Expression {
  /// Reads an expression, all of the text.
  ///
  /// - Throws: everything that is wrong with it, each fault at its bytes (`expression-syntax`).
  public static func parse(_ source: SourceText) throws(DiagnosticList) -> Expression {
    try parse(source, dialect: .expression)
  }

  package static func parse(_ source: SourceText, dialect: Dialect) throws(DiagnosticList) -> Expression {
    var parser = ExpressionParser(source, dialect: dialect)
    if parser.isBroken { throw DiagnosticList(parser.diagnostics) }
    do throws(Diagnostic) {
      let root = try parser.parseExpression()
      if parser.token.kind != .end { throw parser.unexpected() }
      if parser.diagnostics.isEmpty { return Expression(source: source, root: root, dialect: dialect) }
    } catch {
      parser.report(error)
    }
    throw DiagnosticList(parser.diagnostics)
  }
}

/// An inline value: an expression and the filters after its bars, `os.median | digits 1 | ci`.
public struct InlineExpression: Sendable {
  /// What is computed.
  public let expression: Expression
  /// How it is printed, in the order in which they are applied.
  public let filters: [Filter]

  /// `digits 1`. What filters there are and what they take is the presentation's business.
  public struct Filter: Sendable {
    /// The filter's name.
    public let name: String
    /// Where it stands.
    public let nameRange: SourceRange
    /// The number after the name; `nil` without one.
    public let argument: Double?
    /// Where the number stands.
    public let argumentRange: SourceRange?
  }

  /// Reads an inline value, all of the text.
  ///
  /// - Parameter filters: the names there are; another one is an `unknown-format` error.
  public static func parse(
    _ source: SourceText, filters known: [String] = ["ci", "digits", "interval", "nested", "p", "percent"]
  ) throws(DiagnosticList) -> InlineExpression {
    var parser = ExpressionParser(source, barEndsExpression: true)
    if parser.isBroken { throw DiagnosticList(parser.diagnostics) }
    do throws(Diagnostic) {
      let root = try parser.parseExpression()
      var filters: [Filter] = []
      while parser.take(.bar) { filters.append(try parser.parseFilter(known)) }
      if parser.token.kind != .end { throw parser.unexpected() }
      if parser.diagnostics.isEmpty {
        return InlineExpression(expression: Expression(source: source, root: root), filters: filters)
      }
    } catch {
      parser.report(error)
    }
    throw DiagnosticList(parser.diagnostics)
  }
}

extension ExpressionParser {
  fileprivate mutating func parseFilter(_ known: [String]) throws(Diagnostic) -> InlineExpression.Filter {
    let start = token
    guard case .name(let name) = start.kind else {
      throw fault("a format is missing after '|'", at: start.range, remedy: "formats: \(list(known))")
    }
    advance()
    if !known.contains(name) {
      report(
        Diagnostic(
          .error, .unknownFormat, "no format '\(name)'", at: source.range(start.range),
          remedy: NearMiss.remedy(for: name, among: known) ?? "formats: \(list(known)); 'or' is written out"))
    }
    let argument = token
    if case .name(let word) = argument.kind {
      throw fault(
        "a format takes no word, found '\(word)'", at: argument.range, remedy: "write a number, or nothing")
    }
    guard case .number(let value) = argument.kind else {
      return InlineExpression.Filter(
        name: name, nameRange: source.range(start.range), argument: nil, argumentRange: nil)
    }
    advance()
    return InlineExpression.Filter(
      name: name, nameRange: source.range(start.range), argument: value,
      argumentRange: source.range(argument.range))
  }

  private func list(_ names: [String]) -> String { names.sorted().joined(separator: ", ") }
}
