// What a Cox model can report besides its coefficients.

import AnalysisDocument
import Diagnostics
import Expressions
import ModelFormula
import Presentation
import Survival

/// Further options of `{cox}`: residuals, baseline hazard, predictions, penalties, profile intervals.
enum CoxDetails {
  static let residuals = OptionKey(
    "residuals", OptionKind<CoxResiduals.Kind>.choice().list, default: [], shown: "none",
    "residuals to summarise: their sum of squares and first rows are results")
  static let baseline = OptionKey(
    "baseline", .flag, default: false, shown: "false",
    "the cumulative baseline hazard at `times`, and the means at which it is centred")
  static let firth = OptionKey(
    "firth", .flag, default: false, shown: "false",
    "Firth's penalised likelihood: finite estimates under separation")
  static let profile = OptionKey(
    "profile", .flag, default: false, shown: "false",
    "profile-likelihood intervals and likelihood-ratio tests of every coefficient")

  static let options: [OptionSpecification] = [
    residuals.specification, baseline.specification, PredictionRows.option.specification,
    PredictionRows.times.specification, KaplanMeierDirective.confidenceType.specification,
    firth.specification, profile.specification,
  ]

  static let results: [ResultSpecification] = [
    ResultSpecification(
      "ID[\"age\"].profile_lower",
      "limits of the coefficient by profile likelihood, `.profile_upper`; `.hr.profile_lower`, `.hr.profile_upper`; "
        + "`.profile.chi_squared`, `.df`, `.p`"),
    ResultSpecification(
      "ID.residual(\"martingale\").sum_of_squares",
      "also `.row(1)` to `.row(5)`; of several covariates `ID.residual(\"dfbeta\")[\"age\"]…`"),
    ResultSpecification(
      "ID.baseline.at(t).cumulative_hazard",
      "at covariates 0; `.centered_cumulative_hazard` at `ID[\"age\"].center`; `ID.baseline[\"stratum\"]` with strata"
    ),
    ResultSpecification("ID.prediction(1).linear_predictor", "with `.se`; `.difference` from the first row"),
    ResultSpecification("ID.prediction(1).at(t).survival", "with `.lower`, `.upper`, `.se`"),
    ResultSpecification(
      "ID[\"pspline(age)\", \"nonlinear\"].chi_squared",
      "of penalised terms, also `linear`; `.df`, `.p`, `.se2`; `ID.df_total`, `ID.penalty`"),
  ]

  /// Sets what these options and the formula's penalties say about the fit.
  static func configure(_ settings: inout CoxOptions, frame: CoxFrame, options: ResolvedOptions) throws {
    settings.usesFirthPenalty = try options[firth]
    settings.penalties = try CoxPenalties.read(frame)
    let penalised = frame.design.terms.first { $0.penalty != nil }
    if let penalised, try options[CoxDirective.univariable] != .no {
      throw Diagnostic(
        .invalidOption, "univariable models do not shrink '\(penalised.text)'",
        at: options.range(CoxDirective.univariable),
        remedy: "leave 'univariable' out, or write ns() for pspline()")
    }
    if settings.usesFirthPenalty, let penalised {
      throw Diagnostic(
        .invalidOption, "Firth's penalty and '\(penalised.text)' cannot be combined",
        at: options.range(firth), remedy: "leave 'firth' out, or take the penalised term out of the formula")
    }
    if settings.usesFirthPenalty, settings.ties == .exactPartial {
      throw Diagnostic(
        .invalidOption, "Firth's penalty needs ties by Efron's or Breslow's method", at: options.range(firth),
        remedy: "write 'ties: efron'")
    }
  }

  /// Adds their values and returns their blocks.
  static func add(
    _ analysis: CoxAnalysis, options: ResolvedOptions, context: DirectiveContext,
    to values: inout ResultValues
  ) throws -> [OutputBlock] {
    let style = context.style
    var blocks: [OutputBlock] = []
    if try options[firth] {
      blocks.append(
        .paragraph(
          "Coefficients and likelihoods are those of Firth's penalised likelihood; standard errors are from its information matrix."
        ))
    }
    CoxPenalties.addValues(analysis, to: &values)
    if let table = CoxPenalties.table(analysis, style: style) { blocks.append(table) }
    if try options[profile] {
      blocks.append(try CoxProfile.add(analysis, at: options.range(profile), to: &values, style: style))
    }
    for kind in try options[residuals] {
      try CoxResiduals.add(kind, analysis, at: options.range(residuals), to: &values)
    }
    let times = try options[PredictionRows.times]
    if try options[baseline] {
      blocks += CoxBaseline(analysis: analysis, times: times).add(to: &values, style: style)
    }
    let rows = try options[PredictionRows.option]
    if !rows.isEmpty {
      let predictions = CoxPredictions(
        analysis: analysis,
        rows: try PredictionRows(
          rows, dataSet: analysis.frame.dataSet, model: analysis.frame.model,
          design: analysis.frame.design, strata: analysis.frame.strata,
          offset: try options[CoxDirective.offset]),
        times: times,
        transform: try options.value(
          KaplanMeierDirective.confidenceType, otherwise: context.compatibility.confidenceType
        ).transform)
      blocks.append(try predictions.add(to: &values, style: style))
    }
    return blocks
  }
}

extension OptionKind where Value == OptionMapping {
  /// One patient: `{age: 60, sex: male}`.
  static var newRow: Self {
    OptionKind("a patient such as {age: 60, sex: male}") { tree, reader in
      tree.mapping ?? expected("a patient such as {age: 60, sex: male}", at: tree, &reader)
    }
  }
}
