// `{parametric-survival}`: survival times that follow a distribution.

import Diagnostics
import Expressions
import ModelFormula
import Presentation
import Survival

enum ParametricSurvivalDirective: Directive {
  static let distribution = OptionKey(
    "distribution", OptionKind<Distribution>.choice(), default: .weibull, shown: "weibull",
    "the family of survival times")
  static let quantiles = OptionKey(
    "quantiles", OptionKind<Double>.openProportion.list, default: [0.5], shown: "0.5",
    "fractions who have had the event by the predicted times")

  enum Distribution: String, CaseIterable, Sendable {
    case weibull, exponential
    case logNormal = "log-normal"
    case logLogistic = "log-logistic"
    case gaussian, logistic, gompertz
    case generalisedGamma = "generalised-gamma"

    /// Whether it is a model of any measurement, which may be below 0.
    var takesNegativeTimes: Bool { self == .gaussian || self == .logistic }

    var family: ParametricDistribution {
      switch self {
      case .weibull: .weibull
      case .exponential: .exponential
      case .logNormal: .lognormal
      case .logLogistic: .loglogistic
      case .gaussian: .gaussian
      case .logistic: .logistic
      case .gompertz: .gompertz
      case .generalisedGamma: .generalizedGamma
      }
    }
  }

  static let specification = DirectiveSpecification(
    name: "parametric-survival",
    summary: "Parametric survival models: accelerated failure time, Gompertz, generalised gamma.",
    details: """
      With z = (y − x'β)/σ, y is the logarithm of the time for `weibull`, `exponential` (σ = 1), `log-normal`, `log-logistic` and \
      `generalised-gamma`, whose exp(β) is a ratio of times; the time itself for `gaussian` and `logistic`, whose β is a \
      difference of times; parametrised as R's `survreg`. `gompertz` has the hazard exp(x'β + a t), whose exp(β) is a hazard \
      ratio; `weibull` and `exponential` report the hazard ratio exp(−β/σ) beside the ratio of times, with an interval by the delta \
      method, and `weibull` and `log-logistic` the shape 1/σ. Maximum \
      likelihood by Newton's method; intervals and P values are Wald's. `strata()` gives each stratum its own scale. Times \
      must be positive where logarithms are taken, and may be negative for `gaussian` and `logistic`.
      """,
    options: [
      CommonOptions.data.specification, CommonOptions.formula.specification,
      CommonOptions.condition.specification, distribution.specification,
      CommonOptions.confidenceLevel.specification, CommonOptions.weights.specification,
      PredictionRows.option.specification, PredictionRows.times.specification, quantiles.specification,
      CoxDirective.maximumIterations.specification, CommonOptions.caption.specification,
      CommonOptions.showsTable.specification, FigureOption.forest.specification,
    ],
    results: [
      ResultSpecification("ID.n", "rows used; `.missing` rows left out, `.events`, `.iterations`"),
      ResultSpecification(
        "ID[\"age\"].coefficient",
        "with `.lower`, `.upper`; also `.se`, `.z`, `.p`; `ID[\"(Intercept)\"]` as well"),
      ResultSpecification(
        "ID[\"age\"].time_ratio", "exp(β) with `.lower`, `.upper`, where the model is one of log time"),
      .perUnits("time_ratio"),
      ResultSpecification("ID[\"age\"].hr", "with `.lower`, `.upper`: weibull, exponential, gompertz"),
      ResultSpecification(
        "ID.scale",
        "σ with `.se`, `.lower`, `.upper`, by stratum `ID.scale[\"sex=1\"]`; `.log_scale` with `.se`"),
      ResultSpecification(
        "ID.shape",
        "1/σ of weibull and log-logistic, of gompertz (by stratum as the scale), Q of generalised-gamma, with `.se`, "
          + "`.lower`, `.upper`"),
      ResultSpecification("ID.covariance[\"age\", \"Log(scale)\"]", "of the estimates"),
      ResultSpecification("ID[\"sex\"].wald.chi_squared", "joint test of a term, with `.df` and `.p`"),
      ResultSpecification(
        "ID.likelihood_ratio.chi_squared", "against the model without covariates, `.df`, `.p`"),
      ResultSpecification("ID.log_likelihood", "also `.null_log_likelihood`, `.aic`, `.bic`"),
      ResultSpecification("ID.prediction(1).quantile(p)", "with `.se`, `.lower`, `.upper`"),
      ResultSpecification("ID.prediction(1).at(t).survival", "with `.se`, `.lower`, `.upper` (log-log)"),
    ],
    decimals: [.estimates],
    example: """
      data: lung
      formula: Surv(time, status == 2) ~ age + sex
      distribution: weibull
      """,
    literature: [
      "Kalbfleisch JD, Prentice RL. The statistical analysis of failure time data. 2nd ed. Hoboken: Wiley; 2002.",
      "Prentice RL. A log gamma model and its maximum likelihood estimation. Biometrika 1974;61:539–44.",
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let formula = try options[CommonOptions.formula]
    let dataSet = try context.selectedRows(options).withTimesAsGiven
    let weights = try options[CommonOptions.weights]
    let family = try options[distribution]
    let frame = try CoxFrame(
      formula: formula,
      source: CoxFrame.Source(
        dataSet: dataSet, times: try SurvivalTimes(formula, in: dataSet, threads: context.threads),
        weights: try weights.map { try dataSet.column($0.name, at: $0.range) }, cluster: nil, offset: nil,
        threads: context.threads, weightsRange: weights?.range, takesNegativeTimes: family.takesNegativeTimes)
    )
    if let cluster = frame.model.terms.clusters.first {
      throw Diagnostic(
        .formulaSyntax, "'parametric-survival' has no robust variance",
        at: frame.model.terms.variables[cluster].sourceRange, remedy: "leave cluster() out, or use 'cox'")
    }
    try frame.design.refusePenalties(of: "parametric-survival")
    var settings = ParametricOptions()
    settings.confidenceLevel = try options[CommonOptions.confidenceLevel]
    if options.isGiven(CoxDirective.maximumIterations) {
      settings.maximumIterations = try options[CoxDirective.maximumIterations]
    }
    settings.threads = context.threads
    let fit = try fit(frame, family, settings)
    let analysis = ParametricAnalysis(
      id: context.id, frame: frame, fit: fit, distribution: family,
      rows: ModelRows(frame.design, dataSet: dataSet), level: settings.confidenceLevel)
    return try output(analysis, options, context)
  }

  private static func fit(
    _ frame: CoxFrame, _ family: Distribution, _ settings: ParametricOptions
  ) throws -> ParametricFit {
    do {
      return try ParametricModel.fit(
        outcome: frame.outcome, distribution: family.family, covariates: frame.covariates,
        strata: try frame.strataCodes(), offset: frame.offset, options: settings)
    } catch {
      let diagnostic = frame.roles.diagnostic(error)
      guard case (.time, .outOfRange) = (error.role, error.fault) else { throw diagnostic }
      let count = error.rows.count == 1 ? "1 row has" : "\(error.rows.count) rows have"
      throw Diagnostic(
        .invalidArgument,
        "\(count) a time that is not positive: '\(family.rawValue)' is a model of the logarithm of time",
        at: frame.times.timeRange,
        remedy: "leave the rows out with 'where:', or take 'gompertz', 'gaussian' or 'logistic'",
        notes: diagnostic.notes)
    }
  }

  private static func output(
    _ analysis: ParametricAnalysis, _ options: ResolvedOptions, _ context: DirectiveContext
  ) throws -> DirectiveOutput {
    let style = context.style
    var values = ResultValues()
    analysis.addValues(to: &values)
    let caption = try options[CommonOptions.caption]
    var blocks: [OutputBlock] = []
    let table = analysis.table
    if try options[CommonOptions.showsTable] {
      blocks.append(.table(analysis.table(table, caption: caption, style: style), name: nil))
    }
    let given = try options[PredictionRows.option]
    if !given.isEmpty {
      let predictions = ParametricPredictions(
        analysis: analysis,
        rows: try PredictionRows(
          given, dataSet: analysis.frame.dataSet, model: analysis.frame.model,
          design: analysis.frame.design,
          strata: analysis.frame.strata), quantiles: try options[quantiles],
        times: try options[PredictionRows.times])
      blocks.append(predictions.add(to: &values, style: style))
    }
    let request = try options[FigureOption.forest]
    if request.isDrawn {
      blocks.append(
        table.figures(id: context.id, title: try options.title, request: request, style: style),
        caption: caption)
    }
    return DirectiveOutput(
      blocks: blocks, values: values.values,
      warnings: analysis.warnings(at: analysis.frame.formula.source.range()),
      artifact: AnalysedCases(
        id: context.id, dataSet: analysis.frame.dataSet, cases: analysis.frame.cases))
  }
}
