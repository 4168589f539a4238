// Curves as path data, thinned where there are more steps than anyone can see.

/// A place of a curve on the page; `lower` and `upper` are its band.
struct PagePoint: Sendable, Equatable {
  var x: Double
  var y: Double
  var lower: Double
  var upper: Double
  /// Beyond the vertical axis: `y` is where the curve left the plot, and nothing is drawn from here on.
  var isOutside = false
}

struct CurvePath: Sendable {
  /// Places in order of x, the last of them at the curve's end.
  let points: [PagePoint]
  let isStep: Bool

  /// Above this many steps a curve is thinned, so that a file of many curves stays small.
  static func budget(ofCurves count: Int) -> Int { max(400, 3200 / max(count, 1)) }

  init(_ curve: Curve, x: Scale, y: Scale, budget: Int = CurvePath.budget(ofCurves: 2)) {
    isStep = curve.isStep
    let end = min(curve.end, x.upper)
    var points: [PagePoint] = []
    points.reserveCapacity(min(curve.points.count + 1, 1 << 20))
    var last: CurvePoint?
    for point in curve.points where point.x.isFinite && point.y.isFinite {
      if point.x > end { break }
      if !curve.isStep, let last { points += CurvePath.crossings(from: last, to: point, x, y) }
      points.append(CurvePath.place(point, x, y))
      last = point
    }
    if let last, last.x < end {
      var final = last
      if !curve.isStep, let value = curve.value(at: end) { final = CurvePoint(x: end, y: value) }
      final.x = end
      if !curve.isStep { points += CurvePath.crossings(from: last, to: final, x, y) }
      points.append(CurvePath.place(final, x, y))
    }
    var tolerance = 0.05
    var thinned = points
    while thinned.count > budget, tolerance < 8 {
      thinned = CurvePath.thin(points, tolerance: tolerance)
      tolerance *= 1.5
    }
    self.points = thinned
  }

  private static func place(_ point: CurvePoint, _ x: Scale, _ y: Scale) -> PagePoint {
    PagePoint(
      x: x.clamped(point.x), y: y.clamped(point.y), lower: y.clamped(point.lower),
      upper: y.clamped(point.upper), isOutside: !y.contains(point.y))
  }

  /// Where a straight piece enters or leaves the plot.
  private static func crossings(
    from before: CurvePoint, to after: CurvePoint, _ x: Scale, _ y: Scale
  ) -> [PagePoint] {
    guard !y.contains(before.y) || !y.contains(after.y), after.y != before.y else { return [] }
    func between(_ first: Double, _ second: Double, _ share: Double) -> Double {
      first + (second - first) * share
    }
    let isRising = after.y > before.y
    var crossings: [PagePoint] = []
    for limit in isRising ? [y.lower, y.upper] : [y.upper, y.lower] {
      let share = (limit - before.y) / (after.y - before.y)
      guard share > 0, share < 1 else { continue }
      let point = CurvePoint(
        x: between(before.x, after.x, share), y: limit, lower: between(before.lower, after.lower, share),
        upper: between(before.upper, after.upper, share))
      crossings.append(place(point, x, y))
    }
    return crossings
  }

  /// Whether some of the curve lies beyond the vertical axis.
  var leavesPlot: Bool { points.contains { $0.isOutside } }

  /// Leaves out a point when neither it nor its band has moved by `tolerance` points from the last one kept, or
  /// when it lies within `tolerance` of it along the axis; the first and last points stay.
  private static func thin(_ points: [PagePoint], tolerance: Double) -> [PagePoint] {
    guard let first = points.first, let last = points.last, points.count > 2 else { return points }
    var kept = [first]
    var anchor = first
    for point in points.dropFirst().dropLast() {
      let moved = max((point.y - anchor.y).magnitude, (point.lower - anchor.lower).magnitude)
      let leaves = point.isOutside != anchor.isOutside
      if !leaves, max(moved, (point.upper - anchor.upper).magnitude) < tolerance { continue }
      if !leaves, point.x - anchor.x < tolerance {
        // A steep stretch: one drop to the latest value. The beginning of the curve stays.
        anchor = PagePoint(
          x: anchor.x, y: point.y, lower: point.lower, upper: point.upper, isOutside: point.isOutside)
        if kept.count > 1 { kept[kept.count - 1] = anchor } else { kept.append(anchor) }
        continue
      }
      kept.append(point)
      anchor = point
    }
    kept.append(last)
    return kept
  }

  /// The part of the curve between two places on the page, as far as it lies within the plot.
  func line(from start: Double = -.infinity, to end: Double = .infinity) -> String {
    var data = SVGPathData()
    var isDown = false
    func begin(_ x: Double, _ y: Double) {
      if !isDown { data.append("M", SVGCoordinate(x), SVGCoordinate(y)) }
      isDown = true
    }
    for (before, point) in zip(points, points.dropFirst()) where point.x >= start && before.x <= end {
      let from = max(before.x, start)
      let to = min(point.x, end)
      guard isStep else {
        guard !before.isOutside, !point.isOutside else {
          isDown = false
          continue
        }
        let slope = point.x > before.x ? (point.y - before.y) / (point.x - before.x) : 0
        begin(from, before.y + slope * (from - before.x))
        data.append("L", SVGCoordinate(to), SVGCoordinate(before.y + slope * (to - before.x)))
        continue
      }
      if before.isOutside {
        isDown = false
      } else if to > from {
        begin(from, before.y)
        data.append("H", SVGCoordinate(to))
      }
      if point.x <= end, SVGCoordinate(point.y) != SVGCoordinate(before.y) {
        begin(to, before.y)
        data.append("V", SVGCoordinate(point.y))
      }
    }
    return data.text
  }

  /// The piece of a step curve between two places.
  func clipped(from start: Double = -.infinity, to end: Double = .infinity) -> CurvePath {
    var kept: [PagePoint] = []
    for point in points {
      if point.x > end {
        if isStep, var last = kept.last, last.x < end {
          last.x = end
          kept.append(last)
        }
        break
      }
      if point.x < start {
        var first = point
        first.x = start
        kept = [first]
      } else {
        kept.append(point)
      }
    }
    return CurvePath(points: kept, isStep: isStep)
  }

  private init(points: [PagePoint], isStep: Bool) {
    self.points = points
    self.isStep = isStep
  }

  /// The band between lower and upper bounds, closed.
  var band: String {
    guard points.count > 1, points.contains(where: { $0.lower != $0.upper }) else { return "" }
    var data = SVGPathData()
    addEdge(points.map { Point(x: $0.x, y: $0.upper) }, after: "M", to: &data)
    addEdge(points.reversed().map { Point(x: $0.x, y: $0.lower) }, after: "L", isBackwards: true, to: &data)
    data.append("Z")
    return data.text
  }

  private func addEdge(
    _ places: [Point], after command: Unicode.Scalar, isBackwards: Bool = false, to data: inout SVGPathData
  ) {
    guard let first = places.first else { return }
    var (lastX, lastY) = (SVGCoordinate(first.x), SVGCoordinate(first.y))
    data.append(command, lastX, lastY)
    for place in places.dropFirst() {
      let (x, y) = (SVGCoordinate(place.x), SVGCoordinate(place.y))
      if !isStep {
        data.append("L", x, y)
      } else {
        if isBackwards, y != lastY { data.append("V", y) }
        if x != lastX { data.append("H", x) }
        if !isBackwards, y != lastY { data.append("V", y) }
      }
      (lastX, lastY) = (x, y)
    }
  }

  /// The straight pieces that are drawn, for keeping labels off the curve.
  var segments: [(Point, Point)] {
    var segments: [(Point, Point)] = []
    for (before, after) in zip(points, points.dropFirst()) {
      if before.isOutside, isStep || after.isOutside { continue }
      let corner = isStep ? Point(x: after.x, y: before.y) : Point(x: after.x, y: after.y)
      segments.append((Point(x: before.x, y: before.y), corner))
      if isStep, before.y != after.y { segments.append((corner, Point(x: after.x, y: after.y))) }
    }
    return segments
  }

  /// The height of the curve at a place; nil where it is not drawn: before, after or beyond the plot.
  func height(at x: Double) -> Double? {
    guard let first = points.first, let last = points.last, x >= first.x, x <= last.x else { return nil }
    let low = points.lastIndex(notBeyond: x, \.x)
    guard !points[low].isOutside else { return nil }
    guard !isStep, low + 1 < points.count else { return points[low].y }
    let (before, after) = (points[low], points[low + 1])
    return after.x > before.x
      ? before.y + (after.y - before.y) * (x - before.x) / (after.x - before.x) : after.y
  }
}
