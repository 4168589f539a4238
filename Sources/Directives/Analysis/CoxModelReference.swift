// The Cox model that another directive names.

import Diagnostics

extension DirectiveContext {
  /// The fitted model, or an error that names the Cox models of the document.
  func coxModel(_ reference: Reference) throws(Diagnostic) -> CoxAnalysis {
    try artifact(
      CoxAnalysis.self, of: reference.id, called: "a Cox model", madeBy: [CoxDirective.self],
      at: reference.range)
  }

  /// The same for those that predict from it, which needs an estimate of every coefficient.
  func predictingCoxModel(_ reference: Reference) throws(Diagnostic) -> CoxAnalysis {
    let analysis = try coxModel(reference)
    guard analysis.fit.infinite.isEmpty else {
      throw Diagnostic(
        .separation, "the model '\(reference.id)' has withheld coefficients: it predicts nothing",
        at: reference.range, remedy: "join levels, or fit with 'firth: true'")
    }
    return analysis
  }
}
