// What stands behind the name of a result.

import DataTables

/// A result's value, or the reason why there is none.
public enum NamedValue: Sendable, Hashable {
  /// A number; not-a-number counts as not estimable.
  case number(Double)
  /// A count.
  case count(Int)
  /// Words.
  case text(String)
  /// True or false.
  case flag(Bool)
  /// Days since 1970-01-01.
  case date(Int32)
  /// The curve did not come to the level asked for. `beyond`: the last time it was followed to, when known;
  /// the value lies above it.
  case notReached(beyond: Double?)
  /// The data do not determine it.
  case notEstimable
  /// Known, but not to be shown.
  case withheld
  /// Does not apply here, or was not observed.
  case missing

  /// Not reached, with no known end of follow-up.
  public static let notReached = NamedValue.notReached(beyond: nil)

  /// The number of a number or a count.
  public var number: Double? {
    switch self {
    case .number(let value): value.isNaN ? nil : value
    case .count(let count): Double(count)
    default: nil
    }
  }

  /// The value for a message or a record: shortest digits, `NR`, `NE`, `withheld`, `missing`.
  public var text: String {
    switch self {
    case .number(let value): value.isNaN ? "NE" : ShortestNumber.text(value)
    case .count(let count): String(count)
    case .text(let text): ResultPath.quoted(text)
    case .flag(let flag): flag ? "true" : "false"
    case .date(let days): CalendarDate(days: days)?.text ?? "missing"
    case .notReached: "NR"
    case .notEstimable: "NE"
    case .withheld: "withheld"
    case .missing: "missing"
    }
  }

  /// Whether there is something to compute with.
  public var isKnown: Bool {
    switch self {
    case .notReached, .notEstimable, .withheld, .missing: false
    case .number(let value): !value.isNaN
    default: true
    }
  }

  var typeWords: String {
    switch self {
    case .number, .count, .notReached, .notEstimable, .withheld, .missing: "a number"
    case .text: "text"
    case .flag: "true or false"
    case .date: "a date"
    }
  }
}

/// A value with what its scope says about printing it.
public struct ScopedValue: Sendable, Hashable {
  /// What the name stands for, at full precision.
  public let value: NamedValue
  /// The scope's word for the kind of number (`time`, `proportion`, `ratio`, …); the language hands it
  /// through and forgets it where a computation makes something else of the number.
  public let kind: String?

  /// A value; without a kind, magnitude and style alone decide how it prints.
  public init(_ value: NamedValue, kind: String? = nil) {
    self.value = value
    self.kind = kind
  }
}
