// Cumulative incidence as curves.

extension CumulativeIncidenceFigure {
  func plot() -> CurvePlot {
    let causes = causeNames
    let xAxis = timeAxis.frameAxis(longest: longest, count: TimeAxis.usualCount(style.width), style: style)
    var curves: [Curve] = []
    for (groupIndex, group) in groups.enumerated() {
      for cause in group.causes {
        let causeIndex = causes.firstIndex(of: cause.name) ?? 0
        let name = [group.name, causes.count > 1 || group.name.isEmpty ? cause.name : ""].filter {
          !$0.isEmpty
        }
        var curve = Curve(
          name: name.joined(separator: ", "), look: look(group: groupIndex, cause: causeIndex),
          points: points(of: cause, in: group), end: end(of: group))
        curve.faintFrom = faintFrom(group)
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
      table: riskBlocks(times: xAxis.ticks.map(\.value)), notes: annotations + sparseNote("Thin line"))
    let hasBoth = causes.count > 1 && groups.count > 1
    plot.tableNames = groups.enumerated().map { index, group in
      (group.name, causes.count > 1 && !hasBoth ? nil : look(group: index, cause: 0))
    }
    if hasBoth {
      // Colours and dashes are explained once each, not for every pair of them.
      plot.tableForm = .area
      plot.keyEntries =
        groups.enumerated().map { ($0.element.name, style.colour($0.offset), .area) }
        + causes.enumerated().map { index, cause in
          let look = SeriesColour(
            line: style.ink, text: style.ink, dash: style.colour(index).dash, marker: .circle)
          return (cause, look, .line)
        }
    }
    plot.noteCorners = [.topLeft, .bottomRight, .topRight, .bottomLeft]
    return plot
  }

  /// What the faint end of a curve means.
  func sparseNote(_ what: String) -> [String] {
    guard let sparseBelow, groups.contains(where: { faintFrom($0) != nil }) else { return [] }
    return ["\(what): fewer than \(sparseBelow) at risk"]
  }

  /// The blocks asked for; events of several causes have a block each.
  private func riskBlocks(times: [Double]) -> [RiskBlock] {
    let causes = causeNames
    return riskTable.flatMap { content -> [RiskBlock] in
      let isSplit =
        content == .events && causes.count > 1
        && groups.contains { $0.causes.contains { !$0.events.isEmpty } }
      guard isSplit else {
        return RiskBlock.blocks(groups.map(\.riskTable), [content], times: times, style: style)
      }
      return causes.flatMap { name in
        let rows = groups.map { group in group.causes.first { $0.name == name }?.events ?? [] }
        return RiskBlock.blocks(rows, [content], times: times, style: style).map {
          RiskBlock(heading: "\($0.heading): \(name)", rows: $0.rows)
        }
      }
    }
  }

  /// One group: a colour for each cause. Several: a colour for each group and a dash for each cause.
  private func look(group: Int, cause: Int) -> SeriesColour {
    if groups.count == 1 { return style.colour(cause) }
    let colour = style.colour(group)
    if causeNames.count == 1 { return colour }
    return SeriesColour(
      line: colour.line, text: colour.text, dash: style.colour(cause).dash, marker: colour.marker)
  }
}
