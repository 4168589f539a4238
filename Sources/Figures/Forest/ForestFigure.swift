// Estimates with their intervals, one row each.

/// A forest plot: labels, counts, estimates with intervals on a common axis, and the numbers as text.
///
/// Texts come ready to print; the figure decides where they stand. Rows without an estimate (withheld, not
/// estimable, reference levels) show their text and no marker.
public struct ForestFigure: Sendable {
  /// One model's estimate in one row.
  public struct Estimate: Sendable, Equatable {
    /// nil where there is nothing to draw: withheld, not estimable, a reference level.
    public var value: Double?
    /// Lower limit of the interval, on the scale of the value; an arrow where it lies beyond the axis.
    public var lower: Double?
    /// Upper limit of the interval, on the scale of the value; an arrow where it lies beyond the axis.
    public var upper: Double?
    /// As printed: "0.54 (0.40–0.73)", "NE", "withheld", "1 (reference)".
    public var text: String
    /// As printed, without "P =": "0.04", "<0.001"; empty for none.
    public var pValue: String
    /// Sizes the marker by its square root; nil for the common size.
    public var weight: Double?

    /// An estimate; with the text alone the row has words and no marker.
    public init(
      value: Double? = nil, lower: Double? = nil, upper: Double? = nil, text: String, pValue: String = "",
      weight: Double? = nil
    ) {
      self.value = value
      self.lower = lower
      self.upper = upper
      self.text = text
      self.pValue = pValue
      self.weight = weight
    }
  }

  /// One line of the figure.
  public struct Row: Sendable, Equatable {
    /// What a line is, which decides its weight and its marker.
    public enum Kind: Sendable, Equatable {
      /// A variable's or subgroup's name above its levels.
      case heading
      case estimate
      /// The level that the others are compared with.
      case reference
      /// A summary, drawn as a diamond.
      case overall
    }

    /// What the line is.
    public var kind: Kind
    /// As printed to the left: "Age, per 10 years".
    public var label: String
    /// Steps to the right: 0 for a variable, 1 for its levels.
    public var indent: Int
    /// One text for each of the figure's columns.
    public var cells: [String]
    /// The same for each series where they differ: the series then stand under one another.
    public var seriesCells: [[String]]
    /// One for each series; nil leaves the place empty.
    public var estimates: [Estimate?]
    /// As printed, in the column for the test of interaction.
    public var interactionP: String

    /// A line of the figure; an ordinary estimate unless told otherwise.
    public init(
      _ label: String, kind: Kind = .estimate, indent: Int = 0, cells: [String] = [],
      seriesCells: [[String]] = [], estimates: [Estimate?] = [], interactionP: String = ""
    ) {
      self.kind = kind
      self.label = label
      self.indent = indent
      self.cells = cells
      self.seriesCells = seriesCells
      self.estimates = estimates
      self.interactionP = interactionP
    }
  }

  /// A model shown in the figure.
  public struct Series: Sendable, Equatable {
    /// Shown where there are several: "Univariable".
    public var name: String
    /// Above the estimates: "HR (95% CI)".
    public var heading: String
    /// Above the P values; empty for no such column.
    public var pHeading: String

    /// A model with its two columns of numbers; no P values where `pHeading` is empty.
    public init(name: String = "", heading: String, pHeading: String = "P value") {
      self.name = name
      self.heading = heading
      self.pHeading = pHeading
    }
  }

  /// What the estimates measure, which decides the axis.
  public enum Measure: Sendable, Equatable {
    /// Ratios on a logarithmic axis around 1.
    case ratio
    /// Differences on a linear axis around 0.
    case difference

    var reference: Double { self == .ratio ? 1 : 0 }
  }

  /// Names the figure's elements; the directive's id.
  public var id: String
  /// The file's title and the first words of its description; not drawn, since the caption stands in the
  /// document.
  public var title: String
  /// Ratios or differences.
  public var measure: Measure
  /// Above the labels: "Variable", "Subgroup".
  public var labelHeading: String
  /// Headings of the columns between labels and plot: "N", "Events".
  public var columns: [String]
  /// From left to right in columns, from top to bottom in a row.
  public var series: [Series]
  /// From top to bottom.
  public var rows: [Row]
  /// Below the axis: "Hazard ratio (95% CI)".
  public var axisLabel: String
  /// What lies to the left and right of the reference: "Resection better", "Observation better".
  public var favours: (left: String, right: String)?
  /// Above the column of interaction tests.
  public var interactionHeading: String
  /// Both ends of the axis; chosen from the estimates without it. Intervals that go on end in an arrow.
  public var limits: ClosedRange<Double>?
  /// Where its width has no room for all columns the counts are left out, then the P values: the table beside the figure has
  /// them. Where that is not enough the figure is widened, and says so.
  public var style: FigureStyle
  /// All rows, of a page that has some of them: pages share their axis and the sizes of their markers.
  var allRows: [Row]?

  /// A forest plot of ratios unless told otherwise, its axis chosen from the estimates unless `limits` are
  /// given.
  public init(
    id: String, title: String, measure: Measure = .ratio, labelHeading: String = "", columns: [String] = [],
    series: [Series], rows: [Row], axisLabel: String, favours: (left: String, right: String)? = nil,
    interactionHeading: String = "P for interaction", limits: ClosedRange<Double>? = nil,
    style: FigureStyle = FigureStyle()
  ) {
    self.id = id
    self.title = title
    self.measure = measure
    self.labelHeading = labelHeading
    self.columns = columns
    self.series = series
    self.rows = rows
    self.axisLabel = axisLabel
    self.favours = favours
    self.interactionHeading = interactionHeading
    self.limits = limits
    self.style = style
  }

  /// Lays the figure out and writes it; the same values give the same bytes on every machine.
  public func figure() -> Figure {
    let (form, widths) = fitted()
    return told(form.figure(widths))
  }

  /// The figure with as many of its columns as its width has room for, or else as wide as it must be.
  func fitted() -> (form: ForestFigure, widths: ForestWidths) {
    let forms = [self, withoutCounts, withoutCounts.withoutPValues]
    let widths = forms.map { ForestWidths($0) }
    if let fitting = widths.firstIndex(where: { $0.total <= style.width.points + 0.01 }) {
      return (forms[fitting], widths[fitting])
    }
    guard let least = widths.indices.min(by: { widths[$0].total < widths[$1].total }) else {
      return (self, ForestWidths(self))
    }
    var wider = forms[least]
    wider.style.width = .points(widths[least].total)
    return (wider, widths[least])
  }

  /// The figure with its fault where it is wider than was asked for.
  func told(_ figure: Figure) -> Figure {
    figure.width > style.width.millimetres + 0.01
      ? figure.with([.tooWide(asked: style.width.millimetres, needed: figure.width)]) : figure
  }

  private var withoutCounts: ForestFigure {
    var figure = self
    figure.columns = []
    for index in figure.rows.indices {
      figure.rows[index].cells = []
      figure.rows[index].seriesCells = []
    }
    return figure
  }

  private var withoutPValues: ForestFigure {
    var figure = self
    for index in figure.series.indices { figure.series[index].pHeading = "" }
    return figure
  }

  func figure(_ widths: ForestWidths) -> Figure {
    var document = SVGDocument(id: id, style: style)
    let layout = ForestLayout(self, widths)
    document.group("shading") { drawShading(&$0, layout) }
    document.group("axis") { drawAxis(&$0, layout) }
    document.group("header") { drawHeader(&$0, layout) }
    document.group("rows") { drawRows(&$0, layout) }
    return document.figure(height: layout.height, title: title, description: description)
  }
}
