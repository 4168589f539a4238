// Sensitivity against one minus specificity.

/// Receiver operating characteristic curves with the diagonal of no discrimination.
public struct ROCFigure: Sendable {
  /// One marker's or model's curve.
  public struct Curve: Sendable {
    /// In the key, before the detail; empty for a single curve.
    public var name: String
    /// As printed after the name: "AUC 0.81 (0.75–0.87)".
    public var detail: String
    /// Proportions from (0, 0) to (1, 1), in order of the first.
    public var points: [(falsePositive: Double, sensitivity: Double)]
    /// A cut point to be marked.
    public var cutPoint: (falsePositive: Double, sensitivity: Double)?

    /// A curve; nothing is marked on it without a cut point.
    public init(
      name: String, detail: String = "", points: [(falsePositive: Double, sensitivity: Double)],
      cutPoint: (falsePositive: Double, sensitivity: Double)? = nil
    ) {
      self.name = name
      self.detail = detail
      self.points = points
      self.cutPoint = cutPoint
    }
  }

  /// Begins every identifier in the file, so that several figures can stand in one page; the directive's id.
  public var id: String
  /// The file's title and the first words of its description; not drawn, since the caption stands in the
  /// document.
  public var title: String
  /// In the order of the key.
  public var curves: [Curve]
  /// Further lines below the names: "DeLong P = 0.03".
  public var annotations: [String]
  /// Wider styles are narrowed to 110 mm.
  public var style: FigureStyle

  /// A square plot of both proportions in per cent.
  public init(
    id: String, title: String, curves: [Curve], annotations: [String] = [], style: FigureStyle = FigureStyle()
  ) {
    self.id = id
    self.title = title
    self.curves = curves
    self.annotations = annotations
    self.style = style
  }

  /// Lays the figure out and writes it; the same values give the same bytes on every machine.
  public func figure() -> Figure {
    let style = style.narrowed(to: 110)
    var document = SVGDocument(id: id, style: style)
    let margin = CurveLayout.margin
    let right = style.width.points - margin
    let names = curves.enumerated().map { index, curve -> (name: String, look: SeriesColour) in
      // A non-breaking blank keeps "AUC" with its number.
      let detail = curve.detail.split(separator: " ", maxSplits: 1).joined(separator: "\u{A0}")
      return ([curve.name, detail].filter { !$0.isEmpty }.joined(separator: ": "), style.colour(index))
    }
    let yAxis = FrameAxis.percent("Sensitivity, %", style)
    let xAxis = FrameAxis.percent("1 \u{2212} specificity, %", style)
    let room = UprightAxis.room(yAxis, height: 200, font: style.font)
    let side = right - margin - room - style.font.width(of: "100") / 2
    let notes = TextBlock(lines: annotations, font: style.font)
    let notesHeight = annotations.isEmpty ? 0 : notes.height
    func frame(top: Double) -> PlotFrame {
      PlotFrame(
        left: margin, right: right, top: top + style.font.capHeight / 2, plotHeight: side, xAxis: xAxis,
        yAxis: yAxis, style: style, leftRoom: room)
    }
    // Names and notes stand in the corner below the diagonal if they fit there, otherwise above the plot.
    var plot = frame(top: margin)
    var key = Key(names, font: style.font, left: 0, right: 0.7 * side, top: 0, isColumn: true)
    var corner = Rectangle(
      x: plot.area.right - 4 - max(key.width, annotations.isEmpty ? 0 : notes.width),
      y: plot.area.bottom - 4 - key.height - notesHeight,
      width: max(key.width, annotations.isEmpty ? 0 : notes.width), height: key.height + notesHeight)
    let standsInside = isFree(corner, plot)
    if standsInside {
      key = Key(
        names, font: style.font, left: corner.x, right: corner.x + 0.7 * side, top: corner.y, isColumn: true)
    } else {
      key = Key(names, font: style.font, left: margin, right: right, top: margin)
      let below = margin + key.height
      plot = frame(top: below)
      corner = Rectangle(
        x: plot.area.right - 4 - notes.width, y: plot.area.bottom - 4 - notesHeight, width: notes.width,
        height: notesHeight)
      if !annotations.isEmpty, !isFree(corner, plot) {
        plot = frame(top: below + notesHeight + 3)
        corner.x = margin
        corner.y = below
      }
    }
    document.group("axes") { plot.draw(in: &$0) }
    document.line(
      from: Point(x: plot.area.x, y: plot.area.bottom), to: Point(x: plot.area.right, y: plot.area.y),
      Stroke(colour: style.quietInk, width: 0.6, dash: [2, 2]))
    document.group("curves") { document in
      for (index, curve) in curves.enumerated() { draw(curve, style.colour(index), plot, &document) }
    }
    document.group("names") { document in
      key.draw(in: &document)
      guard !annotations.isEmpty else { return }
      document.text(notes, x: corner.x, top: corner.y + corner.height - notesHeight)
    }
    return document.figure(height: plot.bottom + margin, title: title, description: description)
  }

  /// Whether neither the diagonal nor a curve nor a cut point stands in a rectangle.
  private func isFree(_ rectangle: Rectangle, _ plot: PlotFrame) -> Bool {
    let box = rectangle.inset(by: -3)
    let diagonal = (
      Point(x: plot.area.x, y: plot.area.bottom), Point(x: plot.area.right, y: plot.area.y)
    )
    guard box.x > plot.area.x, box.y > plot.area.y, !box.isCrossed(from: diagonal.0, to: diagonal.1) else {
      return false
    }
    return !curves.contains { curve in
      let places = curve.points.compactMap { plot.place($0.falsePositive * 100, $0.sensitivity * 100) }
      if zip(places, places.dropFirst()).contains(where: { box.isCrossed(from: $0, to: $1) }) { return true }
      guard let cut = curve.cutPoint,
        let place = plot.place(cut.falsePositive * 100, cut.sensitivity * 100)
      else { return false }
      return Rectangle(x: place.x - 3, y: place.y - 3, width: 6, height: 6).overlaps(box)
    }
  }

  private func draw(_ curve: Curve, _ look: SeriesColour, _ frame: PlotFrame, _ document: inout SVGDocument) {
    let places = curve.points.compactMap { frame.place($0.falsePositive * 100, $0.sensitivity * 100) }
    var data = ""
    var last: Point?
    // Steps too small to see are passed over; of many curves somewhat larger ones.
    let least = 0.12 * max(1, Double(curves.count) / 2)
    for place in places {
      if let last, place != places.last, (place.x - last.x).magnitude + (place.y - last.y).magnitude < least {
        continue
      }
      data += (last == nil ? "M" : "L") + "\(svgNumber(place.x)) \(svgNumber(place.y))"
      last = place
    }
    if places.count > 1 {
      document.path(data, stroke: Stroke(colour: look.line, width: 1.4, dash: look.dash))
    }
    if let cut = curve.cutPoint, let place = frame.place(cut.falsePositive * 100, cut.sensitivity * 100) {
      document.marker(look.marker, at: place, size: 6, colour: look.line, isHollow: true)
    }
  }

  private var description: String {
    var text = "\(title). Sensitivity (vertical) by 1 \u{2212} specificity (horizontal), with the diagonal."
    for curve in curves {
      text += " " + [curve.name, curve.detail].filter { !$0.isEmpty }.joined(separator: ": ")
      if let cut = curve.cutPoint {
        text += ", cut point at sensitivity \(style.number(cut.sensitivity * 100, decimals: 0))%"
        text += ", specificity \(style.number((1 - cut.falsePositive) * 100, decimals: 0))%"
      }
      text += "."
    }
    for annotation in annotations { text += " \(annotation)." }
    return text
  }
}
