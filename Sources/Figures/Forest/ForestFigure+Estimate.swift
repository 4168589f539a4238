// One estimate on the axis: interval, marker, arrows where the interval goes on.

extension ForestFigure {
  func drawEstimate(
    _ estimate: Estimate, _ row: Row, _ index: Int, at y: Double, heaviest: Double,
    _ document: inout SVGDocument, _ layout: ForestLayout
  ) {
    guard isDrawable(estimate), let value = estimate.value else { return }
    let scale = layout.x
    let colour =
      series.count > 1 ? style.colour(index).line : (row.kind == .overall ? style.ink : style.colour(0).line)
    if row.kind == .reference {
      document.marker(
        ForestFigure.marker(of: index), at: Point(x: scale.clamped(value), y: y), size: 5,
        colour: style.quietInk,
        isHollow: true)
      return
    }
    let lower = estimate.lower.map { usable($0) } ?? value
    let upper = estimate.upper.map { usable($0) } ?? value
    if row.kind == .overall, estimate.lower != nil, scale.contains(value) {
      drawDiamond(
        from: scale.clamped(lower), to: scale.clamped(upper), centre: scale.position(value), y, &document)
      return
    }
    let (from, to) = (scale.clamped(lower), scale.clamped(upper))
    if to > from {
      document.line(from: Point(x: from, y: y), to: Point(x: to, y: y), Stroke(colour: colour, width: 1.1))
    }
    if lower < scale.lower, !scale.contains(lower) {
      drawArrow(at: scale.start, y, pointing: -1, colour, &document)
    }
    if upper > scale.upper, !scale.contains(upper) {
      drawArrow(at: scale.end, y, pointing: 1, colour, &document)
    }
    if scale.contains(value) {
      var size = 5.2
      if let weight = estimate.weight, weight > 0, heaviest > 0 {
        size = max(3, 8 * (weight / heaviest).squareRoot())
      }
      document.marker(
        ForestFigure.marker(of: index), at: Point(x: scale.position(value), y: y), size: size, colour: colour)
    }
  }

  /// A bound that cannot be placed lies beyond its end of the axis.
  private func usable(_ bound: Double) -> Double {
    if bound.isNaN { return .infinity }
    return measure == .ratio && bound <= 0 ? .leastNormalMagnitude : bound
  }

  private func drawDiamond(
    from left: Double, to right: Double, centre: Double, _ y: Double, _ document: inout SVGDocument
  ) {
    let height = 4.2
    document.path(
      "M\(svgNumber(left)) \(svgNumber(y))L\(svgNumber(centre)) \(svgNumber(y - height))"
        + "L\(svgNumber(right)) \(svgNumber(y))L\(svgNumber(centre)) \(svgNumber(y + height))Z",
      fill: style.ink)
  }

  private func drawArrow(
    at x: Double, _ y: Double, pointing direction: Double, _ colour: String, _ document: inout SVGDocument
  ) {
    let back = x - direction * 5
    document.path(
      "M\(svgNumber(x)) \(svgNumber(y))L\(svgNumber(back)) \(svgNumber(y - 2.6))"
        + "L\(svgNumber(back)) \(svgNumber(y + 2.6))Z", fill: colour)
  }
}
