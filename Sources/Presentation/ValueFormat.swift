// What kind of number it is, hence how it is printed when nobody says.

/// The kind decides digits and marks when neither option nor filter does.
public enum ValueKind: String, Sendable, Hashable, CaseIterable, Codable {
  /// Whole (or weighted) numbers of patients, rows, events.
  case count
  /// 0 to 100.
  case percent
  /// 0 to 1: survival, incidence, concordance.
  case proportion
  /// Follow-up time in the data's unit.
  case time
  /// Hazard, odds, rate and other ratios: positive, 1 is no effect.
  case ratio
  /// Regression coefficients and their standard errors.
  case coefficient
  case pValue
  /// Test statistics.
  case statistic
  /// Any other number.
  case number
  case text
  /// Whole days since 1970-01-01.
  case date
}

/// A kind with the digits that somebody asked for.
public struct ValueFormat: Sendable, Hashable, Codable {
  public let kind: ValueKind
  /// Places after the decimal mark; `nil` leaves it to kind, magnitude and style.
  public let digits: Int?
  /// Multiply a proportion by 100 (a percent stays as it is).
  public let asPercent: Bool
  /// Print the % sign; a column headed "%" does without.
  public let percentSign: Bool

  public init(_ kind: ValueKind, digits: Int? = nil, asPercent: Bool = false, percentSign: Bool = false) {
    self.kind = kind
    self.digits = digits
    self.asPercent = asPercent
    self.percentSign = percentSign
  }

  public static let count = ValueFormat(.count)
  public static let percent = ValueFormat(.percent)
  public static let proportion = ValueFormat(.proportion)
  public static let time = ValueFormat(.time)
  public static let ratio = ValueFormat(.ratio)
  public static let coefficient = ValueFormat(.coefficient)
  public static let pValue = ValueFormat(.pValue)
  public static let statistic = ValueFormat(.statistic)
  public static let number = ValueFormat(.number)
  /// A proportion shown as percent under a heading that holds the sign: 0.75 → 75.
  public static let percentage = ValueFormat(.proportion, asPercent: true)

  public func digits(_ digits: Int?) -> ValueFormat {
    ValueFormat(kind, digits: digits ?? self.digits, asPercent: asPercent, percentSign: percentSign)
  }
}
