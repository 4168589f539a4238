// Ratios: never 0.00, never 1e-7, never an interval that seems to hold 1 when it does not.

extension JournalStyle {
  /// Two decimals below 10, one below 100, none beyond; three below 0.01. What is too small for its digits prints
  /// as `<0.001`, 0 itself as `0` (a ratio of counts), what exceeds a thousand as `>1000`.
  func ratioText(_ value: Double, digits: Int?, extraNearOne: Int? = nil) -> String {
    guard value.isFinite else { return NumberFormat.fixed(value, digits: 0, style: number) }
    if value > 1000 { return ">1000" }
    if value == 0 { return "0" }
    let usual = DigitRule.digits(.ratio, value)
    let digits = digits ?? (abs(value - 1) < 0.1 ? extraNearOne ?? usual : usual)
    if value >= 0, NumberFormat.rounded(value, digits: digits) == 0 {
      let smallest = (0..<digits).reduce(1.0) { unit, _ in unit / 10 }
      return "<" + NumberFormat.fixed(smallest, digits: digits, style: number)
    }
    return NumberFormat.fixed(value, digits: digits, style: number)
  }

  /// A third digit for the numbers near 1 of an interval of which a limit would be printed as 1.00 without being 1: 1.25 (1.003–2.10)
  /// and 1.25 (0.998–1.57), on whichever side of 1 it lies. `nil` where the usual two tell.
  func ratioDigitsNearOne(_ estimate: Estimate) -> Int? {
    let limits = [estimate.lower.number, estimate.upper.number].compactMap(\.self)
    return limits.contains { $0 != 1 && NumberFormat.rounded($0, digits: 2) == 1 } ? 3 : nil
  }
}
