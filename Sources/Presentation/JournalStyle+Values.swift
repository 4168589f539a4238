// Single values and estimates as text.

extension JournalStyle {
  /// One value without words around it: `0.62`, `75`, `<0.001`, `NR`.
  public func text(_ quantity: Quantity, _ format: ValueFormat) -> String {
    guard let value = quantity.number else { return quantity.statusText ?? "" }
    return text(value, format, extraNearOne: nil)
  }

  private func text(_ value: Double, _ format: ValueFormat, extraNearOne: Int?) -> String {
    let format = digits.applied(to: format)
    let sign = format.percentSign ? "%" : ""
    if format.asPercent {
      let isPercent = format.kind == .percent
      let digits = format.digits ?? (isPercent ? 1 : percentDigits([Quantity(value)]))
      return NumberFormat.fixed(isPercent ? value : value * 100, digits: digits, style: number) + sign
    }
    switch format.kind {
    case .pValue where format.digits == nil: return pValue.text(value, style: number)
    case .ratio: return ratioText(value, digits: format.digits, extraNearOne: extraNearOne)
    case .date: return CivilDate(daysSince1970: value)?.text ?? "NE"
    default:
      let digits = format.digits ?? DigitRule.digits(format.kind, value)
      return NumberFormat.fixed(value, digits: digits, style: number) + sign
    }
  }

  /// The estimate without its interval, with the digits it has beside it.
  public func value(_ estimate: Estimate, _ format: ValueFormat) -> String { texts(estimate, format).value }

  /// For a table cell: `0.62 (0.45–0.85)`; only the estimate or its status where there is no interval.
  public func cell(_ estimate: Estimate, _ format: ValueFormat) -> String {
    let value = value(estimate, format)
    return range(estimate, format).map { "\(value) (\($0))" } ?? value
  }

  /// For prose: `0.62 (95% CI 0.45–0.85)`.
  public func sentence(_ estimate: Estimate, _ format: ValueFormat) -> String {
    let value = estimate.value.statusWords ?? value(estimate, format)
    return intervalText(estimate, format).map { "\(value) (\($0))" } ?? value
  }

  /// Within parentheses: `0.62, 95% CI 0.45–0.85`; JAMA, NEJM and Annals `0.62; 95% CI, 0.45-0.85`.
  public func nested(_ estimate: Estimate, _ format: ValueFormat) -> String {
    let value = estimate.value.statusWords ?? value(estimate, format)
    return intervalText(estimate, format).map { value + interval.nestedSeparator + $0 } ?? value
  }

  /// `95% CI 0.45–0.85`; `nil` without an interval.
  public func intervalText(_ estimate: Estimate, _ format: ValueFormat) -> String? {
    range(estimate, format).map {
      IntervalWording.name(level: estimate.level, style: number) + interval.afterName + $0
    }
  }

  /// `0.45–0.85`; `nil` without an interval.
  public func range(_ estimate: Estimate, _ format: ValueFormat) -> String? {
    guard estimate.hasInterval else { return nil }
    // What has no estimate for a reason that holds for its limits as well needs no limits: NE, not NE (NE–NE).
    if estimate.value == .notEstimable, estimate.lower == .notEstimable, estimate.upper == .notEstimable {
      return nil
    }
    if estimate.lower == .notEstimable, estimate.upper == .notEstimable { return "NE" }
    let texts = texts(estimate, format)
    return interval.range(texts.lower, texts.upper, style: number)
  }

  /// A count with its share: `58 (8.9%)`; the share is left out if the denominator is zero.
  public func countPercent(_ count: Double, of denominator: Double, digits: Int? = nil) -> String {
    let countText = text(Quantity(count), .count)
    guard denominator > 0, count.isFinite else { return countText }
    let share = NumberFormat.fixed(
      count / denominator * 100, digits: digits ?? percent.digits(denominator: denominator), style: number)
    return "\(countText) (\(share)\(percent.signInCells ? "%" : ""))"
  }

  /// `P = 0.040`, `P < 0.001`; `P NE` where there is none.
  public func pSentence(_ p: Quantity) -> String {
    guard let value = p.number else { return "\(pValue.letter) \(p.statusText ?? "NE")" }
    return pValue.sentence(value, style: number)
  }

  /// Estimate and limits in digits that belong together.
  private func texts(
    _ estimate: Estimate, _ format: ValueFormat
  ) -> (value: String, lower: String, upper: String) {
    let wished = digits.applied(to: format)
    let own = wished.digits == nil && !wished.asPercent && Self.sharesDigits(wished.kind)
    let format = sharedDigits(wished, estimate)
    let limits = ValueFormat(
      format.kind, digits: format.digits, asPercent: format.asPercent,
      percentSign: format.percentSign && interval.repeatsPercentSign)
    let nearOne = format.kind == .ratio ? ratioDigitsNearOne(estimate) : nil
    func printed(_ quantity: Quantity, _ format: ValueFormat) -> String {
      guard let number = quantity.number else { return quantity.statusText ?? "" }
      return text(number, own ? Self.seen(number, format) : format, extraNearOne: nearOne)
    }
    return (
      printed(estimate.value, format), printed(estimate.lower, limits), printed(estimate.upper, limits)
    )
  }

  /// Decimals of a proportion in per cent and of its limits: the style's, or one where whole per cents would print 0 or 100 for what
  /// is neither, and more only if the first of them needs it.
  func percentDigits(_ quantities: [Quantity]) -> Int {
    let usual = percent.survivalDigits
    func hides(_ quantity: Quantity, _ digits: Int) -> Bool {
      guard let value = quantity.number?.magnitude, value > 0, value < 1 else { return false }
      let printed = NumberFormat.rounded(value * 100, digits: digits)
      return printed == 0 || printed == 100
    }
    guard usual < 1 || quantities.first.map({ hides($0, usual) }) ?? false,
      quantities.contains(where: { hides($0, usual) }), let first = quantities.first
    else { return usual }
    return (max(usual, 1)...3).first { !hides(first, $0) } ?? 3
  }

  private static func sharesDigits(_ kind: ValueKind) -> Bool {
    switch kind {
    case .time, .number, .statistic, .coefficient, .count: true
    case .percent, .proportion, .ratio, .pValue, .text, .date: false
    }
  }

  /// More decimals for a number that those of its neighbours would print as 0; none for 0 itself.
  private static func seen(_ number: Double, _ format: ValueFormat) -> ValueFormat {
    if number == 0 { return format.digits(0) }
    guard let digits = format.digits, NumberFormat.rounded(number, digits: digits) == 0 else { return format }
    return format.digits(DigitRule.firstSeen(number))
  }

  /// The estimate's own magnitude decides for the limits too; theirs if it was not reached, or is 0.
  private func sharedDigits(_ format: ValueFormat, _ estimate: Estimate) -> ValueFormat {
    guard format.digits == nil else { return format }
    if format.asPercent {
      guard format.kind == .proportion else { return format }
      return format.digits(percentDigits([estimate.value, estimate.lower, estimate.upper]))
    }
    guard Self.sharesDigits(format.kind) else { return format }
    let numbers = [estimate.value, estimate.lower, estimate.upper].compactMap(\.number).filter(\.isFinite)
    guard let leading = numbers.first(where: { $0 != 0 }) ?? numbers.first else { return format }
    return format.digits(
      DigitRule.digits(format.kind, leading, amongWhole: numbers.allSatisfy(\.isWhole)))
  }
}
