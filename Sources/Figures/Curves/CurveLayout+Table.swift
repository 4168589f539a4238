// The numbers at risk stand under the ticks because both take their place from the same scale.

extension CurveLayout {
  /// A line of the table: a heading, or a curve's name with its numbers.
  struct TableRow: Sendable {
    enum Content: Sendable, Equatable {
      case heading(String)
      /// The curve at this index.
      case name(Int)
    }
    var content: Content
    var block: TextBlock
    var middle: Double
    var swatchMiddle: Double
    var numberMiddle: Double
    /// For each of the table's ticks.
    var numbers: [String?]
  }

  /// The names beside the numbers; nil where they must stand above them.
  struct TableNames: Sendable {
    let blocks: [TextBlock]
    let width: Double
  }

  /// Names to the left of the table, if they fit there in at most two lines.
  func tableNames(for plot: CurvePlot) -> TableNames? {
    guard !plot.table.isEmpty else { return nil }
    let style = plot.style
    let indent = Key.swatchWidth + Key.swatchGap
    if CurveLayout.isUnnamed(plot) {
      let widths = plot.table.map { style.boldFont.width(of: $0.heading) }
      let width = widths.max() ?? 0
      return width <= 0.3 * style.width.points ? TableNames(blocks: [], width: width) : nil
    }
    if !plot.namesRows {
      let blocks = plot.rowNames.map { _ in TextBlock("", font: style.font, width: 0) }
      return TableNames(blocks: blocks, width: indent)
    }
    let room = 0.27 * style.width.points - indent
    let blocks = plot.rowNames.map { TextBlock($0.name, font: style.font, width: room) }
    let cutsWords = plot.rowNames.contains { row in
      row.name.split(separator: " ").contains { style.font.width(of: String($0)) > room }
    }
    if cutsWords || blocks.contains(where: { $0.lines.count > 2 }) { return nil }
    return TableNames(blocks: blocks, width: indent + (blocks.map(\.width).max() ?? 0))
  }

  static func isUnnamed(_ plot: CurvePlot) -> Bool {
    plot.rowNames.count <= 1 && (plot.rowNames.first?.name ?? "").isEmpty
  }

  func firstNumberHalf(of plot: CurvePlot) -> Double { numberHalf(of: plot) { $0.first } }

  func lastNumberHalf(of plot: CurvePlot) -> Double { numberHalf(of: plot) { $0.last } }

  private func numberHalf(of plot: CurvePlot, _ pick: ([String?]) -> String??) -> Double {
    var widest = 0.0
    for row in plot.table.flatMap(\.rows) {
      if let number = pick(row) ?? nil { widest = max(widest, plot.style.font.width(of: number)) }
    }
    return widest / 2
  }

  /// Lays out the rows below `top` and returns where they end.
  mutating func layTable(_ plot: CurvePlot, names: TableNames?, top: Double) -> Double {
    let style = plot.style
    let line = style.font.lineHeight
    let shown = tableColumns(plot)
    tableTicks = shown.map { plot.xAxis.ticks[$0] }
    var bottom = top
    for (number, block) in plot.table.enumerated() {
      if number > 0 { bottom += line * 0.35 }
      let isUnnamed = CurveLayout.isUnnamed(plot)
      let own = isUnnamed ? picked(block.rows.first ?? [], shown) : []
      let isBeside = isUnnamed && names != nil
      let heading = TextBlock(
        block.heading, font: style.boldFont, width: style.width.points - 2 * CurveLayout.margin)
      let half = heading.height / 2
      var row = TableRow(
        content: .heading(block.heading), block: heading, middle: bottom + half,
        swatchMiddle: bottom + half, numberMiddle: bottom + half, numbers: own)
      bottom += heading.height
      if isUnnamed, !isBeside {
        row.numberMiddle = bottom + line / 2
        bottom += line
      }
      tableRows.append(row)
      if isUnnamed { continue }
      for index in plot.rowNames.indices {
        let numbers = picked(block.rows.indices.contains(index) ? block.rows[index] : [], shown)
        bottom = layRow(index, numbers, plot, names: names, top: bottom)
      }
    }
    return bottom
  }

  private mutating func layRow(
    _ index: Int, _ numbers: [String?], _ plot: CurvePlot, names: TableNames?, top: Double
  ) -> Double {
    let style = plot.style
    let line = style.font.lineHeight
    if let names, names.blocks.indices.contains(index) {
      let block = names.blocks[index]
      let height = max(line, block.height)
      let middle = top + height / 2
      tableRows.append(
        TableRow(
          content: .name(index), block: block, middle: middle, swatchMiddle: middle, numberMiddle: middle,
          numbers: numbers))
      return top + height
    }
    let room = style.width.points - 2 * CurveLayout.margin - Key.swatchWidth - Key.swatchGap
    let block = TextBlock(plot.rowNames[index].name, font: style.font, width: room)
    tableRows.append(
      TableRow(
        content: .name(index), block: block, middle: top + block.height / 2, swatchMiddle: top + line / 2,
        numberMiddle: top + block.height + line / 2, numbers: numbers))
    return top + block.height + line + 1
  }

  private func picked(_ numbers: [String?], _ shown: [Int]) -> [String?] {
    shown.map { numbers.indices.contains($0) ? numbers[$0] : nil }
  }

  /// Ticks whose numbers have room: all, or every second, third, …
  private func tableColumns(_ plot: CurvePlot) -> [Int] {
    let font = plot.style.font
    let widths = plot.xAxis.ticks.indices.map { column in
      plot.table.flatMap(\.rows).map { row in
        row.indices.contains(column) ? font.width(of: row[column] ?? "") : 0
      }.max() ?? 0
    }
    for every in 1...max(1, plot.xAxis.ticks.count) {
      let shown = plot.xAxis.ticks.indices.filter { $0 % every == 0 }
      let isClear = zip(shown, shown.dropFirst()).allSatisfy { before, after in
        let room = x.position(plot.xAxis.ticks[after].value) - x.position(plot.xAxis.ticks[before].value)
        return room >= (widths[before] + widths[after]) / 2 + 4
      }
      if isClear { return Array(shown) }
    }
    return plot.xAxis.ticks.isEmpty ? [] : [0]
  }
}
