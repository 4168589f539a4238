// What can stand in a cell: values with their kinds, so that every style and every writer prints them its way.

/// What stands in one cell, not yet printed.
public enum TableCell: Sendable, Hashable, Codable {
  /// Nothing.
  case empty
  /// Text from the data or the dictionary; escaped by each writer.
  case text(String)
  /// A number, or why there is none, with its format.
  case quantity(Quantity, ValueFormat)
  /// `0.62 (0.45–0.85)`; also a median with its quartiles.
  case estimate(Estimate, ValueFormat)
  /// The interval alone: `0.45–0.85`.
  case interval(Estimate, ValueFormat)
  /// `58 (8.9%)`; without digits the style's.
  case countPercent(Double, of: Double, digits: Int? = nil)
  /// `63.4 (10.2)`: a mean with its standard deviation.
  case pair(Quantity, Quantity, ValueFormat)
  /// A P value, printed as the style says.
  case pValue(Quantity)
  /// The reference level: `1 (reference)`.
  case reference

  /// A count.
  public static func count(_ count: Int) -> TableCell { .quantity(Quantity(count), .count) }
  /// A count that may be fractional: a sum of weights.
  public static func count(_ count: Double) -> TableCell { .quantity(Quantity(count), .count) }

  /// The cell as text, unescaped.
  public func text(_ style: JournalStyle) -> String {
    switch self {
    case .empty: ""
    case .text(let text): text
    case .quantity(let quantity, let format): style.text(quantity, format)
    case .estimate(let estimate, let format): style.cell(estimate, format)
    case .interval(let estimate, let format):
      style.range(estimate, format) ?? estimate.value.statusText ?? ""
    case .countPercent(let count, let denominator, let digits):
      style.countPercent(count, of: denominator, digits: digits)
    case .pair(let value, let spread, let format):
      spread == .missing ? style.text(value, format) : pairText(value, spread, format, style)
    case .pValue(let p): style.text(p, .pValue)
    case .reference: style.referenceText
    }
  }

  private func pairText(
    _ value: Quantity, _ spread: Quantity, _ format: ValueFormat, _ style: JournalStyle
  ) -> String {
    let digits =
      format.digits ?? (format.asPercent ? nil : value.number.map { DigitRule.digits(format.kind, $0) })
    let format = format.digits(digits)
    return "\(style.text(value, format)) (\(style.text(spread, format)))"
  }

  /// The quantities whose status may have to be explained.
  var quantities: [Quantity] {
    switch self {
    case .quantity(let quantity, _), .pValue(let quantity): [quantity]
    case .estimate(let estimate, _), .interval(let estimate, _):
      [estimate.value, estimate.lower, estimate.upper]
    case .pair(let value, let spread, _): [value, spread]
    case .empty, .text, .countPercent, .reference: []
    }
  }
}
