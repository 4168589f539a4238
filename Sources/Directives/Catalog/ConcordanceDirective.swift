// `{concordance}`: how well a predictor orders the times to event.

import Diagnostics
import Expressions
import ModelFormula
import Presentation
import Survival

enum ConcordanceDirective: Directive {
  static let formula = OptionKey(optional: "formula", .formula, "outcome ~ predictor")
  static let data = OptionKey(optional: "data", .dataSet, "the data set, with a formula")
  static let model = OptionKey(
    optional: "model", .id("the id of a Cox model"), "a Cox model, instead of a formula")
  static let timeWeight = OptionKey(
    "time-weight", OptionKind<ConcordanceOptions.TimeWeight>.choice(), default: .equal, shown: "n",
    "how event times are weighted: n, S, S/G, n/G2 (Uno), I")
  static let maximumTime = OptionKey(
    optional: "maximum-time", .number(in: Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude),
    "pairs whose event comes after this time do not count; Uno's C should have one")
  static let reverse = OptionKey(
    "reverse", .flag, default: true, shown: "true",
    "whether a greater predictor means an earlier event, as in a risk score")

  static let specification = DirectiveSpecification(
    name: "concordance",
    summary: "Concordance of a predictor, or of a Cox model, with its standard error.",
    details: """
      The share of comparable pairs that the predictor puts in the right order, ties in the predictor counting half; Harrell's C \
      with `time-weight: n`, Uno's with `n/G2`. The standard error is that of the infinitesimal jackknife.
      """,
    options: [
      data.specification, formula.specification, model.specification, CommonOptions.condition.specification,
      timeWeight.specification, maximumTime.specification, reverse.specification,
      CommonOptions.cluster.specification,
      CommonOptions.confidenceLevel.specification, CommonOptions.caption.specification,
      CommonOptions.showsTable.specification,
    ],
    results: [
      ResultSpecification("ID.concordance", "with `.se`, `.lower`, `.upper`"),
      ResultSpecification("ID.concordant", "pairs; also `.discordant`, `.tied_x`, `.tied_y`, `.tied_xy`"),
    ],
    example: "model: prognosis",
    literature: [
      "Harrell FE, et al. Evaluating the yield of medical tests. JAMA 1982;247:2543–6.",
      "Therneau TM, Watson DA. The concordance statistic and the Cox model. Mayo Clinic technical report 85, 2017.",
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    var settings = ConcordanceOptions()
    settings.timeWeight = try options[timeWeight]
    settings.maximumTime = try options[maximumTime]
    settings.threads = context.threads
    let result: Concordance
    let cases: CompleteCases
    let name: String
    if let reference = try options[model] {
      let analysis = try context.coxModel(reference)
      result = try analysis.frame.roles.translating { try analysis.fit.concordance(options: settings) }
      cases = analysis.frame.cases
      name = "model \(reference.id)"
    } else {
      settings.direction = try options[reverse] ? .risk : .survival
      let frame = try frame(options, context)
      guard frame.design.columns.count == 1, let predictor = frame.design.columns.first else {
        throw Diagnostic(
          .formulaSyntax, "concordance takes one predictor, a number", at: frame.formula.source.range(),
          remedy: "fit a {cox} model and name it under 'model:'")
      }
      let values = predictor.values.numbers()
      result = try frame.roles.translating {
        try Concordance.of(
          values, outcome: frame.outcome, strata: try frame.strataCodes(), clusters: frame.clusters,
          options: settings)
      }
      cases = frame.cases
      name = predictor.name
    }
    return try output(result, cases, name, options, context)
  }

  private static func frame(_ options: ResolvedOptions, _ context: DirectiveContext) throws -> CoxFrame {
    guard let formula = try options[formula], let reference = try options[data] else {
      throw Diagnostic(
        .missingOption, "'concordance' needs 'model', or 'data' and 'formula'", at: options.block,
        remedy: "add 'model: ID'")
    }
    let dataSet = try context.dataSet(reference.id, at: reference.range)
      .filtered(by: try options[CommonOptions.condition], threads: context.threads)
    return try CoxFrame(
      formula: formula,
      source: CoxFrame.Source(
        dataSet: dataSet, times: try SurvivalTimes(formula, in: dataSet, threads: context.threads),
        weights: nil,
        cluster: try options[CommonOptions.cluster].map { try dataSet.column($0.name, at: $0.range) },
        offset: nil,
        threads: context.threads, weightsRange: nil))
  }

  private static func output(
    _ result: Concordance, _ cases: CompleteCases, _ name: String, _ options: ResolvedOptions,
    _ context: DirectiveContext
  ) throws -> DirectiveOutput {
    let level = try options[CommonOptions.confidenceLevel]
    let interval = result.confidenceInterval(level: level)
    let estimate = Estimate(
      Quantity(result.estimate, otherwise: .notEstimable),
      lower: Quantity(interval.lower, otherwise: .notEstimable),
      upper: Quantity(interval.upper, otherwise: .notEstimable), level: level)
    var values = ResultValues()
    values.add(".n", count: result.observationCount)
    values.add(".missing", count: cases.excludedCount)
    values.add(".concordance", estimate, .proportion)
    values.add(".concordance.se", Quantity(result.standardError, otherwise: .notEstimable), .proportion)
    let counts = result.counts
    values.add(".concordant", counts.concordant, .number)
    values.add(".discordant", counts.discordant, .number)
    values.add(".tied_x", counts.tiedPredictor, .number)
    values.add(".tied_y", counts.tiedTime, .number)
    values.add(".tied_xy", counts.tiedBoth, .number)
    guard try options[CommonOptions.showsTable] else {
      return DirectiveOutput(blocks: [], values: values.values)
    }
    let style = context.style
    var notes = [
      "time weight \(try options[timeWeight].rawValue)", "standard error by the infinitesimal jackknife",
    ]
    if let limit = try options[maximumTime] {
      notes.append("events up to \(NumberFormat.trimmed(limit, digits: 6, style: style.number))")
    }
    if let excluded = cases.note(count: { style.text(Quantity($0), .count) }) { notes.append(excluded) }
    let table = Table(
      caption: try options[CommonOptions.caption],
      columns: [
        TableColumn("Predictor", alignment: .left), TableColumn("N"),
        TableColumn("Concordance (\(IntervalWording.name(level: level, style: style.number)))"),
        TableColumn("Concordant"),
        TableColumn("Discordant"),
      ],
      rows: [
        TableRow([
          .text(name), .count(result.observationCount),
          .estimate(estimate, ValueFormat(.proportion, digits: 3)),
          .count(counts.concordant), .count(counts.discordant),
        ])
      ], notes: notes)
    return DirectiveOutput(blocks: [.table(table, name: nil)], values: values.values)
  }
}
