// From values to places on the page.

/// A linear or logarithmic axis from `lower` at `start` to `upper` at `end` (points; `end` may be less than `start`).
struct Scale: Sendable, Equatable {
  let lower: Double
  let upper: Double
  let start: Double
  let end: Double
  let isLogarithmic: Bool

  /// A range that is empty or cannot be drawn becomes a drawable one around its lower end.
  init(lower: Double, upper: Double, start: Double, end: Double, isLogarithmic: Bool = false) {
    var lower = lower.isFinite ? lower : 0
    var upper = upper.isFinite ? upper : lower
    if isLogarithmic, lower <= 0 { lower = upper > 0 ? upper / 10 : 0.1 }
    if upper <= lower { upper = isLogarithmic ? lower * 10 : lower + max(1, lower.magnitude * 1e-3) }
    self.lower = lower
    self.upper = upper
    self.start = start
    self.end = end
    self.isLogarithmic = isLogarithmic
  }

  func position(_ value: Double) -> Double {
    let share =
      isLogarithmic
      ? naturalLogarithm(value / lower) / naturalLogarithm(upper / lower) : (value - lower) / (upper - lower)
    return start + share * (end - start)
  }

  /// The place of the value, or of the nearer end of the axis.
  func clamped(_ value: Double) -> Double { position(min(max(value, lower), upper)) }

  func contains(_ value: Double) -> Bool {
    let slack = isLogarithmic ? 0 : (upper - lower) * 1e-9
    return value >= lower - slack && value <= upper + slack
  }
}
