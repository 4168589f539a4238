// One figure of every kind from invented data, for the golden files.

@testable import Figures

enum SampleFigures {
  typealias Place = ScaledResidualFigure.Place

  static let months = TimeAxis(label: "Months since diagnosis", unit: .months)

  static func panels() -> [(String, Figure)] {
    [
      ("scaled-residual", scaledResiduals(1)), ("scaled-residual-4", scaledResiduals(4)),
      ("scaled-residual-6", scaledResiduals(6)), ("functional-form", effect()),
      ("martingale", martingale()), ("incidence", incidence(["": 1])),
      ("incidence-groups", incidence(["Observation": 1, "Resection": 0.6])),
      ("incidence-stacked", incidence(["Observation": 1, "Resection": 0.6], .stacked)),
    ]
  }

  static func scaledResiduals(_ count: Int) -> Figure {
    let names = [
      "Age", "Small intestine primary", "Hepatic resection", "Well differentiated",
      "Alkaline phosphatase within normal limit", "Chromogranin A within the normal limit of the laboratory",
    ]
    var generator = SampleGenerator(seed: 5)
    let panels = names.prefix(count).enumerated().map { index, name in
      residualPanel(name, Double(index) * 0.4 - 1, index == 2 ? 1.5 : 0, &generator)
    }
    return ScaledResidualFigure(
      id: "zph", title: "Effects over time", panels: panels, timeAxis: months, valueLabel: "Coefficient β(t)"
    ).figure()
  }

  private static func residualPanel(
    _ name: String, _ coefficient: Double, _ slope: Double, _ generator: inout SampleGenerator
  ) -> ScaledResidualFigure.Panel {
    var residuals: [Place] = []
    for _ in 0..<175 {
      let time = min(generator.exponential(mean: 40), 200)
      residuals.append(Place(x: time, y: coefficient + slope * time / 100 + generator.normal() * 3))
    }
    residuals.sort { $0.x < $1.x }
    let smooth = (0...40).map { step -> Place in
      let time = Double(step) * 5
      let value = coefficient + slope * time / 100
      let width = 0.4 + time / 150
      return Place(x: time, y: value, lower: value - width, upper: value + width)
    }
    return .init(name: name, residuals: residuals, smooth: smooth, coefficient: coefficient, note: "P = 0.31")
  }

  static func effect() -> Figure {
    var generator = SampleGenerator(seed: 6)
    let curve = (20...85).map { age -> Place in
      let distance = Double(age - 55) / 30
      let ratio = 1 + distance * distance
      let width = 1 + distance.magnitude / 2
      return Place(x: Double(age), y: ratio, lower: ratio / width, upper: ratio * width)
    }
    var rug: [Double] = []
    for _ in 0..<300 { rug.append(55 + 12 * generator.normal()) }
    let panel = FunctionalFormFigure.Panel(
      covariateLabel: "Age, years", curve: curve, rug: rug, note: "Non-linearity P = 0.002")
    return FunctionalFormFigure(
      id: "shape", title: "Age and hazard", panels: [panel], valueLabel: "Hazard ratio (55 years = 1)",
      isRatio: true
    ).figure()
  }

  static func martingale() -> Figure {
    var generator = SampleGenerator(seed: 7)
    var panels: [FunctionalFormFigure.Panel] = []
    for label in ["Age, years", "Alkaline phosphatase, U/L"] {
      var residuals: [Place] = []
      for _ in 0..<600 {
        residuals.append(Place(x: 55 + 12 * generator.normal(), y: 1 - generator.exponential(mean: 1)))
      }
      let curve = (20...85).map { age -> Place in
        let value = Double(age - 55) / 100
        return Place(x: Double(age), y: value, lower: value - 0.1, upper: value + 0.1)
      }
      panels.append(.init(covariateLabel: label, residuals: residuals, curve: curve))
    }
    return FunctionalFormFigure(
      id: "martingale", title: "Martingale residuals", panels: panels, valueLabel: "Martingale residual"
    ).figure()
  }

  static func incidence(
    _ groups: [String: Double], _ form: CumulativeIncidenceFigure.Form = .curves
  ) -> Figure {
    let ticks = months.tickTimes(longest: 120)
    var drawn: [CumulativeIncidenceFigure.Group] = []
    for (index, (name, rate)) in groups.sorted(by: { $0.key < $1.key }).enumerated() {
      var generator = SampleGenerator(seed: UInt64(index + 1))
      var relapse: [SurvivalFigure.Step] = []
      var death: [SurvivalFigure.Step] = []
      var (time, relapsed, died) = (0.0, 0.0, 0.0)
      for _ in 0..<110 {
        time += generator.exponential(mean: 1)
        if generator.uniform() < 0.6 {
          relapsed += 0.006 * rate
          relapse.append(.init(time: time, estimate: relapsed, lower: relapsed * 0.8, upper: relapsed * 1.2))
        } else {
          died += 0.004
          death.append(.init(time: time, estimate: died, lower: died * 0.75, upper: died * 1.25))
        }
      }
      drawn.append(
        .init(
          name: name,
          causes: [
            .init(name: "Relapse", steps: relapse), .init(name: "Death without relapse", steps: death),
          ],
          followUpEnd: time, riskTable: ticks.map { .init(time: $0, atRisk: max(0, 120 - $0)) }))
    }
    return CumulativeIncidenceFigure(
      id: "cif", title: "Relapse and death", form: form, groups: drawn, timeAxis: months,
      annotations: form == .curves ? ["Gray P = 0.02 (relapse)"] : []
    ).figure()
  }
}
