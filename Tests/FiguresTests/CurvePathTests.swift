// Curves as they are drawn.

import Testing

@testable import Figures

@Suite struct CurvePathTests {
  let x = Scale(lower: 0, upper: 10, start: 0, end: 100)
  let y = Scale(lower: 0, upper: 100, start: 100, end: 0)

  func curve(_ points: [CurvePoint], end: Double, isStep: Bool = true) -> Curve {
    Curve(name: "", look: SeriesColour.fallback, points: points, isStep: isStep, hasBand: true, end: end)
  }

  @Test func stepsByHand() {
    let path = CurvePath(
      curve([CurvePoint(x: 0, y: 100), CurvePoint(x: 2, y: 50), CurvePoint(x: 4, y: 25)], end: 6), x: x, y: y)
    #expect(path.line() == "M0 0H20V50H40V75H60")
    #expect(path.line(to: 30) == "M0 0H20V50H30")
    #expect(path.line(from: 30) == "M30 50H40V75H60")
    #expect(path.height(at: 39) == 50)
    #expect(path.height(at: 40) == 75)
    #expect(path.height(at: 61) == nil)
  }

  @Test func straightLinesByHand() {
    let path = CurvePath(
      curve([CurvePoint(x: 0, y: 0), CurvePoint(x: 10, y: 100)], end: 10, isStep: false), x: x, y: y)
    #expect(path.line() == "M0 100L100 0")
    #expect(path.line(to: 50) == "M0 100L50 50")
    #expect(path.height(at: 25) == 75)
  }

  @Test func bandByHand() {
    let points = [
      CurvePoint(x: 0, y: 100), CurvePoint(x: 2, y: 50, lower: 40, upper: 60),
      CurvePoint(x: 4, y: 20, lower: nil, upper: .infinity),
    ]
    // Missing and infinite bounds stand at the value itself.
    #expect(
      CurvePath(curve(points, end: 5), x: x, y: y).band
        == "M0 0H20V40H40V80H50L50 80H40V60H20V0H0Z")
  }

  @Test func endsWithFollowUpAndWithTheAxis() {
    let points = [CurvePoint(x: 0, y: 100), CurvePoint(x: 2, y: 50), CurvePoint(x: 8, y: 25)]
    #expect(CurvePath(curve(points, end: 5), x: x, y: y).line() == "M0 0H20V50H50")
    let narrow = Scale(lower: 0, upper: 4, start: 0, end: 100)
    #expect(CurvePath(curve(points, end: 9), x: narrow, y: y).line() == "M0 0H50V50H100")
  }

  /// What lies beyond the axis is not drawn along it: a plateau that nobody estimated.
  @Test func curvesLeaveThePlotWhereTheAxisEnds() {
    let high = Scale(lower: 50, upper: 100, start: 100, end: 0)
    let falling = [CurvePoint(x: 0, y: 100), CurvePoint(x: 2, y: 40), CurvePoint(x: 4, y: 25)]
    let left = CurvePath(curve(falling, end: 6), x: x, y: high)
    #expect(left.line() == "M0 0H20V100")
    #expect(left.line(from: 30) == "" && left.height(at: 30) == nil && left.leavesPlot)
    #expect(left.segments.count == 2)
    let back = [CurvePoint(x: 0, y: 100), CurvePoint(x: 2, y: 40), CurvePoint(x: 4, y: 75)]
    #expect(CurvePath(curve(back, end: 6), x: x, y: high).line() == "M0 0H20V100M40 100V50H60")
    let straight = CurvePath(
      curve([CurvePoint(x: 0, y: 100), CurvePoint(x: 10, y: 0)], end: 10, isStep: false), x: x, y: high)
    #expect(straight.line() == "M0 0L50 100")
    let through = CurvePath(
      curve([CurvePoint(x: 0, y: 0), CurvePoint(x: 10, y: 200)], end: 10, isStep: false), x: x, y: high)
    #expect(through.line() == "M25 100L50 0")
    #expect(!CurvePath(curve(falling, end: 1), x: x, y: high).leavesPlot)
  }

  @Test func nothingToDraw() {
    #expect(CurvePath(curve([], end: 5), x: x, y: y).line() == "")
    #expect(CurvePath(curve([CurvePoint(x: .nan, y: 1)], end: 5), x: x, y: y).line() == "")
    #expect(CurvePath(curve([CurvePoint(x: 0, y: 100)], end: 0), x: x, y: y).line() == "")
  }

  @Test func thinnedCurveStaysWithinSight() {
    var generator = SampleGenerator(seed: 4)
    let (x, y) = (
      Scale(lower: 0, upper: 1, start: 50, end: 400), Scale(lower: 0, upper: 100, start: 210, end: 10)
    )
    for _ in 0..<3 {
      var points = [CurvePoint(x: 0, y: 100)]
      var (time, value) = (0.0, 100.0)
      for _ in 0..<20_000 {
        time += generator.exponential(mean: 1) / 20_000
        value *= 1 - generator.exponential(mean: 1) / 10_000
        points.append(CurvePoint(x: time, y: value, lower: value * 0.98, upper: min(100, value * 1.02)))
      }
      let full = curve(points, end: min(time, 1))
      let path = CurvePath(full, x: x, y: y)
      #expect(path.points.count <= CurvePath.budget(ofCurves: 2))
      var worst = 0.0
      for step in stride(from: 50.5, to: min(399, x.position(full.end)), by: 0.37) {
        let value = full.value(at: (step - 50) / 350) ?? 0
        worst = max(worst, ((path.height(at: step) ?? 0) - y.position(value)).magnitude)
      }
      // Tolerance across plus what a steep curve falls within the tolerance along the axis.
      #expect(worst < 0.8)
    }
  }
}
