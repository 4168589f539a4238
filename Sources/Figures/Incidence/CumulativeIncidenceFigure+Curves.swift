// Cumulative incidence as curves.

extension CumulativeIncidenceFigure {
  func plot() -> CurvePlot {
    let causes = causeNames
    let xAxis = timeAxis.frameAxis(longest: longest, count: TimeAxis.usualCount(style.width), style: style)
    var curves: [Curve] = []
    for (groupIndex, group) in groups.enumerated() {
      for cause in group.causes {
        let causeIndex = causes.firstIndex(of: cause.name) ?? 0
        let end = min(group.followUpEnd.isFinite ? group.followUpEnd : longest, longest)
        let name = [group.name, causes.count > 1 || group.name.isEmpty ? cause.name : ""].filter {
          !$0.isEmpty
        }
        var curve = Curve(
          name: name.joined(separator: ", "), look: look(group: groupIndex, cause: causeIndex),
          points: points(of: cause, until: end), end: end)
        let total = groups.reduce(0) { $0 + $1.causes.count }
        curve.hasBand = bands == .always || (bands == .automatic && total <= 3)
        curves.append(curve)
      }
    }
    var highest = 0.0
    for curve in curves {
      for point in curve.points { highest = max(highest, curve.hasBand ? point.upper : point.y) }
    }
    highest = min(highestValue.map { $0 * 100 } ?? highest, 100)
    if highest > 60, highestValue == nil { highest = 100 }
    let nice = NiceTicks(from: 0, to: highest > 0 ? highest : 1, count: 4)
    let top = highestValue == nil ? min(nice.last, 100) : highest
    var yAxis = FrameAxis(
      label: valueLabel, lower: 0, upper: top, ticks: nice.ticks(style).filter { $0.value <= top })
    if let valueBreaks { yAxis.replaceTicks(valueBreaks, style) }
    var plot = CurvePlot(
      id: id, style: style, xAxis: xAxis, yAxis: yAxis,
      curves: curves,
      table: RiskBlock.blocks(
        groups.map(\.riskTable), riskTable, times: xAxis.ticks.map(\.value), style: style),
      notes: annotations)
    plot.tableNames = groups.enumerated().map { index, group in
      (group.name, causes.count > 1 && groups.count == 1 ? nil : look(group: index, cause: 0))
    }
    plot.noteCorners = [.topLeft, .bottomRight, .topRight, .bottomLeft]
    return plot
  }

  /// One group: a colour for each cause. Several: a colour for each group, and a dash of its own for each curve, so
  /// that a grey copy tells groups apart as well.
  private func look(group: Int, cause: Int) -> SeriesColour {
    if groups.count == 1 { return style.colour(cause) }
    let colour = style.colour(group)
    if causeNames.count == 1 { return colour }
    return SeriesColour(
      line: colour.line, text: colour.text, dash: style.colour(group * causeNames.count + cause).dash,
      marker: colour.marker)
  }
}
