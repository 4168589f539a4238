// Curves over time as the plot draws them, whatever they estimate.

/// One point of a curve in the units of the axes.
struct CurvePoint: Sendable, Equatable {
  var x: Double
  var y: Double
  var lower: Double
  var upper: Double

  /// A missing bound stands at the value itself.
  init(x: Double, y: Double, lower: Double? = nil, upper: Double? = nil) {
    self.x = x
    self.y = y
    self.lower = lower.flatMap { $0.isFinite ? $0 : nil } ?? y
    self.upper = upper.flatMap { $0.isFinite ? $0 : nil } ?? y
  }
}

/// A curve with its band and its marks.
struct Curve: Sendable {
  var name: String
  var look: SeriesColour
  /// In order of x; a step curve keeps the value of a point until the next.
  var points: [CurvePoint]
  var isStep = true
  var hasBand = false
  /// The curve is drawn to here and never further.
  var end: Double
  /// From here on too few are at risk; drawn faintly.
  var faintFrom: Double?
  /// Censored observations.
  var marks: [Double] = []
  /// A quantile to be shown by lines to both axes.
  var reference: Point?

  /// The value at `x`; nil outside the curve.
  func value(at x: Double) -> Double? {
    guard let first = points.first, x >= first.x, x <= end else { return nil }
    let low = points.lastIndex(notBeyond: x, \.x)
    guard !isStep, low + 1 < points.count else { return points[low].y }
    let (before, after) = (points[low], points[low + 1])
    guard after.x > before.x else { return after.y }
    return before.y + (after.y - before.y) * (x - before.x) / (after.x - before.x)
  }
}

/// Numbers under the time axis, one row for each curve.
struct RiskBlock: Sendable {
  var heading: String
  /// For each curve, for each tick, the number or nil.
  var rows: [[String?]]
  /// The same numbers in blocks of their own, for ticks that stand too close for them side by side.
  var apart: [RiskBlock] = []

  /// The blocks that the groups have numbers for, each with a row for every group.
  static func blocks(
    _ tables: [[SurvivalFigure.RiskTableRow]], _ contents: [RiskTableContent], times: [Double],
    style: FigureStyle
  ) -> [RiskBlock] {
    let hasCensored = tables.contains { $0.contains { $0.cumulativeCensored != nil } }
    return contents.compactMap { content in
      let rows = tables.map { table in
        times.map { time -> String? in
          let slack = max(1e-9, time.magnitude * 1e-9)
          return table.first { ($0.time - time).magnitude <= slack }.flatMap { content.text($0, style) }
        }
      }
      guard rows.contains(where: { $0.contains { $0 != nil } }) else { return nil }
      let apart =
        content == .atRiskAndCensored && hasCensored
        ? blocks(tables, [.atRisk, .censored], times: times, style: style) : []
      return RiskBlock(heading: content.heading(hasCensored: hasCensored), rows: rows, apart: apart)
    }
  }
}

extension Array {
  /// Index of the last element whose value is not beyond `value`, in an array sorted by it; 0 if there is none.
  func lastIndex(notBeyond value: Double, _ key: KeyPath<Element, Double>) -> Int {
    var low = 0
    var high = count
    while high - low > 1 {
      let middle = (low + high) / 2
      if self[middle][keyPath: key] <= value { low = middle } else { high = middle }
    }
    return low
  }
}
