// Forest plots: places, arrows, and what is not drawn.

import Testing

@testable import Figures

@Suite struct ForestFigureTests {
  func figure(_ rows: [ForestFigure.Row], measure: ForestFigure.Measure = .ratio) -> ForestFigure {
    ForestFigure(
      id: "f", title: "Forest", measure: measure, labelHeading: "Variable",
      series: [.init(heading: "HR (95% CI)")], rows: rows, axisLabel: "Hazard ratio")
  }

  func row(_ value: Double?, _ lower: Double?, _ upper: Double?) -> ForestFigure.Row {
    .init("x", estimates: [.init(value: value, lower: lower, upper: upper, text: "text", pValue: "0.04")])
  }

  @Test func theAxisHoldsTheEstimatesAndOne() {
    let axis = figure([row(0.5, 0.3, 0.8), row(0.9, 0.7, 1.2)]).axis(count: 8)
    #expect(axis.lower <= 0.3 && axis.upper >= 1.2)
    #expect(axis.ticks.contains { $0.label == "1" })
    #expect((axis.ticks.first?.value ?? 0) >= axis.lower && (axis.ticks.last?.value ?? 9) <= axis.upper)
  }

  /// At most a tenth of the axis lies between the estimates' room and a tick beyond it.
  @Test func theAxisIsNotCarriedOnToAFarTick() {
    let axis = figure([row(3.5, 1.6, 9), row(0.95, 0.84, 1.07)]).axis(count: 5)
    #expect(axis.upper < 12 && axis.lower > 0.6)
    #expect(axis.ticks.count >= 3 && axis.ticks.contains { $0.label == "1" })
  }

  /// An interval that is drawn whole ends before the axis does.
  @Test func noIntervalTouchesTheEndOfTheAxis() {
    var generator = SampleGenerator(seed: 11)
    for _ in 0..<400 {
      let value = 0.7 + 0.8 * generator.uniform()
      let (lower, upper) = (value * (0.5 + 0.45 * generator.uniform()), value * (1.05 + generator.uniform()))
      for count in [4, 8] {
        let ratios = figure([row(value, lower, upper)]).axis(count: count)
        #expect(ratios.lower < lower * 0.99 && ratios.upper > upper * 1.01, "\(lower) to \(upper)")
        let differences = figure([row(value, -lower, upper)], measure: .difference).axis(count: count)
        #expect(differences.lower < -lower * 1.005 && differences.upper > upper * 1.005)
      }
    }
  }

  @Test func oneWideIntervalDoesNotStretchTheAxis() {
    let axis = figure([row(0.5, 0.3, 0.8), row(2, 1e-9, 1e9)]).axis(count: 8)
    #expect(axis.upper <= 10 && axis.lower >= 0.1)
    let svg = figure([row(0.5, 0.3, 0.8), row(2, 1e-9, 1e9)]).figure().svg
    // Two arrows and no others.
    #expect(svg.split(separator: "\n").count { $0.hasPrefix("<path") } == 2)
  }

  /// However far an estimate lies, its marker is drawn: an arrow alone hides the number that the row is about.
  @Test func everyEstimateHasItsMarker() {
    let all: [[Double]] = [[62.1, 105], [1 / 62.1, 1 / 105], [0.004, 3000]]
    for values in all {
      let axis = figure(values.map { row($0, $0 / 4, $0 * 4) } + [row(1.2, 1, 1.4)]).axis(count: 5)
      #expect(axis.lower < (values.min() ?? 0) && axis.upper > (values.max() ?? 1))
      let svg = figure(values.map { row($0, $0 / 4, $0 * 4) }).figure().svg
      #expect(
        svg.split(separator: "\n").count { $0.hasPrefix("<rect") && $0.contains("#1a5fb8") } == values.count)
    }
  }

  @Test func withheldEstimatesHaveTextAndNoMarker() {
    for estimate in [
      ForestFigure.Estimate(text: "NE"), .init(value: .nan, text: "NE"), .init(value: 0, text: "withheld"),
      .init(value: .infinity, text: "NE"), .init(value: -2, text: "NE"),
    ] {
      let svg = figure([.init("x", estimates: [estimate])]).figure().svg
      #expect(svg.contains(">\(estimate.text)</text>"))
      #expect(!svg.contains(FigureStyle().colour(0).line))
    }
  }

  @Test func differencesLieAroundZero() {
    let axis = figure([row(-2.5, -4, -1), row(3, 1, 5)], measure: .difference).axis(count: 6)
    #expect(axis.lower <= -4 && axis.upper >= 5)
    #expect(axis.ticks.contains { $0.value == 0 })
  }

  @Test func bracketsStandUnderOneAnother() {
    var rows = [row(0.5, 0.3, 0.8), row(12, 5, 29)]
    rows[0].estimates[0]?.text = "0.50 (0.30–0.80)"
    rows[1].estimates[0]?.text = "12.00 (5.00–29.00)"
    let boxes = figure(rows).figure().textBoxes.filter { $0.text.contains("(") && $0.text.contains("–") }
    let font = FigureStyle().font
    let brackets = boxes.map { $0.x + font.width(of: String($0.text.prefix { $0 != "(" })) }
    #expect(brackets.count == 2)
    #expect((brackets[0] - brackets[1]).magnitude < 1e-9)
  }

  @Test func severalModelsAreToldApart() {
    let figure = SampleFigures.forest(2)
    #expect(figure.svg.contains(">Univariable</text>"))
    #expect(figure.description.contains("Univariable 0.83 (0.51–1.33), P < 0.001"))
  }

  /// A width that was asked for is kept: counts give way first, then P values; what does not fit even so is said.
  @Test func aNarrowFigureKeepsItsWidth() {
    var narrow = figure([row(0.5, 0.3, 0.8), row(2, 1.1, 3.6)])
    narrow.columns = ["N", "Events"]
    for index in narrow.rows.indices {
      narrow.rows[index].label = "Extent of local spread"
      narrow.rows[index].cells = ["10,000", "3,120"]
      narrow.rows[index].estimates[0]?.text = "0.54 (0.40–0.73)"
    }
    #expect(narrow.figure().svg.contains(">10,000<"))
    narrow.style = FigureStyle(width: .singleColumn)
    let single = narrow.figure()
    #expect((single.width - 85).magnitude < 0.01 && single.faults == [])
    #expect(!single.svg.contains(">10,000<") && single.svg.contains("P value"))
    narrow.style = FigureStyle(width: .millimetres(60))
    #expect(!narrow.figure().svg.contains("P value"))
    narrow.rows[0].estimates[0]?.text = String(repeating: "0.54 (0.40–0.73) ", count: 6)
    let wide = narrow.figure()
    #expect(wide.width > 100)
    #expect(wide.faults == [.tooWide(asked: 60, needed: wide.width)])
  }

  @Test func aShortAxisHasTicksOnBothSides() {
    let axis = figure([row(1.4, 0.45, 9)]).axis(count: 3)
    #expect(axis.ticks.contains { $0.value < 1 } && axis.ticks.contains { $0.value > 1 })
  }

  @Test func seriesThatCountOtherPatientsHaveCountsOfTheirOwn() {
    var models = ForestFigure(
      id: "f", title: "Forest", labelHeading: "Variable", columns: ["N"],
      series: ["Crude", "Adjusted"].map { .init(name: $0, heading: "HR (95% CI)") },
      rows: [
        .init(
          "Age", seriesCells: [["929"], ["906"]],
          estimates: [.init(value: 2, text: "2"), .init(value: 3, text: "3")])
      ], axisLabel: "HR")
    let boxes = models.figure().textBoxes
    let (crude, adjusted) = (boxes.first { $0.text == "929" }, boxes.first { $0.text == "906" })
    #expect((crude?.y ?? 9) < (adjusted?.y ?? 0))
    #expect(models.figure().textFaults() == [])
    models.series[0].name = "A model of everything that was recorded when the patient came in, by hand"
    models.series[1].name = "Another model of nearly everything that was recorded, with interactions"
    models.style = FigureStyle(width: .singleColumn)
    #expect(models.figure().textFaults() == [])
  }

  @Test func rowsWithFewerCellsOrMoreEstimatesThanColumns() {
    let rows: [ForestFigure.Row] = [
      .init(
        "a", cells: ["1", "2", "3"], estimates: [nil, .init(value: 1, text: "t"), .init(value: 2, text: "u")]),
      .init("b"), .init("", kind: .overall, indent: -3, estimates: [.init(value: 2, text: "only")]),
    ]
    #expect(figure(rows).figure().textFaults() == [])
    #expect(figure([]).figure().textFaults() == [])
  }
}
