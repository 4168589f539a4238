// The range of a forest plot: wide enough for the estimates, not for the widest interval.

extension ForestFigure {
  /// Both ends of the axis and its ticks, about `count` of them.
  func axis(count: Int) -> (lower: Double, upper: Double, ticks: [Tick]) {
    let drawn = (allRows ?? rows).flatMap(\.estimates).compactMap(\.self).filter(isDrawable)
    return measure == .ratio ? ratioAxis(drawn, count: count) : differenceAxis(drawn, count: count)
  }

  func isDrawable(_ estimate: Estimate) -> Bool {
    guard let value = estimate.value, value.isFinite else { return false }
    return measure == .difference || value > 0
  }

  private func ratioAxis(_ drawn: [Estimate], count: Int) -> (Double, Double, [Tick]) {
    if let limits, limits.lowerBound > 0, limits.upperBound > limits.lowerBound {
      let ticks = RatioTicks(from: limits.lowerBound, to: limits.upperBound, count: count)
      return (limits.lowerBound, limits.upperBound, ticks.ticks(style))
    }
    let values = drawn.compactMap(\.value)
    let lowers = drawn.map { bound($0.lower, $0.value ?? 1) { $0 > 0 } }
    let uppers = drawn.map { bound($0.upper, $0.value ?? 1) { $0.isFinite } }
    // A few very wide intervals must not press all the others together; but every estimate has its marker.
    let (farthest, beyond) = (50.0, 3.0)
    let (least, greatest) = (min(1, values.min() ?? 1), max(1, values.max() ?? 1))
    let (lower, upper) = (lowers.min() ?? 0.5, uppers.max() ?? 2)
    let low = min(max(lower, least / beyond, 1 / farthest), max(lower, least / 1.6))
    let high = max(min(upper, greatest * beyond, farthest), min(upper, greatest * 1.6))
    // Room beyond the outermost interval: none may seem to be cut off.
    var room = max(high, 1.25) / min(low, 0.8)
    for _ in 0..<5 { room = room.squareRoot() }
    room = max(room, 1.05)
    return RatioTicks.axis(from: min(low / room, 0.8), to: max(high * room, 1.25), count: count, style)
  }

  private func differenceAxis(_ drawn: [Estimate], count: Int) -> (Double, Double, [Tick]) {
    if let limits, limits.upperBound > limits.lowerBound {
      let nice = NiceTicks(from: limits.lowerBound, to: limits.upperBound, count: count, covering: false)
      return (limits.lowerBound, limits.upperBound, nice.ticks(style))
    }
    let lowers = drawn.map { bound($0.lower, $0.value ?? 0) { $0.isFinite } }
    let uppers = drawn.map { bound($0.upper, $0.value ?? 0) { $0.isFinite } }
    let values = drawn.compactMap(\.value)
    let reach = max(values.map(\.magnitude).max() ?? 1, 1e-12) * 5
    let low = max(min(lowers.min() ?? -1, 0), -reach)
    let high = min(max(uppers.max() ?? 1, 0), reach)
    let room = max(high - low, 1e-12) / 30
    let nice = NiceTicks(from: low - room, to: high + room, count: count)
    return (nice.first, nice.last, nice.ticks(style))
  }

  private func bound(_ bound: Double?, _ value: Double, _ isUsable: (Double) -> Bool) -> Double {
    guard let bound, isUsable(bound) else { return value }
    return bound
  }
}
