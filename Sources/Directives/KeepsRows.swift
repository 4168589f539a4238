// What a result keeps of rows and can make again.

/// What others build on, with parts by row that can be let go of: whoever asks for them makes them again.
public protocol KeepsRows: Sendable {
  /// Lets go of what takes memory by row and follows from what is kept.
  func letGoOfRows()
}

extension CoxAnalysis: KeepsRows {
  /// Lets go of the rows as the fit arranged them.
  func letGoOfRows() {
    fit.letGoOfRows()
    for model in univariable { model.fit.letGoOfRows() }
  }
}
