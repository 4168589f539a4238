// An axis on which time runs as a test sees it, with the times themselves at its ticks.

/// Times and their places under a function that never falls, such as 1 − S(t); straight lines in between.
public struct TransformedTimeScale: Sendable, Equatable {
  private let knots: [Knot]

  private struct Knot: Sendable, Equatable {
    let time: Double
    let place: Double
  }

  /// A scale through these pairs, in any order.
  ///
  /// - Returns: nil where fewer than two places differ.
  public init?(times: [Double], places: [Double]) {
    var knots: [Knot] = []
    let pairs = zip(times, places).filter { $0.0.isFinite && $0.1.isFinite }.sorted { $0 < $1 }
    for (time, place) in pairs where knots.last.map({ time > $0.time && place >= $0.place }) ?? true {
      knots.append(Knot(time: time, place: place))
    }
    guard let first = knots.first, let last = knots.last, last.place > first.place else { return nil }
    self.knots = knots
  }

  /// Where a time lies; the ends beyond the ends.
  func place(of time: Double) -> Double { between(time, from: \.time, to: \.place) }

  /// The time at a place; the first of several.
  func time(at place: Double) -> Double { between(place, from: \.place, to: \.time) }

  private func between(
    _ value: Double, from own: KeyPath<Knot, Double>, to other: KeyPath<Knot, Double>
  ) -> Double {
    guard let next = knots.firstIndex(where: { $0[keyPath: own] >= value }) else {
      return knots.last?[keyPath: other] ?? value
    }
    guard next > 0 else { return knots[0][keyPath: other] }
    let (before, after) = (knots[next - 1], knots[next])
    let width = after[keyPath: own] - before[keyPath: own]
    let share = width > 0 ? (value - before[keyPath: own]) / width : 0
    return before[keyPath: other] + share * (after[keyPath: other] - before[keyPath: other])
  }

  /// The axis: ticks about evenly far apart, at times that are easy to read.
  func axis(_ axis: TimeAxis, count: Int, style: FigureStyle) -> FrameAxis {
    let (low, high) = (knots.first?.place ?? 0, knots.last?.place ?? 1)
    let step = (high - low) / Double(max(count, 1))
    let unit = axis.shown(1)
    var shown: [(value: Double, place: Double)] = []
    for index in 0..<max(count, 1) {
      let middle = low + (Double(index) + 0.5) * step
      let exact = axis.shown(time(at: middle))
      // One digit where that moves the tick little, else two or three.
      let candidates = (1...3).map { TransformedTimeScale.rounded(exact, digits: $0) }
      let near = candidates.first { (place(of: $0 / unit) - middle).magnitude < 0.25 * step }
      let value = near ?? candidates.last ?? exact
      let spot = place(of: value / unit)
      if shown.last.map({ $0.value < value && $0.place < spot }) ?? true { shown.append((value, spot)) }
    }
    let room = 0.02 * (high - low)
    return FrameAxis(
      label: axis.label, lower: low - room, upper: high + room,
      ticks: shown.map {
        Tick(value: $0.place, label: style.number($0.value, decimals: Self.decimals($0.value)))
      })
  }

  private static func rounded(_ value: Double, digits: Int) -> Double {
    guard value > 0, value.isFinite else { return value }
    let exponent = Int((naturalLogarithm(value) / naturalLogarithm(10)).rounded(.down)) + 1 - digits
    guard exponent < 0 else {
      let unit = powerOfTen(exponent)
      return (value / unit).rounded() * unit
    }
    let parts = powerOfTen(-exponent)
    return (value * parts).rounded() / parts
  }

  private static func decimals(_ value: Double) -> Int {
    (0..<6).first { (value * powerOfTen($0)).rounded() / powerOfTen($0) == value } ?? 6
  }
}
