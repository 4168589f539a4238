// Observed against predicted risk.

/// Calibration: groups of patients, a smooth line, the diagonal of perfect agreement, and where predictions lie.
public struct CalibrationFigure: Sendable {
  /// Patients with similar predictions; all values are proportions.
  public struct Group: Sendable, Equatable {
    /// Mean predicted risk of the group, 0 to 1.
    public var predicted: Double
    /// Observed risk of the group, 0 to 1: a proportion, or one minus Kaplan–Meier.
    public var observed: Double
    /// Lower limit of the observed risk, 0 to 1.
    public var lower: Double?
    /// Upper limit of the observed risk, 0 to 1.
    public var upper: Double?

    /// A group; without both limits its marker has no line.
    public init(predicted: Double, observed: Double, lower: Double? = nil, upper: Double? = nil) {
      self.predicted = predicted
      self.observed = observed
      self.lower = lower
      self.upper = upper
    }
  }

  /// Begins every identifier in the file, so that several figures can stand in one page; the directive's id.
  public var id: String
  /// The file's title and the first words of its description; not drawn, since the caption stands in the
  /// document.
  public var title: String
  /// In any order; one marker each.
  public var groups: [Group]
  /// Smooth relation, proportions in order of the prediction.
  public var smooth: [ScaledResidualFigure.Place]
  /// Every patient's prediction, 0 to 1, drawn as a small histogram along the axis.
  public var predictions: [Double]
  /// Below the horizontal axis.
  public var predictedLabel: String
  /// Beside the vertical axis.
  public var observedLabel: String
  /// "Slope 0.98 (0.80–1.16)", "Brier score 0.16".
  public var annotations: [String]
  /// Wider styles are narrowed to 110 mm.
  public var style: FigureStyle

  /// A square plot with the same two axes, up to 100% or a round risk that none exceeds: the diagonal is at 45°.
  public init(
    id: String, title: String, groups: [Group], smooth: [ScaledResidualFigure.Place] = [],
    predictions: [Double] = [], predictedLabel: String = "Predicted risk, %",
    observedLabel: String = "Observed risk, %", annotations: [String] = [], style: FigureStyle = FigureStyle()
  ) {
    self.id = id
    self.title = title
    self.groups = groups
    self.smooth = smooth
    self.predictions = predictions
    self.predictedLabel = predictedLabel
    self.observedLabel = observedLabel
    self.annotations = annotations
    self.style = style
  }

  /// Lays the figure out and writes it; the same values give the same bytes on every machine.
  public func figure() -> Figure {
    let style = style.narrowed(to: 110)
    var document = SVGDocument(id: id, style: style)
    let margin = CurveLayout.margin
    let right = style.width.points - margin
    let (upper, step) = end
    let xAxis = FrameAxis.percent(predictedLabel, style, step: step, upper: upper)
    let yAxis = FrameAxis.percent(observedLabel, style, step: step, upper: upper)
    let keys = keys(style, right: right)
    let top = margin + (keys.map { ($0.items.first?.top ?? margin) - margin + $0.height }.max() ?? 0)
    let room = UprightAxis.room(yAxis, height: 200, font: style.font)
    let side = right - margin - room - style.font.width(of: "100") / 2
    func plot(top: Double) -> PlotFrame {
      PlotFrame(
        left: margin, right: right, top: top + style.font.capHeight / 2, plotHeight: side, xAxis: xAxis,
        yAxis: yAxis, style: style, leftRoom: room)
    }
    // The notes stand below the diagonal and above the histogram if they fit there, otherwise above the plot.
    let notes = TextBlock(lines: annotations, font: style.font)
    var frame = plot(top: top)
    var corner = Rectangle(
      x: frame.area.right - 3 - notes.width, y: frame.area.bottom - 0.11 * side - notes.height - 2,
      width: notes.width, height: notes.height)
    if !annotations.isEmpty, !isFree(corner.inset(by: -2), frame) {
      corner = Rectangle(
        x: frame.area.right - notes.width, y: top, width: notes.width, height: notes.height)
      frame = plot(top: corner.bottom + 3)
    }
    document.group("key") { document in for key in keys { key.draw(in: &document) } }
    document.group("axes") { frame.draw(in: &$0) }
    document.line(
      from: Point(x: frame.area.x, y: frame.area.bottom), to: Point(x: frame.area.right, y: frame.area.y),
      Stroke(colour: style.quietInk, width: 0.6, dash: [2, 2]))
    document.group("predictions") { drawPredictions(frame, &$0) }
    document.group("smooth") { drawSmooth(frame, &$0) }
    document.group("groups") { drawGroups(frame, &$0) }
    document.group("notes") { $0.text(notes, x: corner.right, top: corner.y, anchor: .end) }
    return document.figure(height: frame.bottom + margin, title: title, description: description)
  }

  /// What line and markers are, where there are both; below one another in a narrow figure.
  private func keys(_ style: FigureStyle, right: Double) -> [Key] {
    guard !smooth.isEmpty, !groups.isEmpty else { return [] }
    let margin = CurveLayout.margin
    let line = Key(
      [("Smooth line with band", style.colour(0))], font: style.font, left: margin, right: right, top: margin)
    let names = [(name: "Groups with intervals", look: style.colour(1))]
    let beside = Key(
      names, font: style.font, left: margin + line.width + 12, right: .infinity, top: margin, form: .point)
    if margin + line.width + 12 + beside.width <= right { return [line, beside] }
    return [
      line,
      Key(
        names, font: style.font, left: margin, right: right, top: margin + style.font.lineHeight + 1,
        form: .point),
    ]
  }

  /// Where both axes end and their steps, in per cent: far below 100 where all risks are low.
  private var end: (upper: Double, step: Double) {
    var values = predictions + groups.flatMap { [$0.predicted, $0.observed, $0.upper ?? 0] }
    values += smooth.flatMap { [$0.x, $0.y] }
    let highest = 100 * (values.filter(\.isFinite).max() ?? 1)
    return [(10, 2), (25, 5), (50, 10), (75, 25)].first { $0.0 >= highest } ?? (100, 25)
  }

  /// Whether neither the diagonal nor the smooth line nor a group stands in a rectangle.
  private func isFree(_ box: Rectangle, _ frame: PlotFrame) -> Bool {
    let (foot, head) = (
      Point(x: frame.area.x, y: frame.area.bottom), Point(x: frame.area.right, y: frame.area.y)
    )
    let line = smooth.compactMap { frame.place($0.x * 100, $0.y * 100) }
    let strokes = [(foot, head)] + zip(line, line.dropFirst()).map { ($0, $1) }
    let bars = groups.compactMap { group -> (Point, Point)? in
      guard let place = frame.place(group.predicted * 100, group.observed * 100) else { return nil }
      func end(_ bound: Double?, _ reach: Double) -> Point {
        Point(
          x: place.x, y: bound.flatMap { $0.isFinite ? frame.y.clamped($0 * 100) : nil } ?? place.y + reach)
      }
      return (end(group.lower, 3), end(group.upper, -3))
    }
    return box.x > frame.area.x && !(strokes + bars).contains { box.isCrossed(from: $0.0, to: $0.1) }
  }

  private func drawPredictions(_ frame: PlotFrame, _ document: inout SVGDocument) {
    var counts = [Int](repeating: 0, count: 50)
    let upper = frame.x.upper
    for value in predictions where value >= 0 && value * 100 <= upper {
      counts[min(Int(value * 100 / upper * 50), 49)] += 1
    }
    guard let most = counts.max(), most > 0 else { return }
    var data = ""
    for (index, count) in counts.enumerated() where count > 0 {
      let x = frame.x.position((Double(index) + 0.5) * upper / 50)
      let height = 0.09 * frame.area.height * Double(count) / Double(most)
      data += "M\(svgNumber(x)) \(svgNumber(frame.area.bottom))v\(svgNumber(-height))"
    }
    document.path(
      data, stroke: Stroke(colour: style.quietInk, width: frame.area.width / 50 * 0.7, opacity: 0.4))
  }

  private func drawSmooth(_ frame: PlotFrame, _ document: inout SVGDocument) {
    let points = smooth.filter { $0.x.isFinite && $0.y.isFinite }.map {
      CurvePoint(
        x: $0.x * 100, y: $0.y * 100, lower: $0.lower.map { $0 * 100 }, upper: $0.upper.map { $0 * 100 })
    }
    guard let end = points.last?.x else { return }
    let look = style.colour(0)
    let path = frame.path(
      Figures.Curve(name: "", look: look, points: points, isStep: false, hasBand: true, end: end))
    document.path(path.band, fill: look.line, opacity: 0.14)
    document.path(path.line(), stroke: Stroke(colour: look.line, width: 1.4))
  }

  private func drawGroups(_ frame: PlotFrame, _ document: inout SVGDocument) {
    let look = style.colour(smooth.isEmpty ? 0 : 1)
    for group in groups {
      guard let place = frame.place(group.predicted * 100, group.observed * 100) else { continue }
      if let lower = group.lower, let upper = group.upper, lower.isFinite, upper.isFinite {
        document.line(
          from: Point(x: place.x, y: frame.y.clamped(lower * 100)),
          to: Point(x: place.x, y: frame.y.clamped(upper * 100)), Stroke(colour: look.line, width: 1))
      }
      document.marker(look.marker, at: place, size: 5.2, colour: look.line)
    }
  }

  private var description: String {
    var text = "\(title). \(observedLabel) (vertical) by \(predictedLabel) (horizontal), with the diagonal."
    let pairs = groups.map {
      "\(style.number($0.predicted * 100, decimals: 0)) predicted, \(style.number($0.observed * 100, decimals: 0)) observed"
    }
    if !pairs.isEmpty { text += " Groups, %: " + pairs.joined(separator: "; ") + "." }
    for annotation in annotations { text += " \(annotation)." }
    return text
  }
}
