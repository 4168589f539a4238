// A number, or the reason why there is none.

/// What stands where a number is expected. The reasons are values of their own, in tables, prose, figures, JSON.
public enum Quantity: Sendable, Hashable, Codable {
  /// A number, which may be infinite.
  case value(Double)
  /// The curve never came down (or up) to the level asked for: NR.
  case notReached
  /// The data do not determine it: NE.
  case notEstimable
  /// Known, but not to be shown: the fit is not to be trusted (separation), or it would disclose patients.
  case withheld
  /// Does not apply here (the reference level's P value): an empty cell.
  case missing

  /// NaN is not estimable; an infinite limit (an exact odds ratio's) stays a value.
  public init(_ value: Double) { self = value.isNaN ? .notEstimable : .value(value) }

  /// NaN and `nil` take the given reason.
  public init(_ value: Double?, otherwise reason: Quantity) {
    self = if let value, !value.isNaN { .value(value) } else { reason }
  }

  /// A count.
  public init(_ count: Int) { self = .value(Double(count)) }

  /// The number; `nil` where there is none.
  public var number: Double? { if case .value(let number) = self { number } else { nil } }

  /// `NR`, `NE`, `withheld`, or empty; `nil` for a value.
  public var statusText: String? {
    switch self {
    case .value: nil
    case .notReached: "NR"
    case .notEstimable: "NE"
    case .withheld: "withheld"
    case .missing: ""
    }
  }

  /// The reason written out, for prose.
  public var statusWords: String? {
    switch self {
    case .value: nil
    case .notReached: "not reached"
    case .notEstimable: "not estimable"
    case .withheld: "withheld"
    case .missing: "not available"
    }
  }
}

/// An estimate with its interval.
public struct Estimate: Sendable, Hashable, Codable {
  /// The point estimate.
  public let value: Quantity
  /// Lower limit.
  public let lower: Quantity
  /// Upper limit.
  public let upper: Quantity
  /// Confidence level, 0.95. Only wording depends on it.
  public let level: Double

  /// An estimate whose limits may be not reached, not estimable or withheld. The level is 0.95 unless given.
  public init(_ value: Quantity, lower: Quantity, upper: Quantity, level: Double = 0.95) {
    self.value = value
    self.lower = lower
    self.upper = upper
    self.level = level
  }

  /// An estimate of which all three numbers are known.
  public init(_ value: Double, lower: Double, upper: Double, level: Double = 0.95) {
    self.init(Quantity(value), lower: Quantity(lower), upper: Quantity(upper), level: level)
  }

  /// An estimate that is not to be shown.
  public static let withheld = Estimate(.withheld, lower: .missing, upper: .missing)
  /// An estimate that the data do not determine.
  public static let notEstimable = Estimate(.notEstimable, lower: .missing, upper: .missing)

  /// Whether there is anything to print between the parentheses.
  public var hasInterval: Bool { lower != .missing || upper != .missing }

  func scaled(by factor: Double) -> Estimate {
    func scaled(_ quantity: Quantity) -> Quantity {
      if case .value(let number) = quantity { .value(number * factor) } else { quantity }
    }
    return Estimate(scaled(value), lower: scaled(lower), upper: scaled(upper), level: level)
  }
}
