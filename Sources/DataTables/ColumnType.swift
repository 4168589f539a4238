// The kinds of columns a table has, and the kinds an author can declare.

/// What the values of a column are.
public enum ColumnType: String, Sendable, Hashable, CaseIterable {
  /// Whole numbers only. Everywhere a number is wanted an integer column will do.
  case integer
  /// Numbers, not all of them whole.
  case number
  /// True or false.
  case flag
  /// Words; its levels stand in code-point order.
  case text
  /// Words whose levels and their order somebody chose: the dictionary, or `cut`.
  case factor
  /// Calendar days.
  case date

  /// Integers and numbers.
  public var isNumeric: Bool { self == .integer || self == .number }
  /// Text and factors: values are codes into `levels`.
  public var hasLevels: Bool { self == .text || self == .factor }
}

/// A type the author declares with `types: {column: …}`; it overrides the inference rules.
public enum DeclaredType: String, Sendable, Hashable, CaseIterable {
  /// Numbers, whole or not.
  case number
  /// Words, even where they look like numbers.
  case text
  /// True or false.
  case flag
  /// Calendar days.
  case date
  /// Words with an order of levels.
  case factor
}
