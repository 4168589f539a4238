// What a Cox model predicts for patients that the author describes.

import Expressions
import NumericalMethods
import Presentation
import Survival

/// Linear predictors and survival of new rows.
struct CoxPredictions {
  let analysis: CoxAnalysis
  let rows: PredictionRows
  let times: [Double]
  let transform: ConfidenceTransform

  func add(to values: inout ResultValues, style: JournalStyle) throws -> OutputBlock {
    let (frame, fit) = (analysis.frame, analysis.fit)
    let (predictors, curves) = try frame.roles.translating {
      let covariates = try CoxFrame.covariates(rows.design)
      return (
        try fit.linearPredictor(of: covariates, offset: rows.offset),
        try fit.predictedSurvival(
          covariates, strata: rows.strata, offset: rows.offset, transform: transform)
      )
    }
    // Nothing that rests on a coefficient without an estimate is shown.
    let withheld: [Bool] = rows.words.indices.map { row in
      let x = rows.values(row)
      return fit.infinite.contains { x.indices.contains($0) && x[$0] != 0 }
    }
    let first = predictors.first?.value ?? 0
    var body: [TableRow] = []
    for (index, curve) in curves.enumerated() where predictors.indices.contains(index) {
      let path = ".prediction(\(index + 1))"
      func shown(_ value: Double?) -> Quantity {
        withheld[index] ? .withheld : Quantity(value, otherwise: .notEstimable)
      }
      let difference = predictors[index].value - first
      values.add(path + ".linear_predictor", shown(predictors[index].value), .coefficient)
      values.add(path + ".linear_predictor.se", shown(predictors[index].standardError), .coefficient)
      values.add(path + ".difference", withheld[0] ? .withheld : shown(difference), .coefficient)
      var cells: [TableCell] = [
        .text(rows.words[index]),
        .pair(
          shown(predictors[index].value),
          withheld[index] ? .missing : shown(predictors[index].standardError), .coefficient),
        index == 0
          ? .reference
          : .quantity(
            withheld[0] || withheld[index] ? .withheld : Quantity(Elementary.exp(difference)), .ratio),
      ]
      for time in times {
        let point = curve.at(time)
        let estimate = withheld[index] ? Estimate.withheld : estimate(point)
        let name = path + ".at(\(ShortestNumber.text(time))).survival"
        values.add(name, estimate, .proportion)
        values.add(name + ".se", shown(point?.standardError), .proportion)
        cells.append(.estimate(estimate, .percentage))
      }
      body.append(TableRow(cells))
    }
    let interval = IntervalWording.name(level: analysis.confidenceLevel, style: style.number)
    let headings =
      ["x'β (SE)", "HR"]
      + times.map { "\(TimeText.words($0, unit: frame.times.unit, style: style)), % (\(interval))" }
    var notes = ["from the model \(analysis.id)", "HR against the first patient"]
    if !times.isEmpty { notes.append("\(interval) of survival \(transform.words)") }
    return PredictionRows.table(
      body, caption: times.isEmpty ? "Predicted hazard" : "Predicted survival", headings: headings,
      notes: notes)
  }

  private func estimate(_ point: PredictedProbability?) -> Estimate {
    guard let point else { return .notEstimable }
    return Estimate(
      Quantity(point.survival), lower: Quantity(point.confidenceInterval.lower, otherwise: .notEstimable),
      upper: Quantity(point.confidenceInterval.upper, otherwise: .notEstimable),
      level: analysis.confidenceLevel)
  }
}
