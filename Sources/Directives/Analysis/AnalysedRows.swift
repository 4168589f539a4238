// What an analysis used of its data set, for the flow of patients.

import DataTables

/// An analysis that leaves rows out and says why: its directive's artifact conforms to this.
protocol AnalysedRows: Sendable {
  var id: String { get }
  /// The data set it was given, its own `where` applied.
  var dataSet: DataSet { get }
  /// The rows of it that were used, and those left out for missing values.
  var cases: CompleteCases { get }
}

extension AnalysedRows {
  /// What was left out for missing values, in the order of the analysis' variables.
  var exclusions: [RowExclusion] {
    cases.exclusions.map {
      RowExclusion(
        reason: "\($0.label) missing", count: $0.count, printed: $0.printed.map { "\($0) missing" })
    }
  }
}

/// Rows left out for one reason.
struct RowExclusion: Sendable, Equatable {
  let reason: String
  let count: Int
  /// In print, where that is not the reason: a condition without code.
  var printed: String?
  var words: String { printed ?? reason }
}

extension CoxAnalysis: AnalysedRows {
  var dataSet: DataSet { frame.dataSet }
  var cases: CompleteCases { frame.cases }
}
