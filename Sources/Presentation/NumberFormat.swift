// The one place where numbers are rounded and become text.

/// Rounding is half away from zero (or to even, where the style says so) on the exact decimal expansion of the double, so that `fixed(2.5, digits: 0)`
/// is 3, and `fixed(1.005, digits: 2)` is 1.00 because the double lies below 1.005. A number that rounds to zero
/// has no sign. `digits` is taken between 0 and 400.
public enum NumberFormat {
  /// `digits` places after the decimal mark. Infinite: `∞`; not a number: `NE`.
  public static func fixed(_ value: Double, digits: Int, style: NumberStyle = .machine) -> String {
    guard let exact = ExactDecimal(value) else { return nonFinite(value, style) }
    let places = min(max(digits, 0), 400)
    return text(exact.rounded(toPlaces: places, half: style.rounding), places: places, style)
  }

  /// `digits` significant digits, trailing zeros kept: 0.0120 for (0.012, 3). Zero is `0`.
  public static func significant(_ value: Double, digits: Int, style: NumberStyle = .machine) -> String {
    guard let exact = ExactDecimal(value) else { return nonFinite(value, style) }
    let count = min(max(digits, 1), 400)
    let rounded = exact.rounded(toSignificant: count, half: style.rounding)
    guard !rounded.isZero else { return "0" }
    return text(rounded, places: max(0, count - 1 - rounded.exponent), style)
  }

  /// At most `digits` places, trailing zeros left out: 60, 97.5.
  public static func trimmed(_ value: Double, digits: Int, style: NumberStyle = .machine) -> String {
    guard let exact = ExactDecimal(value) else { return nonFinite(value, style) }
    let rounded = exact.rounded(toPlaces: min(max(digits, 0), 400), half: style.rounding)
    return text(rounded, places: rounded.fractionCount, style)
  }

  /// At most 12 significant digits, trailing zeros left out: the form of `results.json`. `0.1`, `649`, `1e-20`.
  public static func twelveDigits(_ value: Double) -> String {
    guard let exact = ExactDecimal(value) else { return nonFinite(value, .machine) }
    return compact(exact.rounded(toSignificant: 12))
  }

  /// The shortest decimal that reads back as the same double. `60`, `0.1`, `1e-7`.
  public static func shortest(_ value: Double) -> String {
    guard let exact = ExactDecimal(value) else { return nonFinite(value, .machine) }
    for count in 1...17 {  // seventeen always read back
      let candidate = compact(exact.rounded(toSignificant: count))
      if Double(candidate) == value { return candidate }
    }
    return value.description
  }

  /// The double nearest to the decimal that `fixed` prints.
  public static func rounded(_ value: Double, digits: Int) -> Double {
    guard value.isFinite else { return value }
    return Double(fixed(value, digits: digits)) ?? value
  }

  private static func nonFinite(_ value: Double, _ style: NumberStyle) -> String {
    guard value.isInfinite else { return "NE" }
    return value < 0 ? style.minus + "∞" : "∞"
  }

  private static func text(_ value: ExactDecimal, places: Int, _ style: NumberStyle) -> String {
    let sign = value.isNegative && !value.isZero ? style.minus : ""
    let fraction = places > 0 ? style.decimalMark + value.fractionDigits(places: places) : ""
    return sign + style.grouped(value.integerDigits) + fraction
  }

  /// Plain decimals from 1e-6 up to 1e15, otherwise `1.5e-20`.
  private static func compact(_ value: ExactDecimal) -> String {
    guard !(-6..<15).contains(value.exponent) else {
      return text(value, places: value.fractionCount, .machine)
    }
    var digits = value.significantDigits
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    let fraction = digits.dropFirst()
    let mantissa = String(digits.prefix(1)) + (fraction.isEmpty ? "" : "." + fraction)
    return (value.isNegative ? "-" : "") + mantissa + "e\(value.exponent)"
  }
}
