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

  /// Digits for numbers near 1, where the usual two would print a limit as 1.00 although the interval leaves 1
  /// out: 1.004 (1.001–1.007). `nil` where the usual ones do.
  func ratioDigitsNearOne(_ estimate: Estimate) -> Int? {
    guard let lower = estimate.lower.number, let upper = estimate.upper.number else { return nil }
    let nearest = lower > 1 ? lower : upper < 1 ? upper : 1
    guard nearest != 1 else { return nil }
    for digits in 2...4 where NumberFormat.rounded(nearest, digits: digits) != 1 {
      return digits == 2 ? nil : digits
    }
    return 4
  }
}
