// `{propensity}`: weighting by the propensity score.

import Diagnostics
import Expressions
import ModelFormula
import Presentation
import Regression

enum PropensityDirective: Directive {
  static let treatment = OptionKey(
    required: "treatment", .expression, "which rows are treated: treatment == \"resection\"")
  static let formula = OptionKey(
    required: "formula", .formula, "the covariates of the score: ~ age + sex")
  static let outcome = OptionKey(
    optional: "outcome", OptionKind<Formula>.comparedOutcome,
    "what to compare after weighting: a survival outcome, an event such as died == 1, or a column of numbers")
  static let estimand = OptionKey(
    "estimand", OptionKind<PropensityWeights.Estimand>.choice(), default: .everyone, shown: "ATE",
    "whose average effect: of all (ATE), the treated (ATT), the controls (ATC), the overlap (ATO)")
  static let stabilised = OptionKey(
    "stabilised", .flag, default: false, shown: "false", "weights times the share of their group (ATE)")
  static let truncate = OptionKey(
    "truncate", .number(in: 0...0.25), default: 0, shown: "0",
    "share of weights at either end that are set to the limit: 0.01 cuts at the 1st and 99th percentile")
  static let times = OptionKey(
    "times", OptionKind<Double>.number(in: 0...Double.greatestFiniteMagnitude).list, default: [],
    shown: "none", "times of the weighted survival")
  static let balance = OptionKey(
    "balance", OptionKind<ColumnName>.column.list, default: [], shown: "the covariates",
    "columns whose balance is shown")
  static let rows = OptionKey(
    "rows", OptionKind<Int>.integer(in: 0...1000), default: 0, shown: "0",
    "how many rows' own scores and weights are results; they follow the order of the data file")

  static let specification = DirectiveSpecification(
    name: "propensity",
    summary: "Inverse-probability weights from a propensity score: balance, love plot, weighted outcome.",
    details: """
      The score is the probability of treatment by logistic regression. Weights of the ATE are 1/score for the treated and \
      1/(1 − score) for controls; of the ATT 1 and score/(1 − score); of the overlap 1 − score and score. Balance is the \
      difference of (weighted) means, treated minus control, in units of the unweighted mean standard deviation; beyond 0.1 \
      in either direction is commonly called imbalance. With an `outcome`, weighted Kaplan–Meier estimates and a weighted \
      Cox model follow; their robust variances take the weights as known. An event without a time (`died == 1`) is compared by \
      weighted risks, their difference, ratio and odds ratio, a column of numbers by weighted means; these variances are the \
      sandwich of the weighted model (HC0). A score of 0 or 1 (separation) has no weight and is an error. An arm with fewer than \
      10 effective rows, and weights above 10 and above √n log(n)/5, are warned of.

      The weighted rows are a data set of their own: `data: ID` in any other directive, with the columns `propensity_weight` and \
      `propensity_score`: `weights: propensity_weight` makes a weighted Kaplan–Meier figure or a weighted regression of them. Where the data have \
      such a column, the id follows: `propensity_weight_ID`.
      """,
    options: [
      CommonOptions.data.specification, treatment.specification, formula.specification,
      outcome.specification, CommonOptions.condition.specification, estimand.specification,
      stabilised.specification, truncate.specification, times.specification, balance.specification,
      rows.specification,
      CommonOptions.confidenceLevel.specification, CommonOptions.caption.specification,
      CommonOptions.showsTable.specification, FigureOption.plain.specification,
    ],
    results: [
      ResultSpecification("ID.n", "rows used; `.missing` rows left out, `.treated`"),
      ResultSpecification("ID.coefficient[\"age\"]", "of the score's model"),
      ResultSpecification(
        "ID.score.sum",
        "also `.min`, `.max`, `.sum_of_squares`; with `rows: 5` the first rows' as `ID.score(1)`"),
      ResultSpecification("ID.weight.sum", "likewise"),
      ResultSpecification("ID.effective_sample_size[\"treated\"]", "(Σw)²/Σw²; also `[\"control\"]`"),
      ResultSpecification(
        "ID.balance[\"age\"].before",
        "standardised difference; `.after` weighting; of a level `ID.balance[\"sex\", \"male\"].after`"),
      ResultSpecification(
        "ID.survival[\"1\"].at(t).survival",
        "of the treated; `[\"0\"]` of controls; `.lower`, `.upper`, `.se`, `.se_greenwood`"),
    ] + TreatmentComparisonNames.all,
    example: """
      data: nelm
      treatment: treatment == "resection"
      formula: ~ age + sex + stage
      outcome: os
      times: [60]
      """,
    literature: [
      "Austin PC, Stuart EA. Moving towards best practice when using inverse probability of treatment weighting. "
        + "Stat Med 2015;34:3661–79.",
      "Li F, Morgan KL, Zaslavsky AM. Balancing covariates via propensity score weighting. J Am Stat Assoc "
        + "2018;113:390–400.",
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let frame = try PropensityFrame(options, in: context)
    let estimand = try options[estimand]
    let isStabilised = try options[stabilised]
    if isStabilised, estimand != .everyone {
      throw Diagnostic(
        .invalidOption, "stabilised weights are those of the ATE", at: options.range(stabilised),
        remedy: "leave 'stabilised' out")
    }
    let truncation = try options[truncate]
    let level = try options[CommonOptions.confidenceLevel]
    let score = try PropensityScore(frame, threads: context.threads)
    let analysis = PropensityAnalysis(
      id: context.id, frame: frame, score: score,
      coefficients: try score.fit.coefficientRows(confidenceLevel: level),
      weights: PropensityWeights(
        scores: score.probabilities, isTreated: frame.isTreated, estimand: estimand,
        isStabilised: isStabilised, truncation: truncation), estimand: estimand)
    var values = ResultValues()
    analysis.addValues(to: &values, rows: try options[rows])
    let weighted = try frame.times.map {
      try PropensityOutcome(analysis, $0, level: level, threads: context.threads)
    }
    let times = try options[times]
    weighted?.addValues(at: times, to: &values)
    let response = try frame.response.map { try PropensityResponse(analysis, $0, level: level) }
    response?.addValues(to: &values)
    let caption = try options[CommonOptions.caption]
    let style = context.style
    var blocks: [OutputBlock] = []
    if try options[CommonOptions.showsTable] {
      let notes = analysis.notes(truncation: truncation, isStabilised: isStabilised, style: style)
      blocks.append(.table(analysis.table(caption: caption, notes: notes), name: nil))
    }
    let request = try options[FigureOption.plain]
    if request.isDrawn, analysis.lines.contains(where: { $0.balance != nil }) {
      let figure = analysis.figure(title: try options.title, request: request, style: style)
      blocks.append(.figure(figure, name: nil, caption: caption))
    }
    if let weighted, try options[CommonOptions.showsTable] {
      let table = weighted.table(at: times, unit: frame.times?.unit, analysis: analysis, style: style)
      blocks.append(.table(table, name: "outcome"))
    }
    if let response, try options[CommonOptions.showsTable] {
      blocks.append(.table(response.table(analysis: analysis, style: style), name: "outcome"))
    }
    return DirectiveOutput(
      blocks: blocks, values: values.values,
      warnings: warnings(analysis) + (weighted?.warnings(at: frame.treatmentRange) ?? []),
      artifact: try WeightedRows(analysis))
  }

  static func warnings(_ analysis: PropensityAnalysis) -> [Diagnostic] {
    let place = analysis.frame.formula.source.range()
    var warnings = analysis.frame.warnings
    let aliased = analysis.coefficients.filter { $0.status == .aliased }.map { "'\($0.name)'" }
    if !aliased.isEmpty {
      warnings.append(
        Diagnostic(
          .warning, .aliased,
          "\(aliased.joined(separator: ", ")) is aliased: other columns of the score determine it", at: place,
          remedy: "remove it from the formula, or one of the columns it depends on"))
    }
    if analysis.score.fit.status != .converged {
      warnings.append(
        Diagnostic(
          .warning, .notConverged,
          "the propensity score did not converge in \(analysis.score.fit.iterations) iterations", at: place,
          remedy: "look for columns of very different scales"))
    }
    return warnings + analysis.stabilityWarnings(at: analysis.frame.treatmentRange)
  }
}
