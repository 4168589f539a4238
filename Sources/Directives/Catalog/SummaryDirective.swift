// `{summary}`: the table of patients, by group.

import DataTables
import Diagnostics
import Expressions
import HypothesisTests
import Presentation

public enum SummaryDirective: Directive {
  static let by = OptionKey(optional: "by", .column, "the column of the groups")
  static let variables = OptionKey(
    required: "variables", OptionKind<ColumnName>.column.list, "the columns to describe, in order")
  static let overall = OptionKey(
    "overall", .flag, default: true, shown: "true", "whether a column for all groups together is printed")
  static let missing = OptionKey(
    "missing", OptionKind<MissingRows>.choice(), default: .whenPresent, shown: "when-present",
    "when a line of missing values is printed")
  static let percent = OptionKey(
    "percent", OptionKind<PercentBase>.choice(), default: .column, shown: "column",
    "whether percentages are of the group (column) or of the level (row)")
  static let statistics = OptionKey(
    "statistics", OptionKind<Statistics>.choice(), default: .median, shown: "median",
    "how numbers are described: median (Q1–Q3), or mean (SD)")
  static let difference = OptionKey(
    "difference", .flag, default: false, shown: "false", "the standardised difference between two groups")
  static let p = OptionKey(
    "p", .flag, default: false, shown: "false",
    "P values; off, since baseline tables of trials and most journals advise against them")
  static let tests = OptionKey(
    "tests", OptionKind<SummaryTest>.choice().list, default: [.kruskalWallis, .chiSquared],
    shown: "kruskal-wallis, chi-squared",
    "the tests behind P; the first that suits a variable is printed, all are results")

  enum MissingRows: String, CaseIterable, Sendable {
    case whenPresent = "when-present"
    case always, never
  }

  enum PercentBase: String, CaseIterable, Sendable { case column, row }
  enum Statistics: String, CaseIterable, Sendable { case median, mean }

  public static let specification = DirectiveSpecification(
    name: "summary",
    summary: "Table 1: patients' characteristics by group.",
    details: """
      Numbers are described by median and quartiles (type 7, as R and Excel), or by mean and standard deviation; columns of \
      levels by counts and percentages, flags by the count of true. Percentages leave out missing values. Rows without a \
      group are left out and counted.
      """,
    options: [
      CommonOptions.data.specification, by.specification, variables.specification,
      CommonOptions.condition.specification,
      statistics.specification, overall.specification, missing.specification, percent.specification,
      difference.specification, p.specification, tests.specification, CommonOptions.caption.specification,
    ],
    results: [
      ResultSpecification("ID.n", "rows described; `.missing` rows without a group; `ID.group(\"g\").n`"),
      ResultSpecification(
        "ID[\"age\"].median",
        "also `.n`, `.mean`, `.sd`, `.q1`, `.q3`, `.min`, `.max`, `.missing`; in a group `ID[\"age\", \"g\"].median`"
      ),
      ResultSpecification(
        "ID[\"sex\", \"male\"].n", "of a level, also `.percent`; in a group `ID[\"sex\", \"male\", \"g\"].n`"),
      ResultSpecification(
        "ID[\"sex\"].missing", "rows without a value; in a group `ID[\"sex\"].missing(\"g\")`"),
      ResultSpecification("ID[\"age\"].standardised_difference", "with `difference: true` and two groups"),
      ResultSpecification(
        "ID[\"age\"].kruskal_wallis.p",
        "also `.anova.p`, `.welch_anova.p`; `ID[\"sex\"].chi_squared.p`, `.fisher.p`"),
    ],
    example: """
      data: nelm
      by: treatment
      variables: [age, sex, primary_site]
      """,
    literature: [
      "Altman DG. Comparability of randomised groups. Statistician 1985;34:125–36.",
      "Yang D, Dalton JE. A unified approach to measuring the effect size between two groups. SAS Global Forum 2012;335.",
    ])

  public static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let reference = try options[CommonOptions.data]
    let dataSet = try context.dataSet(reference.id, at: reference.range)
      .filtered(by: try options[CommonOptions.condition], threads: context.threads)
    let frame = try SummaryFrame(
      dataSet: dataSet, group: try options[by], variables: try options[variables],
      at: options.range(CommonOptions.data))
    let describesDifference = try options[difference]
    if describesDifference, frame.groups.count != 2 {
      throw Diagnostic(
        .invalidOption, "a standardised difference needs two groups, there are \(frame.groups.count)",
        at: options.range(difference), remedy: "leave 'difference' out, or choose another 'by'")
    }
    let wantsTests = try options[p]
    if wantsTests, frame.groups.count < 2 {
      throw Diagnostic(
        .oneGroup, "P values need at least two groups", at: options.range(p),
        remedy: "name the groups under 'by:'")
    }
    let chosen = wantsTests ? try options[tests] : []
    let results = try frame.variables.map {
      try SummaryTests.run(chosen, on: $0, groupCount: frame.groups.count)
    }
    var values = ResultValues()
    frame.addValues(to: &values, withDifference: describesDifference)
    for (variable, tests) in zip(frame.variables, results) {
      for (test, pValue) in tests {
        values.add(
          "[\(ResultPath.quoted(variable.name))].\(test.snakeCase).p",
          Quantity(pValue, otherwise: .notEstimable), .pValue)
      }
    }
    let table = SummaryTable(
      frame: frame, style: context.style, showsOverall: try options[overall] || frame.groups.isEmpty,
      missing: try options[missing], percent: try options[percent], statistics: try options[statistics],
      showsDifference: describesDifference, tests: wantsTests ? results : nil
    ).table(caption: try options[CommonOptions.caption])
    return DirectiveOutput(
      blocks: [.table(table, name: nil)], values: values.values, warnings: frame.warnings)
  }
}
