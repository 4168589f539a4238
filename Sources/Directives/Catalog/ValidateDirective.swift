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
    var values = ResultValues()
    values.add(".n", count: analysis.frame.cases.rows.count)
    values.add(".replicates", count: found.replicates)
    values.add(".failures", count: found.failures)
    let measures = [
      ("concordance", "Concordance", found.concordance, ValueFormat(.proportion, digits: 3)),
      (
        "calibration_slope", "Calibration slope", found.calibrationSlope, ValueFormat(.coefficient, digits: 3)
      ),
    ]
    for (name, _, measure, format) in measures {
      values.add(".\(name).apparent", measure.apparent, format)
      values.add(".\(name).optimism", measure.optimism, format)
      values.add(
        ".\(name).corrected", Estimate(measure.corrected, measure.confidenceInterval, level: level), format)
    }
    let columns = analysis.frame.design.columns
    for (index, interval) in found.coefficients.enumerated() where columns.indices.contains(index) {
      let path = ModelRows.path(columns[index].origin.pathArguments)
      values.add(path + ".hr", ratio(analysis.fit.coefficients[index], interval, level), .ratio)
    }
    guard try options[CommonOptions.showsTable] else {
      return DirectiveOutput(blocks: [], values: values.values)
    }
    let style = context.style
    var notes = [
      "model \(reference.id)", "bootstrap, \(style.text(Quantity(found.replicates), .count)) replicates",
      "seed \(found.seed)",
      "intervals: percentiles of the replicates' own concordances moved by the optimism, and of their slopes",
    ]
    if analysis.frame.clusters != nil { notes.append("whole clusters drawn") }
    if found.failures > 0 {
      notes.append("\(style.text(Quantity(found.failures), .count)) replicates without an estimate left out")
    }
    let table = Table(
      caption: try options[CommonOptions.caption],
      columns: [
        TableColumn("Measure", alignment: .left), TableColumn("Apparent"), TableColumn("Optimism"),
        TableColumn("Corrected (\(IntervalWording.name(level: level, style: style.number)))"),
      ],
      rows: measures.map { _, label, measure, format in
        TableRow([
          .text(label), .quantity(Quantity(measure.apparent), format),
          .quantity(Quantity(measure.optimism), format),
          .estimate(Estimate(measure.corrected, measure.confidenceInterval, level: level), format),
        ])
      }, notes: notes)
    return DirectiveOutput(blocks: [.table(table, name: nil)], values: values.values)
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
