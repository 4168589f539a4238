// Invented figures of prediction, balance and description.

@testable import Figures

extension SampleFigures {
  static func others() -> [(String, Figure)] {
    [
      ("roc", roc()), ("calibration", calibration()), ("time-dependent-auc", timeDependentAUC()),
      ("balance", balance()), ("swimmer", swimmer()), ("histogram", histogram()), ("boxes", boxes()),
      ("nomogram", nomogram()),
    ]
  }

  static func roc() -> Figure {
    func curve(_ name: String, _ power: Double, _ detail: String) -> ROCFigure.Curve {
      let points = (0...60).map { step -> (falsePositive: Double, sensitivity: Double) in
        let x = Double(step) / 60
        var rest = 1.0
        for _ in 0..<Int(power) { rest *= 1 - x }
        return (x, 1 - rest)
      }
      return .init(name: name, detail: detail, points: points, cutPoint: points[10])
    }
    return ROCFigure(
      id: "roc", title: "Discrimination",
      curves: [curve("S100B", 2, "AUC 0.73 (0.63–0.83)"), curve("NDKA", 4, "AUC 0.81 (0.72–0.90)")],
      annotations: ["DeLong P = 0.03"]
    ).figure()
  }

  static func calibration() -> Figure {
    var generator = SampleGenerator(seed: 8)
    var predictions: [Double] = []
    for _ in 0..<500 { predictions.append(generator.uniform() * generator.uniform()) }
    let groups = (1...8).map { step -> CalibrationFigure.Group in
      let predicted = Double(step) / 10
      let observed = predicted * 0.9 + 0.06
      return .init(predicted: predicted, observed: observed, lower: observed - 0.09, upper: observed + 0.09)
    }
    let smooth = (2...85).map { step -> Place in
      let x = Double(step) / 100
      return Place(x: x, y: 0.9 * x + 0.05, lower: 0.9 * x, upper: 0.9 * x + 0.1)
    }
    return CalibrationFigure(
      id: "calibration", title: "Calibration at 5 years", groups: groups, smooth: smooth,
      predictions: predictions, annotations: ["Slope 0.90 (0.71–1.09)", "Brier score 0.162"]
    ).figure()
  }

  static func timeDependentAUC() -> Figure {
    func score(_ name: String, _ level: Double) -> TimeDependentAUCFigure.Score {
      .init(
        name: name,
        points: (1...20).map { step in
          let value = level - Double(step) * 0.004
          return Place(x: Double(step) * 6, y: value, lower: value - 0.05, upper: value + 0.05)
        })
    }
    return TimeDependentAUCFigure(
      id: "auc", title: "Discrimination over time", scores: [score("Full model", 0.84), score("Age", 0.66)],
      timeAxis: months
    ).figure()
  }

  static func balance() -> Figure {
    let rows: [BalanceFigure.Row] = [
      .init("Age", differences: [0.42, 0.03]), .init("Female", differences: [-0.18, -0.02]),
      .init("Primary site", differences: []),
      .init("small intestine", indent: 1, differences: [0.31, 0.06]),
      .init("pancreas", indent: 1, differences: [-0.22, -0.11]),
      .init("unknown", indent: 1, differences: [nil, 0.01]),
      .init("Chromogranin A within normal limit", differences: [0.11, 0.02]),
    ]
    return BalanceFigure(
      id: "balance", title: "Balance", stages: ["Before weighting", "After weighting"], rows: rows
    ).figure()
  }

  static func swimmer() -> Figure {
    var generator = SampleGenerator(seed: 9)
    let lanes = (1...14).map { index -> SwimmerFigure.Lane in
      let change = 3 + 12 * generator.uniform()
      let end = change + 30 * generator.uniform()
      let isOngoing = index % 3 == 0
      return .init(
        label: "\(index)",
        phases: [.init("Induction", from: 0, to: change), .init("Maintenance", from: change, to: end)],
        events: [.init("Response", at: change * 0.6)] + (isOngoing ? [] : [.init("Death", at: end)]),
        isOngoing: isOngoing)
    }
    return SwimmerFigure(
      id: "swimmer", title: "Courses", phaseNames: ["Induction", "Maintenance"],
      eventNames: ["Death", "Response"], lanes: lanes, timeAxis: months
    ).figure()
  }

  private static func normals(_ count: Int, _ mean: Double, _ seed: UInt64) -> [Double] {
    var generator = SampleGenerator(seed: seed)
    return (0..<count).map { _ in mean + 12 * generator.normal() }
  }

  static func histogram() -> Figure {
    let groups = ["Resection", "Observation"].enumerated().map { index, name -> DistributionFigure.Group in
      let values = normals(200, 55 + Double(index) * 8, UInt64(index + 3))
      let bins = stride(from: 15.0, to: 100, by: 5).map { lower in
        DistributionFigure.Bin(
          lower: lower, upper: lower + 5, count: Double(values.count { $0 >= lower && $0 < lower + 5 }))
      }
      return .init(name: name, detail: "n = 200", content: .histogram(bins))
    }
    return DistributionFigure(id: "age", title: "Age", groups: groups, valueLabel: "Age, years").figure()
  }

  static func boxes() -> Figure {
    let names = ["hepatic resection", "radiofrequency ablation", "observation"]
    let groups = names.enumerated().map { index, name -> DistributionFigure.Group in
      let values = normals(60 + 40 * index, 50 + Double(index) * 6, UInt64(index + 3)).sorted()
      func at(_ share: Double) -> Double { values[Int(share * Double(values.count - 1))] }
      let box = DistributionFigure.Box(
        lowerWhisker: at(0.02), lowerQuartile: at(0.25), median: at(0.5), upperQuartile: at(0.75),
        upperWhisker: at(0.98))
      return .init(name: name, detail: "n = \(values.count)", content: .box(box, points: values))
    }
    return DistributionFigure(id: "age", title: "Age", groups: groups, valueLabel: "Age, years").figure()
  }

  static func nomogram() -> Figure {
    let ages = stride(from: 20.0, through: 90, by: 10).map {
      NomogramFigure.Mark("\(Int($0))", points: ($0 - 20) / 70 * 100)
    }
    let survival = [95, 90, 80, 70, 60, 50, 40, 30, 20, 10, 5].enumerated().map {
      NomogramFigure.Mark("\($0.element)", points: 20 + Double($0.offset) * 18)
    }
    return NomogramFigure(
      id: "nomogram", title: "Nomogram",
      variables: [
        .init("Age, years", marks: ages),
        .init("Resection", marks: [.init("yes", points: 0), .init("no", points: 58)]),
        .init("Small intestine primary", marks: [.init("yes", points: 0), .init("no", points: 4)]),
      ],
      highestTotal: 240,
      outcomes: [.init("5-year survival, %", marks: survival)]
    ).figure()
  }
}
