// The four kinds of values an expression over columns can have.

import DataTables

/// What an expression yields for each row.
public enum ValueType: String, Sendable, Hashable, CaseIterable {
  /// A double; NaN where missing.
  case number
  /// True or false.
  case flag
  /// Words: text and factor columns.
  case text
  /// Whole days since 1970-01-01.
  case date

  init(_ type: ColumnType) {
    self =
      switch type {
      case .integer, .number: .number
      case .flag: .flag
      case .text, .factor: .text
      case .date: .date
      }
  }

  /// With its article, for messages.
  var words: String {
    switch self {
    case .number: "a number"
    case .flag: "true or false"
    case .text: "text"
    case .date: "a date"
    }
  }
}

/// An expression whose names are resolved and whose types agree.
enum BoundExpression: Sendable {
  case number(BoundNumber)
  case flag(BoundFlag)
  case text(BoundText)
  case date(BoundDate)
  /// The bare word `missing`, which takes the type of its surroundings.
  case missing

  var type: ValueType? {
    switch self {
    case .number: .number
    case .flag: .flag
    case .text: .text
    case .date: .date
    case .missing: nil
    }
  }
}
