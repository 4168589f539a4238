// Survival curves as clinicians read them.

/// Kaplan–Meier curves, or what is derived from them, with the numbers at risk under the axis.
///
/// The figure takes what an estimator found; it estimates nothing. Curves end with their group's follow-up.
public struct SurvivalFigure: Sendable {
  /// What the vertical axis shows, and what the steps hold.
  public enum Kind: Sendable, Equatable {
    /// Steps hold survival, drawn as it is.
    case survival
    /// Steps hold survival, drawn as 1 − survival.
    case risk
    /// Steps hold the cumulative hazard, drawn as it is.
    case cumulativeHazard
    /// Steps hold survival, drawn as log(−log survival) against the logarithm of time.
    case logMinusLog
  }

  /// The estimate from `time` on, until the next step.
  public struct Step: Sendable, Equatable {
    /// In the unit of the data.
    public var time: Double
    /// 0 to 1, or a cumulative hazard.
    public var estimate: Double
    /// Lower limit, on the scale of the estimate; nil where it cannot be estimated.
    public var lower: Double?
    /// Upper limit, on the scale of the estimate; nil where it cannot be estimated.
    public var upper: Double?

    /// A step; without limits the band is as thin as the curve here.
    public init(time: Double, estimate: Double, lower: Double? = nil, upper: Double? = nil) {
      self.time = time
      self.estimate = estimate
      self.lower = lower
      self.upper = upper
    }
  }

  /// The numbers of one group at one time; what is nil in every row gets no table.
  public struct RiskTableRow: Sendable, Equatable {
    /// In the unit of the data, one of `TimeAxis.tickTimes`.
    public var time: Double
    /// At risk just before `time`; weighted data may give fractions.
    public var atRisk: Double?
    /// Censored up to and including `time`.
    public var cumulativeCensored: Double?
    /// Events up to and including `time`.
    public var cumulativeEvents: Double?

    /// A row; counts that are nil are not printed.
    public init(
      time: Double, atRisk: Double?, cumulativeCensored: Double? = nil, cumulativeEvents: Double? = nil
    ) {
      self.time = time
      self.atRisk = atRisk
      self.cumulativeCensored = cumulativeCensored
      self.cumulativeEvents = cumulativeEvents
    }
  }

  /// Patients who are drawn together.
  public struct Group: Sendable {
    /// Empty for a single curve that needs no name.
    public var name: String
    /// In order of time. The curve begins at the axis' origin, at 1 (or hazard 0) unless a step lies before it.
    public var steps: [Step]
    /// Times of censoring, in order, each as often as it occurred or once.
    public var censorTimes: [Double]
    /// The last observed time; the curve is not drawn beyond it.
    public var followUpEnd: Double
    /// The first time at which anybody is at risk: the curve begins here where that is after the axis' origin.
    public var followUpStart: Double?
    /// Rows at `TimeAxis.tickTimes`.
    public var riskTable: [RiskTableRow]
    /// For lines to the axes and for the description; nil when not reached.
    public var median: Double?
    /// From here on fewer are at risk than the reader should rely on; drawn faintly.
    public var sparseFrom: Double?

    /// A group's curve; without censoring times, table, median or thin end where these are not given.
    public init(
      name: String, steps: [Step], censorTimes: [Double] = [], followUpEnd: Double,
      riskTable: [RiskTableRow] = [], median: Double? = nil, sparseFrom: Double? = nil
    ) {
      self.name = name
      self.steps = steps
      self.censorTimes = censorTimes
      self.followUpEnd = followUpEnd
      self.riskTable = riskTable
      self.median = median
      self.sparseFrom = sparseFrom
    }
  }

  /// When interval bands are drawn.
  public enum Bands: Sendable, Equatable {
    /// For up to three groups; more bands hide one another.
    case automatic
    case always, never
  }

  /// Names the figure's elements; the directive's id.
  public var id: String
  /// For readers of the file and the beginning of the description: "Overall survival by treatment".
  public var title: String
  /// What the vertical axis shows.
  public var kind: Kind
  /// In the order of colours, names and table rows.
  public var groups: [Group]
  /// Unit of the data and of the numbers printed, beginning, end and ticks of the axis.
  public var timeAxis: TimeAxis
  /// As printed: "Overall survival, %".
  public var valueLabel: String
  /// 95 for the wording of the description; nil where no interval is given.
  public var confidencePercent: Double?
  /// When interval bands are drawn.
  public var bands: Bands
  /// Up to 250 times in each group (150 in a single column); more would cover the curves and are left out.
  public var showsCensorMarks: Bool
  /// Dashed lines from the curve at 50% to both axes, for survival and risk.
  public var showsMedians: Bool
  /// The blocks of the table under the axis, from top to bottom; none for no table.
  public var riskTable = RiskTableContent.usual
  /// Ticks of the vertical axis as it shows them (per cent for survival and risk); round numbers without them.
  public var valueBreaks: [Double]?
  /// The number behind `Group.sparseFrom`, for the description.
  public var sparseBelow: Int?
  /// Lines in a free corner: "Log-rank P < 0.001".
  public var annotations: [String]
  /// The vertical axis begins here instead of 0 (survival only); it is drawn with a break.
  public var lowestValue: Double?
  /// The vertical axis ends here; without it at 100% for survival, at the next round number otherwise.
  public var highestValue: Double?
  /// Width, fonts, colours and number forms.
  public var style: FigureStyle

  /// Survival with automatic bands, censoring marks and the full vertical axis, unless told otherwise.
  public init(
    id: String, title: String, kind: Kind = .survival, groups: [Group], timeAxis: TimeAxis,
    valueLabel: String, confidencePercent: Double? = 95, bands: Bands = .automatic,
    showsCensorMarks: Bool = true, showsMedians: Bool = false, sparseBelow: Int? = nil,
    annotations: [String] = [], lowestValue: Double? = nil, highestValue: Double? = nil,
    style: FigureStyle = FigureStyle()
  ) {
    self.id = id
    self.title = title
    self.kind = kind
    self.groups = groups
    self.timeAxis = timeAxis
    self.valueLabel = valueLabel
    self.confidencePercent = confidencePercent
    self.bands = bands
    self.showsCensorMarks = showsCensorMarks
    self.showsMedians = showsMedians
    self.sparseBelow = sparseBelow
    self.annotations = annotations
    self.lowestValue = lowestValue
    self.highestValue = highestValue
    self.style = style
  }

  /// Lays the figure out and writes it; the same values give the same bytes on every machine.
  public func figure() -> Figure {
    plot().figure(title: title, description: description)
  }
}
