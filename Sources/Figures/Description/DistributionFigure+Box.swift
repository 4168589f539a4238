// Boxes lie on their side: long names stay readable.

extension DistributionFigure {
  func boxFigure() -> Figure {
    var document = SVGDocument(id: id, style: style)
    let margin = CurveLayout.margin
    let (width, font) = (style.width.points, style.font)
    let names = groups.map { TextBlock($0.name, font: style.boldFont, width: 0.3 * width) }
    let details = groups.map { TextBlock($0.detail, font: font, width: 0.3 * width) }
    let labelWidth = (names + details).map(\.width).max() ?? 0
    let values = groups.flatMap { group -> [Double] in
      guard case .box(let box, let points) = group.content else { return [] }
      return points + [box.lowerWhisker, box.upperWhisker]
    }.filter(\.isFinite)
    let axis = FrameAxis(
      label: valueLabel, spanning: (values.min() ?? 0)...(values.max() ?? 1), count: 7, style: style)
    let lane = max(
      34, zip(names, details).map { $0.height + ($1.lines == [""] ? 0 : $1.height) + 6 }.max() ?? 0)
    let left = margin + labelWidth + 10
    let right = width - margin - font.width(of: axis.ticks.last?.label ?? "") / 2
    let scale = Scale(lower: axis.lower, upper: axis.upper, start: left, end: right)
    let bottom = margin + Double(groups.count) * lane + 2
    let horizontal = HorizontalAxis(
      scale, y: bottom, ticks: axis.ticks, label: valueLabel, font: font, within: margin, width - margin)
    document.group("axis") { document in
      for tick in horizontal.ticks {
        let x = scale.position(tick.value)
        document.line(
          from: Point(x: x, y: margin), to: Point(x: x, y: bottom), Stroke(colour: style.gridInk, width: 0.5))
      }
      horizontal.draw(in: &document)
    }
    for (index, group) in groups.enumerated() {
      let middle = margin + (Double(index) + 0.5) * lane
      let look = style.colour(index)
      document.group(group.name.isEmpty ? "box" : group.name) { document in
        let hasDetail = details[index].lines != [""]
        let height = names[index].height + (hasDetail ? details[index].height : 0)
        let nameTop = middle - height / 2
        document.text(names[index], x: margin, top: nameTop, colour: look.text)
        let detailTop = nameTop + names[index].height
        document.text(details[index], x: margin, top: detailTop)
        guard case .box(let box, let points) = group.content else { return }
        // The box above, its points below it: neither hides the other.
        let boxMiddle = points.isEmpty ? middle : middle - lane * 0.17
        draw(box, look, scale, middle: boxMiddle, height: lane * (points.isEmpty ? 0.45 : 0.34), &document)
        draw(points, look, scale, top: middle + lane * 0.1, reach: lane * 0.34, &document)
      }
    }
    let note = TextBlock(legend, font: font, width: width - 2 * margin)
    if !legend.isEmpty {
      document.text(note, x: margin, top: horizontal.bottom + 4, colour: style.quietInk)
    }
    let end = horizontal.bottom + (legend.isEmpty ? 0 : note.height + 4)
    return document.figure(height: end + margin, title: title, description: description)
  }

  private func draw(
    _ box: Box, _ look: SeriesColour, _ scale: Scale, middle: Double, height: Double,
    _ document: inout SVGDocument
  ) {
    let values = [box.lowerWhisker, box.lowerQuartile, box.median, box.upperQuartile, box.upperWhisker]
    guard values.allSatisfy(\.isFinite) else { return }
    let x = values.map(scale.clamped)
    let line = Stroke(colour: look.line, width: 1)
    document.line(from: Point(x: x[0], y: middle), to: Point(x: x[1], y: middle), line)
    document.line(from: Point(x: x[3], y: middle), to: Point(x: x[4], y: middle), line)
    document.rectangle(
      Rectangle(x: x[1], y: middle - height / 2, width: x[3] - x[1], height: height), fill: style.paper,
      opacity: 0.75, stroke: line)
    document.line(
      from: Point(x: x[2], y: middle - height / 2), to: Point(x: x[2], y: middle + height / 2),
      Stroke(colour: look.line, width: 2))
  }

  /// Points that would cover one another hang under one another; where they stand depends on the values alone.
  private func draw(
    _ points: [Double], _ look: SeriesColour, _ scale: Scale, top: Double, reach: Double,
    _ document: inout SVGDocument
  ) {
    let places = points.filter { $0.isFinite && scale.contains($0) }.sorted().map(scale.position)
    var counts: [Int: Int] = [:]
    for x in places { counts[Int((x / 2).rounded()), default: 0] += 1 }
    // Many equal values press their column together rather than leave it.
    let spacing = min(1.9, reach / Double(max(counts.values.max() ?? 1, 2) - 1))
    var data = ""
    var stack: [Int: Int] = [:]
    var lowest: [Int: Double] = [:]
    for x in places {
      let column = Int((x / 2).rounded())
      let count = stack[column, default: 0]
      stack[column] = count + 1
      let level = Double(count) * spacing
      if let last = lowest[column], level - last < 0.4 { continue }
      lowest[column] = level
      data += "M\(svgNumber(x)) \(svgNumber(top + level))h0.01"
    }
    document.path(data, stroke: Stroke(colour: look.line, width: 2, opacity: 0.5, isRounded: true))
  }
}
