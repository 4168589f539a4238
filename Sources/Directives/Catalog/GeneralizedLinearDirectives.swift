// `{gamma}` and `{generalized-linear}`: other families and links.

import Regression

enum GammaDirective: Directive {
  static let link = OptionKey(
    "link", OptionKind<GammaLink>.choice(), default: .inverse, shown: "inverse",
    "between the mean and the linear predictor; log gives ratios of means")

  enum GammaLink: String, CaseIterable, Sendable {
    case inverse, log, identity

    var link: Link {
      switch self {
      case .inverse: .inverse
      case .log: .log
      case .identity: .identity
      }
    }
  }

  static let specification = DirectiveSpecification(
    name: "gamma",
    summary: "Gamma regression of positive, skewed measurements such as costs and lengths of stay.",
    details: """
      \(GeneralizedLinearManual.fitting) The dispersion is Pearson's; P values are of Student's t. The default link is the \
      canonical inverse, as in R; `link: log` makes coefficients logarithms of ratios of means.
      """,
    options: GeneralizedLinearManual.options + [link.specification],
    results: GeneralizedLinearManual.results(ratio: "ratio"),
    decimals: [.estimates],
    example: """
      data: nelm
      formula: cost ~ age + stage
      link: log
      """,
    literature: ["McCullagh P, Nelder JA. Generalized linear models. 2nd ed. Chapman and Hall, 1989."])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let link = try options[Self.link]
    let settings = GeneralizedLinearSettings(
      model: .family(Family(.gamma, link: link.link)), words: "Gamma regression",
      manner: "\(link.rawValue) link",
      range: options.range(Self.link))
    return try GeneralizedLinearRun.run(
      settings, .init(profile: try options[GeneralizedLinearOptions.profile]), options, in: context)
  }
}

enum GeneralizedLinearDirective: Directive {
  static let specification = DirectiveSpecification(
    name: "generalized-linear",
    summary: "A generalised linear model of any family and link.",
    details: """
      \(GeneralizedLinearManual.fitting) Families without a likelihood (quasi) and those with a dispersion estimate it by \
      Pearson's statistic and take P values from Student's t.
      """,
    options: [
      GeneralizedLinearOptions.family.specification, GeneralizedLinearOptions.link.specification,
    ] + GeneralizedLinearManual.options + [GeneralizedLinearOptions.performance.specification],
    results: GeneralizedLinearManual.results(ratio: nil) + GeneralizedLinearManual.performance,
    decimals: [.estimates],
    example: """
      data: nelm
      family: binomial
      link: probit
      formula: complication == 1 ~ age + sex
      """,
    literature: ["McCullagh P, Nelder JA. Generalized linear models. 2nd ed. Chapman and Hall, 1989."])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let family = try options[GeneralizedLinearOptions.family]
    let link = try options[GeneralizedLinearOptions.link]
    let model = family.family(link: link?.link)
    let settings = GeneralizedLinearSettings(
      model: .family(model),
      words: "\(family.rawValue) regression", manner: link.map { "\($0.rawValue) link" } ?? "",
      range: link == nil
        ? options.range(GeneralizedLinearOptions.family) : options.range(GeneralizedLinearOptions.link))
    return try GeneralizedLinearRun.run(
      settings,
      .init(
        profile: try options[GeneralizedLinearOptions.profile],
        performance: try options[GeneralizedLinearOptions.performance]), options, in: context)
  }
}
