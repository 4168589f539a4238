// A model formula as it was written: the first of its four stages.

import Diagnostics
import Expressions

/// `response ~ terms`, in R's grammar.
///
/// A formula lives in four stages: syntax (this), terms (`FormulaTerms`), a frame of columns (`ModelFrame`),
/// and the design matrix with its schema (`DesignMatrix`).
public struct Formula: Sendable {
  /// The text, each byte of which knows its place.
  public let source: SourceText
  /// The left side; `nil` in `~ a + b`.
  public let response: FormulaResponse?
  /// The tree of the right side.
  public let right: Node

  /// A part of the right side.
  public struct Node: Sendable {
    /// What it is.
    public let kind: Kind
    /// Bytes of the source text.
    public let range: Range<Int>

    init(_ kind: Kind, _ range: Range<Int>) {
      self.kind = kind
      self.range = range
    }
  }

  /// What a piece of the right side can be.
  public indirect enum Kind: Sendable {
    /// `1`
    case intercept
    /// `0`
    case noIntercept
    /// `.`
    case everything
    /// A name, or a call such as `log(x)`, `ns(x, df = 3)`, `strata(g)`.
    case variable(Expression.Node)
    /// `a + b`
    case plus(Node, Node)
    /// `a - b`
    case minus(Node, Node)
    /// `a:b`
    case interaction(Node, Node)
    /// `a * b`
    case crossing(Node, Node)
    /// `a / b`
    case nesting(Node, Node)
    /// `a %in% b`
    case within(Node, Node)
    /// `(a + b)^2`
    case power(Node, Int)
  }

  /// Reads a formula, all of the text.
  ///
  /// - Throws: what is wrong with it, at its bytes (`formula-syntax`).
  public static func parse(_ source: SourceText) throws(DiagnosticList) -> Formula {
    var parser = FormulaParser(source)
    return try parser.parseFormula()
  }

  /// The columns the formula names, sorted, each once, known before any data are read. `.` stands for more.
  public var columnNames: [String] {
    let uses = columnUses.map(\.name)
    return Set(uses).sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  }

  /// The columns the formula names, in the order of the text.
  public var columnUses: [Expression.NameUse] { (response?.columnUses ?? []) + right.columnUses(source) }

  /// Whether `.` stands among the terms.
  public var mentionsEverything: Bool { right.mentionsEverything }
}

extension Formula.Node {
  var children: [Formula.Node] {
    switch kind {
    case .intercept, .noIntercept, .everything, .variable: []
    case .plus(let left, let right), .minus(let left, let right), .interaction(let left, let right),
      .crossing(let left, let right), .nesting(let left, let right), .within(let left, let right):
      [left, right]
    case .power(let base, _): [base]
    }
  }

  var mentionsEverything: Bool {
    if case .everything = kind { return true }
    return children.contains { $0.mentionsEverything }
  }

  func columnUses(_ source: SourceText) -> [Expression.NameUse] {
    if case .variable(let node) = kind {
      // A call with faults of its own is reported later; its names still count.
      return (try? FormulaVariable(node, source: source))?.columnUses
        ?? Expression(source: source, root: node, dialect: .formula).columnUses
    }
    return children.flatMap { $0.columnUses(source) }
  }
}
