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
  /// A P value.
  case pValue
  /// Test statistics.
  case statistic
  /// Any other number.
  case number
  /// Words.
  case text
  /// Whole days since 1970-01-01.
  case date
}

/// A kind with the digits that somebody asked for.
public struct ValueFormat: Sendable, Hashable, Codable {
  /// What it is a value of.
  public let kind: ValueKind
  /// Places after the decimal mark; `nil` leaves it to kind, magnitude and style.
  public let digits: Int?
  /// Multiply a proportion by 100 (a percent stays as it is).
  public let asPercent: Bool
  /// Print the % sign; a column headed "%" does without.
  public let percentSign: Bool

  /// The digits of kind and style, as a plain number, unless said otherwise.
  public init(_ kind: ValueKind, digits: Int? = nil, asPercent: Bool = false, percentSign: Bool = false) {
    self.kind = kind
    self.digits = digits
    self.asPercent = asPercent
    self.percentSign = percentSign
  }

  /// The style's format of counts.
  public static let count = ValueFormat(.count)
  /// The style's format of percentages.
  public static let percent = ValueFormat(.percent)
  /// The style's format of proportions, 0 to 1.
  public static let proportion = ValueFormat(.proportion)
  /// The style's format of times.
  public static let time = ValueFormat(.time)
  /// The style's format of ratios.
  public static let ratio = ValueFormat(.ratio)
  /// The style's format of coefficients.
  public static let coefficient = ValueFormat(.coefficient)
  /// The style's format of P values.
  public static let pValue = ValueFormat(.pValue)
  /// The style's format of test statistics.
  public static let statistic = ValueFormat(.statistic)
  /// The style's format of other numbers.
  public static let number = ValueFormat(.number)
  /// A proportion shown as percent under a heading that holds the sign: 0.75 → 75.
  public static let percentage = ValueFormat(.proportion, asPercent: true)

  /// The same with so many decimals; `nil` leaves it to the style.
  public func digits(_ digits: Int?) -> ValueFormat {
    ValueFormat(kind, digits: digits ?? self.digits, asPercent: asPercent, percentSign: percentSign)
  }
}
