// The marks a number is written with.

/// Which way a number goes that lies exactly between two that can be printed.
public enum HalfRounding: String, Sendable, Hashable, CaseIterable {
  /// As in SAS and by hand.
  case awayFromZero = "half-away"
  /// To the even digit, as in R.
  case toEven = "half-even"
}

/// Decimal mark, minus sign, grouping of digits.
public struct NumberStyle: Sendable, Hashable {
  /// What stands before decimals.
  public var decimalMark: String
  /// The minus sign.
  public var minus: String
  /// Between groups of three digits before the decimal mark; empty for none.
  public var groupSeparator: String
  /// Fewest digits before the mark that are grouped.
  public var groupsFrom: Int
  /// Where halves go.
  public var rounding: HalfRounding

  /// Marks for machines where nothing is given: point, hyphen-minus, no groups, halves away from zero.
  public init(
    decimalMark: String = ".", minus: String = "-", groupSeparator: String = "", groupsFrom: Int = 5,
    rounding: HalfRounding = .awayFromZero
  ) {
    self.decimalMark = decimalMark
    self.minus = minus
    self.groupSeparator = groupSeparator
    self.groupsFrom = groupsFrom
    self.rounding = rounding
  }

  /// For machines: point, hyphen-minus, no groups.
  public static let machine = NumberStyle()
  /// Point, true minus (U+2212), commas from 10,000 on.
  public static let point = NumberStyle(minus: "\u{2212}", groupSeparator: ",")
  /// Point, true minus, narrow no-break space from 10 000 on.
  public static let pointSpaced = NumberStyle(minus: "\u{2212}", groupSeparator: "\u{202F}")
  /// Raised point (U+00B7), true minus, narrow no-break space from 10 000 on.
  public static let raisedPoint = NumberStyle(
    decimalMark: "\u{B7}", minus: "\u{2212}", groupSeparator: "\u{202F}")
  /// Comma, true minus, narrow no-break space from 10 000 on.
  public static let comma = NumberStyle(decimalMark: ",", minus: "\u{2212}", groupSeparator: "\u{202F}")

  func grouped(_ integerDigits: String) -> String {
    let count = integerDigits.count
    guard !groupSeparator.isEmpty, count >= groupsFrom else { return integerDigits }
    var result = ""
    for (index, digit) in integerDigits.enumerated() {
      if index > 0, (count - index).isMultiple(of: 3) { result += groupSeparator }
      result.append(digit)
    }
    return result
  }
}
