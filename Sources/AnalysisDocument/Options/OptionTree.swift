// The options of a directive or of the front matter: YAML with the place of every key and every value.

import Diagnostics

/// A node of an option block. Every key and every scalar is a `SourceText`: its decoded bytes, each with the
/// way back to the byte of the file that it came from.
public indirect enum OptionTree: Sendable {
  /// A single value.
  case scalar(OptionScalar)
  /// A list.
  case sequence(OptionSequence)
  /// Keys with values.
  case mapping(OptionMapping)

  /// The node as it stands in the file: quotes and brackets included, comments and final line end not.
  public var range: SourceRange {
    switch self {
    case .scalar(let scalar): scalar.range
    case .sequence(let sequence): sequence.range
    case .mapping(let mapping): mapping.range
    }
  }

  /// The single value; `nil` for lists and mappings.
  public var scalar: OptionScalar? { if case .scalar(let scalar) = self { scalar } else { nil } }
  /// The list; `nil` for other values.
  public var sequence: OptionSequence? { if case .sequence(let sequence) = self { sequence } else { nil } }
  /// The mapping; `nil` for other values.
  public var mapping: OptionMapping? { if case .mapping(let mapping) = self { mapping } else { nil } }

  /// Whether the node is a plain `~`, `null` or nothing at all.
  public var isNull: Bool { scalar?.isNull ?? false }

  /// The kind in a user's words: "a value", "a list", "a mapping".
  public var kindInWords: String {
    switch self {
    case .scalar: "a value"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}

/// A single value, as text: what `yes`, `1` or `2003-01-01` mean is for the option's kind to say.
public struct OptionScalar: Sendable {
  /// YAML's ways to write a scalar.
  public enum Style: Sendable, Hashable {
    /// Without quotes: what it is follows from how it looks.
    case plain
    /// `'…'`, in which a quote is doubled.
    case singleQuoted
    /// `"…"`, in which backslashes escape.
    case doubleQuoted
    /// After `|`: lines stay lines.
    case literalBlock
    /// After `>`: lines are joined.
    case foldedBlock
  }

  /// The value after quoting, escapes and line folding were undone.
  public let text: SourceText
  /// How it was written.
  public let style: Style
  /// The value as it stands in the file, with its quotes.
  public let range: SourceRange

  /// The value as an expression or a formula, with its parameters as literals; or what is wrong with them.
  private let expression: Result<SourceText, DiagnosticList>

  /// Whether a parameter stands there and nothing else.
  public let isParameter: Bool

  init(
    text: SourceText, style: Style, range: SourceRange, expression: Result<SourceText, DiagnosticList>? = nil,
    isParameter: Bool = false
  ) {
    self.text = text
    self.style = style
    self.range = range
    self.isParameter = isParameter
    self.expression = expression ?? .success(text)
  }

  /// What to read where an expression is expected.
  public func expressionText() throws(DiagnosticList) -> SourceText { try expression.get() }

  /// What to read where a formula is expected: a parameter that is all of it holds the formula itself.
  public func formulaText() throws(DiagnosticList) -> SourceText {
    isParameter ? text : try expressionText()
  }

  /// The decoded text.
  public var string: String { text.string }

  /// Written between quotes or as a block, hence text whatever it looks like.
  public var isQuoted: Bool { style != .plain }

  /// Nothing, `~` or `null` without quotes: the key was given and its value left open.
  public var isNull: Bool {
    guard style == .plain else { return false }
    return switch text.string {
    case "", "~", "null", "Null", "NULL": true
    default: false
    }
  }
}

/// A list of an option block.
public struct OptionSequence: Sendable {
  /// Its elements, in order.
  public let elements: [OptionTree]
  /// Where it stands.
  public let range: SourceRange
}

/// A mapping of an option block, in the author's order.
public struct OptionMapping: Sendable {
  /// One key with its value.
  public struct Entry: Sendable {
    /// The key, where it was typed.
    public let key: SourceText
    /// Its value.
    public let value: OptionTree
  }

  /// In the order of the file; no key twice.
  public let entries: [Entry]
  /// Where it stands.
  public let range: SourceRange

  /// The entry of a key; `nil` without one.
  public func entry(_ key: String) -> Entry? { entries.first { $0.key.string == key } }
  /// The value of a key; `nil` without one.
  public subscript(key: String) -> OptionTree? { entry(key)?.value }
}
