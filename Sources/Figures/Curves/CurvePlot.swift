// The common drawing of every figure with curves over time.

/// Curves, axes, names, notes, and a table under the axis whose columns stand below the ticks.
struct CurvePlot: Sendable {
  var id: String
  var style: FigureStyle
  var xAxis: FrameAxis
  var yAxis: FrameAxis
  var curves: [Curve]
  var table: [RiskBlock] = []
  /// Names of the table's rows with the stroke before them; those of the curves unless set.
  var tableNames: [(name: String, look: SeriesColour?)] = []
  /// What stands before the names of the table's rows.
  var tableForm = Key.Form.line
  /// What the key explains instead of the curves one by one.
  var keyEntries: [(name: String, look: SeriesColour, form: Key.Form)] = []
  /// Lines of text in a free corner.
  var notes: [String] = []
  /// Corners to try for the notes, best first.
  var noteCorners: [Corner] = [.bottomLeft, .topRight, .bottomRight, .topLeft]
  /// Names at the ends of the curves where there is room; a key above the plot otherwise.
  var namesCurvesDirectly = true
  /// A straight line across the plot, such as y = x or y = 0.
  var guide: (from: Point, to: Point)?

  /// Whether names stand beside the rows of the table; strokes alone do where the key tells what they are.
  var namesRows = true

  /// The tallest figure that a journal's page has room for, in points.
  static let greatestHeight = Figure.greatestHeight * 72 / 25.4

  func figure(title: String, description: String) -> Figure {
    // From what everyone wants to see to what still fits on a page.
    for form in [withNumbersApart, self, strokesAlone, strokesAlone.keepingBlocks(1)].compactMap(\.self) {
      let layout = CurveLayout(form)
      if layout.height <= CurvePlot.greatestHeight {
        return form.figure(layout, title: title, description: description)
      }
    }
    let bare = keepingBlocks(0)
    return bare.figure(CurveLayout(bare), title: title, description: description)
  }

  /// The same with numbers at risk and censored in blocks of their own, where that leaves more ticks their numbers.
  private var withNumbersApart: CurvePlot? {
    guard table.contains(where: { !$0.apart.isEmpty }) else { return nil }
    var plot = self
    plot.table = table.flatMap { $0.apart.isEmpty ? [$0] : $0.apart }
    return CurveLayout(plot).tableTicks.count > CurveLayout(self).tableTicks.count ? plot : nil
  }

  /// The same with names in the key alone.
  private var strokesAlone: CurvePlot {
    guard !table.isEmpty, curves.count > 1, tableNames.isEmpty else { return self }
    var plot = self
    plot.namesRows = false
    plot.style.legend = .key
    return plot
  }

  private func keepingBlocks(_ count: Int) -> CurvePlot {
    var plot = self
    plot.table = Array(table.prefix(count))
    return plot
  }

  private func figure(_ layout: CurveLayout, title: String, description: String) -> Figure {
    var document = SVGDocument(id: id, style: style)
    document.group("grid") { drawGrid(&$0, layout) }
    document.group("bands") { drawBands(&$0, layout) }
    document.group("axes") { document in
      layout.yAxis.draw(in: &document)
      layout.xAxis.draw(in: &document)
    }
    document.group("curves") { drawCurves(&$0, layout) }
    document.group("names") { drawNames(&$0, layout) }
    document.group("notes") { drawNotes(&$0, layout) }
    if !table.isEmpty { document.group("table") { drawTable(&$0, layout) } }
    let leaving = zip(curves, layout.paths).filter { $1.leavesPlot }.map { $0.0.name }
    return document.figure(height: layout.height, title: title, description: description)
      .with(leaving.isEmpty ? [] : [.leavesPlot(names: leaving)])
  }

  /// The rows of every block of the table.
  var rowNames: [(name: String, look: SeriesColour?)] {
    tableNames.isEmpty ? curves.map { ($0.name, $0.look) } : tableNames
  }

  private func drawGrid(_ document: inout SVGDocument, _ layout: CurveLayout) {
    layout.yAxis.drawGrid(to: layout.area.right, in: &document)
    if let guide {
      document.line(
        from: Point(x: layout.x.clamped(guide.from.x), y: layout.y.clamped(guide.from.y)),
        to: Point(x: layout.x.clamped(guide.to.x), y: layout.y.clamped(guide.to.y)),
        Stroke(colour: style.quietInk, width: 0.6, dash: [2, 2]))
    }
  }

  private func drawBands(_ document: inout SVGDocument, _ layout: CurveLayout) {
    for (curve, path) in zip(curves, layout.paths) where curve.hasBand {
      guard let faintFrom = curve.faintFrom, faintFrom < curve.end else {
        document.path(path.band, fill: curve.look.line, opacity: 0.14)
        continue
      }
      let place = layout.x.clamped(faintFrom)
      document.path(path.clipped(to: place).band, fill: curve.look.line, opacity: 0.14)
      document.path(path.clipped(from: place).band, fill: curve.look.line, opacity: 0.07)
    }
  }

  private func drawCurves(_ document: inout SVGDocument, _ layout: CurveLayout) {
    for (index, (curve, path)) in zip(curves, layout.paths).enumerated() {
      let marks = layout.marks.indices.contains(index) ? layout.marks[index] : []
      document.group(curve.name) { drawCurve(curve, path, marks, &$0, layout) }
    }
  }

  private func drawCurve(
    _ curve: Curve, _ path: CurvePath, _ marks: [CurveMark], _ document: inout SVGDocument,
    _ layout: CurveLayout
  ) {
    var stroke = Stroke(colour: curve.look.line, width: 1.3, dash: curve.look.dash)
    if let faintFrom = curve.faintFrom, faintFrom < curve.end {
      let place = layout.x.clamped(faintFrom)
      document.path(path.line(to: place), stroke: stroke)
      // Thinner, not paler: a pale line would be lost on some screens and in print.
      stroke.width = 0.6
      document.path(path.line(from: place), stroke: stroke)
    } else {
      document.path(path.line(), stroke: stroke)
    }
    document.path(CurveMark.path(marks), stroke: Stroke(colour: curve.look.line, width: 0.7))
    if let reference = curve.reference, layout.x.contains(reference.x), layout.y.contains(reference.y) {
      let (x, y) = (layout.x.position(reference.x), layout.y.position(reference.y))
      document.path(
        "M\(svgNumber(layout.area.x)) \(svgNumber(y))H\(svgNumber(x))V\(svgNumber(layout.area.bottom))",
        stroke: Stroke(colour: curve.look.line, width: 0.6, dash: [1.5, 1.5]))
    }
  }

  private func drawNames(_ document: inout SVGDocument, _ layout: CurveLayout) {
    if let labels = layout.labels {
      for label in labels {
        document.text(label.block, x: label.x, middle: label.middle, colour: label.colour)
      }
    }
    layout.key?.draw(in: &document)
  }

  private func drawNotes(_ document: inout SVGDocument, _ layout: CurveLayout) {
    guard let note = layout.note else { return }
    document.text(note.block, x: note.x, top: note.top, anchor: note.anchor)
  }

  private func drawTable(_ document: inout SVGDocument, _ layout: CurveLayout) {
    for row in layout.tableRows {
      switch row.content {
      case .heading:
        document.text(row.block, x: layout.tableLeft, middle: row.middle)
      case .name(let curve):
        drawRowName(of: curve, row, &document, layout)
      }
      for (tick, number) in zip(layout.tableTicks, row.numbers) {
        guard let number else { continue }
        document.text(
          number,
          at: Point(x: layout.x.position(tick.value), y: row.numberMiddle + style.font.capHeight / 2),
          font: style.font, anchor: .middle)
      }
    }
  }

  private func drawRowName(
    of index: Int, _ row: CurveLayout.TableRow, _ document: inout SVGDocument, _ layout: CurveLayout
  ) {
    guard rowNames.indices.contains(index) else { return }
    let look = rowNames[index].look
    if let look {
      Key.drawSwatch(look, tableForm, left: layout.tableLeft, middle: row.swatchMiddle, in: &document)
    }
    let indent = look == nil ? 0 : Key.swatchWidth + Key.swatchGap
    document.text(
      row.block, x: layout.tableLeft + indent, middle: row.middle,
      colour: look?.text)
  }
}

/// A corner of the plot.
enum Corner: Sendable, Equatable {
  case topLeft, topRight, bottomLeft, bottomRight
}
