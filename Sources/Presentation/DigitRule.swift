// How many decimals a value gets when nobody says.

/// Decimals by kind and magnitude. The magnitude is taken after rounding, so that 9.996 is 10.0, not 10.00.
enum DigitRule {
  static func digits(_ kind: ValueKind, _ value: Double) -> Int {
    let size = abs(value)
    switch kind {
    case .count: return value.isWhole ? 0 : 1
    case .percent: return 1
    case .proportion: return 2
    case .time: return byMagnitude(size, [(1, 2), (100, 1)], beyond: 0)
    case .ratio: return byMagnitude(size, [(0.01, 3), (10, 2), (100, 1)], beyond: 0)
    case .coefficient: return byMagnitude(size, [(100, 3), (1000, 2)], beyond: 1)
    case .pValue: return 3
    case .statistic: return byMagnitude(size, [(10, 2)], beyond: 1)
    case .number: return number(value, size)
    case .text, .date: return 0
    }
  }

  /// Decimals of an estimate and its limits by the number that leads them: a whole one stands for a count only if all
  /// are whole, and none may print as 0 without being 0.
  static func digits(_ kind: ValueKind, _ leading: Double, amongWhole: Bool) -> Int {
    let digits =
      kind == .number && !amongWhole ? magnitude(abs(leading)) : digits(kind, leading)
    guard leading != 0, NumberFormat.rounded(leading, digits: digits) == 0 else { return digits }
    return firstSeen(leading)
  }

  /// As many decimals as show two significant digits, at most twelve.
  static func firstSeen(_ value: Double) -> Int {
    let first = (0..<12).first { NumberFormat.rounded(value, digits: $0) != 0 } ?? 11
    return first + 1
  }

  /// Whole numbers as they are; otherwise about three significant digits.
  private static func number(_ value: Double, _ size: Double) -> Int {
    value.isWhole ? 0 : magnitude(size)
  }

  private static func magnitude(_ size: Double) -> Int {
    byMagnitude(size, [(0.1, 4), (1, 3), (10, 2), (1000, 1)], beyond: 0)
  }

  /// The digits of the first bound that the value stays below when printed with them.
  private static func byMagnitude(_ size: Double, _ steps: [(bound: Double, digits: Int)], beyond: Int) -> Int
  {
    for step in steps where NumberFormat.rounded(size, digits: step.digits) < step.bound {
      return step.digits
    }
    return beyond
  }
}

extension Double {
  /// Without the mathematical library, which nothing else here needs.
  var isWhole: Bool { magnitude < 0x1p53 ? Double(Int64(self)) == self : isFinite }
}
