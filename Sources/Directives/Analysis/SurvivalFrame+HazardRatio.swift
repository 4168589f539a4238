// The hazard ratio of two groups, to stand in the figure of their curves.

import Diagnostics
import Presentation
import Survival

extension SurvivalFrame {
  /// The second group against the first by an unadjusted Cox model (Efron's ties), stratified and clustered as the
  /// formula says.
  ///
  /// - Throws: unless there are two groups.
  func hazardRatio(level: Double, threads: Int, at range: SourceRange) throws -> Estimate {
    guard let groups, groups.names.count == 2 else {
      throw Diagnostic(
        .invalidOption, "a single hazard ratio compares two groups: there are \(groups?.names.count ?? 1)",
        at: range, remedy: "leave 'hazard-ratio' out, and report a cox model")
    }
    let indicator = groups.codes.codes.map { $0 == 1 ? 1.0 : 0 }
    let outcome = try outcome
    let (strata, clusters) = (strata, clusters)
    let fit = try? {
      var options = CoxOptions()
      options.confidenceLevel = level
      options.threads = threads
      return try CoxModel.fit(
        outcome: outcome, covariates: CoxDesign([("group", indicator)], rowCount: outcome.rowCount),
        strata: strata, clusters: clusters, options: options)
    }()
    return fit?.coefficientTable.first?.ratio(level: level) ?? .notEstimable
  }
}
