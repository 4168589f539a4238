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

  struct SeriesName: Sendable {
    let block: TextBlock
    /// Of the marker before the name.
    let x: Double
    let top: Double
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
  /// Right edges of the columns left of the plot.
  let cellRights: [Double]
  let columns: [TextColumn]
  let places: [RowPlace]
  let isStacked: Bool
  /// The names of several series: above their columns, or in lines above all.
  let seriesNames: [SeriesName]
  /// Baseline of the last line of the headings.
  let headerBaseline: Double
  let headerBottom: Double
  let axis: HorizontalAxis
  let favours: [TextBlock]
  let favoursTop: Double
  let height: Double

  init(_ figure: ForestFigure, _ widths: ForestWidths) {
    let font = figure.style.font
    let margin = ForestLayout.margin
    let width = widths.total
    isStacked = widths.isStacked

    var right = margin + widths.label
    cellRights = widths.cells.map { cell in
      right += widths.gap + cell
      return right
    }
    let plotLeft = right + widths.gap
    var left = plotLeft + widths.plot + widths.gap
    columns = widths.texts.map { text in
      defer { left += text.width + widths.gap }
      return TextColumn(
        content: text.content, heading: text.heading, left: left, width: text.width, lead: text.lead)
    }

    let line = font.lineHeight
    seriesNames = ForestLayout.names(figure, widths, columns)
    let namesBottom = seriesNames.map { $0.top + $0.block.height }.max() ?? margin
    let headingLines = Double(columns.map(\.heading.lines.count).max() ?? 1)
    headerBaseline = namesBottom + line * (headingLines - 0.2)
    headerBottom = headerBaseline + line * 0.5
    places = ForestLayout.rowPlaces(figure, widths, top: headerBottom + 4)
    let bottom = places.last.map { $0.top + $0.height } ?? headerBottom + line
    area = Rectangle(
      x: plotLeft, y: headerBottom + 2, width: widths.plot, height: bottom + 2 - headerBottom)

    let values = figure.axis(count: max(3, Int(widths.plot / 22)))
    x = Scale(
      lower: values.lower, upper: values.upper, start: area.x, end: area.right,
      isLogarithmic: figure.measure == .ratio)
    axis = HorizontalAxis(
      x, y: area.bottom, ticks: values.ticks, label: figure.axisLabel, font: font,
      within: max(margin, area.x - 40), min(width - margin, area.right + 40))
    favoursTop = axis.bottom + 3
    let middle = x.clamped(figure.measure.reference)
    let sides = figure.favours.map { [$0.left, $0.right] } ?? []
    let rooms = [middle - margin - 16, width - margin - middle - 16]
    favours = zip(sides, rooms).map { TextBlock($0, font: font, width: min(max(24, $1), 130)) }
    height = (favours.isEmpty ? axis.bottom : favoursTop + (favours.map(\.height).max() ?? 0)) + margin
  }

  private static func names(
    _ figure: ForestFigure, _ widths: ForestWidths, _ columns: [TextColumn]
  ) -> [SeriesName] {
    guard figure.series.count > 1 else { return [] }
    let bold = figure.style.boldFont
    let (indent, gap) = (10.0, 12.0)
    let right = widths.total - margin
    guard widths.isStacked else {
      return figure.series.indices.map { index in
        let left = columns.first { $0.content == .estimate(index) }?.left ?? margin
        return SeriesName(
          block: TextBlock(lines: [figure.series[index].name], font: bold), x: left, top: margin)
      }
    }
    let total = figure.series.reduce(-gap) { $0 + indent + bold.width(of: $1.name) + gap }
    // Beside the estimates where all names fit in one line; in as many lines as they need otherwise.
    let start = max(margin, min(columns.first?.left ?? margin, right - total))
    var (x, top, height) = (start, margin, 0.0)
    return figure.series.map { entry in
      let block = TextBlock(entry.name, font: bold, width: right - margin - indent)
      if x > start, x + indent + block.width > right + 0.01 {
        x = start
        top += height
        height = 0
      }
      defer {
        x += indent + block.width + gap
        height = max(height, block.height)
      }
      return SeriesName(block: block, x: x, top: top)
    }
  }

  private static func rowPlaces(_ figure: ForestFigure, _ widths: ForestWidths, top: Double) -> [RowPlace] {
    let style = figure.style
    let line = style.font.lineHeight
    let series = max(figure.series.count, 1)
    var top = top
    return figure.rows.map { row in
      let font = row.kind == .heading || row.kind == .overall ? style.boldFont : style.font
      let block = TextBlock(row.label, font: font, width: widths.label - Double(row.indent) * indent)
      let isEmpty = row.estimates.allSatisfy { $0 == nil }
      // Stacked, a series that has nothing in this row takes no line.
      let needed =
        widths.isStacked && !isEmpty
        ? Double(row.estimates.prefix(series).count { $0 != nil }) * line
        : line + (isEmpty ? 0 : Double(series - 1) * 3)
      let height = max(block.height, needed) + 4
      defer { top += height }
      return RowPlace(label: block, top: top, height: height)
    }
  }
}
