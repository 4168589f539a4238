// A fitted Cox model with what it was fitted to: its named results and its warnings.

import Diagnostics
import Expressions
import ModelFormula
import Presentation
import Survival

/// A Cox model as other directives find it.
struct CoxAnalysis: Sendable {
  let id: String
  let frame: CoxFrame
  let fit: CoxFit
  let rows: ModelRows
  var univariable: [Univariable]
  let confidenceLevel: Double
  /// Odds, where everybody shares one time.
  var measure = EffectMeasure.hazard

  /// The model of one term alone.
  struct Univariable: Sendable {
    let term: String
    let frame: CoxFrame
    let fit: CoxFit
    let rows: ModelRows

    init(term: String, frame: CoxFrame, fit: CoxFit) {
      (self.term, self.frame, self.fit) = (term, frame, fit)
      rows = ModelRows(frame.design, dataSet: frame.dataSet)
    }
  }

  func addValues(to values: inout ResultValues) {
    values.add(".n", count: frame.cases.rows.count)
    values.add(".missing", count: frame.cases.excludedCount)
    values.add(".events", count: fit.eventCount)
    if let patients = frame.patients { values.add(".patients", count: patients.count()) }
    addModel(fit, frame, rows, at: "", to: &values)
    addFit(to: &values)
    for model in univariable {
      addModel(model.fit, model.frame, model.rows, at: ".univariable", to: &values)
    }
  }

  private func addFit(to values: inout ResultValues) {
    let parameters = max(fit.degreesOfFreedom, 1)
    values.add(".events_per_parameter", Double(fit.eventCount) / Double(parameters), .number)
    values.add(".log_likelihood", fit.logLikelihood, .statistic)
    values.add(".null_log_likelihood", fit.nullLogLikelihood, .statistic)
    values.add(".aic", fit.aic, .statistic)
    values.add(".bic", fit.bic, .statistic)
    values.add(".iterations", count: fit.convergence.iterations)
    let tests = [
      (".likelihood_ratio", fit.likelihoodRatioTest), (".wald", fit.waldTest), (".score", fit.scoreTest),
      (".robust_score", fit.robustScoreTest),
    ]
    for (name, test) in tests {
      guard let test else { continue }
      values.add(
        name, statistic: test.statistic, degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue)
    }
    if let concordance = try? fit.concordance() {
      let interval = concordance.confidenceInterval(level: confidenceLevel)
      values.add(
        ".concordance",
        Estimate(
          Quantity(concordance.estimate, otherwise: .notEstimable),
          lower: Quantity(interval.lower, otherwise: .notEstimable),
          upper: Quantity(interval.upper, otherwise: .notEstimable), level: confidenceLevel), .proportion)
      values.add(
        ".concordance.se", Quantity(concordance.standardError, otherwise: .notEstimable), .proportion)
    }
  }

  /// The values of one model's coefficients, lines and terms under `path`.
  private func addModel(
    _ fit: CoxFit, _ frame: CoxFrame, _ rows: ModelRows, at path: String, to values: inout ResultValues
  ) {
    rows.addValues(
      fit.coefficientTable.map { ModelCoefficient($0, level: confidenceLevel) }, of: measure, at: path,
      tests: frame.design.named(frame.design.termTests { fit.waldTest(columns: $0) }), to: &values
    ) { frame.counts(of: $0) }
    frame.design.addCurvature(at: path, to: &values) { fit.waldTest(columns: $0, along: $1) }
  }

  // MARK: Warnings

  func warnings(at range: SourceRange) -> [Diagnostic] {
    var warnings = frame.times.warnings + frame.model.diagnostics + frame.design.diagnostics
    let repeated = frame.patients?.warning(
      entry: frame.outcome.entry, time: Array(frame.outcome.time), event: frame.outcome.event,
      isClustered: frame.clusters != nil,
      takesClusters: true, at: range)
    if let repeated { warnings.append(repeated) }
    let columns = frame.design.columns
    func list(_ positions: [Int]) -> String {
      frame.design.named(positions) {
        ModelRows.label(of: columns[$0], in: frame.design, dataSet: frame.dataSet)
      }
    }
    func place(_ column: Int?) -> SourceRange {
      guard let column, frame.design.columns.indices.contains(column),
        let term = frame.design.columns[column].origin.term, frame.design.terms.indices.contains(term)
      else { return range }
      return frame.design.terms[term].range
    }
    if !fit.aliased.isEmpty {
      warnings.append(
        Diagnostic(
          .warning, .aliased,
          ModelWarnings.aliasing(list(fit.aliased), count: fit.aliased.count),
          at: place(fit.aliased.first),
          remedy: "remove it from the formula, or one of the columns it depends on"))
    }
    if !fit.infinite.isEmpty {
      let empty = NamedLevels.few(fit.infinite.compactMap(emptyCell))
      warnings.append(
        Diagnostic(
          .warning, .separation,
          "separation: the likelihood keeps rising with \(list(fit.infinite)), whose estimate is withheld",
          at: place(fit.infinite.first),
          remedy: "join levels, or fit with 'firth: true'", notes: empty.map { Diagnostic.Note($0) }))
    }
    if fit.convergence.status == .notConverged {
      warnings.append(
        Diagnostic(
          .warning, .notConverged, "the fit did not converge in \(fit.convergence.iterations) iterations",
          at: range,
          remedy: "look for columns of very different scales or few events, or raise 'max-iterations'"))
    }
    let parameters = fit.degreesOfFreedom
    if parameters > 0, Double(fit.eventCount) / Double(parameters) < 5 {
      warnings.append(
        Diagnostic(
          .warning, .fewEvents,
          "\(fit.eventCount) events for \(parameters) \(parameters == 1 ? "parameter" : "parameters"): estimates are unstable",
          at: range, remedy: "fit fewer terms, or penalise with 'firth: true'"))
    }
    return warnings
  }

  /// What a reader of the table must know: separation with its empty cells, aliasing, few events, no convergence.
  func outcomeNotes(_ style: JournalStyle) -> [String] {
    let columns = frame.design.columns
    func label(_ position: Int) -> String {
      guard columns.indices.contains(position) else { return "" }
      return ModelRows.label(of: columns[position], in: frame.design, dataSet: frame.dataSet)
    }
    var notes: [String] = []
    if !fit.infinite.isEmpty {
      let cells = NamedLevels.few(fit.infinite.compactMap(emptyCell))
      notes.append(
        "withheld: the likelihood has no maximum in this coefficient (separation)"
          + (cells.isEmpty ? "" : ", \(cells.joined(separator: ", "))"))
    }
    if !fit.aliased.isEmpty {
      let names = frame.design.named(fit.aliased, quote: "", label: label)
      notes.append("NE: \(names) is constant or determined by other columns of the model")
    }
    if fit.convergence.status == .notConverged {
      notes.append("not converged after \(fit.convergence.iterations) iterations: not to be relied on")
    }
    let perParameter = Double(fit.eventCount) / Double(max(fit.degreesOfFreedom, 1))
    if fit.degreesOfFreedom > 0, perParameter < 10 {
      let words = NumberFormat.trimmed(perParameter, digits: 1, style: style.number)
      notes.append("\(words) events per parameter")
    }
    return notes
  }

  /// The likelihood and the score after each iteration, where the fit did not converge.
  func trace(_ style: JournalStyle) -> OutputBlock? {
    guard fit.convergence.status == .notConverged, !fit.convergence.trace.isEmpty else { return nil }
    let steps = fit.convergence.trace
    let body = steps.indices.suffix(10).map { index in
      TableRow([
        .count(index), .quantity(Quantity(steps[index].logLikelihood), ValueFormat(.statistic, digits: 6)),
        .quantity(Quantity(steps[index].scaledScore), ValueFormat(.number, digits: 8)),
      ])
    }
    return .table(
      Table(
        name: "iterations", caption: "Iterations of the fit, which did not converge",
        columns: [TableColumn("Iteration"), TableColumn("Log-likelihood"), TableColumn("Scaled score")],
        rows: body, notes: ["the scaled score is the distance from the maximum in standard errors"]),
      name: "iterations")
  }

  /// Which level of a separated column has no events, or no rows without.
  private func emptyCell(_ column: Int) -> String? {
    guard let row = rows.rows.first(where: { $0.column == column }), row.members != nil else { return nil }
    let (count, events) = frame.counts(of: row)
    if NamedLevels.isSmall(count) { return nil }
    if events == 0 { return "\(row.label): none of \(count) rows has the event" }
    if events == fit.eventCount { return "\(row.label): all \(events) events are among its \(count) rows" }
    return nil
  }
}

extension CoxFit {
  /// The Wald test that a term is a straight line; `nil` for terms of which it cannot be asked.
  func nonlinearityTest(_ term: DesignTerm) -> TestStatistic? {
    term.curvature { waldTest(columns: $0, along: $1) }
  }

  func waldTest(columns: [Int], along direction: [Double]?) -> TestStatistic? {
    direction.map { waldTest(columns: columns, alongside: $0) } ?? waldTest(columns: columns)
  }
}

extension CoxFrame {
  /// Rows and events behind a line of the table.
  func counts(of row: ModelRow) -> (count: Int, events: Int) {
    let tally = row.tally(events: outcome.event, threads: threads)
    return (tally.count, tally.events)
  }

  /// The same for readers: patients instead of rows where they are told apart.
  func printedCounts(of row: ModelRow) -> (count: Int, events: Int) {
    let found = counts(of: row)
    guard let patients else { return found }
    return (patients.count { row.members?.contains($0) ?? true }, found.events)
  }
}

extension CoxCoefficient {
  /// The value, or the reason why it is not shown.
  func quantity(_ value: Double) -> Quantity {
    switch status {
    case .estimated: Quantity(value)
    case .aliased: .notEstimable
    case .infinite: .withheld
    }
  }

  /// The hazard ratio with its interval.
  func ratio(level: Double) -> Estimate {
    switch status {
    case .aliased: return .notEstimable
    case .infinite: return .withheld
    case .estimated:
      return Estimate(
        Quantity(hazardRatio), lower: Quantity(hazardRatioInterval.lower, otherwise: .notEstimable),
        upper: Quantity(hazardRatioInterval.upper, otherwise: .notEstimable), level: level)
    }
  }
}
