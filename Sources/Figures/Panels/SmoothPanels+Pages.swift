// Panels on pages: no figure is taller than a journal's page.

extension SmoothPanels {
  /// One figure where a page has room for all panels, narrower ones side by side if need be; else several with the same columns.
  /// More than two pages of a narrow figure are a fault: a wider one needs fewer.
  ///
  /// - Parameter description: of the panels of a page.
  func pages(title: String, description: (Range<Int>) -> String) -> [Figure] {
    for least in [150.0, 125, 105] {
      var narrower = self
      narrower.least = least
      let figure = narrower.figure(title: title, description: description(panels.indices))
      let isLegible = least == 150 || figure.textFaults().isEmpty
      if figure.height * 72 / 25.4 <= CurvePlot.greatestHeight, isLegible { return [figure] }
    }
    let columns = PanelGrid(count: panels.count, style: style, least: least).columns
    var count = panels.count
    while count > columns, height(of: 0..<count, columns) > CurvePlot.greatestHeight { count -= 1 }
    // Pages of about the same length, in whole rows.
    let pages = (panels.count + count - 1) / max(count, 1)
    let rows = ((panels.count + pages - 1) / max(pages, 1) + columns - 1) / max(columns, 1)
    let size = max(1, rows * columns)
    let total = (panels.count + size - 1) / size
    let isNarrow = style.width.millimetres < FigureWidth.doubleColumn.millimetres
    return stride(from: 0, to: panels.count, by: size).enumerated().map { page, start in
      let range = start..<min(start + size, panels.count)
      let figure = self.page(range, columns, number: page + 1).figure(
        title: Figure.title(title, page: page + 1, of: total), description: description(range))
      return page == 0 && total > 2 && isNarrow ? figure.with([.manyPages(count: total)]) : figure
    }
  }

  private func page(_ range: Range<Int>, _ columns: Int, number: Int) -> SmoothPanels {
    var page = self
    page.id = Figure.id(id, page: number)
    page.panels = Array(panels[range])
    page.columns = columns
    return page
  }

  /// In points.
  private func height(of range: Range<Int>, _ columns: Int) -> Double {
    page(range, columns, number: 1).figure(title: "", description: "").height * 72 / 25.4
  }
}
