// Survival curves, forest plots and flow charts from invented data.

@testable import Figures

extension SampleFigures {
  static func survival(
    _ names: [String], axis: TimeAxis = months, longest: Double = 120, width: FigureWidth = .doubleColumn,
    hasTables: Bool = false, endsEarly: Bool = false, seed: UInt64 = 1
  ) -> SurvivalFigure {
    let ticks = axis.tickTimes(longest: longest, width: width)
    let groups = names.enumerated().map { index, name -> SurvivalFigure.Group in
      let share = endsEarly ? 1 / Double(index + 1) : 1
      let patients = SampleData.patients(
        60, mean: longest * (0.3 + 0.2 * Double(index)), followUp: longest * share,
        seed: seed + UInt64(index), resolution: 1000 / longest)
      var group = SampleData.group(name, patients, tableTimes: ticks, sparseBelow: 10)
      if !hasTables {
        group.riskTable = group.riskTable.map { .init(time: $0.time, atRisk: ($0.atRisk ?? 0) * 1000) }
      }
      return group
    }
    var figure = SurvivalFigure(
      id: "os", title: "Overall survival", groups: groups, timeAxis: axis, valueLabel: "Overall survival, %",
      annotations: ["Log-rank P < 0.001"], style: FigureStyle(width: width))
    figure.sparseBelow = 10
    return figure
  }

  static func forestRow(_ index: Int, _ name: String, series: Int) -> ForestFigure.Row {
    if index % 7 == 2 { return .init(name, kind: .heading, interactionP: index % 2 == 0 ? "0.03" : "<0.001") }
    if index % 7 == 3 {
      return .init(
        name, kind: .reference, indent: 1, cells: ["10,000", "312"],
        estimates: Array(repeating: .init(value: 1, text: "1 (reference)"), count: series))
    }
    let estimates = (0..<series).map { model -> ForestFigure.Estimate? in
      if (index + model) % 11 == 5 { return nil }
      if (index + model) % 9 == 4 { return .init(text: index % 2 == 0 ? "NE" : "withheld") }
      let value = 0.3 + 0.17 * Double((index * 5 + model) % 13)
      let spread = index % 8 == 6 ? 90.0 : 1.6
      return .init(
        value: value, lower: value / spread, upper: value * spread,
        text: "0.83 (0.51–\(index % 8 == 6 ? "74.70" : "1.33"))",
        pValue: index % 3 == 0 ? "<0.001" : "0.04")
    }
    return .init(name, indent: index % 7 > 2 ? 1 : 0, cells: ["\(index * 37)", "4"], estimates: estimates)
  }

  static func main() -> [(String, Figure)] {
    [
      ("survival-two", survival(["Resection", "Observation"], hasTables: true).figure()),
      (
        "survival-five-single",
        survival(FigureGridTests.names[1].prefix(5).map(\.self), width: .singleColumn).figure()
      ),
      ("survival-overall", survival([""]).figure()),
      ("survival-hazard", kind(.cumulativeHazard)), ("survival-loglog", kind(.logMinusLog)),
      ("survival-risk", kind(.risk)),
      ("forest", forest(1)), ("forest-models", forest(2)), ("flow", flow()),
    ]
  }

  static func kind(_ kind: SurvivalFigure.Kind) -> Figure {
    var figure = survival(["Resection", "Observation"])
    figure.kind = kind
    if kind == .cumulativeHazard {
      for index in figure.groups.indices {
        figure.groups[index].steps = figure.groups[index].steps.map {
          .init(
            time: $0.time, estimate: -naturalLogarithm(max($0.estimate, 0.01)),
            lower: -naturalLogarithm(max($0.upper ?? 1, 0.01)),
            upper: -naturalLogarithm(max($0.lower ?? 1, 0.01)))
        }
      }
    }
    figure.valueLabel =
      switch kind {
      case .survival: "Overall survival, %"
      case .risk: "Died, %"
      case .cumulativeHazard: "Cumulative hazard"
      case .logMinusLog: "log(−log survival)"
      }
    return figure.figure()
  }

  static func forest(_ series: Int) -> Figure {
    let labels = [
      "Age, per year", "Small intestine primary", "Treatment", "observation", "hepatic resection", "ablation",
    ]
    return ForestFigure(
      id: "prognosis", title: "Prognostic factors", labelHeading: "Variable", columns: ["N", "Deaths"],
      series: (0..<series).map { .init(name: ["Univariable", "Multivariable"][$0], heading: "HR (95% CI)") },
      rows: labels.enumerated().map { forestRow($0.offset, $0.element, series: series) },
      axisLabel: "Hazard ratio for death (95% CI)", favours: ("Lower risk", "Higher risk")
    ).figure()
  }

  static func flow() -> Figure {
    FlowFigure(
      id: "flow", title: "Patients",
      steps: [
        .init(
          "Registry", count: 939,
          exclusions: [.init("No liver metastases", count: 290), .init("Follow-up missing", count: 0)]),
        .init("Liver metastases", count: 649),
      ], branches: [.init("Resection", count: 58), .init("Observation", count: 591)]
    ).figure()
  }
}
