// Where everything in a plot of curves stands.

/// The places of a plot's parts, worked out before anything is drawn.
struct CurveLayout: Sendable {
  static let margin = 6.0

  /// The rectangle between the axes.
  private(set) var area = Rectangle(x: 0, y: 0, width: 0, height: 0)
  private(set) var x = Scale(lower: 0, upper: 1, start: 0, end: 1)
  private(set) var y = Scale(lower: 0, upper: 1, start: 1, end: 0)
  private(set) var paths: [CurvePath] = []
  /// The censoring marks of each curve.
  private(set) var marks: [[CurveMark]] = []
  private(set) var xAxis: HorizontalAxis
  private(set) var yAxis: UprightAxis
  /// Names at the curves, or nil where the key tells them apart.
  private(set) var labels: [CurveLabel]?
  private(set) var key: Key?
  private(set) var note: CurveNote?
  var tableRows: [TableRow] = []
  var tableTicks: [Tick] = []
  private(set) var tableLeft = CurveLayout.margin
  private(set) var height = 0.0

  init(_ plot: CurvePlot) {
    let font = plot.style.font
    xAxis = HorizontalAxis(x, y: 0, ticks: [], label: "", font: font, within: 0, 0)
    yAxis = UprightAxis(y, x: 0, axis: plot.yAxis, font: font)
    let legend = plot.style.legend
    let named = legend == .none ? [] : plot.curves.filter { !$0.name.isEmpty }
    let isPlain = plot.curves.count < 2 || named.isEmpty
    if isPlain {
      arrange(plot, labelWidth: 0, named: [])
    } else {
      let blocks = CurveLabel.blocks(for: plot)
      let labelWidth = blocks.map(\.width).max() ?? 0
      if plot.namesCurvesDirectly, legend != .key, labelWidth <= 0.24 * plot.style.width.points {
        arrange(plot, labelWidth: labelWidth + CurveLabel.gap, named: [])
        labels = CurveLabel.place(blocks, for: plot, in: self)
      }
      if labels == nil { arrange(plot, labelWidth: 0, named: named) }
    }
    note = CurveNote(plot, in: self)
    if note == nil, !plot.notes.isEmpty {
      // No free corner: the notes get room of their own above the plot.
      let block = TextBlock(lines: plot.notes, font: plot.style.font)
      arrange(
        plot, labelWidth: labels == nil ? 0 : labelSpace, named: key == nil ? [] : named, noteRoom: block)
      if let blocks = labels.map({ _ in CurveLabel.blocks(for: plot) }) {
        labels = CurveLabel.place(blocks, for: plot, in: self)
        if labels == nil { arrange(plot, labelWidth: 0, named: named, noteRoom: block) }
      }
      note = CurveNote(block: block, x: area.right, top: area.y - block.height - 6, anchor: .end)
    }
  }

  /// Points to the right of the plot that are kept for names.
  private var labelSpace = 0.0

  private mutating func arrange(
    _ plot: CurvePlot, labelWidth: Double, named: [Curve], noteRoom: TextBlock? = nil
  ) {
    let style = plot.style
    let font = style.font
    let margin = CurveLayout.margin
    let width = style.width.points
    labelSpace = labelWidth
    tableTicks = []
    tableRows = []

    let rowNames = tableNames(for: plot)
    let plotHeight = CurveLayout.plotHeight(for: plot)
    var left = margin + UprightAxis.room(plot.yAxis, height: plotHeight, font: font)
    if let rowNames { left = max(left, margin + rowNames.width + 9 + firstNumberHalf(of: plot)) }
    left = max(left, margin + firstNumberHalf(of: plot))
    let lastLabel = font.width(of: plot.xAxis.ticks.last?.label ?? "") / 2
    let right = width - margin - max(labelWidth, lastLabel, lastNumberHalf(of: plot))

    var top = margin + font.capHeight / 2
    key = nil
    if !named.isEmpty {
      let entries = plot.keyEntries.isEmpty ? named.map { ($0.name, $0.look, .line) } : plot.keyEntries
      let placed = Key(
        entries.map { ($0.name, $0.look) }, font: style.boldFont, left: margin, right: width - margin,
        top: margin, forms: entries.map(\.form))
      key = placed
      top = margin + placed.height + font.capHeight / 2
    }
    if let noteRoom { top += noteRoom.height + 4 }
    area = Rectangle(x: left, y: top, width: max(40, right - left), height: plotHeight)
    x = Scale(
      lower: plot.xAxis.lower, upper: plot.xAxis.upper, start: area.x, end: area.right,
      isLogarithmic: plot.xAxis.isLogarithmic)
    y = Scale(lower: plot.yAxis.lower, upper: plot.yAxis.upper, start: area.bottom, end: area.y)
    let budget = CurvePath.budget(ofCurves: plot.curves.count)
    paths = plot.curves.map { CurvePath($0, x: x, y: y, budget: budget) }
    marks = zip(plot.curves, paths).map { CurveMark.marks(of: $0, $1, x: x) }
    yAxis = UprightAxis(y, x: area.x, axis: plot.yAxis, font: font)
    xAxis = HorizontalAxis(
      x, y: area.bottom, ticks: plot.xAxis.ticks, label: plot.xAxis.label, font: font, within: margin,
      width - margin)
    height = xAxis.bottom + margin
    if !plot.table.isEmpty {
      height = layTable(plot, names: rowNames, top: xAxis.bottom + 6) + margin
    }
  }

  /// The height depends on the width of the figure alone, so that figures of one document match.
  private static func plotHeight(for plot: CurvePlot) -> Double {
    let width = plot.style.width.points
    return plot.style.height(usual: width < 340 ? 0.6 * width : 0.42 * width)
  }
}
