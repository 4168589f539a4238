// The fitted model behind a nomogram: its linear predictor and what is predicted from it.

import Diagnostics
import Expressions
import Figures
import NumericalMethods
import Presentation
import Survival

struct NomogramSource: Sendable {
  let probe: DesignProbe
  let coefficients: [Double]
  /// Rows of the data set that the model was fitted to.
  let rows: [Int32]
  private let prediction: Prediction

  private enum Prediction: Sendable {
    /// The cumulative baseline hazard at each time.
    case survival([(time: Double, hazard: Double)], unit: String?)
    case probability(String)
  }

  init(_ analysis: CoxAnalysis, times: [Double], at range: SourceRange) throws(Diagnostic) {
    let frame = analysis.frame
    rows = frame.cases.rows
    probe = DesignProbe(dataSet: frame.dataSet, fitted: frame.design, base: rows.first ?? 0)
    coefficients = analysis.fit.coefficients
    guard frame.strata == nil, frame.offset == nil else {
      throw Self.unsuited("the model has strata or an offset", at: range)
    }
    guard analysis.fit.infinite.isEmpty else {
      throw Self.unsuited("the model has a coefficient without an estimate", at: range)
    }
    let baseline = analysis.fit.baselineHazard(centered: false).first
    prediction = .survival(
      times.compactMap { time in baseline?.cumulativeHazard(at: time).map { (time, $0) } },
      unit: frame.times.unit)
    try check(at: range)
  }

  init(_ analysis: GeneralizedLinearAnalysis, at range: SourceRange) throws(Diagnostic) {
    let frame = analysis.frame
    rows = frame.cases.rows
    probe = DesignProbe(dataSet: frame.dataSet, fitted: frame.design, base: rows.first ?? 0)
    coefficients = analysis.coefficients.shown.map { $0.estimate ?? .nan }
    guard frame.offset == nil else { throw Self.unsuited("the model has an offset", at: range) }
    guard !analysis.result.isSeparated else {
      throw Self.unsuited("the model has a coefficient without an estimate", at: range)
    }
    prediction = .probability("Probability, %")
    try check(at: range)
  }

  private func check(at range: SourceRange) throws(Diagnostic) {
    guard probe.isAdditive else { throw Self.unsuited("the model has interactions", at: range) }
  }

  private static func unsuited(_ reason: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .invalidOption, "\(reason): points of single variables do not add up", at: range,
      remedy: "fit a model of main effects, or report predictions with 'predict'")
  }

  func linearPredictor(_ row: [Double]) -> Double {
    zip(row, coefficients).reduce(0) { $0 + ($1.1.isNaN || $1.0 == 0 ? 0 : $1.0 * $1.1) }
  }

  /// Rulers of what is predicted, by total points; marks outside the totals are left out.
  func outcomes(_ nomogram: Nomogram, _ style: JournalStyle) -> [NomogramFigure.Ruler] {
    let shares = [99, 95, 90, 80, 70, 60, 50, 40, 30, 20, 10, 5, 1].map { Double($0) / 100 }
    func ruler(_ name: String, _ predictor: (Double) -> Double) -> NomogramFigure.Ruler {
      let marks = shares.compactMap { share -> NomogramFigure.Mark? in
        let total = nomogram.total(at: predictor(share))
        guard total.isFinite, total >= 0, total <= nomogram.highestTotal else { return nil }
        return NomogramFigure.Mark(
          NumberFormat.trimmed(share * 100, digits: 3, style: style.number), points: total)
      }
      return NomogramFigure.Ruler(name, marks: marks)
    }
    switch prediction {
    case .survival(let times, let unit):
      return times.map { time, hazard in
        return ruler("Survival at \(TimeText.words(time, unit: unit, style: style)), %") { share in
          Elementary.log(-Elementary.log(share) / hazard)
        }
      }
    case .probability(let name):
      return [ruler(name) { Elementary.log($0 / (1 - $0)) }]
    }
  }
}
