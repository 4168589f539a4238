// `{validate}`: internal validation of a Cox model by the bootstrap.

import Diagnostics
import Expressions
import NumericalMethods
import Presentation
import Survival

enum ValidateDirective: Directive {
  static let model = OptionKey(required: "model", .id("the id of a Cox model"), "the Cox model to validate")
  static let seed = OptionKey(
    required: "seed", .integer(in: 0...Int.max),
    "where the random numbers begin; any whole number, kept for ever")
  static let repeats = OptionKey(
    "repeats", .integer(in: 10...100_000), default: 200, shown: "200", "bootstrap replicates")

  static let specification = DirectiveSpecification(
    name: "validate",
    summary: "Optimism-corrected concordance and calibration slope of a Cox model, by the bootstrap.",
    details: """
      Harrell's bootstrap: each replicate draws as many rows as the model has (whole clusters, where it has clusters) with \
      replacement, fits the model to them, and compares its concordance there with that on the original rows; the mean \
      difference is the optimism of the apparent concordance. The corrected calibration slope is the mean slope of the replicates' \
      linear predictors on the original rows: below 1 predictions are too extreme. Terms and knots are not chosen anew; a model \
      whose terms were selected on these rows is more optimistic than this shows. Replicates without a maximum of the likelihood \
      are left out and counted. The interval of the corrected concordance is the bootstrap interval of the apparent one moved by the \
      optimism (Noma and others); that of the slope holds the percentiles of the replicates' slopes. The percentile intervals of the coefficients come from the same replicates.

      The random numbers are those of xoshiro256++ seeded by splitmix64 from `seed`, one stream per replicate: the same on every machine \
      and for every number of threads.
      """,
    options: [
      model.specification, seed.specification, repeats.specification,
      CommonOptions.confidenceLevel.specification, CommonOptions.caption.specification,
      CommonOptions.showsTable.specification,
    ],
    results: [
      ResultSpecification(
        "ID.concordance.apparent",
        "also `.optimism`, `.corrected` with `.lower`, `.upper`; `ID.calibration_slope` likewise"),
      ResultSpecification("ID[\"age\"].hr", "with percentile limits `.lower`, `.upper`"),
      ResultSpecification("ID.replicates", "also `.failures`, those left out"),
    ],
    example: """
      model: prognosis
      seed: 20261126
      """,
    literature: [
      "Harrell FE, Lee KL, Mark DB. Multivariable prognostic models. Stat Med 1996;15:361–87.",
      "Noma H, Shinozaki T, Iba K, Teramukai S, Furukawa TA. Confidence intervals of prediction accuracy measures for "
        + "multivariable prediction models based on the bootstrap-based optimism correction methods. Stat Med "
        + "2021;40:5691–701.",
      "Blackman D, Vigna S. Scrambled linear pseudorandom number generators. ACM Trans Math Softw 2021;47:36.",
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let reference = try options[model]
    let analysis = try context.coxModel(reference)
    let level = try options[CommonOptions.confidenceLevel]
    let found = try analysis.frame.roles.translating {
      try OptimismCorrection.bootstrap(
        analysis.fit, repeats: try options[repeats], seed: UInt64(try options[seed]), confidenceLevel: level,
        threads: context.threads)
    }
    guard let found else {
      throw Diagnostic(
        .separation, "the model '\(reference.id)' or most of its replicates have no estimate",
        at: reference.range,
        remedy: "fit fewer terms, or penalise with 'firth: true'")
    }
    let measures = [
      Measure(name: "concordance", label: "Concordance", found.concordance, .proportion, level),
      Measure(
        name: "calibration_slope", label: "Calibration slope", found.calibrationSlope, .coefficient, level),
    ]
    let values = values(found, measures, analysis, level)
    guard try options[CommonOptions.showsTable] else { return DirectiveOutput(blocks: [], values: values) }
    let table = table(
      measures, notes: notes(found, analysis, model: reference.id, context.style),
      interval: IntervalWording.name(level: level, style: context.style.number),
      caption: try options[CommonOptions.caption])
    return DirectiveOutput(blocks: [.table(table, name: nil)], values: values)
  }

  /// A measure of performance as it is named, printed and corrected.
  private struct Measure {
    let name: String
    let label: String
    let apparent: Quantity
    let optimism: Quantity
    let corrected: Estimate
    let format: ValueFormat

    init(
      name: String, label: String, _ found: OptimismCorrection.Measure, _ kind: ValueKind, _ level: Double
    ) {
      self.name = name
      self.label = label
      apparent = Quantity(found.apparent)
      optimism = Quantity(found.optimism)
      corrected = Estimate(found.corrected, found.confidenceInterval, level: level)
      format = ValueFormat(kind, digits: 3)
    }
  }

  private static func values(
    _ found: OptimismCorrection, _ measures: [Measure], _ analysis: CoxAnalysis, _ level: Double
  ) -> [ResultValue] {
    var values = ResultValues()
    values.add(".n", count: analysis.frame.cases.rows.count)
    values.add(".replicates", count: found.replicates)
    values.add(".failures", count: found.failures)
    for measure in measures {
      values.add(".\(measure.name).apparent", measure.apparent, measure.format)
      values.add(".\(measure.name).optimism", measure.optimism, measure.format)
      values.add(".\(measure.name).corrected", measure.corrected, measure.format)
    }
    let columns = analysis.frame.design.columns
    for (index, interval) in found.coefficients.enumerated() where columns.indices.contains(index) {
      let path = ModelRows.path(columns[index].origin.pathArguments)
      values.add(path + ".hr", ratio(analysis.fit.coefficients[index], interval, level), .ratio)
    }
    return values.values
  }

  private static func notes(
    _ found: OptimismCorrection, _ analysis: CoxAnalysis, model: String, _ style: JournalStyle
  ) -> [String] {
    var notes = [
      "model \(model)", "bootstrap, \(style.text(Quantity(found.replicates), .count)) replicates",
      "seed \(found.seed)",
      "intervals: percentiles of the replicates' own concordances moved by the optimism, and of their slopes",
    ]
    if analysis.frame.clusters != nil { notes.append("whole clusters drawn") }
    if found.failures > 0 {
      notes.append("\(style.text(Quantity(found.failures), .count)) replicates without an estimate left out")
    }
    return notes
  }

  private static func table(
    _ measures: [Measure], notes: [String], interval: String, caption: String
  ) -> Table {
    Table(
      caption: caption,
      columns: [
        TableColumn("Measure", alignment: .left), TableColumn("Apparent"), TableColumn("Optimism"),
        TableColumn("Corrected (\(interval))"),
      ],
      rows: measures.map { measure in
        TableRow([
          .text(measure.label), .quantity(measure.apparent, measure.format),
          .quantity(measure.optimism, measure.format), .estimate(measure.corrected, measure.format),
        ])
      }, notes: notes)
  }

  private static func ratio(_ coefficient: Double, _ interval: ConfidenceInterval, _ level: Double)
    -> Estimate
  {
    guard !coefficient.isNaN else { return .notEstimable }
    return Estimate(
      Elementary.exp(coefficient),
      ConfidenceInterval(
        lower: interval.lower.map(Elementary.exp), upper: interval.upper.map(Elementary.exp)), level: level)
  }
}
