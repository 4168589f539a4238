// What an analysis used of its data set, for the flow of patients.

/// An analysis that leaves rows out and says why.
protocol AnalysedRows: Sendable {
  var id: String { get }
  /// The data set it was given.
  var dataSet: DataSet { get }
  var cases: CompleteCases { get }
}

extension CoxAnalysis: AnalysedRows {
  var dataSet: DataSet { frame.dataSet }
  var cases: CompleteCases { frame.cases }
}
