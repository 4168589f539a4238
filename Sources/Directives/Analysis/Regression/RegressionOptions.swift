// Options that linear and generalised linear models share.

import AnalysisDocument
import Expressions
import Regression

enum RegressionOptions {
  static let robust = OptionKey(
    "robust", OptionKind<RobustVariance>.choice().list, default: [], shown: "none",
    "heteroskedasticity-consistent standard errors; a single kind also makes the intervals and P values, "
      + "several are results beside the model's")
  static let anova = OptionKey(
    "anova", .flag, default: false, shown: "false", "tests of terms of types I, II and III")
  static let predict = OptionKey(
    "predict", OptionKind<OptionMapping>.newRow.list, default: [], shown: "none",
    "patients to predict for: a list of {variable: value}")
  static let univariable = CoxDirective.univariable
  static let offset = OptionKey(optional: "offset", .expression, "a term whose coefficient is 1")

  enum RobustVariance: String, CaseIterable, Sendable {
    case hc0, hc1, hc2, hc3

    var kind: RobustKind {
      switch self {
      case .hc0: .hc0
      case .hc1: .hc1
      case .hc2: .hc2
      case .hc3: .hc3
      }
    }
  }

  static func univariableResult(_ name: String) -> ResultSpecification {
    ResultSpecification(
      "ID.univariable[\"age\"].\(name)",
      "the univariable model's, with all that stands beside it and its `.n`")
  }

  static let specifications: [OptionSpecification] = [
    CommonOptions.data.specification, CommonOptions.formula.specification,
    CommonOptions.condition.specification, univariable.specification, CommonOptions.weights.specification,
    CommonOptions.cluster.specification, offset.specification, CommonOptions.confidenceLevel.specification,
    CommonOptions.contrasts.specification, robust.specification, anova.specification, predict.specification,
    CommonOptions.caption.specification,
    CommonOptions.showsTable.specification,
  ]
}
