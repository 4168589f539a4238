// `{logistic}`: odds of an event.

import Regression

enum LogisticDirective: Directive {
  static let specification = DirectiveSpecification(
    name: "logistic",
    summary: "Logistic regression: odds ratios with a forest plot, discrimination and calibration.",
    details: """
      \(GeneralizedLinearManual.fitting) The outcome is a condition (`died == 1`), a column of 0 and 1 or of two levels (the \
      second is the event), or `cbind(successes, failures)`. `firth: true` fits by Firth's penalised likelihood, which stays \
      finite under separation; its intervals and tests are profiles. `performance: true` adds the area under the ROC curve, \
      the Brier score and the Hosmer–Lemeshow test with ten groups, all on the rows of the fit and therefore optimistic.
      """,
    options: GeneralizedLinearManual.options + [
      GeneralizedLinearOptions.performance.specification, GeneralizedLinearOptions.firth.specification,
    ],
    results: GeneralizedLinearManual.results(ratio: "or") + GeneralizedLinearManual.performance + [
      ResultSpecification(
        "ID[\"stage\"].likelihood_ratio.chi_squared", "penalised test of a term, with `firth: true`")
    ],
    decimals: [.estimates, .percentages],
    example: """
      data: nelm
      formula: complication == 1 ~ age + sex + stage
      profile: true
      performance: true
      """,
    literature: [
      "Hosmer DW, Lemeshow S, Sturdivant RX. Applied logistic regression. 3rd ed. Wiley, 2013.",
      "Heinze G, Schemper M. A solution to the problem of separation in logistic regression. Stat Med 2002;21:2409–19.",
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let usesFirth = try options[GeneralizedLinearOptions.firth]
    let settings = GeneralizedLinearSettings(
      model: usesFirth ? .firth : .family(.logistic),
      words: "logistic regression", manner: usesFirth ? "Firth's penalty" : "",
      range: options.range(CommonOptions.formula))
    return try GeneralizedLinearRun.run(
      settings,
      .init(
        profile: try options[GeneralizedLinearOptions.profile],
        performance: try options[GeneralizedLinearOptions.performance]), options, in: context)
  }
}
