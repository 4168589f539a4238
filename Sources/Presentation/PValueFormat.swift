// P values: how many digits, which bounds, which letter.

/// How a journal prints a P value. Never `0.000`, never `1.00`.
public struct PValueFormat: Sendable, Hashable {
  /// How many digits a P value gets.
  public enum DigitRule: Sendable, Hashable {
    /// The same number of decimals for all.
    case fixed(Int)
    /// `many` decimals below `bound`, `few` from there on. `keepsSide`: a value below 0.05 that `few` decimals
    /// would print as 0.05 gets more.
    case byBound(Double, many: Int, few: Int, keepsSide: Bool)
    /// Significant digits, but no more than so many decimals.
    case significant(Int, maximum: Int)
  }

  /// How many decimals a P value has.
  public let digitRule: DigitRule
  /// Smaller values print as `<` this.
  public let lowest: Double
  /// Decimals of `lowest` and of the bound at the upper end.
  public let lowestDigits: Int
  /// `0.04` or `.04`.
  public let leadingZero: Bool
  /// `P` or `p`.
  public let letter: String
  /// `P = 0.04` or `P=0.04`.
  public let spaced: Bool

  /// Without the letter: `0.040`, `<0.001`, `>0.99`.
  public func text(_ p: Double, style: NumberStyle) -> String {
    guard !p.isNaN else { return "NE" }
    let p = min(max(p, 0), 1)
    if p < lowest { return "<" + decimals(lowest, lowestDigits, style) }
    let digits = digits(for: p)
    if NumberFormat.rounded(p, digits: digits) >= 1 {
      // 0.999 at three decimals, 0.99 at two: the largest number of that length below 1.
      return ">" + decimals(1 - power(digits), digits, style)
    }
    return decimals(p, digits, style)
  }

  /// With the letter: `P = 0.040`, `P < 0.001`.
  public func sentence(_ p: Double, style: NumberStyle) -> String { letter + relation(p, style: style) }

  /// What follows the letter: ` = 0.040`, `<0.001`.
  func relation(_ p: Double, style: NumberStyle) -> String {
    let text = text(p, style: style)
    let gap = spaced ? " " : ""
    guard let first = text.first, first == "<" || first == ">" else { return gap + "=" + gap + text }
    return gap + String(first) + gap + text.dropFirst()
  }

  private func digits(for p: Double) -> Int {
    switch digitRule {
    case .fixed(let digits): return digits
    case .significant(let count, let maximum):
      guard let exact = ExactDecimal(p) else { return maximum }
      let exponent = exact.rounded(toSignificant: count).exponent
      // 0.996 would become 1.0: two decimals, so that it is caught as above 0.99.
      return min(maximum, max(count, count - 1 - exponent))
    case .byBound(let bound, let many, let few, let keepsSide):
      if p < bound { return many }
      guard keepsSide, p < 0.05, NumberFormat.rounded(p, digits: few) >= 0.05 else { return few }
      return NumberFormat.rounded(p, digits: few + 1) < 0.05 ? few + 1 : few + 2
    }
  }

  private func power(_ digits: Int) -> Double { (0..<digits).reduce(1.0) { value, _ in value / 10 } }

  private func decimals(_ value: Double, _ digits: Int, _ style: NumberStyle) -> String {
    let text = NumberFormat.fixed(value, digits: digits, style: style)
    return leadingZero || !text.hasPrefix("0") ? text : String(text.dropFirst())
  }
}

extension PValueFormat {
  /// Three decimals for all: `P = 0.040`, `P < 0.001`, `P > 0.999`.
  public static let plain = PValueFormat(
    digitRule: .fixed(3), lowest: 0.001, lowestDigits: 3, leadingZero: true, letter: "P", spaced: true)

  /// Two decimals, three below .01 and where two would hide that P is below .05; no zero before the point;
  /// `P < .001`, `P > .99`. AMA Manual of Style, 11th edition (2020), section 19.5; JAMA, Instructions for
  /// Authors, "Statistical methods" (as of 2024).
  public static let jama = PValueFormat(
    digitRule: .byBound(0.01, many: 3, few: 2, keepsSide: true), lowest: 0.001, lowestDigits: 3,
    leadingZero: false, letter: "P", spaced: true)

  /// Two decimals above 0.01, three between 0.01 and 0.001, `P<0.001`. NEJM, Statistical Reporting Guidelines
  /// (2019, as of 2024).
  public static let nejm = PValueFormat(
    digitRule: .byBound(0.01, many: 3, few: 2, keepsSide: false), lowest: 0.001, lowestDigits: 3,
    leadingZero: true, letter: "P", spaced: false)

  /// Two significant figures, at most four decimals, `p<0·0001`. The Lancet, formatting guidelines for authors
  /// (as of 2024).
  public static let lancet = PValueFormat(
    digitRule: .significant(2, maximum: 4), lowest: 0.0001, lowestDigits: 4, leadingZero: true, letter: "p",
    spaced: false)

  /// Three decimals between 0.001 and 0.20, two above, `P < 0.001`. Annals of Internal Medicine, Information for
  /// Authors, "General statistical guidance" (as of 2024).
  public static let annals = PValueFormat(
    digitRule: .byBound(0.2, many: 3, few: 2, keepsSide: false), lowest: 0.001, lowestDigits: 3,
    leadingZero: true, letter: "P", spaced: true)
}
