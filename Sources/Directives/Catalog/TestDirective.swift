// `{test}`: classical tests and single descriptions.

import Diagnostics
import HypothesisTests
import Presentation

enum TestDirective: Directive {
  static let test = OptionKey(required: "test", OptionKind<Kind>.choice(), "which test")
  static let variable = OptionKey(
    optional: "variable", OptionKind<TestVariable>.variable, "the column or expression to test")
  static let variables = OptionKey(
    "variables", OptionKind<TestVariable>.variable.list, default: [], shown: "none",
    "several: the two of a pair or a correlation; rows and columns of a table")
  static let by = OptionKey(optional: "by", .column, "the column of the groups to compare")
  static let pair = OptionKey(
    optional: "pair", .column, "rows with the same value are a pair, one in each group of 'by'")
  static let exact = OptionKey(
    optional: "exact", .flag, "whether rank tests are exact; by default where samples are small and untied")
  static let correct = OptionKey(
    optional: "correct", .flag,
    "continuity correction; by default as R: yes for Wilcoxon, χ² of 2 × 2 tables and McNemar, no for Kendall"
  )
  static let method = OptionKey(
    "method", OptionKind<Method>.choice(), default: .pearson, shown: "pearson", "of a correlation")
  static let against = OptionKey(
    optional: "against", .number(), "the mean (default 0) or proportion (default 0.5) of the hypothesis")
  static let quantiles = OptionKey(
    "quantiles", OptionKind<Double>.number(in: 0...1).list, default: [0.25, 0.5, 0.75],
    shown: "0.25, 0.5, 0.75", "probabilities of quantiles")
  static let types = OptionKey(
    "types", OptionKind<Int>.integer(in: 1...9).list, default: [7], shown: "7",
    "definitions of a quantile, by Hyndman and Fan's numbers")

  enum Kind: String, CaseIterable, Sendable {
    case t
    case tPooled = "t-pooled"
    case tPaired = "t-paired"
    case wilcoxon
    case signedRank = "signed-rank"
    case kruskalWallis = "kruskal-wallis"
    case anova
    case welchAnova = "welch-anova"
    case chiSquared = "chi-squared"
    case fisher, mcnemar
    case shapiroWilk = "shapiro-wilk"
    case correlation, proportion, quantiles
    case standardisedDifference = "standardised-difference"
  }

  enum Method: String, CaseIterable, Sendable { case pearson, spearman, kendall }

  static let specification = DirectiveSpecification(
    name: "test",
    summary: "Classical tests: t, Wilcoxon, analysis of variance, χ², Fisher, McNemar, correlation and more.",
    details: """
      Defaults are R's. `t` is Welch's (one sample against a mean without `by`), `t-pooled` Student's; `t-paired` and \
      `signed-rank` take two columns, or one with `by` and `pair`. Differences are first group minus second, in the order of \
      the levels. `wilcoxon` and `signed-rank` come with the Hodges–Lehmann shift. `anova` adds Tukey's comparisons. \
      `chi-squared`, `fisher` and `mcnemar` take two columns under `variables`; Fisher's table that is too large to \
      enumerate is simulated, and says so. Rows without a value are left out and counted.
      """,
    options: [
      CommonOptions.data.specification, test.specification, variable.specification, variables.specification,
      by.specification, pair.specification, CommonOptions.condition.specification, exact.specification,
      correct.specification, method.specification, against.specification, quantiles.specification,
      types.specification, CommonOptions.confidenceLevel.specification, CommonOptions.caption.specification,
      CommonOptions.showsTable.specification,
    ],
    results: [
      ResultSpecification("ID.statistic", "with `.df` (or `.df1`, `.df2`) and `.p`; `.n`, `.missing`"),
      ResultSpecification(
        "ID.estimate", "difference, shift, odds ratio, correlation or proportion; `.lower`, `.upper`, `.se`"),
      ResultSpecification("ID[\"group\"].mean", "also `.n`, `.sd`, `.median`"),
      ResultSpecification(
        "ID.tukey[\"B - A\"].difference", "with `.lower`, `.upper`, `.p`; `.sum_of_squares.between`"),
      ResultSpecification("ID.observed[\"a\", \"b\"]", "counts of a table; `.expected[\"a\", \"b\"]`"),
      ResultSpecification("ID.discordant(1)", "McNemar's counts; `.exact.p`"),
      ResultSpecification(
        "ID.wilson.lower", "also `.wilson_corrected`, `.clopper_pearson`; `.events`, `.binomial.p`"),
      ResultSpecification("ID.type(7).quantile(0.5)", "a quantile by its definition"),
      ResultSpecification("ID[\"age\"].standardised_difference", "first minus second group"),
    ],
    decimals: [.estimates, .percentages],
    example: """
      data: nelm
      test: wilcoxon
      variable: age
      by: sex
      """,
    literature: ["Hollander M, Wolfe DA, Chicken E. Nonparametric statistical methods. 3rd ed. Wiley, 2014."])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let frame = try TestFrame(options, in: context)
    var report = TestReport(style: context.style, level: frame.confidenceLevel)
    switch frame.kind {
    case .t, .tPooled, .tPaired: try frame.tTest(&report)
    case .wilcoxon, .signedRank, .kruskalWallis: try frame.rankTest(&report)
    case .anova, .welchAnova: try frame.analysisOfVariance(&report)
    case .chiSquared, .fisher, .mcnemar: try frame.tableTest(&report)
    case .shapiroWilk: try frame.shapiroWilk(&report)
    case .correlation: try frame.correlation(&report)
    case .proportion: try frame.proportion(&report)
    case .quantiles: try frame.quantileTable(&report)
    case .standardisedDifference: try frame.standardisedDifferences(&report)
    }
    if report.lacksTest {
      report.warnings.append(
        frame.notEstimable("the values do not vary, or too few of them do", severity: .warning))
    }
    var blocks: [OutputBlock] = []
    if try options[CommonOptions.showsTable] {
      let table = Table(
        caption: try options[CommonOptions.caption], columns: report.columns, rows: report.rows,
        notes: report.notes)
      blocks.append(.table(table, name: nil))
      if let further = report.furtherTable { blocks.append(.table(further, name: further.name)) }
    }
    return DirectiveOutput(blocks: blocks, values: report.values.values, warnings: report.warnings)
  }
}
