// Cumulative incidence as areas on top of one another: every patient is somewhere.

extension CumulativeIncidenceFigure {
  func stackedFigure() -> Figure {
    var document = SVGDocument(id: id, style: style)
    let causes = causeNames
    let grid = PanelGrid(count: groups.count, style: style)
    let names = causes.enumerated().map { ($0.element, style.colour($0.offset)) }
    let margin = CurveLayout.margin
    let key = Key(
      names, font: style.boldFont, left: margin, right: style.width.points - margin, top: margin,
      form: .area, opacity: style.areaOpacity)
    document.group("key") { key.draw(in: &$0) }
    let xAxis = timeAxis.frameAxis(longest: longest, count: 5, style: style)
    let yAxis = FrameAxis.percent(valueLabel, style)
    let columns = max(1, (groups.count + grid.rows - 1) / grid.rows)
    let height = style.height(usual: columns == 1 ? 190 : 0.7 * style.width.points / Double(columns))
    let note = sparseNote("Pale").joined()
    let noteHeight = note.isEmpty ? 0 : style.font.lineHeight + 2
    if !note.isEmpty {
      document.text(
        note, at: Point(x: margin, y: margin + key.height + style.font.lineHeight * 0.7), font: style.font,
        colour: style.quietInk)
    }
    var top = margin + key.height + noteHeight
    var bottom = top
    for row in 0..<grid.rows {
      for index in groups.indices where grid.cells[index].row == row {
        let group = groups[index]
        let cell = grid.cells[index]
        let room = UprightAxis.room(yAxis, height: height, font: style.font)
        let heading = TextBlock(group.name, font: style.boldFont, width: cell.right - cell.left - room)
        let headingHeight = group.name.isEmpty ? 0 : heading.height + 3
        let frame = PlotFrame(
          left: cell.left, right: cell.right, top: top + headingHeight + style.font.capHeight / 2,
          plotHeight: height, xAxis: xAxis, yAxis: yAxis, style: style)
        document.group(group.name.isEmpty ? "panel" : group.name) { document in
          document.text(heading, x: frame.area.x, top: top)
          drawAreas(of: group, causes, frame, &document)
          frame.draw(in: &document, hasGrid: false)
        }
        bottom = max(bottom, frame.bottom)
      }
      top = bottom + 10
    }
    return document.figure(height: bottom + margin, title: title, description: description)
  }

  private func drawAreas(
    of group: Group, _ causes: [String], _ frame: PlotFrame, _ document: inout SVGDocument
  ) {
    let (start, end) = (start(of: group), end(of: group))
    let times = Set(group.causes.flatMap { $0.steps.map(\.time) }.filter { $0.isFinite && $0 <= end })
    let ordered = [start] + times.filter { $0 > start }.sorted()
    let faint = faintFrom(group).map(frame.x.clamped)
    var below = [Double](repeating: 0, count: ordered.count)
    for (index, name) in causes.enumerated() {
      guard let cause = group.causes.first(where: { $0.name == name }) else { continue }
      let curve = Curve(
        name: name, look: style.colour(index), points: points(of: cause, in: group), end: end)
      let tops = zip(ordered, below).map { time, base in base + (curve.value(at: time) ?? 0) }
      var points: [CurvePoint] = []
      for (position, time) in ordered.enumerated() {
        points.append(CurvePoint(x: time, y: tops[position], lower: below[position], upper: tops[position]))
      }
      let area = Curve(name: name, look: curve.look, points: points, hasBand: true, end: end)
      let budget = max(100, 2400 / max(1, groups.count * causes.count))
      let path = CurvePath(area, x: frame.x, y: frame.y, budget: budget)
      let opacity = style.areaOpacity(index)
      if let faint {
        document.path(path.clipped(to: faint).band, fill: curve.look.line, opacity: opacity)
        document.path(path.clipped(from: faint).band, fill: curve.look.line, opacity: opacity * 0.4)
      } else {
        document.path(path.band, fill: curve.look.line, opacity: opacity)
      }
      document.path(path.line(), stroke: Stroke(colour: curve.look.line, width: 0.8))
      below = tops
    }
    // The follow-up ends here; nothing is known further on.
    let x = frame.x.clamped(end)
    document.line(
      from: Point(x: x, y: frame.area.y), to: Point(x: x, y: frame.area.bottom),
      Stroke(colour: style.quietInk, width: 0.6, dash: [2, 2]))
    let room = frame.y.position(min(100, below.last ?? 0)) - frame.area.y
    let width = style.font.width(of: eventFreeName)
    if room > style.font.lineHeight + 6, x - frame.area.x > width + 8 {
      document.text(
        eventFreeName, at: Point(x: x - 4, y: frame.area.y + style.font.lineHeight), font: style.font,
        anchor: .end, colour: style.quietInk)
    }
  }
}
