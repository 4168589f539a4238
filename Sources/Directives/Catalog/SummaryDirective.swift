// `{summary}`: the table of patients, by group.

import DataTables
import Diagnostics
import Expressions
import HypothesisTests
import Presentation

enum SummaryDirective: Directive {
  static let by = OptionKey(optional: "by", .column, "the column of the groups")
  static let variables = OptionKey(
    required: "variables", .summaryVariables,
    "the columns to describe, in order; as a mapping each with the way it is described")
  static let statistics = OptionKey(
    "statistics", OptionKind<NumberStatistic>.choice().list, default: [.median], shown: "median",
    "how numbers are described: median (Q1–Q3), mean (SD), median (range), or several of them")
  static let overall = OptionKey(
    "overall", .flag, default: true, shown: "true", "whether a column for all groups together is printed")
  static let missing = OptionKey(
    "missing", OptionKind<MissingRows>.choice(), default: .whenPresent, shown: "when-present",
    "when a line of missing values is printed")
  static let missingPercent = OptionKey(
    "missing-percent", .flag, default: false, shown: "false",
    "whether missing values are given as n (%), of all rows of the group")
  static let percent = OptionKey(
    "percent", OptionKind<PercentBase>.choice(), default: .column, shown: "column",
    "whether percentages are of the group (column) or of the level (row)")
  static let quantileType = OptionKey(
    optional: "quantile-type", .integer(in: 1...9),
    "the definition of quartiles by Hyndman and Fan's number; without it 7, or 2 with `compat: sas` or `stata`"
  )
  static let difference = OptionKey(
    "difference", .flag, default: false, shown: "false", "the standardised difference between two groups")
  static let p = OptionKey(
    "p", .flag, default: false, shown: "false",
    "P values; off, since trials' baseline tables and most journals do without; `tests` turns them on")
  static let weights = OptionKey(
    optional: "weights", .column,
    "the column of weights, such as `propensity_weight`: n, %, means, quantiles and differences are then weighted"
  )
  static let patient = OptionKey(
    optional: "id", .column,
    "tells patients apart where one has several rows: they are counted beside the rows, and tests take their rows together; "
      + "without it the data's `id`")
  static let tests = OptionKey(
    "tests", OptionKind<SummaryTest>.choice().list, default: [], shown: "by variable",
    "the tests behind P; the first that suits a variable is printed, all are results")

  enum MissingRows: String, CaseIterable, Sendable {
    case whenPresent = "when-present"
    case always, never
  }

  enum PercentBase: String, CaseIterable, Sendable { case column, row }

  enum NumberStatistic: String, CaseIterable, Sendable {
    case median, mean, range

    var form: SummaryForm {
      switch self {
      case .median: .median
      case .mean: .mean
      case .range: .range
      }
    }
  }

  static let specification = DirectiveSpecification(
    name: "summary",
    summary: "Table 1: patients' characteristics by group.",
    details: """
      Numbers are described by median and quartiles, or as `statistics` says; dates by median and range; columns of levels by \
      counts and percentages; columns of true and false by one line for true. A column of numbers is counted level by level \
      where its `levels` are declared in the dictionary, or by `variables: {stage: levels}`. Quartiles are of type 7, as in \
      R, unless `quantile-type` or `compat` says otherwise. Percentages leave out missing values. Rows without a group are \
      left out of all columns and counted. A declared group without rows is shown with N = 0.

      Without `tests` each variable gets the test that suits it: Kruskal–Wallis for medians, Welch's analysis of variance \
      for means (with two groups these are Wilcoxon's test without continuity correction and Welch's t test), χ² without \
      correction for counts, and Fisher's exact test where expected counts are small (one below 1, or more than a fifth \
      below 5). The note under the table names them. The standardised difference is first minus second group over the \
      root of the mean variance; of several levels the Mahalanobis distance, which has no sign.

      With `weights` (`data: iptw` and `weights: propensity_weight` after `{propensity #iptw}`, or weights of a survey) N and n are \
      sums of weights, and lines give the rows behind them and the effective sample size (Σw)²/Σw². The variance is \
      Σw(x − m)²/Σw · n/(n − 1), quartiles are of type 2 (or 1), where the sum of weights reaches the share. Tests are design-based \
      and take the weights as known: ranks or means by their weighted means with a robust variance (`weighted-ranks`, \
      `weighted-means`), shares by the χ² of Rao and Scott (`rao-scott`); the others do not know weights. Where some patients have several rows (`id`, \
      here or in the data), P values are of these tests as well, with patients as clusters.
      """,
    options: [
      CommonOptions.data.specification, by.specification, variables.specification,
      CommonOptions.condition.specification, statistics.specification, overall.specification,
      missing.specification, missingPercent.specification, percent.specification, quantileType.specification,
      difference.specification,
      p.specification, tests.specification, weights.specification, patient.specification,
      CommonOptions.caption.specification,
    ],
    results: [
      ResultSpecification("ID.n", "rows described; `.missing` rows without a group; `ID.group(\"g\").n`"),
      ResultSpecification(
        "ID[\"age\"].median",
        "also `.n`, `.mean`, `.sd`, `.q1`, `.q3`, `.min`, `.max`; in a group `ID[\"age\", \"g\"].median`"),
      ResultSpecification(
        "ID[\"sex\", \"male\"].n",
        "of a level, also `.percent`; in a group `ID[\"sex\", \"male\", \"g\"].n`; of a flag `ID[\"resected\", \"true\"].n`"
      ),
      ResultSpecification(
        "ID[\"sex\"].missing", "rows without a value; in a group `ID[\"sex\"].missing(\"g\")`"),
      ResultSpecification("ID[\"age\"].standardised_difference", "with `difference: true` and two groups"),
      ResultSpecification(
        "ID[\"age\"].kruskal_wallis.p",
        "also `.anova.p`, `.welch_anova.p`; `ID[\"sex\"].chi_squared.p`, `.fisher.p`; each with `.statistic` and `.df` (`.df1`, `.df2`)"
      ),
      ResultSpecification(
        "ID.patients", "where some have several rows; of a group `ID.group(\"g\").patients`"),
      ResultSpecification(
        "ID.weight",
        "with `weights`: their sum; of a group `ID.group(\"g\").weight`, of a level `ID[\"sex\", \"male\"].weight`"
      ),
      ResultSpecification(
        "ID.effective_sample_size", "with `weights`: (Σw)²/Σw²; also `ID.group(\"g\").effective_sample_size`"),
      ResultSpecification(
        "ID[\"age\"].weighted_ranks.p",
        "also `.weighted_means.p`, `ID[\"sex\"].rao_scott.p`; each with `.statistic`, `.df1`, `.df2`"),
    ],
    decimals: [.estimates, .percentages],
    example: """
      data: nelm
      by: treatment
      variables: [age, sex, primary_site]
      """,
    literature: [
      "Altman DG. Comparability of randomised groups. Statistician 1985;34:125–36.",
      "Cochran WG. Some methods for strengthening the common χ² tests. Biometrics 1954;10:417–51.",
      "Lumley T, Scott AJ. Two-sample rank tests under complex sampling. Biometrika 2013;100:831–42.",
      "Rao JNK, Scott AJ. On chi-squared tests for multiway contingency tables with cell proportions estimated from "
        + "survey data. Ann Stat 1984;12:46–60.",
      "Hyndman RJ, Fan Y. Sample quantiles in statistical packages. Am Stat 1996;50:361–5.",
      "Yang D, Dalton JE. A unified approach to measuring the effect size between two groups. SAS Global Forum 2012;335.",
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let reference = try options[CommonOptions.data]
    let condition = try options[CommonOptions.condition]
    let selected = try context.dataSet(reference.id, at: reference.range)
      .filtered(by: condition, threads: context.threads)
    let weighted = try options[weights].map { try SummaryWeights.of($0, selected) }
    let dataSet = weighted?.1 ?? selected
    try checkWeighted(options)
    let frame = try SummaryFrame(
      dataSet, by: try options[by], try options[variables], usual: try options[statistics].map(\.form),
      quantileType: try options[quantileType].flatMap { QuantileType(rawValue: $0) }
        ?? (weighted == nil ? context.compatibility.quantileType : .two),
      percent: try options[percent], weights: weighted?.0,
      patients: try dataSet.repeatedPatients(try options[patient]),
      at: condition?.place ?? options.range(CommonOptions.data))
    try checkGroups(frame, options)
    var values = ResultValues()
    frame.addValues(to: &values)
    let showsDifference = try options[difference]
    if showsDifference { frame.addDifferences(to: &values) }
    let results = try wantsTests(options) ? frame.compare(try options[tests]) : nil
    if let results { frame.add(results, to: &values) }
    let table = SummaryTable(
      frame: frame, style: context.style, showsOverall: try options[overall] || frame.groups.names.isEmpty,
      missing: try options[missing], showsMissingPercent: try options[missingPercent],
      showsDifference: showsDifference, tests: results,
      selection: condition == nil ? nil : selected.steps.last
    ).table(caption: try options[CommonOptions.caption])
    return DirectiveOutput(
      blocks: [.table(table, name: nil)], values: values.values,
      warnings: frame.warnings + (try repeatedWarning(frame, results, options)))
  }

  /// P values are printed when they are asked for, be it by naming tests.
  private static func wantsTests(_ options: ResolvedOptions) throws -> Bool {
    options.isGiven(p) ? try options[p] : options.isGiven(tests)
  }

  /// Tests that somebody named although they take the rows of a patient for different patients.
  private static func repeatedWarning(
    _ frame: SummaryFrame, _ results: [[SummaryTestResult]]?, _ options: ResolvedOptions
  ) throws -> [Diagnostic] {
    guard let results, results.joined().contains(where: { !$0.test.isDesignBased }) else { return [] }
    let warning = frame.groups.patients?.warning(
      isClustered: false, remedy: "leave 'tests' out: 'p: true' takes the tests that know of patients",
      at: options.range(tests))
    return [warning].compactMap(\.self)
  }

  /// What has no weighted form is refused where weights are given.
  private static func checkWeighted(_ options: ResolvedOptions) throws {
    guard try options[weights] != nil else { return }
    if let type = try options[quantileType], type > 2 {
      throw Diagnostic(
        .invalidOption, "weighted quantiles are of type 1 or 2", at: options.range(quantileType),
        remedy: "leave 'quantile-type' out: type 2, as in SAS and Stata")
    }
    if let test = try options[tests].first(where: { !$0.isDesignBased }) {
      throw Diagnostic(
        .invalidOption, "'\(test.rawValue)' does not know weights", at: options.range(tests),
        remedy:
          "choose among weighted-ranks, weighted-means and rao-scott, or write 'p: true' for the one that suits each"
      )
    }
  }

  private static func checkGroups(_ frame: SummaryFrame, _ options: ResolvedOptions) throws {
    let wantsDifference = try options[difference]
    let wantsP = try wantsTests(options)
    let count = frame.groups.names.count
    if wantsDifference, count != 2 {
      throw Diagnostic(
        .invalidOption, "a standardised difference needs two groups, there are \(count)",
        at: options.range(difference), remedy: "leave 'difference' out, or choose another 'by'")
    }
    let filled = frame.groups.names.isEmpty ? 0 : frame.groups.sizes.count { $0 > 0 }
    if wantsP, filled < 2 {
      throw Diagnostic(
        .oneGroup, "P values need at least two groups with rows, there is \(filled == 0 ? "none" : "one")",
        at: options.isGiven(p) ? options.range(p) : options.range(tests),
        remedy: frame.groups.names.isEmpty ? "name the groups under 'by:'" : "leave the P values out")
    }
  }
}
