// One lane per patient: what happened, and when.

/// A swimmer plot. Lanes come in the order in which they are to be read, usually longest first.
public struct SwimmerFigure: Sendable {
  /// A period in a lane.
  public struct Phase: Sendable, Equatable {
    /// One of the figure's phase names.
    public var name: String
    /// In the unit of the data.
    public var start: Double
    /// In the unit of the data, not before the start.
    public var end: Double

    /// A phase from one time to another.
    public init(_ name: String, from start: Double, to end: Double) {
      self.name = name
      self.start = start
      self.end = end
    }
  }

  /// What happened at one time, drawn as a marker on the lane.
  public struct Event: Sendable, Equatable {
    /// One of the figure's event names.
    public var name: String
    /// In the unit of the data.
    public var time: Double

    /// A named event at a time.
    public init(_ name: String, at time: Double) {
      self.name = name
      self.time = time
    }
  }

  /// One patient's course, from left to right.
  public struct Lane: Sendable, Equatable {
    /// Empty where patients must not be named.
    public var label: String
    /// In order of time; the lane is empty between them.
    public var phases: [Phase]
    /// In any order.
    public var events: [Event]
    /// Still under observation at the end: an arrow goes on.
    public var isOngoing: Bool

    /// A lane that ends with its last phase unless it is ongoing.
    public init(label: String = "", phases: [Phase], events: [Event] = [], isOngoing: Bool = false) {
      self.label = label
      self.phases = phases
      self.events = events
      self.isOngoing = isOngoing
    }
  }

  /// Begins every identifier in the file, so that several figures can stand in one page; the directive's id.
  public var id: String
  /// The file's title and the first words of its description; not drawn, since the caption stands in the
  /// document.
  public var title: String
  /// In the order of the key, which decides their colours.
  public var phaseNames: [String]
  /// In the order of the key, which decides their markers.
  public var eventNames: [String]
  /// From top to bottom.
  public var lanes: [Lane]
  /// Unit of the data and of the numbers printed, beginning, end and ticks of the axis.
  public var timeAxis: TimeAxis
  /// In the key, behind an arrow.
  public var ongoingName: String
  /// Width, fonts, colours and number forms.
  public var style: FigureStyle

  /// A figure whose height follows the number of lanes.
  public init(
    id: String, title: String, phaseNames: [String], eventNames: [String] = [], lanes: [Lane],
    timeAxis: TimeAxis, ongoingName: String = "Ongoing", style: FigureStyle = FigureStyle()
  ) {
    self.id = id
    self.title = title
    self.phaseNames = phaseNames
    self.eventNames = eventNames
    self.lanes = lanes
    self.timeAxis = timeAxis
    self.ongoingName = ongoingName
    self.style = style
  }

  /// Lays the figure out and writes it; the same values give the same bytes on every machine.
  public func figure() -> Figure {
    var document = SVGDocument(id: id, style: style)
    let margin = CurveLayout.margin
    let (width, font) = (style.width.points, style.font)
    let phases = Key(
      phaseNames.enumerated().map { ($0.element, style.colour($0.offset)) }, font: style.boldFont,
      left: margin,
      right: width - margin, top: margin, form: .area, opacity: style.areaOpacity)
    let events = Key(
      eventNames.enumerated().map { ($0.element, eventLook($0.offset)) }, font: font, left: margin,
      right: width - margin, top: margin + max(0, phases.height - 4), form: .point)
    let top = margin + max(0, phases.height - 4) + events.height
    let labels = lanes.map { TextBlock($0.label, font: font, width: 0.3 * width) }
    let labelWidth = labels.map(\.width).max() ?? 0
    let lane =
      lanes.count > 40 && labelWidth == 0 ? 5.0 : (labels.map(\.height).max() ?? font.lineHeight) + 2.5
    let ends = lanes.flatMap { $0.phases.map(\.end) + $0.events.map(\.time) }.filter(\.isFinite)
    let time = timeAxis.frameAxis(
      longest: ends.max() ?? 1, count: TimeAxis.usualCount(style.width), style: style)
    let bottom = top + Double(lanes.count) * lane + 3
    let scale = Scale(
      lower: time.lower, upper: time.upper,
      start: max(
        margin + labelWidth + (labelWidth > 0 ? 8 : 4),
        margin + font.width(of: time.ticks.first?.label ?? "") / 2),
      end: width - margin - max(12, font.width(of: time.ticks.last?.label ?? "") / 2))
    document.group("key") { document in
      phases.draw(in: &document)
      events.draw(in: &document)
    }
    document.group("lanes") { document in
      for (index, entry) in lanes.enumerated() {
        let middle = top + (Double(index) + 0.5) * lane
        document.text(labels[index], x: scale.start - 8, middle: middle, anchor: .end)
        draw(entry, scale, middle: middle, height: lane * 0.62, &document)
      }
    }
    let axis = HorizontalAxis(
      scale, y: bottom, ticks: time.ticks, label: time.label, font: font, within: margin, width - margin)
    document.group("axis") { document in
      document.line(
        from: Point(x: scale.start, y: top), to: Point(x: scale.start, y: bottom),
        Stroke(colour: style.ink, width: 0.7))
      axis.draw(in: &document)
    }
    return document.figure(height: axis.bottom + margin, title: title, description: description)
  }

  /// Events are told apart by shape and, against the coloured lanes, drawn in ink.
  private func eventLook(_ index: Int) -> SeriesColour {
    let shapes: [MarkerShape] = [.cross, .triangle, .diamond, .circle, .invertedTriangle, .square]
    return SeriesColour(line: style.ink, text: style.ink, dash: [], marker: shapes[index % shapes.count])
  }

  private func draw(
    _ lane: Lane, _ scale: Scale, middle: Double, height: Double, _ document: inout SVGDocument
  ) {
    var last = scale.start
    for phase in lane.phases where phase.start.isFinite && phase.end.isFinite && phase.end >= phase.start {
      let index = phaseNames.firstIndex(of: phase.name) ?? 0
      let colour = style.colour(index).line
      let (from, to) = (scale.clamped(phase.start), scale.clamped(phase.end))
      document.rectangle(
        Rectangle(x: from, y: middle - height / 2, width: to - from, height: height), fill: colour,
        opacity: style.areaOpacity(index), stroke: Stroke(colour: colour, width: 0.6))
      last = max(last, to)
    }
    if lane.isOngoing {
      document.path(
        "M\(svgNumber(last + 1)) \(svgNumber(middle))h6M\(svgNumber(last + 4.5)) \(svgNumber(middle - 2.5))"
          + "l2.5 2.5l-2.5 2.5", stroke: Stroke(colour: style.ink, width: 0.9))
    }
    for event in lane.events where event.time.isFinite && scale.contains(event.time) {
      let look = eventLook(eventNames.firstIndex(of: event.name) ?? 0)
      document.marker(
        look.marker, at: Point(x: scale.position(event.time), y: middle), size: min(5, height),
        colour: look.line)
    }
  }

  private var description: String {
    let ongoing = lanes.count { $0.isOngoing }
    var text = "\(title). \(lanes.count) lanes by \(timeAxis.label)."
    if ongoing > 0 { text += " \(ongoingName): \(ongoing)." }
    for name in eventNames {
      text += " \(name): \(lanes.reduce(0) { $0 + $1.events.count { $0.name == name } })."
    }
    return text
  }
}
