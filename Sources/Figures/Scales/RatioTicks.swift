// Ticks of a logarithmic axis.

/// Round ratios: 0.5, 1, 2, 5, 10.
struct RatioTicks: Sendable, Equatable {
  let values: [Double]

  private static let tenth = 2.302_585_092_994_046
  /// From fine to coarse; each holds 1, so that every axis names the ratio of no difference.
  private static let mantissas: [[Double]] = [
    [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2, 2.5, 3, 4, 5, 6, 7, 8, 9], [1, 1.2, 1.5, 2, 3, 4, 5, 6, 8],
    [1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1],
  ]

  /// Ticks inside `lower...upper`, at most `count` where that is possible.
  init(from lower: Double, to upper: Double, count: Int) {
    guard lower > 0, upper > lower, upper.isFinite else {
      values = [1]
      return
    }
    values = RatioTicks.coarsened(from: lower, to: upper, count: count) { grid in
      grid.filter { $0 >= lower * 0.999_999 && $0 <= upper * 1.000_001 }
    }.withBothSides(from: lower, to: upper, count: count)
  }

  /// Ticks of which the first and the last lie around `lower...upper`; the axis can end at both.
  init(covering lower: Double, to upper: Double, count: Int) {
    guard lower > 0, upper > lower, upper.isFinite else {
      values = [0.5, 1, 2]
      return
    }
    values = RatioTicks.coarsened(from: lower, to: upper, count: count) { grid in
      let first = grid.lastIndex { $0 <= lower * 1.02 } ?? 0
      let last = grid.firstIndex { $0 >= upper * 0.98 } ?? grid.count - 1
      return first < last ? Array(grid[first...last]) : grid
    }
  }

  /// An axis around `lower...upper` that ends at a tick where one is near, and otherwise without: the next round
  /// ratio may be far away, and the space up to it would be lost to what is drawn.
  static func axis(from lower: Double, to upper: Double, count: Int, _ style: FigureStyle) -> (
    lower: Double, upper: Double, ticks: [Tick]
  ) {
    let covering = RatioTicks(covering: lower, to: upper, count: count)
    let near = naturalLogarithm(upper / lower) / 10
    var (first, last) = (covering.values.first ?? lower, covering.values.last ?? upper)
    if naturalLogarithm(lower / first) > near { first = lower }
    if naturalLogarithm(last / upper) > near { last = upper }
    // What is lost at the ends may leave room for finer ticks.
    let ticks = RatioTicks(from: first, to: last, count: count)
    return (first, last, ticks.ticks(style))
  }

  private static func coarsened(
    from lower: Double, to upper: Double, count: Int, _ pick: ([Double]) -> [Double]
  ) -> [Double] {
    let first = Int((naturalLogarithm(lower) / tenth).rounded(.down)) - 1
    let decades = first...(Int((naturalLogarithm(upper) / tenth).rounded(.up)) + 1)
    var chosen: [Double] = []
    for mantissas in mantissas {
      chosen = pick(decades.flatMap { decade in mantissas.map { value($0, decade) } })
      if chosen.count <= count { return chosen }
    }
    for every in 2...40 {
      chosen = pick(decades.filter { $0 % every == 0 }.map { value(1, $0) })
      if chosen.count <= count { break }
    }
    return chosen
  }

  private static func value(_ mantissa: Double, _ decade: Int) -> Double {
    let tenths = (mantissa * 10).rounded()
    return decade < 1 ? tenths / powerOfTen(1 - decade) : tenths * powerOfTen(decade - 1)
  }

  /// Every label with as many decimals as it needs: 0.25, 0.5, 1, 10.
  func ticks(_ style: FigureStyle) -> [Tick] {
    values.map { value in
      var decimals = 0
      while decimals < 9, (value * powerOfTen(decimals)).rounded() / powerOfTen(decimals) != value {
        decimals += 1
      }
      return Tick(value: value, label: style.number(value, decimals: decimals))
    }
  }
}

extension [Double] {
  /// The ticks with one more below and above 1 where the axis goes on there far enough for a label and would have none: a reader
  /// of ratios looks to both sides.
  fileprivate func withBothSides(from lower: Double, to upper: Double, count: Int) -> [Double] {
    let room = 0.45 * naturalLogarithm(upper / lower) / Double(Swift.max(count, 1))
    let candidates = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]
    var ticks = self
    if !contains(where: { $0 < 1 }), let first = candidates.first(where: { $0 >= lower }),
      naturalLogarithm(1 / first) >= room
    {
      ticks.insert(first, at: 0)
    }
    let above = [1.5, 2, 2.5, 3, 4, 5, 10]
    if !contains(where: { $0 > 1 }), let last = above.last(where: { $0 <= upper }),
      naturalLogarithm(last) >= room
    {
      ticks.append(last)
    }
    return ticks
  }
}
