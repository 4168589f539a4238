// How an interval stands beside its estimate.

/// `1.23 (95% CI 1.01–1.50)` and its relatives.
public struct IntervalWording: Sendable, Hashable {
  /// Between "95% CI" and the limits.
  public let afterName: String
  /// Between the limits, unless one of them is negative or a bound.
  public let separator: String
  /// Between an estimate and the name of its interval where both stand within parentheses already.
  public let nestedSeparator: String
  /// AMA repeats the sign in a range of percents: `70.1%-84.0%`.
  public let repeatsPercentSign: Bool

  /// `1.01–1.50`; ` to ` where a dash could be taken for a minus, or stands before `>1000`.
  public func range(_ lower: String, _ upper: String, style: NumberStyle) -> String {
    let needsWord = [lower, upper].contains { text in
      text.hasPrefix(style.minus) || text.hasPrefix("-") || text.hasPrefix("<") || text.hasPrefix(">")
    }
    return lower + (needsWord ? " to " : separator) + upper
  }

  /// `95% CI`; 97.5 where the level is that.
  public static func name(level: Double, style: NumberStyle) -> String {
    NumberFormat.trimmed(level * 100, digits: 2, style: style) + "% CI"
  }

  /// `1.23 (95% CI 1.01–1.50)`
  public static let plain = IntervalWording(
    afterName: " ", separator: "–", nestedSeparator: ", ", repeatsPercentSign: false)
  /// `1.23 (95% CI, 1.01-1.50)`: AMA Manual of Style, 11th edition (2020), sections 8.3 and 19.4.
  public static let jama = IntervalWording(
    afterName: ", ", separator: "-", nestedSeparator: "; ", repeatsPercentSign: true)
  /// `1.23 (95% CI, 1.01 to 1.50)`
  public static let nejm = IntervalWording(
    afterName: ", ", separator: " to ", nestedSeparator: "; ", repeatsPercentSign: false)
  /// `1·23 (95% CI 1·01–1·50)`
  public static let lancet = IntervalWording(
    afterName: " ", separator: "–", nestedSeparator: ", ", repeatsPercentSign: false)
  /// `1.23 (95% CI, 1.01 to 1.50)`
  public static let annals = IntervalWording(
    afterName: ", ", separator: " to ", nestedSeparator: "; ", repeatsPercentSign: false)
}
