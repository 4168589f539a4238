// Rounding to decimal places.

enum DecimalRounding {
  /// The double closest to the number with `digits` decimal places (negative: tens, hundreds, …) that lies
  /// next to `value`, a half going away from zero. The scaled value decides, so 2.675 rounds as its nearest
  /// product does.
  static func round(_ value: Double, digits: Int) -> Double {
    guard value.isFinite else { return .nan }
    guard digits != 0 else { return value.rounded(.toNearestOrAwayFromZero) }
    let digits = min(max(digits, -300), 300)
    let scale = power(abs(digits))
    let result =
      digits > 0
      ? (value * scale).rounded(.toNearestOrAwayFromZero) / scale
      : (value / scale).rounded(.toNearestOrAwayFromZero) * scale
    // Too large to be scaled: such a number has no decimal places.
    return result.isFinite ? result : value
  }

  private static func power(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? .infinity }
}
