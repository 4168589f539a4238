// Does an effect change over time? Scaled Schoenfeld residuals with a smooth line.

/// One panel per term: the residuals plus the coefficient over time, a smooth line with its band, and the
/// coefficient that the model took to be constant.
public struct ScaledResidualFigure: Sendable {
  /// A value at a place, with its interval where there is one; the common currency of smooth lines.
  public struct Place: Sendable, Equatable {
    /// Time or covariate in the unit of the data, or a transformed time.
    public var x: Double
    /// On the scale of the vertical axis.
    public var y: Double
    /// Lower limit, on the scale of `y`; nil for no band.
    public var lower: Double?
    /// Upper limit, on the scale of `y`; nil for no band.
    public var upper: Double?

    /// A place without an interval unless both limits are given.
    public init(x: Double, y: Double, lower: Double? = nil, upper: Double? = nil) {
      self.x = x
      self.y = y
      self.lower = lower
      self.upper = upper
    }
  }

  /// One term of the model.
  public struct Panel: Sendable {
    /// Above the panel: "Age, years".
    public var name: String
    /// Scaled residual plus coefficient at each event time.
    public var residuals: [Place]
    /// The smooth line in order of time.
    public var smooth: [Place]
    /// The model's coefficient; nil where there is none.
    public var coefficient: Double?
    /// Below the name: "P = 0.31".
    public var note: String
    /// Beside its axis, where that is not the figure's.
    public var valueLabel: String?

    /// A term's residuals, their smooth line, and the constant coefficient to hold them against.
    public init(
      name: String, residuals: [Place], smooth: [Place], coefficient: Double?, note: String = "",
      valueLabel: String? = nil
    ) {
      self.name = name
      self.residuals = residuals
      self.smooth = smooth
      self.coefficient = coefficient
      self.note = note
      self.valueLabel = valueLabel
    }
  }

  /// Begins every identifier in the file, so that several figures can stand in one page; the directive's id.
  public var id: String
  /// The file's title and the first words of its description; not drawn, since the caption stands in the
  /// document.
  public var title: String
  /// In rows from left to right, in the order of the table of tests.
  public var panels: [Panel]
  /// Unit of the data and of the numbers printed, beginning, end and ticks of the axis.
  public var timeAxis: TimeAxis
  /// What the places of the panels are, where they are no times; the axis is then even in them.
  public var timeScale: TransformedTimeScale?
  /// "Coefficient, log hazard ratio".
  public var valueLabel: String
  /// Width, fonts, colours and number forms.
  public var style: FigureStyle

  /// Panels that share the axis of time and have each their own values.
  public init(
    id: String, title: String, panels: [Panel], timeAxis: TimeAxis, valueLabel: String = "β(t)",
    style: FigureStyle = FigureStyle()
  ) {
    self.id = id
    self.title = title
    self.panels = panels
    self.timeAxis = timeAxis
    self.valueLabel = valueLabel
    self.style = style
  }

  /// Lays the figure out and writes it; the same values give the same bytes on every machine.
  public func figure() -> Figure { drawn.figure(title: title, description: description(panels)) }

  /// The same on as many pages as its panels need.
  public func pages() -> [Figure] {
    drawn.pages(title: title) { description(Array(panels[$0])) }
  }

  private var drawn: SmoothPanels {
    let longest = panels.flatMap { $0.residuals.map(\.x) }.filter(\.isFinite).max() ?? 1
    let xAxis =
      timeScale?.axis(timeAxis, count: 6, style: style)
      ?? timeAxis.frameAxis(longest: longest, count: 5, style: style)
    let drawn = panels.map { panel in
      SmoothPanels.Panel(
        heading: panel.name, note: panel.note, points: panel.residuals.map { ($0.x, $0.y) },
        curve: panel.smooth.map { CurvePoint(x: $0.x, y: $0.y, lower: $0.lower, upper: $0.upper) },
        levels: [0] + (panel.coefficient.map { [$0] } ?? []), xAxis: xAxis,
        yAxis: FrameAxis(
          label: panel.valueLabel ?? valueLabel, covering: range(of: panel), count: 5, style: style))
    }
    let hasConstant = panels.contains { $0.coefficient != nil }
    return SmoothPanels(
      id: id, style: style, panels: drawn,
      legend: hasConstant ? "Dashed line: the effect as fitted, constant over time" : ""
    )
  }

  /// The smooth line, its band and all residuals: the far ones are those that decide.
  private func range(of panel: Panel) -> ClosedRange<Double> {
    var values = panel.residuals.map(\.y) + [0, panel.coefficient ?? 0]
    values += panel.smooth.flatMap { [$0.y, $0.lower ?? $0.y, $0.upper ?? $0.y] }
    values = values.filter(\.isFinite)
    return (values.min() ?? -1)...(values.max() ?? 1)
  }

  private func description(_ panels: [Panel]) -> String {
    var text =
      "\(title). \(valueLabel) (vertical) by \(timeAxis.label) (horizontal); points are scaled residuals, "
    text += "the line is smoothed, the dashed line the constant coefficient."
    for panel in panels {
      var parts = ["\(panel.residuals.count) events"]
      if let coefficient = panel.coefficient {
        parts.append("coefficient \(style.number(coefficient, decimals: 2))")
      }
      if let first = panel.smooth.first, let last = panel.smooth.last {
        parts.append(
          "smoothed from \(style.number(first.y, decimals: 2)) to \(style.number(last.y, decimals: 2))")
      }
      if !panel.note.isEmpty { parts.append(panel.note) }
      text += " \(panel.name): \(parts.joined(separator: ", "))."
    }
    return text
  }
}
