// How a forest plot divides its width.

/// Widths of labels, counts, plot and texts, before anything has a place.
struct ForestWidths: Sendable {
  struct TextColumn: Sendable {
    let content: ForestLayout.TextColumn.Content
    let heading: TextBlock
    let width: Double
    let lead: Double
  }

  let gap: Double
  let label: Double
  let cells: [Double]
  let plot: Double
  let texts: [TextColumn]
  /// Series stand under one another inside a row instead of in columns of their own.
  let isStacked: Bool
  /// The width at which nothing is cut off; more than the style's where that is too narrow for the columns.
  let total: Double

  init(_ figure: ForestFigure) {
    let style = figure.style
    let (font, bold) = (style.font, style.boldFont)
    let width = style.width.points
    let gap = width < 340 ? 6 : ForestLayout.gap
    cells = figure.columns.indices.map { column in
      let cells = figure.rows.flatMap { [$0.cells] + $0.seriesCells }.map {
        $0.indices.contains(column) ? font.width(of: $0[column]) : 0
      }
      return max(bold.width(of: figure.columns[column]), cells.max() ?? 0)
    }
    func labelFont(_ row: ForestFigure.Row) -> Font {
      row.kind == .heading || row.kind == .overall ? bold : font
    }
    func indent(_ row: ForestFigure.Row) -> Double { Double(row.indent) * ForestLayout.indent }
    let wanted = max(
      bold.width(of: figure.labelHeading),
      figure.rows.map { indent($0) + labelFont($0).width(of: $0.label) }.max() ?? 0)
    let longestWord = figure.rows.map { row in
      indent(row) + (row.label.split(separator: " ").map { labelFont(row).width(of: String($0)) }.max() ?? 0)
    }
    let heading = bold.width(of: figure.labelHeading)
    let least = max(heading, min(wanted, max(0.22 * width, min(longestWord.max() ?? 0, 0.3 * width))))

    let margins = 2 * ForestLayout.margin
    let cellRoom = cells.reduce(0) { $0 + $1 + gap }
    func textRoom(_ texts: [TextColumn]) -> Double { texts.reduce(gap) { $0 + $1.width + gap } }
    var texts = ForestWidths.textColumns(figure, isStacked: false)
    var isStacked = false
    let hasOwnCells = figure.rows.contains { !$0.seriesCells.isEmpty }
    let isTooWide = least + cellRoom + textRoom(texts) + 0.24 * width > width - margins
    if figure.series.count > 1, hasOwnCells || isTooWide {
      isStacked = true
      texts = ForestWidths.textColumns(figure, isStacked: true)
    }
    let rest = cellRoom + textRoom(texts) + margins
    total = max(width, least + rest + min(70, (width < 340 ? 0.21 : 0.24) * width))
    let free = total - rest
    label = min(wanted, max(least, free - 0.3 * total))
    plot = min(free - label, 0.45 * total)
    self.gap = gap
    self.texts = texts
    self.isStacked = isStacked
  }

  private static func textColumns(_ figure: ForestFigure, isStacked: Bool) -> [TextColumn] {
    let bold = figure.style.boldFont
    var columns: [TextColumn] = []
    for index in figure.series.indices where !isStacked || index == 0 {
      let series = figure.series[index]
      let estimates = figure.rows.flatMap { row in
        isStacked ? row.estimates : (row.estimates.indices.contains(index) ? [row.estimates[index]] : [])
      }.compactMap(\.self)
      let name = figure.series.count > 1 && !isStacked ? bold.width(of: series.name) + 12 : 0
      columns.append(
        column(.estimate(index), series.heading, estimates.map(\.text), figure, atLeast: name))
      if !series.pHeading.isEmpty, estimates.contains(where: { !$0.pValue.isEmpty }) {
        columns.append(column(.pValue(index), series.pHeading, estimates.map(\.pValue), figure))
      }
    }
    if figure.rows.contains(where: { !$0.interactionP.isEmpty }) {
      columns.append(
        column(.interaction, figure.interactionHeading, figure.rows.map(\.interactionP), figure))
    }
    return columns
  }

  private static func column(
    _ content: ForestLayout.TextColumn.Content, _ heading: String, _ texts: [String], _ figure: ForestFigure,
    atLeast: Double = 0
  ) -> TextColumn {
    let (font, bold) = (figure.style.font, figure.style.boldFont)
    let leads = texts.map { font.width(of: figure.lead(of: $0, in: content)) }
    let lead = leads.max() ?? 0
    let aligned = zip(texts, leads).map { $1 > 0 ? lead + font.width(of: $0) - $1 : font.width(of: $0) }
    let own = max(aligned.max() ?? 0, atLeast)
    // A heading much wider than its column goes into two lines.
    let word = heading.split(separator: " ").map { bold.width(of: String($0)) }.max() ?? 0
    let full = bold.width(of: heading)
    let room = full > own + 24 ? max(own, word, full * 0.55) : full + 1
    let block = TextBlock(heading, font: bold, width: room)
    return TextColumn(content: content, heading: block, width: max(own, block.width), lead: lead)
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
