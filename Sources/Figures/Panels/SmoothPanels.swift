// Panels of points with a smooth line through them.

/// The common drawing of residual plots and functional forms.
struct SmoothPanels: Sendable {
  struct Panel: Sendable {
    var heading: String
    var note: String
    var points: [(x: Double, y: Double)]
    var curve: [CurvePoint]
    /// Level lines: the first is drawn through, the others are dashed.
    var levels: [Double]
    var xAxis: FrameAxis
    var yAxis: FrameAxis
    /// Values marked below the curve along the horizontal axis.
    var rug: [Double] = []
  }

  var id: String
  var style: FigureStyle
  var panels: [Panel]
  /// Above the panels: what their lines are.
  var legend = ""
  /// The least width of a panel.
  var least = 150.0
  /// How many panels stand side by side; as many as there is room for without it.
  var columns: Int?

  func figure(title: String, description: String) -> Figure {
    var document = SVGDocument(id: id, style: style)
    let grid = PanelGrid(count: panels.count, style: style, least: least, columns: columns)
    let bold = style.boldFont
    let inner = style.width.points - 2 * CurveLayout.margin
    let height = style.height(
      usual: grid.columns == 1 ? (style.width.points < 340 ? 150 : 200) : 0.62 * inner / Double(grid.columns))
    let rooms = panels.map { UprightAxis.room($0.yAxis, height: height, font: style.font) }
    var top = CurveLayout.margin
    if !legend.isEmpty {
      let block = TextBlock(legend, font: style.font, width: inner)
      document.text(block, x: CurveLayout.margin, top: top, colour: style.quietInk)
      top += block.height + 4
    }
    var bottom = top
    for row in 0..<max(grid.rows, 1) {
      let members = panels.indices.filter { grid.cells[$0].row == row }
      let headings = members.map { index -> TextBlock in
        let cell = grid.cells[index]
        return TextBlock(panels[index].heading, font: bold, width: cell.right - cell.left - 4)
      }
      let headingHeight = headings.map { $0.lines == [""] ? 0 : $0.height }.max() ?? 0
      let noteHeight = members.contains { !panels[$0].note.isEmpty } ? style.font.lineHeight : 0
      let plotTop = top + headingHeight + noteHeight + style.font.capHeight / 2 + 3
      for (index, heading) in zip(members, headings) {
        let cell = grid.cells[index]
        let frame = PlotFrame(
          left: cell.left, right: cell.right, top: plotTop, plotHeight: height, xAxis: panels[index].xAxis,
          yAxis: panels[index].yAxis, style: style, leftRoom: rooms.max())
        let name = panels[index].heading.isEmpty ? "panel" : panels[index].heading
        document.group(name) { document in
          document.text(heading, x: cell.left, top: top)
          document.text(
            panels[index].note,
            at: Point(x: cell.left, y: top + headingHeight + style.font.lineHeight * 0.8), font: style.font)
          draw(panels[index], frame, &document)
        }
        bottom = max(bottom, frame.bottom)
      }
      top = bottom + 12
    }
    return document.figure(height: bottom + CurveLayout.margin, title: title, description: description)
  }

  private func draw(_ panel: Panel, _ frame: PlotFrame, _ document: inout SVGDocument) {
    frame.draw(in: &document)
    for (index, level) in panel.levels.enumerated() where frame.y.contains(level) {
      let y = frame.y.position(level)
      document.line(
        from: Point(x: frame.area.x, y: y), to: Point(x: frame.area.right, y: y),
        Stroke(colour: style.quietInk, width: 0.7, dash: index == 0 ? [] : [3, 2]))
    }
    document.path(
      frame.dots(panel.points, most: max(800, 8000 / max(panels.count, 1))),
      stroke: Stroke(colour: style.quietInk, width: 2.2, opacity: 0.45, isRounded: true))
    let look = style.colour(0)
    let marks = panel.rug.filter { frame.x.contains($0) }
    var rug = ""
    var last = -Double.infinity
    for value in marks.sorted() {
      let x = frame.x.position(value)
      if x - last < 0.3 { continue }
      rug += "M\(svgNumber(x)) \(svgNumber(frame.area.bottom))v-4"
      last = x
    }
    document.path(rug, stroke: Stroke(colour: style.quietInk, width: 0.5, opacity: 0.6))
    guard let end = panel.curve.last?.x else { return }
    let curve = Curve(name: "", look: look, points: panel.curve, isStep: false, hasBand: true, end: end)
    let path = frame.path(curve)
    document.path(path.band, fill: look.line, opacity: 0.16)
    document.path(path.line(), stroke: Stroke(colour: look.line, width: 1.4))
  }
}
