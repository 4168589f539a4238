// Single points in the shape of their series.

extension SVGDocument {
  /// A marker of about `size` points across; hollow ones are filled with the paper's colour.
  mutating func marker(
    _ shape: MarkerShape, at centre: Point, size: Double, colour: String, isHollow: Bool = false,
    opacity: Double = 1
  ) {
    let half = size / 2
    let outline = Stroke(colour: colour, width: 1)
    let fill = isHollow ? style.paper : colour
    let stroke = isHollow ? outline : nil
    func corners(_ offsets: [(Double, Double)]) -> String {
      let places = offsets.map { "\(svgNumber(centre.x + $0.0 * half)) \(svgNumber(centre.y + $0.1 * half))" }
      return "M" + places.joined(separator: "L") + "Z"
    }
    switch shape {
    case .circle: circle(at: centre, radius: half, fill: fill, opacity: opacity, stroke: stroke)
    case .square:
      let side = size * 0.9
      rectangle(
        Rectangle(x: centre.x - side / 2, y: centre.y - side / 2, width: side, height: side), fill: fill,
        opacity: opacity, stroke: stroke)
    case .triangle:
      path(corners([(0, -1.15), (1.05, 0.8), (-1.05, 0.8)]), fill: fill, opacity: opacity, stroke: stroke)
    case .diamond:
      path(
        corners([(0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)]), fill: fill, opacity: opacity, stroke: stroke)
    case .invertedTriangle:
      path(corners([(0, 1.15), (1.05, -0.8), (-1.05, -0.8)]), fill: fill, opacity: opacity, stroke: stroke)
    case .cross:
      let (x, y) = (centre.x, centre.y)
      let arm = half * 0.9
      path(
        "M\(svgNumber(x - arm)) \(svgNumber(y - arm))L\(svgNumber(x + arm)) \(svgNumber(y + arm))"
          + "M\(svgNumber(x - arm)) \(svgNumber(y + arm))L\(svgNumber(x + arm)) \(svgNumber(y - arm))",
        stroke: Stroke(colour: colour, width: 1.2, opacity: opacity))
    }
  }
}
