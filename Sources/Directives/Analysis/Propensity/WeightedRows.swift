// The rows of a propensity score as a data set: with their weight, for any other directive.

import DataTables

/// Weighting by a propensity score, and its rows for others to analyse.
struct WeightedRows: AnalysedRows, DataSetProviding {
  let analysis: PropensityAnalysis
  let providedDataSet: DataSet

  var id: String { analysis.id }
  var dataSet: DataSet { analysis.dataSet }
  var cases: CompleteCases { analysis.cases }

  init(_ analysis: PropensityAnalysis) throws {
    self.analysis = analysis
    let source = analysis.dataSet
    // Weights of weighted rows stand beside the first.
    let own = ["propensity_weight", "propensity_score"].map {
      source.table[$0] == nil ? $0 : "\($0)_\(analysis.id)"
    }
    let rows = analysis.cases.rows
    let table = try source.table.filtered(keeping: rows).named(analysis.id)
      .adding(Column(name: own[0], numbers: analysis.weights.weights))
      .adding(Column(name: own[1], numbers: analysis.weights.scores))
    let step = DataSet.Step(
      id: analysis.id, rowCount: rows.count, excluded: source.table.rowCount - rows.count, undecided: 0,
      condition: "weighted")
    providedDataSet = DataSet(
      id: analysis.id, table: table, outcomes: source.outcomes, steps: source.steps + [step],
      derivedNames: source.derivedNames + own,
      patient: source.patient.flatMap { PatientIdentity($0.column, in: table) },
      compatibility: source.compatibility)
  }
}
