// Where an axis carries a number, and which.

/// A value that an axis names.
struct Tick: Sendable, Equatable {
  let value: Double
  let label: String
}

extension FigureStyle {
  /// A number for an axis or a label, rounded half away from zero, in this style's marks.
  func number(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return "" }
    let decimals = min(max(decimals, 0), 9)
    let scaled = (value.magnitude * powerOfTen(decimals)).rounded()
    guard scaled < 9e15 else { return value.description }
    let digits = String(Int64(scaled))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
    var text = grouped(String(padded.dropLast(decimals)))
    if decimals > 0 { text += decimalMark + padded.suffix(decimals) }
    return value < 0 && scaled != 0 ? minusSign + text : text
  }

  func count(_ value: Int) -> String {
    (value < 0 ? minusSign : "") + grouped(String(value.magnitude))
  }

  /// A count that may be weighted: one decimal where it is not whole.
  func count(_ value: Double) -> String { number(value, decimals: value == value.rounded() ? 0 : 1) }

  private func grouped(_ digits: String) -> String {
    guard digits.utf8.count > 4, !thousandsMark.isEmpty else { return digits }
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.utf8.count - index) % 3 == 0 { text += thousandsMark }
      text.append(digit)
    }
    return text
  }
}

/// Round numbers (1, 2, 2.5 or 5 times a power of ten) that cover a range.
struct NiceTicks: Sendable, Equatable {
  let step: Double
  let decimals: Int
  let values: [Double]

  var first: Double { values.first ?? 0 }
  var last: Double { values.last ?? 1 }

  /// About `count` ticks that lie around `lower...upper` (`covering`) or inside it.
  init(from lower: Double, to upper: Double, count: Int, covering: Bool = true) {
    // Far beyond any value on an axis, and near enough that the difference does not overflow.
    let bounds = -1e300...1e300
    let lower = lower.isFinite ? min(max(lower, bounds.lowerBound), bounds.upperBound) : 0
    var upper = upper.isFinite ? min(max(upper, bounds.lowerBound), bounds.upperBound) : lower
    if upper <= lower { upper = lower + max(1, lower.magnitude * 1e-3) }
    let rough = (upper - lower) / Double(max(count, 1))
    var exponent = Int((naturalLogarithm(rough) / 2.302_585_092_994_046).rounded(.down))
    var best = (mantissa: 10.0, exponent: exponent)
    for mantissa in [1, 2, 2.5, 5, 10] where mantissa * powerOfTen(exponent) >= rough * 0.999_999 {
      best = (mantissa, exponent)
      break
    }
    if best.mantissa == 10 {
      exponent += 1
      best = (1, exponent)
    }
    let decimals = max(0, (best.mantissa == 2.5 ? 1 : 0) - best.exponent)
    let step = best.mantissa * powerOfTen(best.exponent)
    let slack = 1e-9
    let begin = covering ? (lower / step + slack).rounded(.down) : (lower / step - slack).rounded(.up)
    let finish = covering ? (upper / step - slack).rounded(.up) : (upper / step + slack).rounded(.down)
    var values: [Double] = []
    var index = begin
    while index <= finish, values.count < 200 {
      // A whole number times the mantissa, divided once: 0.3 is 0.3, not 3 times 0.1.
      let whole = index * best.mantissa
      values.append(
        best.exponent < 0 ? whole / powerOfTen(-best.exponent) : whole * powerOfTen(best.exponent))
      index += 1
    }
    self.step = step
    self.decimals = min(decimals, 9)
    self.values = values
  }

  func ticks(_ style: FigureStyle) -> [Tick] {
    values.map { Tick(value: $0, label: style.number($0, decimals: decimals)) }
  }
}

/// About `count` round numbers inside a range, or around it: where rulers and bins have their marks.
public func roundNumbers(
  in range: ClosedRange<Double>, count: Int, isCovering: Bool = false
) -> [Double] {
  NiceTicks(from: range.lowerBound, to: range.upperBound, count: count, covering: isCovering).values
}
