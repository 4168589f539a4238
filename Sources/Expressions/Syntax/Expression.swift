// The syntax tree of an expression.

import Diagnostics

/// An expression as it was written: a tree whose every node knows its bytes in the source text.
public struct Expression: Sendable {
  /// The text, each byte of which knows its place.
  public let source: SourceText
  /// The outermost piece.
  public let root: Node
  /// Whether R's function names are understood: parts of formulas do.
  package let dialect: Dialect

  /// A tree over its text, in which R's function names are not understood.
  public init(source: SourceText, root: Node) { self.init(source: source, root: root, dialect: .expression) }

  package init(source: SourceText, root: Node, dialect: Dialect) {
    self.source = source
    self.root = root
    self.dialect = dialect
  }

  /// One piece of the tree.
  public struct Node: Sendable {
    /// What it is.
    public let kind: Kind
    /// Bytes of the source text.
    public let range: Range<Int>
    /// How many parentheses the author put around it; formulas name their terms with them, as R does.
    package let parenthesisCount: Int

    /// A piece without parentheses of its own.
    public init(_ kind: Kind, _ range: Range<Int>) { self.init(kind, range, parenthesisCount: 0) }

    package init(_ kind: Kind, _ range: Range<Int>, parenthesisCount: Int) {
      self.kind = kind
      self.range = range
      self.parenthesisCount = parenthesisCount
    }
  }

  /// What a piece of the tree can be.
  public indirect enum Kind: Sendable {
    /// A number.
    case number(Double)
    /// Words, in quotes.
    case text(String)
    /// True or false.
    case flag(Bool)
    /// The word `missing`.
    case missing
    /// A column, a function call, or the path of a result: which of them, the evaluation decides.
    case reference(Reference)
    /// `-x`
    case negation(Node)
    /// `not x`
    case not(Node)
    /// `x + y`
    case arithmetic(ArithmeticOperator, Node, Node)
    /// `x < y`
    case comparison(ComparisonOperator, Node, Node)
    /// `x and y`
    case and(Node, Node)
    /// `x or y`
    case or(Node, Node)
    /// `x in [y, z]`
    case membership(Node, of: [Node], negated: Bool)
    /// `[x, y]`
    case list([Node])
  }

  /// A name and what follows it: `age`, `log(x)`, `os["a"].at(60).survival`.
  public struct Reference: Sendable {
    /// The name, quotes and `col(…)` undone.
    public let name: String
    /// Bytes of the source text that hold the name.
    public let nameRange: Range<Int>
    /// Whether the name stood in backquotes or `col("…")`: then its dots do not separate.
    public let isQuoted: Bool
    /// What follows the name, in order.
    public let steps: [Step]

    /// A name as written; without steps it stands alone.
    public init(name: String, nameRange: Range<Int>, isQuoted: Bool = false, steps: [Step] = []) {
      self.name = name
      self.nameRange = nameRange
      self.isQuoted = isQuoted
      self.steps = steps
    }
  }

  /// What may follow a name.
  public enum Step: Sendable {
    /// `.survival.upper`, without its first dot.
    case members(String, Range<Int>)
    /// `["treatment", "observation"]`
    case index([Node], Range<Int>)
    /// `(60)`
    case call([Argument], Range<Int>)

    /// Bytes of the source text, the brackets included.
    public var range: Range<Int> {
      switch self {
      case .members(_, let range), .index(_, let range), .call(_, let range): range
      }
    }
  }

  /// An argument of a call, perhaps labelled: `labels: ["young", "old"]`, `"a": "b"`.
  public struct Argument: Sendable {
    /// The word or text before the colon; `nil` for an argument by position.
    public let label: String?
    /// Bytes of the label; `nil` without one.
    public let labelRange: Range<Int>?
    /// What is handed over.
    public let value: Node

    /// An argument by position unless it has a label.
    public init(label: String? = nil, labelRange: Range<Int>? = nil, value: Node) {
      self.label = label
      self.labelRange = labelRange
      self.value = value
    }

    /// From its label, or else its value, to the end of its value.
    public var range: Range<Int> {
      (labelRange?.lowerBound ?? value.range.lowerBound)..<value.range.upperBound
    }
  }
}

/// The operators of arithmetic.
public enum ArithmeticOperator: String, Sendable, Hashable, CaseIterable {
  /// Sum.
  case add = "+"
  /// Difference.
  case subtract = "-"
  /// Product.
  case multiply = "*"
  /// Quotient.
  case divide = "/"
  /// Remainder of division.
  case remainder = "%"
  /// Power.
  case power = "^"
}

/// Comparisons, whose answer is missing where a side is.
public enum ComparisonOperator: String, Sendable, Hashable, CaseIterable {
  /// Equal.
  case equal = "=="
  /// Not equal.
  case notEqual = "!="
  /// Less than.
  case less = "<"
  /// At most.
  case lessOrEqual = "<="
  /// Greater than.
  case greater = ">"
  /// At least.
  case greaterOrEqual = ">="

  /// Whether it asks for an order rather than for equality.
  public var needsOrder: Bool { self != .equal && self != .notEqual }

  /// The operator that holds for (b, a) when this one holds for (a, b).
  var mirrored: ComparisonOperator {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }

  @inline(__always)
  func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}
