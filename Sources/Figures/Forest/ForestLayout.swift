// Columns and rows of a forest plot.

struct ForestLayout: Sendable {
  /// A column of text to the right of the plot, aligned at a mark inside its texts.
  struct TextColumn: Sendable {
    enum Content: Sendable, Equatable {
      case estimate(Int)
      case pValue(Int)
      case interaction
    }
    let content: Content
    let heading: TextBlock
    let left: Double
    let width: Double
    /// Width of the widest part before the mark at which the texts are aligned.
    let lead: Double
  }

  struct RowPlace: Sendable {
    let label: TextBlock
    let top: Double
    let height: Double
    var middle: Double { top + height / 2 }
  }

  static let margin = 6.0
  static let gap = 12.0
  static let indent = 8.0

  let area: Rectangle
  let x: Scale
  let ticks: [Tick]
  /// Right edges of the columns left of the plot.
  let cellRights: [Double]
  let columns: [TextColumn]
  let places: [RowPlace]
  /// Series stand under one another inside a row instead of in columns of their own.
  let isStacked: Bool
  /// Baseline of the names of several series.
  let seriesNames: Double?
  /// Baseline of the last line of the headings.
  let headerBaseline: Double
  let headerBottom: Double
  let favours: [TextBlock]
  let axisLabel: TextBlock
  let axisLabelTop: Double
  let favoursTop: Double
  let height: Double

  init(_ figure: ForestFigure) {
    let style = figure.style
    let (font, bold) = (style.font, style.boldFont)
    let margin = ForestLayout.margin
    let width = style.width.points
    let gap = width < 340 ? 6 : ForestLayout.gap

    let cellWidths = figure.columns.indices.map { column in
      let cells = figure.rows.map { $0.cells.indices.contains(column) ? font.width(of: $0.cells[column]) : 0 }
      return max(bold.width(of: figure.columns[column]), cells.max() ?? 0)
    }
    let cellRoom = cellWidths.reduce(0) { $0 + $1 + gap }
    let labelWidths = figure.rows.map {
      Double($0.indent) * ForestLayout.indent
        + ($0.kind == .heading || $0.kind == .overall ? bold : font).width(of: $0.label)
    }
    let labelWanted = max(bold.width(of: figure.labelHeading), labelWidths.max() ?? 0)
    let leastPlot = 0.24 * width

    var isStacked = false
    var specs = ForestLayout.columnSpecs(figure, isStacked: false)
    func textRoom() -> Double { specs.reduce(0) { $0 + $1.width + gap } }
    let longestWord = figure.rows.map { row in
      let words = row.label.split(separator: " ").map {
        (row.kind == .heading ? bold : font).width(of: String($0))
      }
      return Double(row.indent) * ForestLayout.indent + (words.max() ?? 0)
    }
    let leastLabel = min(labelWanted, max(0.22 * width, min(longestWord.max() ?? 0, 0.3 * width)))
    if figure.series.count > 1, leastLabel + cellRoom + textRoom() + leastPlot > width - 2 * margin {
      isStacked = true
      specs = ForestLayout.columnSpecs(figure, isStacked: true)
    }
    let free = width - 2 * margin - cellRoom - textRoom() - gap
    let labelWidth = min(labelWanted, max(leastLabel, free - max(leastPlot, 0.3 * width)))
    let plotWidth = max(30, min(free - labelWidth, 0.45 * width))
    self.isStacked = isStacked

    var right = margin + labelWidth
    var cellRights: [Double] = []
    for cell in cellWidths {
      right += gap + cell
      cellRights.append(right)
    }
    self.cellRights = cellRights
    let plotLeft = right + gap
    var left = plotLeft + plotWidth + gap
    columns = specs.map { spec in
      defer { left += spec.width + gap }
      return TextColumn(
        content: spec.content, heading: spec.heading, left: left, width: spec.width, lead: spec.lead)
    }

    let line = font.lineHeight
    seriesNames = figure.series.count > 1 ? margin + line * 0.8 : nil
    let headingLines = Double(columns.map(\.heading.lines.count).max() ?? 1)
    headerBaseline = margin + line * (headingLines - 0.2 + (seriesNames == nil ? 0 : 1))
    headerBottom = headerBaseline + line * 0.5
    var top = headerBottom + 4
    let seriesCount = max(figure.series.count, 1)
    var places: [RowPlace] = []
    for row in figure.rows {
      let rowFont = row.kind == .heading || row.kind == .overall ? bold : font
      let block = TextBlock(
        row.label, font: rowFont, width: max(20, labelWidth - Double(row.indent) * ForestLayout.indent))
      let needed = isStacked && !row.estimates.allSatisfy({ $0 == nil }) ? Double(seriesCount) * line : line
      let dodged = isStacked ? 0 : Double(seriesCount - 1) * 5
      let height = max(block.height, needed, line + dodged * 0.6) + 4
      places.append(RowPlace(label: block, top: top, height: height))
      top += height
    }
    self.places = places
    area = Rectangle(x: plotLeft, y: headerBottom + 2, width: plotWidth, height: top + 2 - headerBottom)
    let axis = figure.axis(count: max(3, Int(plotWidth / 22)))
    let scale = Scale(
      lower: axis.lower, upper: axis.upper, start: area.x, end: area.right,
      isLogarithmic: figure.measure == .ratio)
    x = scale
    ticks = CurveLayout.legible(axis.ticks, font: font) { scale.position($0) }

    axisLabelTop = area.bottom + 5 + font.capHeight + 4
    let labelRoom = 2 * min(area.midX - margin, width - margin - area.midX)
    axisLabel = TextBlock(figure.axisLabel, font: font, width: min(labelRoom, plotWidth + 60))
    favoursTop = axisLabelTop + axisLabel.height + 3
    let middle = scale.clamped(figure.measure.reference)
    let sides = figure.favours.map { [$0.left, $0.right] } ?? []
    let rooms = [middle - margin - 14, width - margin - middle - 14]
    favours = zip(sides, rooms).map { TextBlock($0, font: style.font, width: max(24, $1)) }
    height = (favours.isEmpty ? favoursTop - 3 : favoursTop + (favours.map(\.height).max() ?? 0)) + margin
  }

  private struct ColumnSpec {
    let content: TextColumn.Content
    let heading: TextBlock
    let width: Double
    let lead: Double
  }

  private static func columnSpecs(_ figure: ForestFigure, isStacked: Bool) -> [ColumnSpec] {
    let (font, bold) = (figure.style.font, figure.style.boldFont)
    func spec(_ content: TextColumn.Content, _ heading: String, _ texts: [String], extra: Double = 0)
      -> ColumnSpec
    {
      let leads = texts.map { font.width(of: figure.lead(of: $0, in: content)) }
      let lead = leads.max() ?? 0
      let rest = zip(texts, leads).map { font.width(of: $0) - $1 }.max() ?? 0
      // A heading wider than its column goes into two lines.
      let word = heading.split(separator: " ").map { bold.width(of: String($0)) }.max() ?? 0
      let own = max(lead + rest, extra)
      let full = bold.width(of: heading)
      let block = TextBlock(
        heading, font: bold, width: full > own + 24 ? max(own, word, full * 0.55) : full + 1)
      return ColumnSpec(content: content, heading: block, width: max(own, block.width), lead: lead)
    }
    var specs: [ColumnSpec] = []
    for index in figure.series.indices where !isStacked || index == 0 {
      let series = figure.series[index]
      let estimates = figure.rows.flatMap { row in
        isStacked ? row.estimates : (row.estimates.indices.contains(index) ? [row.estimates[index]] : [])
      }.compactMap(\.self)
      let name = figure.series.count > 1 && !isStacked ? bold.width(of: series.name) + 12 : 0
      specs.append(spec(.estimate(index), series.heading, estimates.map(\.text), extra: name))
      if !series.pHeading.isEmpty, estimates.contains(where: { !$0.pValue.isEmpty }) {
        specs.append(spec(.pValue(index), series.pHeading, estimates.map(\.pValue)))
      }
    }
    if figure.rows.contains(where: { !$0.interactionP.isEmpty }) {
      specs.append(spec(.interaction, figure.interactionHeading, figure.rows.map(\.interactionP)))
    }
    return specs
  }
}

extension ForestFigure {
  /// What stands before the mark at which a column's texts are aligned: the bracket of an interval, the decimal
  /// mark of a P value.
  func lead(of text: String, in content: ForestLayout.TextColumn.Content) -> String {
    if case .estimate = content {
      guard let bracket = text.firstIndex(where: { $0 == "(" || $0 == "[" }) else { return "" }
      return String(text[..<bracket])
    }
    guard let mark = text.firstIndex(where: { $0 == "." || $0 == "·" || $0 == "," }) else { return "" }
    return String(text[..<mark])
  }
}
