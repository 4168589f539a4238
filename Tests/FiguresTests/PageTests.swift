// Long figures come on pages: none is taller than a journal's page.

import Testing

@testable import Figures

@Suite struct PageTests {
  private static let millimetres = Figure.greatestHeight + 0.01

  private static func forest(variables: Int, levels: Int, width: FigureWidth = .doubleColumn) -> ForestFigure
  {
    let rows = (1...variables).flatMap { variable -> [ForestFigure.Row] in
      [ForestFigure.Row("Variable \(variable)", kind: .heading)]
        + (1...levels).map { level in
          let value = 0.4 + 0.2 * Double(level)
          return ForestFigure.Row(
            "Level \(variable).\(level)", indent: 1, cells: ["\(level * 10)"],
            estimates: [
              ForestFigure.Estimate(
                value: value, lower: value / Double(variable + 1), upper: value * Double(variable + 1),
                text: "\(value)", pValue: "0.1")
            ])
        }
    }
    return ForestFigure(
      id: "f", title: "Long", columns: ["N"], series: [.init(heading: "HR (95% CI)")], rows: rows,
      axisLabel: "Hazard ratio", style: FigureStyle(width: width))
  }

  @Test(arguments: [FigureWidth.singleColumn, .doubleColumn])
  func forestsBreakBetweenVariables(width: FigureWidth) {
    let forest = Self.forest(variables: 14, levels: 7, width: width)
    #expect(forest.figure().height > Self.millimetres)
    let pages = forest.pages()
    #expect(pages.count > 1)
    for (index, page) in pages.enumerated() {
      #expect(page.height <= Self.millimetres)
      #expect(page.textFaults().isEmpty)
      #expect(page.altText.hasPrefix("Long (\(index + 1) of \(pages.count))"))
      #expect(page.svg.contains("id=\"f-1") == false || index == 0)
      // A variable and its levels stay together.
      for variable in 1...14 {
        let own = page.textBoxes.map(\.text).count { $0.hasPrefix("Level \(variable).") }
        #expect(own == 0 || own == 7)
        #expect(page.textBoxes.contains { $0.text == "Variable \(variable)" } == (own == 7))
      }
    }
    let labels = pages.flatMap { $0.textBoxes.map(\.text) }.filter { $0.hasPrefix("Level ") }
    #expect(labels.count == 98 && Set(labels).count == 98)
    // Pages share their axis and are of about the same length.
    let axes = pages.map { page in page.textBoxes.map(\.text).filter { Double($0) != nil && $0.count < 4 } }
    #expect(Set(axes.map { $0.suffix(3) }).count <= pages.count)
    #expect((pages.map(\.height).max() ?? 0) - (pages.map(\.height).min() ?? 0) < 60)
  }

  @Test func aVariableLongerThanAPageIsBroken() {
    let pages = Self.forest(variables: 1, levels: 150).pages()
    #expect(pages.count > 2)
    #expect(pages.allSatisfy { $0.height <= Self.millimetres })
  }

  @Test func shortForestsAreOnePage() {
    let forest = Self.forest(variables: 3, levels: 3)
    #expect(forest.pages().map(\.svg) == [forest.figure().svg])
  }

  private static func residuals(_ count: Int, _ width: FigureWidth) -> ScaledResidualFigure {
    ScaledResidualFigure(
      id: "z", title: "Residuals",
      panels: (1...count).map { panel in
        .init(
          name: "Term \(panel)",
          residuals: (0..<20).map { .init(x: Double($0 * 7), y: Double(($0 * panel) % 5)) },
          smooth: [], coefficient: 1, note: "P = 0.2")
      }, timeAxis: TimeAxis(label: "Months", unit: .months), style: FigureStyle(width: width))
  }

  @Test(arguments: [
    (1, 1, FigureWidth.doubleColumn), (9, 1, .doubleColumn), (40, 5, .doubleColumn), (3, 1, .singleColumn),
    (12, 4, .singleColumn),
  ])
  func panelsComeInRowsThatAPageHolds(count: Int, most: Int, width: FigureWidth) {
    let pages = Self.residuals(count, width).pages()
    #expect((1...most).contains(pages.count))
    for page in pages {
      #expect(page.height <= Self.millimetres)
      #expect(page.textFaults().isEmpty)
    }
    let names = pages.flatMap { $0.textBoxes.map(\.text) }.filter { $0.hasPrefix("Term ") }
    #expect(names == (1...count).map { "Term \($0)" })
    let isMany = pages.count > 2 && width == .singleColumn
    #expect(pages.flatMap(\.faults) == (isMany ? [.manyPages(count: pages.count)] : []))
    // The columns of the first page hold for the last one.
    #expect(Set(pages.map(\.width)).count == 1)
  }
}
