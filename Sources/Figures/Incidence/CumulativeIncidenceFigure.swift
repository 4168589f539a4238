// Competing risks: how many have had which event by when.

/// Cumulative incidence by cause, as curves or as stacked areas.
public struct CumulativeIncidenceFigure: Sendable {
  /// How causes are told apart.
  public enum Form: Sendable, Equatable {
    /// A curve for each group and cause: the colour tells the group, the dash the cause.
    case curves
    /// Areas on top of one another, one panel for each group; what is left at the top is free of events.
    case stacked
  }

  /// One kind of event.
  public struct Cause: Sendable {
    /// As printed: "Relapse"; causes of the same name share a dash or an area in all groups.
    public var name: String
    /// In order of time; `estimate` is the cumulative incidence, 0 to 1.
    public var steps: [SurvivalFigure.Step]
    /// Rows at `TimeAxis.tickTimes` with the events of this cause so far.
    public var events: [SurvivalFigure.RiskTableRow]

    /// A cause with its curve; without `events` the table counts those of all causes together.
    public init(name: String, steps: [SurvivalFigure.Step], events: [SurvivalFigure.RiskTableRow] = []) {
      self.name = name
      self.steps = steps
      self.events = events
    }
  }

  /// Patients who are drawn together.
  public struct Group: Sendable {
    /// Empty for a single group.
    public var name: String
    /// In the order of the key, and of the areas from the bottom.
    public var causes: [Cause]
    /// The last observed time, in the unit of the data; no curve is drawn beyond it.
    public var followUpEnd: Double
    /// Rows at `TimeAxis.tickTimes`; numbers at risk.
    public var riskTable: [SurvivalFigure.RiskTableRow]
    /// The first time at which anybody is at risk; the curves begin here where that is after the axis' origin.
    public var followUpStart: Double?
    /// From here on fewer are at risk than the reader should rely on; drawn faintly.
    public var sparseFrom: Double?

    /// A group with the curves of its causes; no table without rows for it.
    public init(
      name: String, causes: [Cause], followUpEnd: Double, riskTable: [SurvivalFigure.RiskTableRow] = []
    ) {
      self.name = name
      self.causes = causes
      self.followUpEnd = followUpEnd
      self.riskTable = riskTable
    }
  }

  /// Begins every identifier in the file, so that several figures can stand in one page; the directive's id.
  public var id: String
  /// The file's title and the first words of its description; not drawn, since the caption stands in the
  /// document.
  public var title: String
  /// Curves, or areas on top of one another.
  public var form: Form
  /// In the order of the colours and of the table's rows.
  public var groups: [Group]
  /// Unit of the data and of the numbers printed, beginning, end and ticks of the axis.
  public var timeAxis: TimeAxis
  /// "Cumulative incidence, %".
  public var valueLabel: String
  /// When interval bands are drawn: up to three curves in all, unless told otherwise.
  public var bands: SurvivalFigure.Bands
  /// Lines in a free corner, as printed and without a full stop.
  public var annotations: [String]
  /// The number behind `Group.sparseFrom`.
  public var sparseBelow: Int?
  /// The blocks of the table under the axis.
  public var riskTable = RiskTableContent.usual
  /// Ticks of the vertical axis in per cent; round numbers without them.
  public var valueBreaks: [Double]?
  /// 0 to 1; the next round number above the curves without it.
  public var highestValue: Double?
  /// Names the area at the top of stacked panels.
  public var eventFreeName: String
  /// Width, fonts, colours and number forms.
  public var style: FigureStyle

  /// Curves from 0 to the next round number above them, unless told otherwise.
  public init(
    id: String, title: String, form: Form = .curves, groups: [Group], timeAxis: TimeAxis,
    valueLabel: String = "Cumulative incidence, %", bands: SurvivalFigure.Bands = .automatic,
    annotations: [String] = [], highestValue: Double? = nil, eventFreeName: String = "Event-free",
    style: FigureStyle = FigureStyle()
  ) {
    self.id = id
    self.title = title
    self.form = form
    self.groups = groups
    self.timeAxis = timeAxis
    self.valueLabel = valueLabel
    self.bands = bands
    self.annotations = annotations
    self.highestValue = highestValue
    self.eventFreeName = eventFreeName
    self.style = style
  }

  /// Lays the figure out and writes it; the same values give the same bytes on every machine.
  public func figure() -> Figure {
    switch form {
    case .curves: plot().figure(title: title, description: description)
    case .stacked: stackedFigure()
    }
  }

  var longest: Double { timeAxis.limit ?? groups.map(\.followUpEnd).filter(\.isFinite).max() ?? 1 }

  /// Causes by name in the order in which they first appear.
  var causeNames: [String] {
    var names: [String] = []
    for cause in groups.flatMap(\.causes) where !names.contains(cause.name) { names.append(cause.name) }
    return names
  }

  /// The curve of a cause up to the end of its group's follow-up, or of the axis.
  func points(of cause: Cause, in group: Group) -> [CurvePoint] {
    func point(_ step: SurvivalFigure.Step, at time: Double) -> CurvePoint {
      CurvePoint(
        x: time, y: step.estimate * 100, lower: step.lower.map { $0 * 100 },
        upper: step.upper.map { $0 * 100 })
    }
    let (start, end) = (start(of: group), end(of: group))
    let steps = cause.steps.filter { $0.time.isFinite && $0.estimate.isFinite && $0.time <= end }
    var points = [
      steps.last { $0.time < timeAxis.origin }.map { point($0, at: start) } ?? CurvePoint(x: start, y: 0)
    ]
    for step in steps where step.time >= timeAxis.origin {
      if let last = points.last, last.x == step.time { points.removeLast() }
      points.append(point(step, at: step.time))
    }
    return points
  }

  func start(of group: Group) -> Double { max(timeAxis.origin, group.followUpStart ?? timeAxis.origin) }

  func end(of group: Group) -> Double {
    min(group.followUpEnd.isFinite ? group.followUpEnd : longest, longest)
  }

  /// Where the curves of a group become faint; nil where they never do.
  func faintFrom(_ group: Group) -> Double? { group.sparseFrom.flatMap { $0 < end(of: group) ? $0 : nil } }

  var description: String {
    var text = "\(title). \(valueLabel) (vertical) by \(timeAxis.label) (horizontal)"
    text += form == .stacked ? ", stacked by cause." : "."
    for group in groups {
      let end = min(group.followUpEnd, longest)
      let causes = group.causes.map { cause in
        let last = cause.steps.last { $0.time <= end }?.estimate ?? 0
        return "\(cause.name) \(style.number(last * 100, decimals: 0))%"
      }
      text += " " + (group.name.isEmpty ? "" : group.name + ": ")
      text += causes.joined(separator: ", ") + " at \(timeAxis.text(end, style))."
    }
    if let sparseBelow {
      for group in groups {
        guard let time = faintFrom(group) else { continue }
        text += " " + (group.name.isEmpty ? "Fewer" : "\(group.name): fewer")
        text += " than \(sparseBelow) at risk from \(timeAxis.text(time, style))."
      }
    }
    for annotation in annotations { text += " \(annotation)." }
    return text
  }
}
