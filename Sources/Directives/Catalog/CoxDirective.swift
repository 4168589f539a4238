// `{cox}`: proportional-hazards regression.

import Diagnostics
import Expressions
import ModelFormula
import Presentation
import Survival

enum CoxDirective: Directive {
  static let ties = OptionKey(
    "ties", OptionKind<TiesWord>.choice(), default: .efron, shown: "efron, or by `compat`",
    "how tied events are handled; R takes efron, SAS and Stata breslow. `exact-partial` is R's `exact`, SAS's `DISCRETE` and Stata's `exactp`; `exact` is what the program of `compat` calls so"
  )
  static let convergence = OptionKey(
    "convergence", OptionKind<ConvergenceCriterion>.choice(), default: .logLikelihoodAndScore,
    shown: "log-likelihood-and-score, or by `compat`",
    "when the fit counts as converged: log-likelihood alone as R, or SAS's relative gradient")
  static let univariable = OptionKey(
    "univariable", OptionKind<Univariable>.choice(), default: .no, shown: "false",
    "one model per term beside the multivariable one, on all rows that have the term, or on the same rows")
  static let isRobust = OptionKey(
    "robust", OptionKind<Bool>.flag.optional, default: nil, shown: "automatic",
    "robust (sandwich) variance: by itself with clusters, which imply it, and with fractional weights unless `compat: sas`"
  )
  static let offset = OptionKey(optional: "offset", .expression, "a term whose coefficient is 1")
  static let maximumIterations = OptionKey(
    "max-iterations", .integer(in: 1...10_000), default: 50, shown: "50",
    "Newton steps before the fit counts as not converged")

  enum Univariable: String, CaseIterable, Sendable {
    case no = "false"
    case yes = "true"
    case sameRows = "same-rows"
  }

  static let specification = DirectiveSpecification(
    name: "cox",
    summary: "Cox proportional-hazards model, univariable beside multivariable, with a forest plot.",
    details: """
      The partial likelihood is maximised by Newton's method until its relative change is at most 1e-9 and the scaled score \
      at most 1e-8; ties by Efron's method unless `ties` says otherwise. Rows with a missing value in any variable are left \
      out and counted. `strata()`, `cluster()` and `offset()` stand in the formula as in R. Intervals and P values are \
      Wald's. A coefficient whose likelihood keeps rising (separation) is withheld; a column that others determine is not \
      estimable and named.
      """,
    options: [
      CommonOptions.data.specification, CommonOptions.formula.specification,
      CommonOptions.condition.specification,
      ties.specification, convergence.specification, univariable.specification,
      CommonOptions.confidenceLevel.specification,
      isRobust.specification, CommonOptions.contrasts.specification, CommonOptions.weights.specification,
      CommonOptions.cluster.specification, CommonOptions.patient.specification,
      offset.specification, maximumIterations.specification, LandmarkSelection.option.specification,
      CommonOptions.caption.specification,
      CommonOptions.showsTable.specification, FigureOption.forest.specification,
    ] + CoxDetails.options,
    results: [
      ResultSpecification(
        "ID.n",
        "rows used; `.missing` rows left out, `.events`, `.events_per_parameter`, `.iterations`, `.patients` where `id` or "
          + "`cluster` tells them apart"),
      ResultSpecification(
        "ID[\"age\"].hr",
        "hazard ratio with `.lower`, `.upper`; also `.coefficient`, `.se`, `.robust_se`, `.z`, `.p`"),
      ResultSpecification(
        "ID[\"treatment\", \"observation\"].hr",
        "a factor's level against the reference; `.n`, `.events` of the level"),
      .perUnits("hr"),
      ResultSpecification("ID[\"treatment\"].wald.chi_squared", "joint test of a term, with `.df` and `.p`"),
      ResultSpecification(
        "ID[\"rcs(age, 4)\", \"nonlinear\"].chi_squared",
        "Wald test that a spline (`rcs`, `ns`, `bs`) or polynomial is a straight line, `.df`, `.p`"),
      ResultSpecification("ID.likelihood_ratio.chi_squared", "also `.wald`, `.score`, `.robust_score`"),
      ResultSpecification("ID.concordance", "with `.se`, `.lower`, `.upper`"),
      ResultSpecification("ID.log_likelihood", "also `.null_log_likelihood`, `.aic`, `.bic`"),
      ResultSpecification(
        "ID.univariable[\"age\"].hr", "the univariable model's, with its `.n` and `.events`"),
    ] + CoxDetails.results,
    decimals: [.estimates, .percentages],
    example: """
      data: nelm
      formula: os ~ age + sex + treatment
      univariable: true
      """,
    literature: [
      "Cox DR. Regression models and life-tables. J R Stat Soc B 1972;34:187–220.",
      "Efron B. The efficiency of Cox's likelihood function for censored data. J Am Stat Assoc 1977;72:557–65.",
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let formula = try options[CommonOptions.formula]
    let source = try source(options, context)
    let frame = try context.part("rows and design") { try CoxFrame(formula: formula, source: source) }
    let contrasts = try options[CommonOptions.contrasts]
    try contrasts.check(frame.model.terms, at: options.range(CommonOptions.contrasts))
    guard !frame.design.columns.isEmpty else {
      throw Diagnostic(
        .constantColumn, "the model has no covariate that varies", at: formula.source.range(),
        remedy: frame.design.diagnostics.first?.message ?? "name covariates after '~', or use kaplan-meier")
    }
    let settings = try settings(options, frame, context)
    let fit = try context.part("fit") { try Self.fit(frame, settings) }
    context.part("concordance") { _ = try? fit.concordance() }
    var analysis = CoxAnalysis(
      id: context.id, frame: frame, fit: fit, rows: ModelRows(frame.design, dataSet: frame.dataSet),
      univariable: [], confidenceLevel: settings.confidenceLevel)
    let mode = try options[univariable]
    if mode != .no {
      analysis.univariable = try univariable(frame, source, settings, sameRows: mode == .sameRows)
    }
    var values = ResultValues()
    analysis.addValues(to: &values)
    let details = try context.part("details") {
      try CoxDetails.add(analysis, options: options, context: context, to: &values)
    }
    let caption = try options[CommonOptions.caption]
    let table = analysis.table()
    var blocks: [OutputBlock] = []
    if try options[CommonOptions.showsTable] {
      let notes = analysis.notes(context.style)
      blocks.append(.table(table.table(caption: caption, notes: notes, style: context.style), name: nil))
    }
    if let trace = analysis.trace(context.style) { blocks.append(trace) }
    blocks += details
    let request = try options[FigureOption.forest]
    let words = try options.figureCaption { try forestCaption(options, in: context) }
    if request.isDrawn {
      blocks.append(
        table.figures(id: context.id, title: words.title, request: request, style: context.style),
        caption: words.caption)
    }
    return DirectiveOutput(
      blocks: blocks, values: values.values, warnings: analysis.warnings(at: formula.source.range()),
      artifact: analysis)
  }

  static func source(_ options: ResolvedOptions, _ context: DirectiveContext) throws
    -> CoxFrame.Source
  {
    let dataSet = try context.selectedRows(options)
    let weights = try options[CommonOptions.weights]
    let followUp = try LandmarkSelection.apply(
      try options[LandmarkSelection.option], at: options.range(LandmarkSelection.option),
      formula: try options[CommonOptions.formula], dataSet: dataSet, threads: context.threads)
    let kept = followUp.dataSet
    return CoxFrame.Source(
      dataSet: kept, times: followUp.times, landmark: followUp.selection,
      weights: try weights.map { try kept.column($0.name, at: $0.range) },
      cluster: try options[CommonOptions.cluster].map { try kept.column($0.name, at: $0.range) },
      patient: try kept.patientColumn(try options[CommonOptions.patient]),
      offset: try options[offset], threads: context.threads, weightsRange: weights?.range,
      contrasts: try options[CommonOptions.contrasts])
  }

  static func settings(
    _ options: ResolvedOptions, _ frame: CoxFrame, _ context: DirectiveContext
  ) throws -> CoxOptions {
    var settings = CoxOptions()
    settings.ties = try tiesMethod(options, context)
    settings.convergence = try options.value(convergence, otherwise: context.compatibility.convergence)
    settings.confidenceLevel = try options[CommonOptions.confidenceLevel]
    settings.maximumIterations = try options[maximumIterations]
    settings.threads = context.threads
    try CoxDetails.configure(&settings, frame: frame, options: options)
    settings.isRobust = try options[isRobust] ?? needsRobustVariance(frame, settings, context)
    return settings
  }

  /// Weights that are not numbers of patients make the model's own variance meaningless, as R's `coxph` has it; SAS
  /// takes it all the same.
  private static func needsRobustVariance(
    _ frame: CoxFrame, _ settings: CoxOptions, _ context: DirectiveContext
  ) -> Bool {
    frame.outcome.hasFractionalWeights && settings.penalties.isEmpty && !settings.usesFirthPenalty
      && settings.ties != .exactPartial && context.compatibility.preset != .sas
  }

  /// The words for ties that authors of several programs know.
  enum TiesWord: String, CaseIterable, Sendable {
    case efron, breslow
    case exactPartial = "exact-partial"
    case exact
    case exactMarginal = "exact-marginal"
  }

  static func tiesMethod(_ options: ResolvedOptions, _ context: DirectiveContext) throws -> TiesMethod {
    guard options.isGiven(ties) else { return context.compatibility.ties }
    switch try options[ties] {
    case .efron: return .efron
    case .breslow: return .breslow
    case .exactPartial: return .exactPartial
    case .exact where context.compatibility.exactTies == .partial: return .exactPartial
    case .exact, .exactMarginal:
      throw Diagnostic(
        .invalidOption, "the exact marginal likelihood (SAS's EXACT, Stata's exactm) is not available",
        at: options.range(ties),
        remedy: "write 'exact-partial' (SAS's DISCRETE), or 'efron', which is close to it")
    }
  }

  static func fit(_ frame: CoxFrame, _ settings: CoxOptions) throws -> CoxFit {
    try frame.roles.translating {
      try CoxModel.fit(
        outcome: frame.outcome, covariates: frame.covariates, strata: try frame.strataCodes(),
        clusters: frame.clusters, offset: frame.offset, options: settings)
    }
  }

  /// One model per main effect. A model that cannot be fitted leaves its cells empty.
  private static func univariable(
    _ frame: CoxFrame, _ source: CoxFrame.Source, _ settings: CoxOptions, sameRows: Bool
  ) throws -> [CoxAnalysis.Univariable] {
    var models: [CoxAnalysis.Univariable] = []
    for term in frame.model.terms.terms where term.degree == 1 {
      guard !frame.model.terms.strata.contains(term.variables[0]) else { continue }
      let formula = try frame.formula.univariable(term, frame.model.terms)
      let own = try CoxFrame(formula: formula, source: source, rows: sameRows ? frame.cases.rows : nil)
      guard !own.design.columns.isEmpty else { continue }
      var options = settings
      options.penalties = []
      let fit = try fit(own, options)
      // Its line of the table needs no row.
      fit.letGoOfRows()
      models.append(CoxAnalysis.Univariable(term: term.text, frame: own, fit: fit))
    }
    return models
  }
}
