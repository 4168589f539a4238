// The filters of inline values.

/// What may follow the bar in `{= expression | filter}`.
public enum InlineFilter: Sendable, Hashable {
  /// `digits 1`: places after the decimal mark.
  case digits(Int)
  /// `percent`, `percent 0`: as percent, with its sign.
  case percent(Int?)
  /// `p`: as P value, with letter and relation.
  case p
  /// `ci`: with its interval in parentheses.
  case ci
  /// `nested`: with its interval and no parentheses, to stand within some: `0.62, 95% CI 0.45–0.85`.
  case nested
  /// `interval`: the interval alone, `95% CI 0.45–0.85`.
  case interval

  /// In alphabetical order, for near misses and the manual.
  public static let names = ["ci", "digits", "interval", "nested", "p", "percent"]

  /// The word after the bar.
  public var name: String {
    switch self {
    case .digits: "digits"
    case .percent: "percent"
    case .p: "p"
    case .ci: "ci"
    case .nested: "nested"
    case .interval: "interval"
    }
  }

  /// What is wrong with a filter as written; the caller words it at its place.
  public enum Fault: Error, Sendable, Hashable {
    /// No filter is called so.
    case unknownName
    /// `digits` without its number.
    case missingArgument
    /// `p 3`, `ci 2`.
    case unexpectedArgument
    /// Not a whole number from 0 to 15.
    case invalidDigits
  }

  /// Reads a filter.
  ///
  /// - Parameter argument: the number after the name, if any.
  /// - Throws: `Fault`, when there is no such filter or its argument is not what it takes.
  public init(name: String, argument: Double? = nil) throws(Fault) {
    func digits(_ argument: Double) throws(Fault) -> Int {
      guard argument >= 0, argument <= 15, argument.isWhole else { throw .invalidDigits }
      return Int(argument)
    }
    switch (name, argument) {
    case ("digits", let argument?): self = .digits(try digits(argument))
    case ("digits", nil): throw .missingArgument
    case ("percent", let argument?): self = .percent(try digits(argument))
    case ("percent", nil): self = .percent(nil)
    case ("p", nil): self = .p
    case ("ci", nil): self = .ci
    case ("nested", nil): self = .nested
    case ("interval", nil): self = .interval
    case ("p", _), ("ci", _), ("nested", _), ("interval", _): throw .unexpectedArgument
    default: throw .unknownName
    }
  }

  /// Whether the filter says something about such a value: `percent` needs a proportion or a percent, `p` a
  /// P value, `ci`, `nested` and `interval` an interval, `digits` a number.
  public func fits(_ value: PresentedValue) -> Bool {
    switch self {
    case .digits: value.kind != .text && value.kind != .date
    case .percent: value.kind == .proportion || value.kind == .percent
    case .p: value.kind == .pValue
    case .ci, .nested, .interval: value.hasInterval
    }
  }
}
