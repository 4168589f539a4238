// `{kaplan-meier}`: survival curves by group.

import Diagnostics
import Expressions
import Figures
import Presentation
import Survival

enum KaplanMeierDirective: Directive {
  static let times = OptionKey(
    "times", OptionKind<Double>.number(in: 0...Double.greatestFiniteMagnitude).list, default: [],
    shown: "none",
    "times at which survival is reported")
  static let quantiles = OptionKey(
    "quantiles", OptionKind<Double>.openProportion.list, default: [0.5], shown: "0.5",
    "quantiles of the survival time; the median is always reported")
  static let confidenceType = OptionKey(
    "confidence-type", OptionKind<ConfidenceType>.choice(), default: .logLog,
    shown: "log-log, or by `compat`",
    "the scale on which the interval of S(t) is symmetric; R's default is log, SAS and Stata take log-log")
  static let estimator = OptionKey(
    "estimator", OptionKind<Estimator>.choice(), default: .kaplanMeier, shown: "kaplan-meier",
    "the product limit, or exp(−H) with the Nelson–Aalen hazard or its correction for ties")
  static let variance = OptionKey(
    "variance", OptionKind<KaplanMeierOptions.Variance>.choice(), default: .automatic, shown: "automatic",
    "Greenwood's, or the infinitesimal jackknife (automatic with clusters or fractional weights), for the restricted mean as well"
  )
  static let quantileRule = OptionKey(
    "quantile-rule", OptionKind<QuantileRuleOption>.choice(), default: .midpoint,
    shown: "midpoint, or by `compat`",
    "where the curve is flat at the quantile: midpoint of the step (R), to the next event (SAS), first time (Stata)"
  )
  static let restrictedMean = OptionKey(
    optional: "restricted-mean", .number(in: Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude),
    "the time τ up to which mean survival is reported")
  static let cumulativeHazard = OptionKey(
    "cumulative-hazard", .flag, default: false, shown: "false",
    "whether the table gives the Nelson–Aalen cumulative hazard at `times`")
  static let hazardRatio = OptionKey(
    "hazard-ratio", .flag, default: false, shown: "false",
    "the second of two groups against the first by an unadjusted Cox model, in the figure's corner")
  static let logRank = OptionKey(
    "log-rank", .flag, default: true, shown: "true", "whether groups are compared by the log-rank test")

  enum ConfidenceType: String, CaseIterable, Sendable {
    case logLog = "log-log"
    case log, plain, logit, arcsine

    var transform: ConfidenceTransform {
      switch self {
      case .logLog: .logLog
      case .log: .log
      case .plain: .plain
      case .logit: .logit
      case .arcsine: .arcsineSquareRoot
      }
    }
  }

  enum Estimator: String, CaseIterable, Sendable {
    case kaplanMeier = "kaplan-meier"
    case flemingHarrington = "fleming-harrington"
    case flemingHarringtonTied = "fleming-harrington-tied"
  }

  enum QuantileRuleOption: String, CaseIterable, Sendable {
    case midpoint, sas, stata

    var rule: QuantileRule {
      switch self {
      case .midpoint: .midpoint
      case .sas: .midpointToNextEvent
      case .stata: .firstTime
      }
    }
  }

  static let specification = DirectiveSpecification(
    name: "kaplan-meier",
    summary: "Survival curves by group, with medians and survival at given times.",
    details: """
      Survival is estimated by S(t) = Π (1 − d/n) over the event times up to t, with Greenwood's variance; rows are at risk in \
      entry < t ≤ time, and censored rows count as at risk at their own time. The interval is symmetric for log(−log S) \
      unless `confidence-type` says otherwise. The median is the smallest t with S(t) ≤ 0.5; where the curve is flat at \
      0.5, the middle of the step. Beyond the last observed time nothing is estimated.

      `landmark: 12` keeps the rows still under observation after time 12 and counts time from there: what was known at 12 (a \
      response, a completed treatment) may then define the groups without looking into the future; `times` and τ count from \
      the landmark as well. In (start, stop] data times may be negative.

      With `id` rows in which a patient goes on after an earlier one are one observation: they are not counted as censored between, \
      as in R's `survfit(…, id =)`.

      Without a grouping term the formula ends in `~ 1`. `ID.median` is the pooled estimate also when there are groups.
      """,
    options: [
      CommonOptions.data.specification, CommonOptions.formula.specification,
      CommonOptions.condition.specification,
      times.specification, quantiles.specification, CommonOptions.confidenceLevel.specification,
      confidenceType.specification, estimator.specification, variance.specification,
      quantileRule.specification,
      restrictedMean.specification, cumulativeHazard.specification, LandmarkSelection.option.specification,
      logRank.specification, hazardRatio.specification, MedianDifferences.option.specification,
      MedianDifferences.seed.specification, MedianDifferences.repeats.specification,
      CommonOptions.weights.specification,
      CommonOptions.cluster.specification, CommonOptions.patient.specification,
      CommonOptions.caption.specification,
      CommonOptions.showsTable.specification, FigureOption.survival.specification,
    ],
    results: [
      ResultSpecification("ID.n", "rows used; `.missing` rows left out, `.events`, `.censored`"),
      ResultSpecification(
        "ID[\"group\"].n", "the same for a group; `.patients` where `id` or `cluster` tells them apart"),
      ResultSpecification("ID.median", "pooled, and `ID[\"group\"].median`, with `.lower` and `.upper`"),
      ResultSpecification("ID[\"group\"].quantile(p)", "time by which a fraction p has had the event"),
      ResultSpecification(
        "ID[\"group\"].at(t).survival",
        "S(t), 0 to 1, with `.lower`, `.upper`, `.se`; only times that were asked for"),
      ResultSpecification(
        "ID[\"group\"].at(t).at_risk", "also `.events`, `.censored` (up to t), `.cumulative_hazard`"),
      ResultSpecification(
        "ID[\"group\"].restricted_mean(τ)", "mean survival time up to τ, with interval and `.se`"),
      ResultSpecification(
        "ID.restricted_mean(τ).difference[\"B - A\"]", "second minus first group; also `.ratio[\"B / A\"]`"),
      ResultSpecification(
        "ID.median.difference[\"B - A\"]",
        "second minus first group, with bootstrap limits `.lower`, `.upper`"),
      ResultSpecification("ID.hazard_ratio", "with `.lower`, `.upper`: where `hazard-ratio` asks for it"),
      ResultSpecification("ID.log_rank.chi_squared", "also `.df`, `.p`"),
      ResultSpecification(
        "ID.landmark.events_before", "rows with the event by the landmark; `.landmark.censored_before`"),
    ],
    decimals: [.estimates, .percentages],
    example: """
      data: nelm
      formula: os ~ treatment
      times: [60, 120]
      caption: Overall survival by treatment
      """,
    literature: [
      "Kaplan EL, Meier P. Nonparametric estimation from incomplete observations. J Am Stat Assoc 1958;53:457–81.",
      "Brookmeyer R, Crowley J. A confidence interval for the median survival time. Biometrics 1982;38:29–41.",
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let reference = try options[CommonOptions.data]
    let formula = try options[CommonOptions.formula]
    let frame = try SurvivalFrame(
      formula: formula, dataSet: try context.dataSet(reference.id, at: reference.range),
      condition: try options[CommonOptions.condition], weights: try options[CommonOptions.weights],
      cluster: try options[CommonOptions.cluster], patient: try options[CommonOptions.patient],
      takesClusters: true,
      landmark: (try options[LandmarkSelection.option], options.range(LandmarkSelection.option)),
      threads: context.threads)
    let rules = try Self.rules(options, context)
    var settings = KaplanMeierOptions(
      confidenceLevel: try options[CommonOptions.confidenceLevel],
      transform: rules.confidenceType.transform,
      variance: try options[variance], threads: context.threads)
    switch try options[estimator] {
    case .kaplanMeier: break
    case .flemingHarrington: settings.survivalEstimator = .exponential
    case .flemingHarringtonTied:
      settings.survivalEstimator = .exponential
      settings.hazardEstimator = .tieCorrected
    }
    var roles = frame.roles(formula)
    roles.options["restricted-mean"] = options.range(restrictedMean)
    let (pooled, curves) = try roles.translating {
      (try frame.pooledCurve(settings), try frame.groupCurves(settings))
    }
    guard let all = pooled.curves.first else { throw Diagnostic(.internalFault, "no curve was estimated") }
    let survival = SurvivalCurves(
      pooled: all, curves: curves?.curves ?? [], frame: frame, times: try options[times],
      quantiles: try options[quantiles], rules: rules, restrictionTime: try options[restrictedMean],
      confidenceLevel: settings.confidenceLevel, eventHeading: "Events",
      showsHazard: try options[cumulativeHazard])
    let test = try options[logRank] ? logRankTest(frame, context) : nil
    return try output(survival, test, pooled.isRobust, settings, options, context)
  }

  /// The document's defaults, with what the options say instead.
  static func rules(_ options: ResolvedOptions, _ context: DirectiveContext) throws -> Compatibility {
    var rules = context.compatibility
    rules.confidenceType = try options.value(confidenceType, otherwise: rules.confidenceType)
    rules.quantileRule = try options.value(quantileRule, otherwise: rules.quantileRule)
    return rules
  }

  /// The test of the groups; `nil` where there is nothing to compare.
  private static func logRankTest(_ frame: SurvivalFrame, _ context: DirectiveContext) -> LogRankTest? {
    guard let groups = frame.groups, groups.names.count > 1 else { return nil }
    return try? frame.logRankTest(groups, threads: context.threads)
  }

  private static func output(
    _ survival: SurvivalCurves, _ test: LogRankTest?, _ isRobust: Bool, _ settings: KaplanMeierOptions,
    _ options: ResolvedOptions, _ context: DirectiveContext
  ) throws -> DirectiveOutput {
    let style = context.style
    let frame = survival.frame
    var values = ResultValues()
    survival.addValues(to: &values)
    survival.addRestrictedMeanComparisons(to: &values)
    var notes = [settings.survivalEstimator == .productLimit ? "Kaplan–Meier" : "Fleming–Harrington, exp(−H)"]
    notes.append(
      "\(IntervalWording.name(level: settings.confidenceLevel, style: style.number)) \(settings.transform.words)"
        + (isRobust ? ", robust variance" : ""))
    if try options[cumulativeHazard], !survival.times.isEmpty {
      notes.append(
        settings.hazardEstimator == .nelsonAalen
          ? "cumulative hazard by Nelson–Aalen" : "cumulative hazard by Fleming–Harrington for ties")
    }
    if let test = test?.test {
      values.add(
        ".log_rank", statistic: test.statistic, degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue)
      notes.append(
        test.note("log-rank", style: style) + (frame.strataLabel.map { ", stratified by \($0)" } ?? "")
          + (frame.clusters == nil ? "" : ", which takes the rows as independent"))
    }
    notes += survival.ruleNotes + [frame.entryNote(style)].compactMap(\.self) + frame.notes(style)
    let caption = try options[CommonOptions.caption]
    var blocks: [OutputBlock] = []
    if try options[CommonOptions.showsTable] {
      blocks.append(.table(survival.table(caption: caption, notes: notes, style: style), name: nil))
    }
    if let differences = try MedianDifferences(survival, options, context) {
      differences.addValues(to: &values)
      if try options[CommonOptions.showsTable] {
        blocks.append(.table(differences.table(style), name: "median-differences"))
      }
    }
    let request = try options[FigureOption.survival]
    var annotations = test?.test.map { ["Log-rank " + style.pSentence(Quantity($0.pValue))] } ?? []
    if try options[hazardRatio] {
      let ratio = try frame.hazardRatio(
        level: settings.confidenceLevel, threads: context.threads, at: options.range(hazardRatio))
      values.add(".hazard_ratio", ratio, .ratio)
      annotations.insert("HR " + style.sentence(ratio, .ratio), at: 0)
    }
    if request.isDrawn {
      let figure = survival.figure(
        id: context.id, title: try options.title,
        valueLabel: CaptionWords(frame.dataSet).survivalAxis(try options[CommonOptions.formula]) + ", %",
        annotations: annotations, request: request, style: style)
      blocks.append(.figure(figure, name: nil, caption: caption))
    }
    let alike = request.warnings(
      ofCurves: survival.rows.count, at: options.range(CommonOptions.formula), besides: frame.warnings)
    return DirectiveOutput(
      blocks: blocks, values: values.values,
      warnings: frame.warnings + alike
        + competingWarnings(frame, request, at: options.range(FigureOption.survival)))
  }

  /// One minus the survival is no risk where other events stand in the event's way.
  private static func competingWarnings(
    _ frame: SurvivalFrame, _ request: FigureRequest, at range: SourceRange
  ) -> [Diagnostic] {
    guard request.isDrawn, request.transform == .risk, frame.times.columns.censoredValues.count > 1 else {
      return []
    }
    return [
      Diagnostic(
        .warning, .competingEvents,
        "1 − S(t) overstates the risk where an event that counts as censored prevents this one", at: range,
        remedy: "use cumulative-incidence, which takes the causes apart",
        values: frame.times.columns.censoredValues)
    ]
  }
}
