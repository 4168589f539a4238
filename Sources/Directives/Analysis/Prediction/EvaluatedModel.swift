// A Cox model on the rows that its predictions are held against.

import DataTables
import Diagnostics
import Expressions
import ModelFormula
import Survival

/// A fitted model with the outcome and the predictions of some rows: those of the fit, or those of other data.
struct EvaluatedModel: Sendable {
  let analysis: CoxAnalysis
  let outcome: SurvivalOutcome
  let cases: CompleteCases
  let times: SurvivalTimes
  let dataSet: DataSet
  let roles: RoleMapping
  let linearPredictor: [Double]
  let predictor: SurvivalPredictor
  /// Whether the rows are others than those of the fit.
  let isExternal: Bool

  /// The rows of the fit.
  init(_ analysis: CoxAnalysis) throws {
    let frame = analysis.frame
    let codes = try frame.strataCodes()
    self.analysis = analysis
    outcome = frame.outcome
    cases = frame.cases
    times = frame.times
    dataSet = frame.dataSet
    roles = frame.roles
    isExternal = false
    linearPredictor = analysis.fit.linearPredictor
    predictor = try frame.roles.translating {
      try analysis.fit.survivalPredictor(
        frame.covariates, strata: codes.map { $0.codes.map(Int.init) }, offset: frame.offset)
    }
  }

  /// The complete rows of another data set, in which the outcome has the same definition.
  init(_ analysis: CoxAnalysis, on dataSet: DataSet, at range: SourceRange, threads: Int) throws {
    let frame = analysis.frame
    let schema = frame.design.schema
    let times = try SurvivalTimes(frame.formula, in: dataSet, threads: threads)
    let all = try schema.frame(for: dataSet.table, threads: threads)
    let cases = CompleteCases(
      rowCount: dataSet.table.rowCount, requirements: times.requirements + all.requirements(dataSet))
    guard !cases.rows.isEmpty else {
      throw Diagnostic(
        .noRows, "no row of '\(dataSet.id)' has all values that the model needs", at: range,
        remedy: cases.remedyForNoRows)
    }
    let model = try schema.frame(for: dataSet.table.filtered(keeping: cases.rows), threads: threads)
    let design = try schema.design(of: model)
    let rows = cases.rows.indices.map { Int32(truncatingIfNeeded: $0) }
    let offset = model.offset(rows: rows)
    let strata = try Self.strata(frame.strata, model.strata(rows: rows), at: range)
    let roles = RoleMapping(
      dataSet: dataSet, rows: cases.rows, formula: frame.formula.source.range(), time: times.timeRange,
      entry: times.entryRange, event: times.eventRange)
    self.analysis = analysis
    self.cases = cases
    self.times = times
    self.dataSet = dataSet
    self.roles = roles
    isExternal = true
    (outcome, linearPredictor, predictor) = try roles.translating {
      let covariates = try CoxFrame.covariates(design)
      return (
        try SurvivalOutcome(
          time: times.columns.time.gathered(cases.rows), event: times.columns.event.gathered(cases.rows),
          entry: times.columns.entry?.gathered(cases.rows),
          mergesNearEqualTimes: dataSet.compatibility.nearEqualTimes.merges),
        try analysis.fit.linearPredictor(of: covariates, offset: offset).map(\.value),
        try analysis.fit.survivalPredictor(covariates, strata: strata, offset: offset)
      )
    }
  }

  /// The row's stratum among those of the fit.
  private static func strata(
    _ known: RowGroups?, _ found: RowGroups?, at range: SourceRange
  ) throws(Diagnostic) -> [Int]? {
    guard let known else { return nil }
    let labels = known.groups.map(\.label)
    guard let found else { return [] }
    var positions: [Int] = []
    for group in found.groups {
      guard let index = labels.firstIndex(of: group.label) else {
        throw Diagnostic(
          .unknownLevel, "the model has no stratum '\(group.label)'", at: range,
          remedy: "strata: \(labels.prefix(10).joined(separator: "; "))")
      }
      positions.append(index)
    }
    return found.codes.map { positions.indices.contains(Int($0)) ? positions[Int($0)] : 0 }
  }
}
