// The remaining kinds: what they hold, and inputs at the edge.

import Testing

@testable import Figures

@Suite struct OtherFigureTests {
  typealias Place = ScaledResidualFigure.Place

  @Test func incidenceCurvesEndWithFollowUpAndNeverPass100() {
    let group = CumulativeIncidenceFigure.Group(
      name: "",
      causes: [
        .init(name: "Relapse", steps: [.init(time: 2, estimate: 0.9), .init(time: 8, estimate: 0.99)])
      ],
      followUpEnd: 5)
    let figure = CumulativeIncidenceFigure(
      id: "c", title: "Relapse", groups: [group], timeAxis: TimeAxis(label: "Years", unit: .years))
    let plot = figure.plot()
    #expect(plot.curves.first?.end == 5)
    #expect(plot.yAxis.upper == 100)
    #expect(figure.description.contains("Relapse 90% at 5.0"))
  }

  @Test func stackedAreasAddUp() {
    let svg = SampleFigures.incidence(["": 1], .stacked).svg
    #expect(svg.contains("Event-free"))
    #expect(svg.contains("-observation") == false)
  }

  @Test func residualsThatCoverOneAnotherAreDrawnOnce() {
    let panel = ScaledResidualFigure.Panel(
      name: "x", residuals: Array(repeating: Place(x: 1, y: 1), count: 5000) + [Place(x: 2, y: .nan)],
      smooth: [],
      coefficient: nil)
    let svg = ScaledResidualFigure(id: "z", title: "z", panels: [panel], timeAxis: SampleFigures.months)
      .figure().svg
    #expect(svg.count { $0 == "M" } <= 6)
  }

  @Test func edgesOfEveryKind() {
    let axis = TimeAxis(label: "Time")
    let figures: [Figure] = [
      CumulativeIncidenceFigure(id: "a", title: "", groups: [], timeAxis: axis).figure(),
      CumulativeIncidenceFigure(id: "a", title: "", form: .stacked, groups: [], timeAxis: axis).figure(),
      ScaledResidualFigure(id: "a", title: "", panels: [], timeAxis: axis).figure(),
      FunctionalFormFigure(
        id: "a", title: "", panels: [.init(covariateLabel: "x", curve: [Place(x: .nan, y: -1)])],
        valueLabel: "y",
        isRatio: true
      ).figure(),
      FunctionalFormFigure(
        id: "a", title: "", panels: [.init(covariateLabel: "x", curve: [Place(x: 1e308, y: -1e308)])],
        valueLabel: "y"
      ).figure(),
      ROCFigure(id: "a", title: "", curves: []).figure(),
      ROCFigure(
        id: "a", title: "",
        curves: (0..<9).map { .init(name: "A rather long name of score \($0)", points: [(0, 0), (1, 1)]) }
      ).figure(),
      CalibrationFigure(id: "a", title: "", groups: [.init(predicted: .nan, observed: 7)]).figure(),
      TimeDependentAUCFigure(id: "a", title: "", scores: [.init(name: "", points: [])], timeAxis: axis)
        .figure(),
      BalanceFigure(id: "a", title: "", stages: [], rows: [.init("x", differences: [.nan])]).figure(),
      SwimmerFigure(
        id: "a", title: "", phaseNames: [], lanes: [.init(phases: [.init("p", from: .nan, to: 2)])],
        timeAxis: axis
      ).figure(),
      DistributionFigure(id: "a", title: "", groups: [], valueLabel: "").figure(),
      DistributionFigure(
        id: "a", title: "",
        groups: [
          .init(
            content: .box(
              .init(lowerWhisker: 1, lowerQuartile: 1, median: 1, upperQuartile: 1, upperWhisker: 1),
              points: Array(repeating: 1, count: 3000)))
        ], valueLabel: "x"
      ).figure(),
      NomogramFigure(id: "a", title: "", variables: [.init("x", marks: [])], highestTotal: .nan, outcomes: [])
        .figure(),
    ]
    for (index, figure) in figures.enumerated() {
      #expect(figure.textFaults() == [], "\(index)")
      #expect(figure.height > 0 && figure.height.isFinite, "\(index)")
    }
  }

  @Test func limitsOfWidthAndFontAreKept() {
    #expect(FigureWidth.millimetres(.nan).millimetres == 175)
    #expect(FigureWidth.millimetres(1).millimetres == 60)
    #expect(FigureStyle(fontSize: .nan).fontSize == 8)
    #expect(FigureStyle(fontSize: 99).fontSize == 20)
  }

  @Test func journalFontSizesDoNotBreakTheLayout() {
    for size in [6.0, 9, 12] {
      var figure = SampleFigures.survival(["Resection", "Observation", "Chemoembolization"])
      figure.style = FigureStyle(fontSize: size, decimalMark: "·")
      #expect(figure.figure().textFaults() == [], "\(size)")
      figure.style = FigureStyle(fontFamily: "Times, serif", fontSize: size)
      #expect(figure.figure().textFaults() == [], "Times \(size)")
    }
  }
}
