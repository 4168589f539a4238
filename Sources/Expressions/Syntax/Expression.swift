// The syntax tree of an expression.

import Diagnostics

/// An expression as it was written: a tree whose every node knows its bytes in the source text.
public struct Expression: Sendable {
  public let source: SourceText
  public let root: Node
  /// Whether R's function names are understood: parts of formulas do.
  package let dialect: Dialect

  public init(source: SourceText, root: Node) { self.init(source: source, root: root, dialect: .expression) }

  package init(source: SourceText, root: Node, dialect: Dialect) {
    self.source = source
    self.root = root
    self.dialect = dialect
  }

  public struct Node: Sendable {
    public let kind: Kind
    /// Bytes of the source text.
    public let range: Range<Int>
    /// How many parentheses the author put around it; formulas name their terms with them, as R does.
    package let parenthesisCount: Int

    public init(_ kind: Kind, _ range: Range<Int>) { self.init(kind, range, parenthesisCount: 0) }

    package init(_ kind: Kind, _ range: Range<Int>, parenthesisCount: Int) {
      self.kind = kind
      self.range = range
      self.parenthesisCount = parenthesisCount
    }
  }

  public indirect enum Kind: Sendable {
    case number(Double)
    case text(String)
    case flag(Bool)
    /// The word `missing`.
    case missing
    /// A column, a function call, or the path of a result: which of them, the evaluation decides.
    case reference(Reference)
    case negation(Node)
    case not(Node)
    case arithmetic(ArithmeticOperator, Node, Node)
    case comparison(ComparisonOperator, Node, Node)
    case and(Node, Node)
    case or(Node, Node)
    case membership(Node, of: [Node], negated: Bool)
    case list([Node])
  }

  /// A name and what follows it: `age`, `log(x)`, `os["a"].at(60).survival`.
  public struct Reference: Sendable {
    public let name: String
    public let nameRange: Range<Int>
    /// Whether the name stood in backquotes or `col("…")`: then its dots do not separate.
    public let isQuoted: Bool
    public let steps: [Step]

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

    public var range: Range<Int> {
      switch self {
      case .members(_, let range), .index(_, let range), .call(_, let range): range
      }
    }
  }

  /// An argument of a call, perhaps labelled: `labels: ["young", "old"]`, `"a": "b"`.
  public struct Argument: Sendable {
    public let label: String?
    public let labelRange: Range<Int>?
    public let value: Node

    public init(label: String? = nil, labelRange: Range<Int>? = nil, value: Node) {
      self.label = label
      self.labelRange = labelRange
      self.value = value
    }

    public var range: Range<Int> {
      (labelRange?.lowerBound ?? value.range.lowerBound)..<value.range.upperBound
    }
  }
}

public enum ArithmeticOperator: String, Sendable, Hashable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case power = "^"
}

public enum ComparisonOperator: String, Sendable, Hashable, CaseIterable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
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
