// Axes around a rectangle: the frame of every plot that is not a curve over time.

/// One axis: range, ticks, label.
struct FrameAxis: Sendable {
  var label: String
  var lower: Double
  var upper: Double
  var ticks: [Tick]
  var isLogarithmic = false

  /// An axis of round numbers around a range.
  init(label: String, covering values: ClosedRange<Double>, count: Int, style: FigureStyle) {
    let nice = NiceTicks(from: values.lowerBound, to: values.upperBound, count: count)
    self.init(label: label, lower: nice.first, upper: nice.last, ticks: nice.ticks(style))
  }

  init(label: String, lower: Double, upper: Double, ticks: [Tick], isLogarithmic: Bool = false) {
    self.label = label
    self.lower = lower
    self.upper = upper
    self.ticks = ticks
    self.isLogarithmic = isLogarithmic
  }

  /// An axis that ends with the data, with round numbers inside.
  init(label: String, spanning values: ClosedRange<Double>, count: Int, style: FigureStyle) {
    let nice = NiceTicks(from: values.lowerBound, to: values.upperBound, count: count, covering: false)
    let span = values.upperBound - values.lowerBound
    guard span > 0, nice.values.count > 1 else {
      self.init(label: label, covering: values, count: count, style: style)
      return
    }
    self.init(
      label: label, lower: values.lowerBound - 0.02 * span, upper: values.upperBound + 0.02 * span,
      ticks: nice.ticks(style))
  }

  /// A ratio axis around a range of positive values.
  init(label: String, ratios: ClosedRange<Double>, count: Int, style: FigureStyle) {
    let ticks = RatioTicks(
      covering: min(ratios.lowerBound, 0.8), to: max(ratios.upperBound, 1.25), count: count)
    self.init(
      label: label, lower: ticks.values.first ?? 0.5, upper: ticks.values.last ?? 2,
      ticks: ticks.ticks(style),
      isLogarithmic: true)
  }

  /// Per cent from 0 to 100.
  static func percent(_ label: String, _ style: FigureStyle, step: Double = 25) -> FrameAxis {
    let ticks = stride(from: 0.0, through: 100, by: step).map {
      Tick(value: $0, label: style.number($0, decimals: 0))
    }
    return FrameAxis(label: label, lower: 0, upper: 100, ticks: ticks)
  }
}

/// The axes of one plot inside an outer rectangle.
struct PlotFrame: Sendable {
  let area: Rectangle
  let x: Scale
  let y: Scale
  private let horizontal: HorizontalAxis
  private let yTicks: [Tick]
  private let yLabel: TextBlock
  private let yTickWidth: Double
  private let font: Font
  /// Where the frame with its labels ends.
  var bottom: Double { horizontal.bottom }

  /// Width that the labels left of the plot need.
  static func leftRoom(_ axis: FrameAxis, plotHeight: Double, font: Font) -> Double {
    let ticks = axis.ticks.map { font.width(of: $0.label) }.max() ?? 0
    let label = axis.label.isEmpty ? 0 : TextBlock(axis.label, font: font, width: plotHeight + 16).height + 4
    return ticks + 5 + label
  }

  /// A plot from `left` to `right` whose area begins at `top`.
  init(
    left: Double, right: Double, top: Double, plotHeight: Double, xAxis: FrameAxis, yAxis: FrameAxis,
    style: FigureStyle, leftRoom: Double? = nil
  ) {
    font = style.font
    let start = left + (leftRoom ?? PlotFrame.leftRoom(yAxis, plotHeight: plotHeight, font: style.font))
    let end = right - style.font.width(of: xAxis.ticks.last?.label ?? "") / 2
    area = Rectangle(x: start, y: top, width: max(30, end - start), height: plotHeight)
    let xScale = Scale(
      lower: xAxis.lower, upper: xAxis.upper, start: area.x, end: area.right,
      isLogarithmic: xAxis.isLogarithmic)
    x = xScale
    y = Scale(
      lower: yAxis.lower, upper: yAxis.upper, start: area.bottom, end: area.y,
      isLogarithmic: yAxis.isLogarithmic)
    yTicks = yAxis.ticks
    yTickWidth = yAxis.ticks.map { style.font.width(of: $0.label) }.max() ?? 0
    yLabel = TextBlock(yAxis.label, font: style.font, width: plotHeight + 16)
    horizontal = HorizontalAxis(
      xScale, y: area.bottom, ticks: xAxis.ticks, label: xAxis.label, font: style.font, within: left, right)
  }

  func draw(in document: inout SVGDocument, hasGrid: Bool = true) {
    let axis = Stroke(colour: document.style.ink, width: 0.7)
    if hasGrid {
      for tick in yTicks where y.contains(tick.value) && tick.value > y.lower {
        let height = y.position(tick.value)
        document.line(
          from: Point(x: area.x, y: height), to: Point(x: area.right, y: height),
          Stroke(colour: document.style.gridInk, width: 0.5))
      }
    }
    document.line(from: Point(x: area.x, y: area.y), to: Point(x: area.x, y: area.bottom), axis)
    for tick in yTicks {
      let height = y.position(tick.value)
      document.line(from: Point(x: area.x - 3, y: height), to: Point(x: area.x, y: height), axis)
      document.text(
        tick.label, at: Point(x: area.x - 5, y: height + font.capHeight / 2), font: font, anchor: .end)
    }
    horizontal.draw(in: &document)
    for (index, line) in yLabel.lines.enumerated() {
      let lift = Double(yLabel.lines.count - 1 - index) * font.lineHeight
      let place = area.x - 5 - yTickWidth - 4 - font.descent - lift
      document.text(line, at: Point(x: place, y: area.midY), font: font, anchor: .middle, isRotated: true)
    }
  }

  /// A place inside the axes; nil where the point lies outside or is not finite.
  func place(_ xValue: Double, _ yValue: Double) -> Point? {
    guard xValue.isFinite, yValue.isFinite, x.contains(xValue), y.contains(yValue) else { return nil }
    return Point(x: x.position(xValue), y: y.position(yValue))
  }

  /// Many points as one path of dots. Where there are too many to see, one of those that share a spot is kept.
  func dots(_ points: [(x: Double, y: Double)]) -> String {
    let grid = points.count > 2000 ? 1.0 : 0.25
    var seen = Set<Spot>()
    var data = ""
    for point in points {
      guard let place = place(point.x, point.y) else { continue }
      let spot = Spot(column: Int((place.x / grid).rounded()), row: Int((place.y / grid).rounded()))
      guard seen.insert(spot).inserted else { continue }
      data += "M\(svgNumber(place.x)) \(svgNumber(place.y))h0.01"
    }
    return data
  }

  private struct Spot: Hashable {
    let column: Int
    let row: Int
  }

  /// A line with its band, cut off at the axes.
  func path(_ curve: Curve) -> CurvePath { CurvePath(curve, x: x, y: y) }
}

/// Equal cells for several plots.
struct PanelGrid: Sendable {
  let cells: [(left: Double, right: Double, row: Int)]
  let rows: Int

  init(count: Int, style: FigureStyle, least: Double = 150) {
    let margin = CurveLayout.margin
    let inner = style.width.points - 2 * margin
    let gap = 14.0
    let fitting = max(1, Int((inner + gap) / (least + gap)))
    // As square as possible: 4 panels are two by two.
    var columns = min(fitting, max(count, 1))
    let rows = (max(count, 1) + columns - 1) / columns
    columns = (max(count, 1) + rows - 1) / rows
    let cell = (inner - gap * Double(columns - 1)) / Double(columns)
    cells = (0..<max(count, 0)).map { index in
      let left = margin + Double(index % columns) * (cell + gap)
      return (left, left + cell, index / columns)
    }
    self.rows = rows
  }
}
