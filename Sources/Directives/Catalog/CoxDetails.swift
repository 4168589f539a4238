// What a Cox model can report besides its coefficients.

import Presentation
import Survival

/// Further options of `{cox}`: residuals, baseline hazard, predictions, penalties.
enum CoxDetails {
  static let options: [OptionSpecification] = []
  static let results: [ResultSpecification] = []

  /// Sets what these options say about the fit.
  static func configure(_ settings: inout CoxOptions, frame: CoxFrame, options: ResolvedOptions) throws {}

  /// Adds their values and returns their blocks.
  static func add(
    _ analysis: CoxAnalysis, options: ResolvedOptions, context: DirectiveContext,
    to values: inout ResultValues
  ) throws -> [OutputBlock] { [] }
}
