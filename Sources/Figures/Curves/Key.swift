// The key above a plot: a stroke and a name for each series.

struct Key: Sendable {
  struct Item: Sendable {
    let look: SeriesColour
    let isPoint: Bool
    let block: TextBlock
    let x: Double
    let top: Double
  }

  static let swatchWidth = 15.0
  static let swatchGap = 4.0
  private static let itemGap = 14.0

  let items: [Item]
  let height: Double

  /// Items in rows from `left` to `right`, beginning at `top`.
  init(
    _ names: [(name: String, look: SeriesColour)], font: Font, left: Double, right: Double, top: Double,
    arePoints: Bool = false
  ) {
    var items: [Item] = []
    var x = left
    var rowTop = top
    var rowHeight = 0.0
    let indent = Key.swatchWidth + Key.swatchGap
    for entry in names {
      let block = TextBlock(entry.name, font: font, width: right - left - indent)
      let width = indent + block.width
      if x > left, x + width > right {
        x = left
        rowTop += rowHeight + 1
        rowHeight = 0
      }
      items.append(Item(look: entry.look, isPoint: arePoints, block: block, x: x, top: rowTop))
      rowHeight = max(rowHeight, block.height)
      x += width + Key.itemGap
    }
    self.items = items
    self.height = items.isEmpty ? 0 : rowTop + rowHeight - top + 6
  }

  func draw(in document: inout SVGDocument) {
    for item in items {
      let middle = item.top + item.block.font.lineHeight / 2
      if item.isPoint {
        document.marker(
          item.look.marker, at: Point(x: item.x + Key.swatchWidth / 2, y: middle), size: 5.5,
          colour: item.look.line)
      } else {
        Key.drawSwatch(item.look, left: item.x, middle: middle, in: &document)
      }
      for (line, baseline) in zip(item.block.lines, item.block.baselines(top: item.top)) {
        document.text(
          line, at: Point(x: item.x + Key.swatchWidth + Key.swatchGap, y: baseline), font: item.block.font,
          colour: item.look.text)
      }
    }
  }

  static func drawSwatch(_ look: SeriesColour, left: Double, middle: Double, in document: inout SVGDocument) {
    document.line(
      from: Point(x: left, y: middle), to: Point(x: left + swatchWidth, y: middle),
      Stroke(colour: look.line, width: 1.5, dash: look.dash))
  }
}
