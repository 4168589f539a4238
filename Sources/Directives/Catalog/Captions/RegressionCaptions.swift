// Captions of regression models, and of what rests on them, where the author gives none.

import Expressions

extension CoxDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    let words = try CaptionWords(options, in: context)
    let outcome = words.survivalOutcome(try options[CommonOptions.formula]).map { " of \($0)" } ?? ""
    return try options[univariable] == .no
      ? "Cox model\(outcome): hazard ratios" : "Univariable and multivariable Cox models\(outcome)"
  }

  /// The forest plot shows the multivariable model alone.
  static func forestCaption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String? {
    guard try options[univariable] != .no else { return nil }
    let words = try CaptionWords(options, in: context)
    let outcome = words.survivalOutcome(try options[CommonOptions.formula]).map { " of \($0)" } ?? ""
    return "Multivariable Cox model\(outcome): hazard ratios"
  }
}

extension FineGrayDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    "Fine–Gray model of \(try options[cause].withinSentence): subdistribution hazard ratios"
  }
}

extension ParametricSurvivalDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    let words = try CaptionWords(options, in: context)
    let outcome = words.survivalOutcome(try options[CommonOptions.formula]) ?? "survival times"
    return "\(try options[distribution].rawValue.capitalizedFirst) model of \(outcome)"
  }
}

extension ConditionalLogisticDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    let words = try CaptionWords(options, in: context)
    let response = words.response(try options[formula]).map { " of \($0)" } ?? ""
    return "Conditional logistic regression\(response): odds ratios"
  }
}

extension DirectiveContext {
  /// "Logistic regression of complication: odds ratios"
  fileprivate func regressionCaption(
    _ name: String, _ options: ResolvedOptions, ratios: String = ""
  ) throws -> String {
    let words = try CaptionWords(options, in: self)
    let response = words.response(try options[CommonOptions.formula]).map { " of \($0)" } ?? ""
    let isCompared = try options[RegressionOptions.univariable] != .no
    return (isCompared ? "Univariable and multivariable \(name.withinSentence)" : name) + response
      + (ratios.isEmpty || isCompared ? "" : ": \(ratios)")
  }
}

extension GeneralizedLinearAnalysis {
  /// The forest plot shows the multivariable model alone.
  func forestCaption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String? {
    guard !univariable.isEmpty else { return nil }
    let words = try CaptionWords(options, in: context)
    let response = words.response(try options[CommonOptions.formula]).map { " of \($0)" } ?? ""
    return "Multivariable \(settings.words)\(response): \(coefficients.measure.plural)"
  }
}

extension LinearDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    try context.regressionCaption("Linear model", options)
  }
}

extension LogisticDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    try context.regressionCaption("Logistic regression", options, ratios: "odds ratios")
  }
}

extension PoissonDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    try context.regressionCaption("Poisson regression", options, ratios: "rate ratios")
  }
}

extension NegativeBinomialDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    try context.regressionCaption("Negative binomial regression", options, ratios: "rate ratios")
  }
}

extension GammaDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    try context.regressionCaption("Gamma regression", options)
  }
}

extension GeneralizedLinearDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    let family = try options[GeneralizedLinearOptions.family]
    return try context.regressionCaption("\(family.rawValue.capitalizedFirst) regression", options)
  }
}

extension ProportionalHazardsDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    "Tests of proportional hazards: \(CoxAnalysis.caption(of: try options[model].id, in: context))"
  }
}

extension FunctionalFormDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    let table = (context.outputs[try options[model].id]?.artifact as? CoxAnalysis)?.frame.dataSet.table
    let labels = try options[variables].map { table?[$0.name]?.label.withinSentence ?? $0.name }
    let curves = try options[show] == .effect ? "Hazard ratios" : "Martingale residuals"
    return "\(curves) along \(labels.isEmpty ? "numeric covariates" : labels.inSentence)"
  }
}

extension ConcordanceDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    if let model = try options[model] {
      return "Concordance of the \(CoxAnalysis.caption(of: model.id, in: context))"
    }
    guard let formula = try options[formula], let reference = try options[data] else { return "Concordance" }
    let words = CaptionWords(try context.dataSet(reference.id, at: reference.range))
    return "Concordance of \(words.groups(formula)) with \(words.survivalOutcome(formula) ?? "survival")"
  }
}

extension PerformanceDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    "Predictions of the \(CoxAnalysis.caption(of: try options[model].id, in: context))"
  }
}

extension ValidateDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    "Internal validation of the \(CoxAnalysis.caption(of: try options[model].id, in: context))"
  }
}

extension NomogramDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    "Nomogram" + (CoxAnalysis.outcome(of: try options[model].id, in: context).map { " of \($0)" } ?? "")
  }
}

extension SubgroupsDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    let words = try CaptionWords(options, in: context)
    let formula = try options[CommonOptions.formula]
    let treatment = try formula.terms().variables.first?.columnUses.first?.name
    return "Hazard ratio of \(treatment.map(words.label) ?? "treatment") in subgroups"
      + (words.survivalOutcome(formula).map { ": \($0)" } ?? "")
  }
}
