// A long forest plot on pages: none is taller than a journal's page.

extension ForestFigure {
  /// One figure, or several with the same columns and axis where a page has no room for all rows. A variable stays with its levels
  /// unless it is longer than a page.
  public func pages() -> [Figure] {
    let (whole, widths) = fitted()
    let layout = ForestLayout(whole, widths)
    let heights = layout.places.map(\.height)
    let total = heights.reduce(0, +)
    let room = max(CurvePlot.greatestHeight - (layout.height - total), 40)
    guard total > room else { return [told(whole.figure(widths))] }
    let fewest = breaks(heights, room: room)
    // As few pages as there must be, of about the same length.
    let even = stride(from: total / Double(fewest.count), to: room, by: 6).lazy
      .map { whole.breaks(heights, room: $0) }.first { $0.count == fewest.count }
    let pages = even ?? fewest
    return pages.enumerated().map { index, range in
      var page = whole
      page.rows = Array(whole.rows[range])
      page.allRows = whole.rows
      page.id = Figure.id(id, page: index + 1)
      page.title = Figure.title(title, page: index + 1, of: pages.count)
      let figure = page.figure(widths)
      return index == 0 ? told(figure) : figure
    }
  }

  /// The rows of each page.
  private func breaks(_ heights: [Double], room: Double) -> [Range<Int>] {
    var pages: [Range<Int>] = []
    var start = 0
    var block = 0
    var filled = 0.0
    for (index, height) in heights.enumerated() {
      if rows[index].indent == 0 { block = index }
      if filled + height > room, index > start {
        let end = block > start ? block : index
        pages.append(start..<end)
        start = end
        filled = heights[end..<index].reduce(0, +)
      }
      filled += height
    }
    pages.append(start..<heights.count)
    return pages
  }
}
