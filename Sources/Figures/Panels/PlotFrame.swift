// Axes around a rectangle, and grids of such plots.

/// The axes of one plot inside an outer rectangle.
struct PlotFrame: Sendable {
  let area: Rectangle
  let x: Scale
  let y: Scale
  private let horizontal: HorizontalAxis
  private let upright: UprightAxis
  /// Where the frame with its labels ends.
  var bottom: Double { horizontal.bottom }

  /// A plot from `left` to `right` whose area begins at `top`.
  init(
    left: Double, right: Double, top: Double, plotHeight: Double, xAxis: FrameAxis, yAxis: FrameAxis,
    style: FigureStyle, leftRoom: Double? = nil
  ) {
    let start = left + (leftRoom ?? UprightAxis.room(yAxis, height: plotHeight, font: style.font))
    let end = right - style.font.width(of: xAxis.ticks.last?.label ?? "") / 2
    area = Rectangle(x: start, y: top, width: max(30, end - start), height: plotHeight)
    let xScale = Scale(
      lower: xAxis.lower, upper: xAxis.upper, start: area.x, end: area.right,
      isLogarithmic: xAxis.isLogarithmic)
    x = xScale
    y = Scale(
      lower: yAxis.lower, upper: yAxis.upper, start: area.bottom, end: area.y,
      isLogarithmic: yAxis.isLogarithmic)
    upright = UprightAxis(y, x: area.x, axis: yAxis, font: style.font)
    horizontal = HorizontalAxis(
      xScale, y: area.bottom, ticks: xAxis.ticks, label: xAxis.label, font: style.font, within: left, right)
  }

  func draw(in document: inout SVGDocument, hasGrid: Bool = true) {
    if hasGrid { upright.drawGrid(to: area.right, in: &document) }
    upright.draw(in: &document)
    horizontal.draw(in: &document)
  }

  /// A place inside the axes; nil where the point lies outside or is not finite.
  func place(_ xValue: Double, _ yValue: Double) -> Point? {
    guard xValue.isFinite, yValue.isFinite, x.contains(xValue), y.contains(yValue) else { return nil }
    return Point(x: x.position(xValue), y: y.position(yValue))
  }

  /// Many points as one path of dots. Where there are too many to see, one of those that share a spot is kept; spots
  /// grow from a quarter of a point until no more than `most` are left.
  func dots(_ points: [(x: Double, y: Double)], most: Int = 8000) -> String {
    // From left to right: the order of the rows must not show.
    let places = points.compactMap { place($0.x, $0.y) }.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    var kept: [Point] = []
    for grid in [0.25, 1, 1.5, 2, 3, 4, 6, 8] {
      var seen = Set<Spot>()
      kept = places.filter { place in
        seen.insert(Spot(column: Int((place.x / grid).rounded()), row: Int((place.y / grid).rounded())))
          .inserted
      }
      if kept.count <= (grid < 1 ? min(2000, most) : most) { break }
    }
    return kept.map { "M\(svgNumber($0.x)) \(svgNumber($0.y))h0.01" }.joined()
  }

  private struct Spot: Hashable {
    let column: Int
    let row: Int
  }

  /// A line with its band, cut off at the axes.
  func path(_ curve: Curve) -> CurvePath { CurvePath(curve, x: x, y: y) }
}

/// Equal cells for several plots.
struct PanelGrid: Sendable {
  let cells: [(left: Double, right: Double, row: Int)]
  let rows: Int
  let columns: Int

  /// - Parameters:
  ///   - least: the width of a cell below which there is one column less.
  ///   - given: how many columns there are, whatever the count.
  init(count: Int, style: FigureStyle, least: Double = 150, columns given: Int? = nil) {
    let margin = CurveLayout.margin
    let inner = style.width.points - 2 * margin
    let gap = 14.0
    let fitting = max(1, Int((inner + gap) / (least + gap)))
    // As square as possible: 4 panels are two by two.
    var columns = min(fitting, max(count, 1))
    let rows = (max(count, 1) + columns - 1) / columns
    columns = given ?? (max(count, 1) + rows - 1) / rows
    let cell = (inner - gap * Double(columns - 1)) / Double(columns)
    cells = (0..<max(count, 0)).map { index in
      let left = margin + Double(index % columns) * (cell + gap)
      return (left, left + cell, index / max(columns, 1))
    }
    self.columns = columns
    self.rows = given == nil ? rows : (max(count, 1) + columns - 1) / columns
  }
}
