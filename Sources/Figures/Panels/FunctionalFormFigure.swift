// The shape of an effect: a residual or an estimated effect against a covariate.

/// One panel per covariate: residuals with a smooth line, or an effect with its band.
public struct FunctionalFormFigure: Sendable {
  /// One covariate's plot.
  public struct Panel: Sendable {
    /// Above the panel; empty for none.
    public var name: String
    /// As printed below the axis, with its unit: "Age, years".
    public var covariateLabel: String
    /// Residuals against the covariate; empty for an estimated effect.
    public var residuals: [ScaledResidualFigure.Place]
    /// In order of the covariate.
    public var curve: [ScaledResidualFigure.Place]
    /// Values of the covariate, marked along the axis.
    public var rug: [Double]
    /// In a free place of the panel: "Non-linearity P = 0.002".
    public var note: String

    /// A panel of residuals with a smooth line, or without residuals of an effect with its band.
    public init(
      name: String = "", covariateLabel: String, residuals: [ScaledResidualFigure.Place] = [],
      curve: [ScaledResidualFigure.Place], rug: [Double] = [], note: String = ""
    ) {
      self.name = name
      self.covariateLabel = covariateLabel
      self.residuals = residuals
      self.curve = curve
      self.rug = rug
      self.note = note
    }
  }

  /// Begins every identifier in the file, so that several figures can stand in one page; the directive's id.
  public var id: String
  /// The file's title and the first words of its description; not drawn, since the caption stands in the
  /// document.
  public var title: String
  /// In rows from left to right, two or three beside one another as the width allows.
  public var panels: [Panel]
  /// "Martingale residual", "Hazard ratio".
  public var valueLabel: String
  /// The curve holds ratios: a logarithmic axis with a line at 1.
  public var isRatio: Bool
  /// Width, fonts, colours and number forms.
  public var style: FigureStyle

  /// Panels on a linear axis with a line at 0 unless the values are ratios.
  public init(
    id: String, title: String, panels: [Panel], valueLabel: String, isRatio: Bool = false,
    style: FigureStyle = FigureStyle()
  ) {
    self.id = id
    self.title = title
    self.panels = panels
    self.valueLabel = valueLabel
    self.isRatio = isRatio
    self.style = style
  }

  /// Lays the figure out and writes it; the same values give the same bytes on every machine.
  public func figure() -> Figure { drawn.figure(title: title, description: description(panels)) }

  /// The same on as many pages as its panels need.
  public func pages() -> [Figure] {
    drawn.pages(title: title) { description(Array(panels[$0])) }
  }

  private var drawn: SmoothPanels {
    let drawn = panels.map { panel -> SmoothPanels.Panel in
      let xs = ((panel.residuals + panel.curve).map(\.x) + panel.rug).filter(\.isFinite)
      let xAxis = FrameAxis(
        label: panel.covariateLabel, spanning: (xs.min() ?? 0)...(xs.max() ?? 1), count: 6, style: style)
      return SmoothPanels.Panel(
        heading: panel.name, note: panel.note, points: panel.residuals.map { ($0.x, $0.y) },
        curve: panel.curve.map { CurvePoint(x: $0.x, y: $0.y, lower: $0.lower, upper: $0.upper) },
        levels: [isRatio ? 1 : 0], xAxis: xAxis, yAxis: valueAxis(panel), rug: panel.rug)
    }
    return SmoothPanels(id: id, style: style, panels: drawn)
  }

  private func valueAxis(_ panel: Panel) -> FrameAxis {
    let centre = panel.curve.map(\.y) + panel.residuals.map(\.y)
    let bounds = panel.curve.flatMap { [$0.lower ?? $0.y, $0.upper ?? $0.y] }
    if isRatio {
      // The whole band; one that runs out of all proportion must not press the curve to a line.
      let drawn = centre.filter { $0.isFinite && $0 > 0 }
      let low = max((bounds.filter { $0 > 0 }.min() ?? 0.5), (drawn.min() ?? 0.5) / 100)
      let high = min((bounds.filter(\.isFinite).max() ?? 2), (drawn.max() ?? 2) * 100)
      return FrameAxis(
        label: valueLabel, ratios: min(low, high) / 1.06...max(low, high) * 1.06, count: 6, style: style)
    }
    let values = (centre + bounds + [0]).filter(\.isFinite)
    return FrameAxis(
      label: valueLabel, covering: (values.min() ?? -1)...(values.max() ?? 1), count: 5, style: style)
  }

  private func description(_ panels: [Panel]) -> String {
    var text = "\(title). \(valueLabel) (vertical) by covariate (horizontal)."
    for panel in panels {
      guard let first = panel.curve.first, let last = panel.curve.last else { continue }
      text += " \(panel.covariateLabel): "
      text += "\(style.number(first.y, decimals: 2)) at \(style.number(first.x, decimals: 1)), "
      text += "\(style.number(last.y, decimals: 2)) at \(style.number(last.x, decimals: 1))."
      if !panel.note.isEmpty { text += " \(panel.note)." }
    }
    return text
  }
}
