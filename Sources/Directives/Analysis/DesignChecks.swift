// What several models ask of their designs.

import Diagnostics
import ModelFormula
import Survival

extension DesignMatrix {
  /// Refuses ridge() and pspline() where a model cannot shrink coefficients.
  ///
  /// - Parameter directive: its name; without one the message speaks of the model.
  func refusePenalties(of directive: String? = nil) throws(Diagnostic) {
    guard let term = terms.first(where: { $0.penalty != nil }) else { return }
    throw Diagnostic(
      .formulaSyntax,
      "\(directive.map { "'\($0)'" } ?? "this model") does not shrink coefficients: '\(term.text)'",
      at: term.range,
      remedy: "write ns(x, df = 4) for a smooth term, or use 'cox'")
  }

  /// Joint tests of the terms with several columns, by term.
  func termTests(_ test: ([Int]) -> TestStatistic?) -> [Int: TestStatistic] {
    var tests: [Int: TestStatistic] = [:]
    for (index, term) in terms.enumerated() where !term.isStrata && !term.columns.isEmpty {
      tests[index] = test(Array(term.columns))
    }
    return tests
  }
}
