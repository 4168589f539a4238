// Measures of prediction of one model on one set of rows: values and table.

import Expressions
import Presentation
import Survival

struct PredictionPerformance: Sendable {
  let evaluated: EvaluatedModel
  let times: [Double]
  let level: Double
  let concordance: Concordance
  let unoConcordance: Concordance
  let areas: [TimeDependentAUC]
  let scores: [BrierScore]
  let calibrations: [SurvivalCalibration]
  let integrated: (score: Double, reference: Double)?
  /// Of the linear predictor in a model of its own; `nil` where it could not be fitted.
  let slope: CoxCoefficient?

  init(_ evaluated: EvaluatedModel, times: [Double], groupCount: Int, level: Double) throws {
    self.evaluated = evaluated
    self.times = times
    self.level = level
    let (outcome, score) = (evaluated.outcome, evaluated.linearPredictor)
    let threads = evaluated.predictor.threads
    var harrell = ConcordanceOptions()
    harrell.threads = threads
    concordance = try Concordance.of(score, outcome: outcome, options: harrell)
    var uno = harrell
    uno.timeWeight = .inverseCensoringSquared
    uno.maximumTime = times.max()
    unoConcordance = try Concordance.of(score, outcome: outcome, options: uno)
    areas = try TimeDependentAUC.estimate(score, outcome: outcome, times: times)
    var (scores, calibrations) = ([BrierScore](), [SurvivalCalibration]())
    for time in times {
      let survival = evaluated.predictor.survival(at: time)
      scores.append(try BrierScore.estimate(survival, outcome: outcome, time: time))
      calibrations.append(
        try SurvivalCalibration.estimate(
          survival, outcome: outcome, time: time, groupCount: groupCount, confidenceLevel: level,
          threads: threads))
    }
    (self.scores, self.calibrations) = (scores, calibrations)
    integrated = try BrierScore.integrated(
      outcome: outcome, upTo: times.max() ?? 0, predictor: evaluated.predictor)
    var options = CoxOptions()
    options.confidenceLevel = level
    options.threads = threads
    let design = try CoxDesign([("linear predictor", score)], rowCount: score.count)
    let refit = try? CoxModel.fit(outcome: outcome, covariates: design, options: options)
    slope = refit?.coefficientTable.first.flatMap { $0.status == .estimated ? $0 : nil }
  }

  private func estimate(_ value: Concordance) -> Estimate {
    Estimate(value.estimate, value.confidenceInterval(level: level), level: level)
  }

  private func area(_ index: Int) -> Estimate {
    Estimate(areas[index].estimate, areas[index].confidenceInterval(level: level), level: level)
  }

  private func observed(_ calibration: SurvivalCalibration) -> Estimate {
    Estimate(calibration.observed, calibration.confidenceInterval, level: level)
  }

  private var slopeEstimate: Estimate {
    guard let slope else { return .notEstimable }
    return Estimate(slope.coefficient, slope.confidenceInterval, level: level)
  }

  private func known(_ value: Double?) -> Quantity { Quantity(value, otherwise: .notEstimable) }

  // MARK: Values

  func addValues(to values: inout ResultValues) {
    values.add(".n", count: evaluated.cases.rows.count)
    values.add(".missing", count: evaluated.cases.excludedCount)
    values.add(".events", count: evaluated.outcome.event.count { $0 != 0 })
    for (path, value) in [(".concordance", concordance), (".uno_concordance", unoConcordance)] {
      values.add(path, estimate(value), .proportion)
      values.add(path + ".se", known(value.standardError), .proportion)
    }
    values.add(".calibration_slope", slopeEstimate, .coefficient)
    values.add(".calibration_slope.se", known(slope?.standardError), .coefficient)
    values.add(".integrated_brier", known(integrated?.score), ValueFormat(.proportion, digits: 3))
    values.add(
      ".integrated_brier.reference", known(integrated?.reference), ValueFormat(.proportion, digits: 3))
    for (index, time) in times.enumerated() {
      addValues(at: ".at(\(ShortestNumber.text(time)))", index, to: &values)
    }
  }

  private func addValues(at path: String, _ index: Int, to values: inout ResultValues) {
    let three = ValueFormat(.proportion, digits: 3)
    values.add(path + ".auc", area(index), .proportion)
    values.add(path + ".auc.se", known(areas[index].standardError), .proportion)
    let score = scores[index]
    values.add(path + ".brier", known(score.estimate), three)
    values.add(path + ".brier.se", known(score.standardError), three)
    values.add(path + ".reference_brier", known(score.reference), three)
    values.add(path + ".scaled_brier", known(score.scaled), .proportion)
    let calibration = calibrations[index]
    values.add(path + ".predicted_risk", calibration.meanPredicted, .proportion)
    values.add(path + ".observed_risk", observed(calibration), .proportion)
    values.add(path + ".observed_expected", known(calibration.observedOverExpected), .ratio)
    values.add(path + ".ici", known(calibration.smooth?.meanDistance), three)
    values.add(path + ".e50", known(calibration.smooth?.medianDistance), three)
    values.add(path + ".e90", known(calibration.smooth?.ninetiethPercentile), three)
    for (number, group) in calibration.groups.enumerated() {
      let name = path + ".group(\(number + 1))"
      values.add(name + ".n", count: group.rowCount)
      values.add(name + ".predicted", group.predicted, .proportion)
      values.add(
        name + ".observed", Estimate(group.observed, group.confidenceInterval, level: level), .proportion)
    }
  }

  // MARK: Table

  func table(caption: String, model: String, style: JournalStyle) -> Table {
    let interval = IntervalWording.name(level: level, style: style.number)
    func words(_ time: Double) -> String { TimeText.words(time, unit: evaluated.times.unit, style: style) }
    let three = ValueFormat(.proportion, digits: 3)
    var body: [TableRow] = []
    // What holds for no single time has a column of its own, lest it should seem to be of the first.
    let overall: [TableCell] = times.count > 1 ? [.empty] : []
    func row(_ label: String, _ cell: (Int) -> TableCell) {
      body.append(TableRow([.text(label)] + overall + times.indices.map(cell)))
    }
    func once(_ label: String, _ cell: TableCell) { body.append(TableRow([.text(label), cell])) }
    once("Harrell's C (\(interval))", .estimate(estimate(concordance), three))
    once(
      "Uno's C to \(times.max().map(words) ?? "") (\(interval))", .estimate(estimate(unoConcordance), three))
    row("AUC (\(interval))") { .estimate(area($0), three) }
    row("Brier score") { .quantity(known(scores[$0].estimate), three) }
    row("Brier score, Kaplan–Meier") { .quantity(known(scores[$0].reference), three) }
    row("Scaled Brier score, %") {
      .quantity(known(scores[$0].scaled), ValueFormat(.proportion, digits: 1, asPercent: true))
    }
    once(
      "Integrated Brier score to \(times.max().map(words) ?? "")", .quantity(known(integrated?.score), three))
    row("Predicted risk, %") {
      .quantity(
        Quantity(calibrations[$0].meanPredicted), ValueFormat(.proportion, digits: 1, asPercent: true))
    }
    row("Observed risk, % (\(interval))") {
      .estimate(observed(calibrations[$0]), ValueFormat(.proportion, digits: 1, asPercent: true))
    }
    row("Observed / expected") { .quantity(known(calibrations[$0].observedOverExpected), .ratio) }
    row("Integrated calibration index") { .quantity(known(calibrations[$0].smooth?.meanDistance), three) }
    once("Calibration slope (\(interval))", .estimate(slopeEstimate, ValueFormat(.coefficient, digits: 2)))
    func count(_ value: Int) -> String { style.text(Quantity(value), .count) }
    var notes = [
      "model \(model)" + (evaluated.isExternal ? " on \(evaluated.dataSet.id)" : ""),
      "\(count(evaluated.cases.rows.count)) rows, \(count(evaluated.outcome.event.count { $0 != 0 })) events",
      "censoring by weights 1/G, G by Kaplan–Meier", "observed risk 1 − Kaplan–Meier",
    ]
    if !evaluated.isExternal { notes.append("on the rows of the fit, and therefore optimistic") }
    if let excluded = evaluated.cases.note(count: count) { notes.append(excluded) }
    return Table(
      caption: caption,
      columns: [TableColumn("Measure", alignment: .left)]
        + (overall.isEmpty ? [] : [TableColumn("Overall")]) + times.map { TableColumn(words($0)) },
      rows: body, notes: notes)
  }
}
