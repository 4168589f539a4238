// Histograms under one another on one axis, so that groups can be compared by eye.

extension DistributionFigure {
  func histogramFigure() -> Figure {
    var document = SVGDocument(id: id, style: style)
    let margin = CurveLayout.margin
    let right = style.width.points - margin
    let bins = groups.map { group -> [Bin] in
      guard case .histogram(let bins) = group.content else { return [] }
      return bins.filter { $0.lower.isFinite && $0.upper.isFinite && $0.count.isFinite && $0.count >= 0 }
    }
    let edges = bins.flatMap { $0.flatMap { [$0.lower, $0.upper] } }
    let xAxis = FrameAxis(
      label: valueLabel, spanning: (edges.min() ?? 0)...(edges.max() ?? 1), count: 7, style: style)
    let most = bins.flatMap { $0.map(\.count) }.max() ?? 1
    let height = groups.count == 1 ? 0.36 * style.width.points : 62.0
    let yAxis = FrameAxis(
      label: countLabel, covering: 0...max(most, 1), count: groups.count == 1 ? 5 : 2, style: style)
    let room = UprightAxis.room(yAxis, height: height, font: style.font)
    var top = margin
    var bottom = top
    for (index, group) in groups.enumerated() {
      let isLast = index + 1 == groups.count
      let name = [group.name, group.detail].filter { !$0.isEmpty }.joined(separator: ", ")
      let heading = TextBlock(name, font: style.boldFont, width: right - margin - room)
      let headingHeight = name.isEmpty ? 0 : heading.height + 2
      var axis = xAxis
      if !isLast { axis.label = "" }
      let frame = PlotFrame(
        left: margin, right: right, top: top + headingHeight + style.font.capHeight / 2, plotHeight: height,
        xAxis: axis, yAxis: yAxis, style: style, leftRoom: room)
      let look = style.colour(groups.count == 1 ? 0 : index)
      document.group(group.name.isEmpty ? "histogram" : group.name) { document in
        document.text(heading, x: frame.area.x, top: top, colour: look.text)
        for bin in bins[index] where bin.count > 0 {
          let (from, to) = (frame.x.clamped(bin.lower), frame.x.clamped(bin.upper))
          let y = frame.y.clamped(bin.count)
          document.rectangle(
            Rectangle(x: from, y: y, width: to - from, height: frame.area.bottom - y), fill: look.line,
            opacity: 0.8, stroke: Stroke(colour: style.paper, width: 0.6))
        }
        frame.draw(in: &document, hasGrid: false)
      }
      bottom = frame.bottom
      top = bottom + 6
    }
    return document.figure(height: bottom + margin, title: title, description: description)
  }
}
