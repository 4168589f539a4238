// `{poisson}` and `{negative-binomial}`: rates of counts.

import Regression

enum PoissonDirective: Directive {
  static let specification = DirectiveSpecification(
    name: "poisson",
    summary: "Poisson regression of counts: rate ratios with a forest plot.",
    details: """
      \(GeneralizedLinearManual.fitting) The link is the logarithm; exposure enters as `offset(log(years))`. Where counts \
      vary more than Poisson's, robust errors, `generalized-linear` with quasi-poisson, or negative-binomial are honest.
      """,
    options: GeneralizedLinearManual.options, results: GeneralizedLinearManual.results(ratio: "rr"),
    decimals: [.estimates],
    example: """
      data: nelm
      formula: admissions ~ age + stage + offset(log(years))
      robust: hc3
      """,
    literature: ["McCullagh P, Nelder JA. Generalized linear models. 2nd ed. Chapman and Hall, 1989."])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let settings = GeneralizedLinearSettings(
      model: .family(.poisson), words: "Poisson regression", range: options.range(CommonOptions.formula))
    return try GeneralizedLinearRun.run(
      settings, .init(profile: try options[GeneralizedLinearOptions.profile]), options, in: context)
  }
}

enum NegativeBinomialDirective: Directive {
  static let specification = DirectiveSpecification(
    name: "negative-binomial",
    summary: "Negative binomial regression of overdispersed counts: rate ratios with a forest plot.",
    details: """
      Variance μ + μ²/θ; coefficients and θ are maximised in turn until neither moves. Standard errors, profile intervals \
      and tests of terms are at the estimated θ. \(GeneralizedLinearManual.fitting)
      """,
    options: GeneralizedLinearManual.options,
    results: GeneralizedLinearManual.results(ratio: "rr") + [
      ResultSpecification("ID.theta", "with `.se`; infinite where counts vary no more than Poisson's")
    ],
    decimals: [.estimates],
    example: """
      data: nelm
      formula: admissions ~ age + stage + offset(log(years))
      """,
    literature: ["Venables WN, Ripley BD. Modern applied statistics with S. 4th ed. Springer, 2002."])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let settings = GeneralizedLinearSettings(
      model: .negativeBinomial, words: "negative binomial regression",
      range: options.range(CommonOptions.formula))
    return try GeneralizedLinearRun.run(
      settings, .init(profile: try options[GeneralizedLinearOptions.profile]), options, in: context)
  }
}
