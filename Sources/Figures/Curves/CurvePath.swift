// Curves as path data, thinned where there are more steps than anyone can see.

/// A place of a curve on the page; `lower` and `upper` are its band.
struct PagePoint: Sendable, Equatable {
  var x: Double
  var y: Double
  var lower: Double
  var upper: Double
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
      points.append(CurvePath.place(point, x, y))
      last = point
    }
    if var last, last.x < end {
      if !curve.isStep, let value = curve.value(at: end) { last = CurvePoint(x: end, y: value) }
      last.x = end
      points.append(CurvePath.place(last, x, y))
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
      upper: y.clamped(point.upper))
  }

  /// Leaves out a point when neither it nor its band has moved by `tolerance` points from the last one kept, or
  /// when it lies within `tolerance` of it along the axis; the first and last points stay.
  private static func thin(_ points: [PagePoint], tolerance: Double) -> [PagePoint] {
    guard let first = points.first, let last = points.last, points.count > 2 else { return points }
    var kept = [first]
    var anchor = first
    for point in points.dropFirst().dropLast() {
      let moved = max((point.y - anchor.y).magnitude, (point.lower - anchor.lower).magnitude)
      if max(moved, (point.upper - anchor.upper).magnitude) < tolerance { continue }
      if point.x - anchor.x < tolerance {
        // A steep stretch: one drop to the latest value. The beginning of the curve stays.
        anchor = PagePoint(x: anchor.x, y: point.y, lower: point.lower, upper: point.upper)
        if kept.count > 1 { kept[kept.count - 1] = anchor } else { kept.append(anchor) }
        continue
      }
      kept.append(point)
      anchor = point
    }
    kept.append(last)
    return kept
  }

  /// The part of the curve between two places on the page.
  func line(from start: Double = -.infinity, to end: Double = .infinity) -> String {
    var data = SVGPathData()
    var hasPieces = false
    var previous: PagePoint?
    for point in points {
      defer { previous = point }
      guard let before = previous else {
        if point.x >= start, point.x <= end {
          data.append("M", SVGCoordinate(point.x), SVGCoordinate(point.y))
        }
        continue
      }
      if point.x < start || before.x > end { continue }
      let from = max(before.x, start)
      let to = min(point.x, end)
      let slope = point.x > before.x ? (point.y - before.y) / (point.x - before.x) : 0
      if data.isEmpty {
        let y = isStep ? before.y : before.y + slope * (from - before.x)
        data.append("M", SVGCoordinate(from), SVGCoordinate(y))
      }
      let y = SVGCoordinate(point.y)
      if !isStep {
        data.append("L", SVGCoordinate(to), SVGCoordinate(before.y + slope * (to - before.x)))
        hasPieces = true
        continue
      }
      if to > from {
        data.append("H", SVGCoordinate(to))
        hasPieces = true
      }
      if point.x <= end, y != SVGCoordinate(before.y) {
        data.append("V", y)
        hasPieces = true
      }
    }
    return hasPieces ? data.text : ""
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
        kept = [PagePoint(x: start, y: point.y, lower: point.lower, upper: point.upper)]
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
      let corner = isStep ? Point(x: after.x, y: before.y) : Point(x: after.x, y: after.y)
      segments.append((Point(x: before.x, y: before.y), corner))
      if isStep, before.y != after.y { segments.append((corner, Point(x: after.x, y: after.y))) }
    }
    return segments
  }

  /// The height of the curve at a place; nil where it is not drawn.
  func height(at x: Double) -> Double? {
    guard let first = points.first, let last = points.last, x >= first.x, x <= last.x else { return nil }
    let low = points.lastIndex(notBeyond: x, \.x)
    guard !isStep, low + 1 < points.count else { return points[low].y }
    let (before, after) = (points[low], points[low + 1])
    return after.x > before.x
      ? before.y + (after.y - before.y) * (x - before.x) / (after.x - before.x) : after.y
  }
}
