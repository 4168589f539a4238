// `{matching}`: treated rows and the controls nearest to them.

import Diagnostics
import Expressions
import ModelFormula
import Presentation
import Regression

enum MatchingDirective: Directive {
  static let ratio = OptionKey(
    "ratio", .integer(in: 1...100), default: 1, shown: "1", "controls sought for each treated row")
  static let caliper = OptionKey(
    "caliper", OptionKind<Double?>.caliper, default: 0.2, shown: "0.2",
    "greatest distance of a match, in standard deviations of the distances of all rows; `none` for no limit")
  static let replacement = OptionKey(
    "replacement", .flag, default: false, shown: "false", "whether a control may serve several treated rows")
  static let exact = OptionKey(
    "exact", OptionKind<ColumnName>.column.list, default: [], shown: "none",
    "columns in which matched rows must agree")
  static let order = OptionKey(
    "order", OptionKind<MatchingOrder>.choice(), default: .largest, shown: "largest",
    "who chooses first: the treated with the largest or smallest scores, or in the order of the data")
  static let scale = OptionKey(
    "scale", OptionKind<Scale>.choice(), default: .logit, shown: "logit",
    "on what distances are measured: the logit of the score, or the score itself")

  enum Scale: String, CaseIterable, Sendable { case logit, score }

  static let specification = DirectiveSpecification(
    name: "matching",
    summary: "Nearest-neighbour matching on a propensity score: balance, love plot, matched outcome.",
    details: """
      The score is the probability of treatment by logistic regression. Treated rows choose in turn the control nearest to \
      them (greedy), those with the largest score first; with a ratio of k there are k rounds. Rows with the same score \
      are put in the order of their covariates and outcome, so that the order of the file does not matter. Weights are \
      those of the average effect in the matched treated: 1 for the treated, for a control the sum over its sets of one \
      over the controls of the set, scaled to the number of controls. Balance is the difference of weighted means, treated \
      minus control, in units of the unmatched mean standard deviation. With an `outcome`, weighted Kaplan–Meier estimates \
      and a Cox model of the treatment follow, with variances robust over the matched sets (over rows with replacement); an event \
      without a time is compared by risks, a column of numbers by means.

      The matched rows are a data set of their own: `data: ID` in any other directive, with the columns `matched_set`, \
      `match_weight` and `propensity_score`. Sentences and claims ask it as they ask a `{data}` block: \
      `ID.count(stage == "IV")`, `ID.percent(…)`, `ID.mean(age)`.
      """,
    options: [
      CommonOptions.data.specification, PropensityDirective.treatment.specification,
      PropensityDirective.formula.specification, PropensityDirective.outcome.specification,
      CommonOptions.condition.specification, ratio.specification, caliper.specification,
      replacement.specification, exact.specification, order.specification, scale.specification,
      PropensityDirective.times.specification, PropensityDirective.balance.specification,
      CommonOptions.confidenceLevel.specification, CommonOptions.caption.specification,
      CommonOptions.showsTable.specification, FigureOption.plain.specification,
    ],
    results: [
      ResultSpecification("ID.n", "rows considered; `.missing` rows left out, `.treated`, `.controls`"),
      ResultSpecification("ID.matched_treated", "also `.matched_controls`, `.unmatched` treated rows"),
      ResultSpecification(
        "ID.caliper", "in the unit of the distances; `.distance.mean`, `.distance.max` of the matches"),
      ResultSpecification("ID.coefficient[\"age\"]", "of the score's model"),
      ResultSpecification(
        "ID.balance[\"age\"].before",
        "standardised difference; `.after` matching; of a level `ID.balance[\"sex\", \"male\"].after`"),
      ResultSpecification(
        "ID.survival[\"1\"].at(t).survival",
        "of the matched treated; `[\"0\"]` of their controls; `.lower`, `.upper`, `.se`"),
    ] + TreatmentComparisonNames.all + [
      ResultSpecification(
        "ID.count(condition)",
        "of the matched rows, as `percent`, `mean` and all else a data set can be asked")
    ],
    example: """
      data: nelm
      treatment: treatment == "resection"
      formula: ~ age + sex + stage
      exact: [primary_site]
      outcome: os
      times: [60]
      """,
    literature: [
      "Austin PC. A comparison of 12 algorithms for matching on the propensity score. Stat Med 2014;33:1057–69.",
      "Austin PC. Optimal caliper widths for propensity-score matching. Pharm Stat 2011;10:150–61.",
      "Ho DE, Imai K, King G, Stuart EA. MatchIt: nonparametric preprocessing for parametric causal inference. "
        + "J Stat Softw 2011;42(8).",
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let frame = try PropensityFrame(options, in: context, required: try options[exact])
    let exactColumns = try options[exact].map { try frame.dataSet.column($0.name, at: $0.range) }
    let level = try options[CommonOptions.confidenceLevel]
    var settings = MatchingOptions()
    settings.ratio = try options[ratio]
    settings.caliper = try options[caliper]
    settings.allowsReplacement = try options[replacement]
    settings.order = try options[order]
    let analysis = try MatchedAnalysis(
      id: context.id, frame: frame, score: try PropensityScore(frame, threads: context.threads),
      exact: exactColumns, options: settings, scale: try options[scale], level: level)
    guard !analysis.matching.sets.isEmpty else {
      throw Diagnostic(
        .noRows, "no treated row has a control" + (analysis.caliper == nil ? "" : " within the caliper"),
        at: options.isGiven(caliper) ? options.range(caliper) : frame.treatmentRange,
        remedy: exactColumns.isEmpty
          ? "widen 'caliper', or write 'caliper: none'" : "widen 'caliper', or match exactly on fewer columns"
      )
    }
    var values = ResultValues()
    analysis.addValues(to: &values)
    let clusters = try analysis.clusters()
    let outcome = try frame.times.map {
      try PropensityOutcome(
        analysis.score, $0, level: level, threads: context.threads, clusters: clusters)
    }
    let response = try frame.response.map {
      try PropensityResponse(analysis.score, $0, level: level, clusters: clusters)
    }
    response?.addValues(to: &values)
    let times = try options[PropensityDirective.times]
    outcome?.addValues(at: times, to: &values)
    let caption = try options[CommonOptions.caption]
    let style = context.style
    let showsTable = try options[CommonOptions.showsTable]
    var blocks: [OutputBlock] = []
    if showsTable {
      let notes = analysis.notes(style, exact: exactColumns)
      blocks.append(.table(analysis.score.table(caption: caption, notes: notes), name: nil))
    }
    let request = try options[FigureOption.plain]
    if request.isDrawn, analysis.score.lines.contains(where: { $0.balance != nil }) {
      let figure = analysis.score.figure(title: try options.title, request: request, style: style)
      blocks.append(.figure(figure, name: nil, caption: caption))
    }
    if let outcome, showsTable {
      let table = outcome.table(at: times, unit: frame.times?.unit, analysis: analysis.score, style: style)
      blocks.append(.table(table, name: "outcome"))
    }
    if let response, showsTable {
      blocks.append(.table(response.table(analysis: analysis.score, style: style), name: "outcome"))
    }
    return DirectiveOutput(
      blocks: blocks, values: values.values,
      warnings: PropensityDirective.warnings(analysis.score) + analysis.warnings(at: frame.treatmentRange)
        + (outcome?.warnings(at: frame.treatmentRange) ?? []),
      artifact: analysis)
  }
}

extension OptionKind where Value == Double? {
  /// A positive number of standard deviations, or `none`.
  static var caliper: Self {
    let what = "a positive number, or none"
    return OptionKind(what) { tree, reader in
      if tree.isNull || tree.scalar?.string == "none" { return .some(nil) }
      guard let text = tree.scalar?.string, let value = Double(text), value.isFinite, value > 0 else {
        return expected(what, at: tree, &reader)
      }
      return value
    }
  }
}
