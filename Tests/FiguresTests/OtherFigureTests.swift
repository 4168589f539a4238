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

  /// The colour tells the group and the dash the cause, in the curves, in the key and beside the numbers.
  @Test func incidenceOfSeveralCausesAndGroups() {
    func group(_ name: String, sparseFrom: Double?) -> CumulativeIncidenceFigure.Group {
      var group = CumulativeIncidenceFigure.Group(
        name: name,
        causes: ["Relapse", "Death"].enumerated().map { index, cause in
          .init(
            name: cause, steps: [.init(time: 2, estimate: 0.1 + 0.3 * Double(index))],
            events: [.init(time: 0, atRisk: nil, cumulativeEvents: Double(index + 3))])
        }, followUpEnd: 10,
        riskTable: [.init(time: 0, atRisk: 50, cumulativeCensored: 0, cumulativeEvents: 7)])
      group.sparseFrom = sparseFrom
      return group
    }
    var figure = CumulativeIncidenceFigure(
      id: "c", title: "c", groups: [group("Women", sparseFrom: 6), group("Men", sparseFrom: nil)],
      timeAxis: TimeAxis(label: "Years", unit: .years))
    figure.sparseBelow = 10
    let looks = figure.plot().curves.map(\.look)
    #expect(looks[0].line == looks[1].line && looks[0].line != looks[2].line)
    #expect(looks[0].dash == looks[2].dash && looks[0].dash != looks[1].dash)
    #expect(
      figure.plot().table.map(\.heading).suffix(2) == ["No. of events: Relapse", "No. of events: Death"])
    #expect(figure.plot().keyEntries.map(\.name) == ["Women", "Men", "Relapse", "Death"])
    #expect(figure.plot().curves.map(\.faintFrom) == [6, 6, nil, nil])
    #expect(figure.figure().svg.contains("Thin line: fewer than 10 at risk"))
    #expect(figure.description.contains("Women: fewer than 10 at risk from 6.0"))
    figure.form = .stacked
    #expect(figure.figure().svg.contains("Pale: fewer than 10 at risk"))
  }

  @Test func stackedAreasAddUp() {
    let svg = SampleFigures.incidence(["": 1], .stacked).svg
    #expect(svg.contains("Event-free"))
    #expect(svg.contains("-observation") == false)
  }

  /// As `plot.cox.zph`: even on the scale of the test, ticks where the times stand, no point left out.
  @Test func residualsLieWhereTheTestSeesThem() throws {
    let times: [Double] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 999]
    let places = times.indices.map { Double($0) / 10 }
    let scale = try #require(TransformedTimeScale(times: times, places: places))
    #expect(scale.place(of: 24) == 0.45)
    #expect(scale.time(at: 0.45) == 24)
    #expect(scale.place(of: 0) == 0 && scale.place(of: 5000) == 1)
    let axis = scale.axis(TimeAxis(label: "Days", unit: .days), count: 5, style: FigureStyle())
    #expect(axis.ticks.map(\.label) == ["2", "8", "30", "100", "500"])
    #expect(zip(axis.ticks, axis.ticks.dropFirst()).allSatisfy { $1.value - $0.value > 0.15 })
    #expect(TransformedTimeScale(times: [1, 2], places: [3, 3]) == nil)
    let residuals = zip(places, times.indices).map { Place(x: $0, y: $1 == 3 ? 90 : Double($1)) }
    var figure = ScaledResidualFigure(
      id: "z", title: "z", panels: [.init(name: "x", residuals: residuals, smooth: [], coefficient: nil)],
      timeAxis: TimeAxis(label: "Days", unit: .days))
    figure.timeScale = scale
    #expect(figure.figure().svg.count { $0 == "M" } >= times.count)
  }

  /// The axis reaches every patient's mark and the whole band.
  @Test func effectsShowEveryPatientAndTheWholeBand() {
    let panel = FunctionalFormFigure.Panel(
      covariateLabel: "Age",
      curve: [Place(x: 40, y: 1, lower: 0.1, upper: 9), Place(x: 72, y: 2, lower: 1, upper: 4)],
      rug: [35, 40, 72, 81])
    let svg = FunctionalFormFigure(
      id: "f", title: "f", panels: [panel], valueLabel: "HR", isRatio: true
    ).figure().svg
    #expect(svg.count { $0 == "v" } >= 4)
    #expect(svg.contains(">0.1</text>") || svg.contains(">0.05</text>"))
    #expect(svg.contains(">10</text>"))
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
