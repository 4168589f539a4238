// Every kind of figure with any names, numbers of groups and widths, for the overlap check.

@testable import Figures

extension SampleFigures {
  /// The figures that take names of groups, besides survival, forest and flow, which have grids of their own.
  static func named(_ names: [String], axis: TimeAxis, longest: Double, width: FigureWidth) -> [(
    String, Figure
  )] {
    let style = FigureStyle(width: width)
    func step(_ index: Int) -> Double { longest * Double(index) / 20 }
    func steps(_ height: Double) -> [SurvivalFigure.Step] {
      (1...18).map { .init(time: step($0), estimate: height * Double($0) / 20) }
    }
    let ticks = axis.tickTimes(longest: longest, width: width)
    let table = ticks.map { time in
      SurvivalFigure.RiskTableRow(
        time: time, atRisk: 12_345, cumulativeCensored: 678, cumulativeEvents: 90)
    }
    let incidence = names.enumerated().map { index, name in
      CumulativeIncidenceFigure.Group(
        name: name,
        causes: [.init(name: names[0], steps: steps(0.4)), .init(name: "Other", steps: steps(0.2))],
        followUpEnd: longest / Double(index % 3 + 1), riskTable: table)
    }
    func forms(_ form: CumulativeIncidenceFigure.Form) -> Figure {
      CumulativeIncidenceFigure(
        id: "cif", title: "Incidence", form: form, groups: incidence, timeAxis: axis,
        annotations: ["Gray P = 0.02"], style: style
      ).figure()
    }
    let places = (0...20).map { Place(x: step($0), y: 0.6 + 0.01 * Double($0), lower: 0.5, upper: 0.9) }
    let roc = names.map { name in
      ROCFigure.Curve(name: name, detail: "AUC 0.731 (0.630–0.833)", points: [(0, 0), (0.3, 0.7), (1, 1)])
    }
    return [
      ("incidence", forms(.curves)), ("stacked", forms(.stacked)),
      (
        "roc",
        ROCFigure(id: "r", title: "ROC", curves: roc, annotations: ["DeLong P = 0.03"], style: style).figure()
      ),
      (
        "auc",
        TimeDependentAUCFigure(
          id: "a", title: "AUC", scores: names.map { .init(name: $0, points: places) }, timeAxis: axis,
          style: style
        ).figure()
      ),
      ("residuals", residualPanels(names, axis, longest, style)), ("form", formPanels(names, style)),
      ("balance", balancePlot(names, style)), ("swimmer", lanes(names, axis, longest, style)),
      ("boxes", distribution(names, style, isHistogram: false)),
      ("histogram", distribution(names, style, isHistogram: true)), ("nomogram", rulers(names, style)),
    ]
  }

  private static func residualPanels(
    _ names: [String], _ axis: TimeAxis, _ longest: Double, _ style: FigureStyle
  ) -> Figure {
    let places = (0...20).map { Place(x: longest * Double($0) / 20, y: Double($0 % 5) - 2) }
    return ScaledResidualFigure(
      id: "z", title: "Residuals",
      panels: names.map {
        .init(name: $0, residuals: places, smooth: places, coefficient: 0.3, note: "P = 0.31")
      }, timeAxis: axis, valueLabel: "Coefficient β(t)", style: style
    ).figure()
  }

  private static func formPanels(_ names: [String], _ style: FigureStyle) -> Figure {
    let curve = (20...80).map { age -> Place in
      let ratio = 0.5 + Double(age) / 50
      return Place(x: Double(age), y: ratio, lower: ratio / 2, upper: ratio * 2)
    }
    return FunctionalFormFigure(
      id: "f", title: "Form",
      panels: names.map {
        .init(covariateLabel: $0, curve: curve, rug: [30, 40, 50], note: "Non-linearity P = 0.002")
      },
      valueLabel: "Hazard ratio (95% CI)", isRatio: true, style: style
    ).figure()
  }

  private static func balancePlot(_ names: [String], _ style: FigureStyle) -> Figure {
    BalanceFigure(
      id: "b", title: "Balance", stages: ["Before weighting", names[0]],
      rows: names.enumerated().map { index, name in
        .init(name, indent: index % 2, differences: index % 4 == 2 ? [] : [0.4, -0.02])
      }, style: style
    ).figure()
  }

  private static func lanes(
    _ names: [String], _ axis: TimeAxis, _ longest: Double, _ style: FigureStyle
  ) -> Figure {
    SwimmerFigure(
      id: "s", title: "Courses", phaseNames: names, eventNames: names,
      lanes: names.enumerated().map { index, name in
        .init(
          label: name, phases: [.init(name, from: 0, to: longest / Double(index + 1))],
          events: [.init(name, at: longest / Double(index + 2))], isOngoing: index % 2 == 0)
      }, timeAxis: axis, style: style
    ).figure()
  }

  private static func distribution(_ names: [String], _ style: FigureStyle, isHistogram: Bool) -> Figure {
    let box = DistributionFigure.Box(
      lowerWhisker: -1234.5, lowerQuartile: 0, median: 10, upperQuartile: 500, upperWhisker: 98_765)
    return DistributionFigure(
      id: "d", title: "Distribution",
      groups: names.map { name in
        .init(
          name: name, detail: "n = 1,234, 56 missing",
          content: isHistogram
            ? .histogram([
              .init(lower: 0, upper: 50_000, count: 12_345), .init(lower: 50_000, upper: 1e5, count: 3),
            ])
            : .box(box, points: [0, 0, 0, 1, 2, 98_765]))
      }, valueLabel: names.last ?? "", style: style
    ).figure()
  }

  private static func rulers(_ names: [String], _ style: FigureStyle) -> Figure {
    NomogramFigure(
      id: "n", title: "Nomogram",
      variables: names.enumerated().map { index, name in
        .init(
          name,
          marks: names.enumerated().map {
            .init($0.element, points: Double(($0.offset * 17 + index * 5) % 101))
          })
      }, highestTotal: 300,
      outcomes: [
        .init("Survival at 60 months, %", marks: (0...20).map { .init("\($0 * 5)", points: Double($0) * 14) })
      ],
      style: style
    ).figure()
  }

  static func unnamed(width: FigureWidth) -> [(String, Figure)] {
    let style = FigureStyle(width: width)
    let groups = (1...10).map {
      CalibrationFigure.Group(predicted: Double($0) / 11, observed: Double($0) / 12)
    }
    return [
      (
        "calibration",
        CalibrationFigure(
          id: "c", title: "Calibration", groups: groups,
          annotations: ["Slope 0.90 (0.71–1.09)", "Intercept −0.10 (−0.31 to 0.11)", "Brier score 0.162"],
          style: style
        ).figure()
      )
    ]
  }
}
