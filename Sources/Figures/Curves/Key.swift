// The key above a plot: a stroke and a name for each series.

struct Key: Sendable {
  struct Item: Sendable {
    let look: SeriesColour
    let form: Form
    let block: TextBlock
    let x: Double
    let top: Double
    /// Of an area.
    let opacity: Double
  }

  /// What stands before the names.
  enum Form: Sendable, Equatable {
    case line, point, area
  }

  static let swatchWidth = 15.0
  static let swatchGap = 4.0
  private static let itemGap = 14.0

  let items: [Item]
  let height: Double

  /// Items from `left` to `right`, beginning at `top`: in rows, or under one another.
  init(
    _ names: [(name: String, look: SeriesColour)], font: Font, left: Double, right: Double, top: Double,
    form: Form = .line, forms: [Form] = [], isColumn: Bool = false, opacity: (Int) -> Double = { _ in 1 }
  ) {
    var items: [Item] = []
    var x = left
    var rowTop = top
    var rowHeight = 0.0
    let indent = Key.swatchWidth + Key.swatchGap
    for (index, entry) in names.enumerated() {
      let block = TextBlock(entry.name, font: font, width: right - left - indent)
      let width = indent + block.width
      if x > left, isColumn || x + width > right {
        x = left
        rowTop += rowHeight + 1
        rowHeight = 0
      }
      items.append(
        Item(
          look: entry.look, form: forms.indices.contains(index) ? forms[index] : form, block: block, x: x,
          top: rowTop, opacity: opacity(index)))
      rowHeight = max(rowHeight, block.height)
      x += width + Key.itemGap
    }
    self.items = items
    self.height = items.isEmpty ? 0 : rowTop + rowHeight - top + 6
  }

  /// From the first stroke to the end of the longest name.
  var width: Double {
    let left = items.map(\.x).min() ?? 0
    return items.map { $0.x + Key.swatchWidth + Key.swatchGap + $0.block.width - left }.max() ?? 0
  }

  func draw(in document: inout SVGDocument) {
    for item in items {
      let middle = item.top + item.block.font.lineHeight / 2
      Key.drawSwatch(
        item.look, item.form, left: item.x, middle: middle, opacity: item.opacity, in: &document)
      document.text(
        item.block, x: item.x + Key.swatchWidth + Key.swatchGap, top: item.top,
        colour: item.look.text)
    }
  }

  static func drawSwatch(
    _ look: SeriesColour, _ form: Form = .line, left: Double, middle: Double, opacity: Double = 1,
    in document: inout SVGDocument
  ) {
    switch form {
    case .line:
      document.line(
        from: Point(x: left, y: middle), to: Point(x: left + swatchWidth, y: middle),
        Stroke(colour: look.line, width: 1.5, dash: look.dash))
    case .point:
      document.marker(
        look.marker, at: Point(x: left + swatchWidth / 2, y: middle), size: 5.5, colour: look.line)
    case .area:
      document.rectangle(
        Rectangle(x: left + 3, y: middle - 3.5, width: swatchWidth - 6, height: 7), fill: look.line,
        opacity: opacity, stroke: Stroke(colour: look.line, width: 0.6))
    }
  }
}
