// Hazard ratios along a covariate of a Cox model.

import Figures
import NumericalMethods
import Presentation
import Survival

struct EffectShape {
  let analysis: CoxAnalysis
  let probe: DesignProbe

  /// The hazard at each place against the hazard at `reference`.
  func ratios(
    _ variable: DesignProbe.Variable, at places: [Double], reference: Double
  ) throws -> [Estimate] {
    guard !places.isEmpty else { return [] }
    let rows = try probe.rows(of: variable, numbers: [reference] + places)
    guard let zero = rows.first else { return [] }
    let fit = analysis.fit
    let level = analysis.confidenceLevel
    let critical = NormalDistribution.criticalValue(confidenceLevel: level)
    return rows.dropFirst().map { row in
      let difference = zip(row, zero).map { $0 - $1 }
      guard difference.count == fit.coefficients.count, difference.allSatisfy(\.isFinite) else {
        return .notEstimable
      }
      let used = difference.indices.filter { difference[$0] != 0 }
      if used.contains(where: fit.infinite.contains) { return .withheld }
      let log = used.reduce(0.0) { $0 + difference[$1] * fit.coefficients[$1] }
      let error = max(fit.variance.quadraticForm(difference), 0).squareRoot()
      return Estimate(
        Elementary.exp(log), lower: Elementary.exp(log - critical * error),
        upper: Elementary.exp(log + critical * error), level: level)
    }
  }

  /// The Wald test that the effect is a straight line; `nil` for terms of which it cannot be asked.
  func nonlinearity(_ variable: DesignProbe.Variable) -> TestStatistic? {
    analysis.fit.nonlinearityTest(probe.fitted.terms[variable.term])
  }

  func panel(
    _ variable: DesignProbe.Variable, sample: [Double], reference: Double, note: String,
    _ style: JournalStyle
  ) throws -> FunctionalFormFigure.Panel {
    let (low, high) = sample.drawnRange
    let steps = 80
    let places =
      high > low ? (0...steps).map { low + (high - low) * Double($0) / Double(steps) } : [low]
    let curve = zip(places, try ratios(variable, at: places, reference: reference)).compactMap {
      place, ratio -> ScaledResidualFigure.Place? in
      guard let value = ratio.value.number else { return nil }
      return ScaledResidualFigure.Place(
        x: place, y: value, lower: ratio.lower.number, upper: ratio.upper.number)
    }
    let words = "HR 1 at " + NumberFormat.trimmed(reference, digits: 4, style: style.number)
    return FunctionalFormFigure.Panel(
      covariateLabel: variable.label, curve: curve, rug: sample,
      note: note.isEmpty ? words : "\(words); \(note)")
  }
}
