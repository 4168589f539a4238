// How well a score separates early from late events, over time.

/// Time-dependent area under the curve, one line per score.
public struct TimeDependentAUCFigure: Sendable {
  /// One score's line.
  public struct Score: Sendable {
    /// At the end of the line or in the key.
    public var name: String
    /// Time, AUC 0 to 1 and its interval, in order of time.
    public var points: [ScaledResidualFigure.Place]

    /// A score's areas over time.
    public init(name: String, points: [ScaledResidualFigure.Place]) {
      self.name = name
      self.points = points
    }
  }

  /// Begins every identifier in the file, so that several figures can stand in one page; the directive's id.
  public var id: String
  /// The file's title and the first words of its description; not drawn, since the caption stands in the
  /// document.
  public var title: String
  /// In the order of the colours.
  public var scores: [Score]
  /// Unit of the data and of the numbers printed, beginning, end and ticks of the axis.
  public var timeAxis: TimeAxis
  /// Beside the vertical axis, which begins at 0.5 or lower.
  public var valueLabel: String
  /// Lines in a free corner, as printed and without a full stop.
  public var annotations: [String]
  /// Width, fonts, colours and number forms.
  public var style: FigureStyle

  /// Lines with bands for up to three scores; more bands hide one another.
  public init(
    id: String, title: String, scores: [Score], timeAxis: TimeAxis, valueLabel: String = "AUC",
    annotations: [String] = [], style: FigureStyle = FigureStyle()
  ) {
    self.id = id
    self.title = title
    self.scores = scores
    self.timeAxis = timeAxis
    self.valueLabel = valueLabel
    self.annotations = annotations
    self.style = style
  }

  /// Lays the figure out and writes it; the same values give the same bytes on every machine.
  public func figure() -> Figure {
    let curves = scores.enumerated().map { index, score in
      Curve(
        name: score.name, look: style.colour(index),
        points: score.points.filter { $0.x.isFinite && $0.y.isFinite }.map {
          CurvePoint(x: $0.x, y: $0.y, lower: $0.lower, upper: $0.upper)
        }, isStep: false, hasBand: scores.count <= 3, end: score.points.last?.x ?? timeAxis.origin)
    }
    let longest = timeAxis.limit ?? curves.map(\.end).max() ?? 1
    let xAxis = timeAxis.frameAxis(longest: longest, count: TimeAxis.usualCount(style.width), style: style)
    let lowest = curves.flatMap { curve in curve.points.map { curve.hasBand ? $0.lower : $0.y } }.min() ?? 0.5
    let lower = lowest < 0.5 ? max(0, (lowest * 10).rounded(.down) / 10) : 0.5
    let values = stride(from: (lower * 10).rounded(), through: 10, by: 1).map { $0 / 10 }
    var plot = CurvePlot(
      id: id, style: style, xAxis: xAxis,
      yAxis: FrameAxis(
        label: valueLabel, lower: lower, upper: 1,
        ticks: values.map { Tick(value: $0, label: style.number($0, decimals: 1)) }),
      curves: curves, notes: annotations)
    plot.noteCorners = [.topRight, .topLeft, .bottomRight, .bottomLeft]
    if lower < 0.5 {
      plot.guide = (Point(x: xAxis.lower, y: 0.5), Point(x: xAxis.upper, y: 0.5))
    }
    return plot.figure(title: title, description: description)
  }

  private var description: String {
    var text = "\(title). \(valueLabel) (vertical, from 0.5, no discrimination, to 1) by \(timeAxis.label)."
    for score in scores {
      guard let first = score.points.first, let last = score.points.last else { continue }
      text += score.name.isEmpty ? " " : " \(score.name): "
      text += "\(style.number(first.y, decimals: 2)) at \(timeAxis.text(first.x, style)), "
      text += "\(style.number(last.y, decimals: 2)) at \(timeAxis.text(last.x, style))."
    }
    for annotation in annotations { text += " \(annotation)." }
    return text
  }
}
