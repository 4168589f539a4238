// Sensitivity against one minus specificity.

/// Receiver operating characteristic curves with the diagonal of no discrimination.
public struct ROCFigure: Sendable {
  public struct Curve: Sendable {
    public var name: String
    /// As printed after the name: "AUC 0.81 (0.75–0.87)".
    public var detail: String
    /// Proportions from (0, 0) to (1, 1), in order of the first.
    public var points: [(falsePositive: Double, sensitivity: Double)]
    /// A cut point to be marked.
    public var cutPoint: (falsePositive: Double, sensitivity: Double)?

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

  public var id: String
  public var title: String
  public var curves: [Curve]
  /// Further lines below the names: "DeLong P = 0.03".
  public var annotations: [String]
  /// Wider styles are narrowed to 110 mm.
  public var style: FigureStyle

  public init(
    id: String, title: String, curves: [Curve], annotations: [String] = [], style: FigureStyle = FigureStyle()
  ) {
    self.id = id
    self.title = title
    self.curves = curves
    self.annotations = annotations
    self.style = style
  }

  public func figure() -> Figure {
    let style = style.narrowed(to: 110)
    var document = SVGDocument(id: id, style: style)
    let margin = CurveLayout.margin
    let right = style.width.points - margin
    let names = curves.enumerated().map { index, curve in
      ([curve.name, curve.detail].filter { !$0.isEmpty }.joined(separator: ": "), style.colour(index))
    }
    let yAxis = FrameAxis.percent("Sensitivity, %", style)
    let xAxis = FrameAxis.percent("1 \u{2212} specificity, %", style)
    let room = UprightAxis.room(yAxis, height: 200, font: style.font)
    let side = right - margin - room - style.font.width(of: "100") / 2
    // The names stand in the corner below the diagonal if they fit there, otherwise above the plot.
    let corner = Key(names, font: style.font, left: 0, right: 0.62 * side, top: 0, isColumn: true)
    let notes = TextBlock(lines: annotations, font: style.font)
    let inside = corner.height + (annotations.isEmpty ? 0 : notes.height)
    let standsInside = inside < 0.5 * side
    let above = standsInside ? nil : Key(names, font: style.font, left: margin, right: right, top: margin)
    let top = margin + (above?.height ?? 0) + style.font.capHeight / 2
    let frame = PlotFrame(
      left: margin, right: right, top: top, plotHeight: side, xAxis: xAxis, yAxis: yAxis, style: style,
      leftRoom: room)
    document.group("axes") { frame.draw(in: &$0) }
    document.line(
      from: Point(x: frame.area.x, y: frame.area.bottom), to: Point(x: frame.area.right, y: frame.area.y),
      Stroke(colour: style.quietInk, width: 0.6, dash: [2, 2]))
    document.group("curves") { document in
      for (index, curve) in curves.enumerated() { draw(curve, style.colour(index), frame, &document) }
    }
    document.group("names") { document in
      let left = frame.area.right - 0.62 * side - 2
      let bottom = frame.area.bottom - 4
      let key =
        above
        ?? Key(
          names, font: style.font, left: left, right: frame.area.right - 2, top: bottom - inside,
          isColumn: true)
      key.draw(in: &document)
      let noteTop = standsInside ? bottom - notes.height : frame.area.bottom - notes.height - 4
      guard !annotations.isEmpty else { return }
      document.text(
        notes, x: standsInside ? left : frame.area.right - 4, top: noteTop,
        anchor: standsInside ? .start : .end)
    }
    return document.figure(height: frame.bottom + margin, title: title, description: description)
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
