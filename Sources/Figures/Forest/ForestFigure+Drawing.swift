// The parts of a forest plot, from the back to the front.

extension ForestFigure {
  /// Light bands behind every second block of rows lead the eye from the label to the numbers.
  func drawShading(_ document: inout SVGDocument, _ layout: ForestLayout) {
    let hasHeadings = rows.contains { $0.kind == .heading }
    var block = -1
    var bands: [(block: Int, top: Double, bottom: Double)] = []
    for (row, place) in zip(rows, layout.places) {
      if !hasHeadings || row.kind == .heading || row.indent == 0 { block += 1 }
      if let last = bands.last, last.block == block {
        bands[bands.count - 1].bottom = place.top + place.height
      } else {
        bands.append((block, place.top, place.top + place.height))
      }
    }
    for band in bands where band.block % 2 == 1 {
      document.rectangle(
        Rectangle(x: 2, y: band.top, width: style.width.points - 4, height: band.bottom - band.top),
        fill: "#f3f5f7")
    }
  }

  func drawAxis(_ document: inout SVGDocument, _ layout: ForestLayout) {
    let area = layout.area
    let middle = layout.x.clamped(measure.reference)
    if layout.x.contains(measure.reference) {
      document.line(
        from: Point(x: middle, y: area.y), to: Point(x: middle, y: area.bottom),
        Stroke(colour: style.quietInk, width: 0.7))
    }
    layout.axis.draw(in: &document)
    drawFavours(&document, layout, middle: middle)
  }

  private func drawFavours(_ document: inout SVGDocument, _ layout: ForestLayout, middle: Double) {
    for (side, block) in layout.favours.enumerated() {
      let sign = side == 0 ? -1.0 : 1.0
      let y = layout.favoursTop + block.font.lineHeight / 2
      let stroke = Stroke(colour: style.quietInk, width: 0.8)
      let (from, tip) = (middle + sign * 3, middle + sign * 12)
      document.line(from: Point(x: from, y: y), to: Point(x: tip, y: y), stroke)
      document.path(
        "M\(svgNumber(tip - sign * 3)) \(svgNumber(y - 2))L\(svgNumber(tip)) \(svgNumber(y))"
          + "L\(svgNumber(tip - sign * 3)) \(svgNumber(y + 2))", stroke: stroke)
      document.text(
        block, x: middle + sign * 15, top: layout.favoursTop,
        anchor: side == 0 ? .end : .start)
    }
  }

  func drawHeader(_ document: inout SVGDocument, _ layout: ForestLayout) {
    let bold = style.boldFont
    let baseline = layout.headerBaseline
    document.text(labelHeading, at: Point(x: ForestLayout.margin, y: baseline), font: bold)
    for (heading, right) in zip(columns, layout.cellRights) {
      document.text(heading, at: Point(x: right, y: baseline), font: bold, anchor: .end)
    }
    for column in layout.columns {
      for (index, line) in column.heading.lines.enumerated() {
        let lift = Double(column.heading.lines.count - 1 - index) * bold.lineHeight
        document.text(line, at: Point(x: column.left, y: baseline - lift), font: bold)
      }
    }
    for (index, name) in layout.seriesNames.enumerated() {
      let look = style.colour(index)
      document.marker(
        ForestFigure.marker(of: index), at: Point(x: name.x + 3, y: name.top + bold.lineHeight / 2),
        size: 5.5, colour: look.line)
      document.text(name.block, x: name.x + 10, top: name.top, colour: look.text)
    }
    document.line(
      from: Point(x: 2, y: layout.headerBottom), to: Point(x: style.width.points - 2, y: layout.headerBottom),
      Stroke(colour: style.ink, width: 0.7))
  }

  static func marker(of series: Int) -> MarkerShape {
    let shapes: [MarkerShape] = [.square, .circle, .diamond, .triangle, .invertedTriangle, .cross]
    return shapes[series % shapes.count]
  }

  func drawRows(_ document: inout SVGDocument, _ layout: ForestLayout) {
    let weights = (allRows ?? rows).flatMap(\.estimates).compactMap { $0?.weight }.filter {
      $0.isFinite && $0 > 0
    }
    let heaviest = weights.max() ?? 0
    for (row, place) in zip(rows, layout.places) {
      document.group(row.label) { drawRow(row, place, heaviest: heaviest, &$0, layout) }
    }
  }

  private func drawRow(
    _ row: Row, _ place: ForestLayout.RowPlace, heaviest: Double, _ document: inout SVGDocument,
    _ layout: ForestLayout
  ) {
    let left = ForestLayout.margin + Double(max(row.indent, 0)) * ForestLayout.indent
    document.text(place.label, x: left, middle: place.middle)
    let font = style.font
    let baseline = place.middle + font.capHeight / 2
    for (cell, right) in zip(row.cells, layout.cellRights) {
      document.text(cell, at: Point(x: right, y: baseline), font: font, anchor: .end)
    }
    let count = max(series.count, 1)
    for (index, estimate) in row.estimates.prefix(count).enumerated() {
      guard let estimate else { continue }
      let step = layout.isStacked ? font.lineHeight : 5.6
      let shown = row.estimates.prefix(count).indices.filter {
        !layout.isStacked || row.estimates[$0] != nil
      }
      let position = shown.firstIndex(of: index) ?? 0
      let offset = (Double(position) - Double(shown.count - 1) / 2) * step
      let middle = place.middle + (row.estimates.count > 1 ? offset : 0)
      drawEstimate(estimate, row, index, at: middle, heaviest: heaviest, &document, layout)
      let textBaseline = (layout.isStacked ? middle : place.middle) + font.capHeight / 2
      if row.seriesCells.indices.contains(index) {
        for (cell, right) in zip(row.seriesCells[index], layout.cellRights) {
          document.text(
            cell, at: Point(x: right, y: textBaseline), font: font, anchor: .end,
            colour: style.colour(index).text)
        }
      }
      drawTexts(of: estimate, index, baseline: textBaseline, row.kind, &document, layout)
    }
    if let column = layout.columns.first(where: { $0.content == .interaction }) {
      drawText(row.interactionP, in: column, baseline: baseline, &document)
    }
  }

  private func drawTexts(
    of estimate: Estimate, _ index: Int, baseline: Double, _ kind: Row.Kind, _ document: inout SVGDocument,
    _ layout: ForestLayout
  ) {
    let stacked = layout.isStacked ? style.colour(index).text : nil
    let colour = kind == .reference ? style.quietInk : stacked
    for column in layout.columns {
      let isOwn = layout.isStacked ? column.content != .interaction : true
      switch column.content {
      case .estimate(let series) where isOwn && (layout.isStacked || series == index):
        drawText(estimate.text, in: column, baseline: baseline, &document, colour: colour)
      case .pValue(let series) where isOwn && (layout.isStacked || series == index):
        drawText(estimate.pValue, in: column, baseline: baseline, &document, colour: colour)
      default: break
      }
    }
  }

  private func drawText(
    _ text: String, in column: ForestLayout.TextColumn, baseline: Double, _ document: inout SVGDocument,
    colour: String? = nil
  ) {
    guard !text.isEmpty else { return }
    let before = lead(of: text, in: column.content)
    let shift = before.isEmpty ? 0 : column.lead - style.font.width(of: before)
    document.text(
      text, at: Point(x: column.left + shift, y: baseline), font: style.font,
      colour: colour)
  }
}
