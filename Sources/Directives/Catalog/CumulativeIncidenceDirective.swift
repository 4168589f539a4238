// `{cumulative-incidence}`: the probability of each of several competing events.

import Diagnostics
import Expressions
import Figures
import Presentation
import Survival

enum CumulativeIncidenceDirective: Directive {
  static let times = OptionKey(
    "times", OptionKind<Double>.number(in: 0...Double.greatestFiniteMagnitude).list, default: [],
    shown: "none", "times at which incidence is reported")
  static let confidenceType = OptionKey(
    "confidence-type", OptionKind<KaplanMeierDirective.ConfidenceType>.choice(), default: .logLog,
    shown: "log-log, or by `compat`",
    "the scale on which the interval of F(t) is symmetric; R's survfit takes log")
  static let variance = OptionKey(
    "variance", OptionKind<Variance>.choice(), default: .aalen, shown: "aalen",
    "Aalen's (as cmprsk), or the infinitesimal jackknife (as survfit; always with clusters)")
  static let gray = OptionKey(
    "gray", .flag, default: true, shown: "true", "whether groups are compared by Gray's test")
  static let rho = OptionKey(
    "rho", .number(in: -100...100), default: 0, shown: "0", "exponent of 1 − F(t−) in Gray's test")
  static let form = OptionKey(
    "form", OptionKind<Form>.choice(), default: .curves, shown: "curves",
    "of the figure: a curve per cause and group, or stacked areas with a panel per group")

  enum Variance: String, CaseIterable, Sendable { case aalen, jackknife }
  enum Form: String, CaseIterable, Sendable { case curves, stacked }

  static let specification = DirectiveSpecification(
    name: "cumulative-incidence",
    summary: "Cumulative incidence of competing events by group, with Gray's test.",
    details: """
      Aalen and Johansen's estimator: F(t) of a cause sums S(u−) d(u)/n(u) over its event times u up to t, S being the \
      probability of having had no event of any cause; the incidences of all causes and S(t) add up to one. The interval is \
      symmetric for log(−log F) unless `confidence-type` says otherwise. Beyond the last observed time of a group nothing is \
      estimated. The event is a column with several values, named by `causes` and `censored`; a value that is neither is an \
      error. `strata()` in the formula stratifies Gray's test and does not split the curves.
      """,
    options: [
      CommonOptions.data.specification, CommonOptions.formula.specification,
      CommonOptions.condition.specification, CompetingCauses.causes.specification,
      CompetingCauses.censored.specification, times.specification,
      CommonOptions.confidenceLevel.specification, confidenceType.specification, variance.specification,
      gray.specification, rho.specification, CommonOptions.weights.specification,
      CommonOptions.cluster.specification, CommonOptions.patient.specification, form.specification,
      CommonOptions.caption.specification,
      CommonOptions.showsTable.specification, FigureOption.incidence.specification,
    ],
    results: [
      ResultSpecification("ID.n", "rows used; `.missing` rows left out, `ID[\"group\"].n` of a group"),
      ResultSpecification("ID[\"cause\"].events", "all groups together; `ID[\"group\", \"cause\"].events`"),
      ResultSpecification(
        "ID[\"group\", \"cause\"].at(t).incidence",
        "F(t), 0 to 1, with `.lower`, `.upper`, `.se`, `.se_aalen`, `.se_jackknife`; all groups together without the group"
      ),
      ResultSpecification("ID[\"group\"].at(t).event_free", "probability of no event of any cause"),
      ResultSpecification("ID.gray[\"cause\"].chi_squared", "Gray's test, also `.df`, `.p`"),
    ],
    decimals: [.estimates, .percentages],
    example: """
      data: pbc
      formula: Surv(time, status) ~ trt
      causes: {transplant: 1, death: 2}
      times: [1825, 3650]
      """,
    literature: [
      "Aalen OO, Johansen S. An empirical transition matrix for non-homogeneous Markov chains. Scand J Stat 1978;5:141–50.",
      "Gray RJ. A class of K-sample tests for comparing the cumulative incidence of a competing risk. Ann Stat 1988;16:1141–54.",
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let frame = try CompetingFrame(
      options, context, weights: try options[CommonOptions.weights], counts: true)
    let grouping = try Grouping(frame.model)
    var settings = CumulativeIncidenceOptions()
    settings.confidenceLevel = try options[CommonOptions.confidenceLevel]
    settings.transform = try options.value(
      confidenceType, otherwise: context.compatibility.incidenceConfidenceType
    ).transform
    let isJackknife = try options[variance] == .jackknife || frame.clusters != nil
    settings.variance = isJackknife ? .infinitesimalJackknife : .aalen
    settings.threads = context.threads
    let causeCount = frame.causes.names.count
    let groups = try frame.roles.translating {
      try frame.counted.map(\.groups) ?? grouping.map { try Groups($0, rows: frame.cases.rows) }
    }
    let (pooled, byGroup) = try frame.roles.translating { [settings] in
      if let counted = frame.counted {
        return (
          try CumulativeIncidence.estimate(counted.tally.pooled, options: settings),
          try groups.map {
            try CumulativeIncidence.estimate(counted.tally, names: $0.names, options: settings)
          }
        )
      }
      let outcome = try frame.outcome
      return (
        try CumulativeIncidence.estimate(
          outcome, causeCount: causeCount, clusters: frame.clusters, options: settings),
        try groups.map {
          try CumulativeIncidence.estimate(
            outcome, causeCount: causeCount, groups: $0.codes, clusters: frame.clusters, options: settings)
        }
      )
    }
    guard let all = pooled.groups.first else {
      throw Diagnostic(.noRows, "no rows to analyse", at: options.block)
    }
    let test = try grayTest(frame, groups, options, context)
    var incidence = IncidenceCurves(
      frame: frame, grouping: grouping, groups: groups, pooled: all, byGroup: byGroup?.groups ?? [],
      gray: test, rho: try options[rho], times: try options[times], settings: settings)
    if test == nil, try options[gray], (groups?.names.count ?? 0) > 1 {
      incidence.noGrayReason =
        frame.earliestEntry != nil
        ? "it does not allow for delayed entry"
        : frame.isWeighted ? "it does not allow for these weights" : nil
    }
    return try output(incidence, options, context)
  }

  /// Gray's test; `nil` where there is nothing to compare or the author does not want it.
  private static func grayTest(
    _ frame: CompetingFrame, _ groups: Groups?, _ options: ResolvedOptions, _ context: DirectiveContext
  ) throws -> GrayTest? {
    guard try options[gray] else { return nil }
    let isAsked = options.isGiven(gray)
    guard let groups else {
      guard isAsked else { return nil }
      throw Diagnostic(
        .oneGroup, "Gray's test compares groups: the formula names none", at: options.range(gray),
        remedy: "name a column of groups after '~', or leave 'gray' out")
    }
    let exponent = try options[rho]
    do {
      return try frame.roles.translating {
        if let counted = frame.counted {
          return try GrayTest.compare(counted.tally, names: groups.names, rho: exponent)
        }
        return try GrayTest.compare(
          frame.outcome, causeCount: frame.causes.names.count, groups: groups.codes,
          strata: try frame.model.strata(rows: frame.cases.rows)?.groupCodes(role: .strata), rho: exponent,
          threads: context.threads)
      }
    } catch {
      // Delayed entry, fractional weights or one group: said only to those who asked.
      if isAsked { throw error }
      return nil
    }
  }

  private static func output(
    _ incidence: IncidenceCurves, _ options: ResolvedOptions, _ context: DirectiveContext
  ) throws -> DirectiveOutput {
    let style = context.style
    let frame = incidence.frame
    var values = ResultValues()
    incidence.addValues(to: &values)
    let caption = try options[CommonOptions.caption]
    var blocks: [OutputBlock] = []
    if try options[CommonOptions.showsTable] {
      blocks.append(.table(incidence.table(caption: caption, style: style), name: nil))
    }
    let request = try options[FigureOption.incidence]
    if request.isDrawn, incidence.hasRows {
      let figure = incidence.figure(
        id: context.id, title: try options.title,
        form: try options[form] == .stacked ? .stacked : .curves, request: request, style: style)
      blocks.append(.figure(figure, name: nil, caption: caption))
    }
    let warnings = incidence.warnings
    // A stacked figure has a panel for each group.
    let groupCount = try options[form] == .stacked ? 1 : max(incidence.byGroup.count, 1)
    let alike = request.warnings(
      ofCurves: groupCount * frame.causes.names.count, at: options.range(CommonOptions.formula),
      besides: warnings)
    return DirectiveOutput(
      blocks: blocks, values: values.values, warnings: warnings + alike,
      artifact: AnalysedCases(id: context.id, dataSet: frame.dataSet, cases: frame.cases))
  }
}
