// glm: logistic, Poisson, negative binomial, Gamma and quasi models.

struct GeneralizedLinearTranslation: Translation {
  func directives(_ reference: ReferenceCase) -> [DirectiveText] {
    let family = reference.string("family") ?? "binomial"
    let link = reference.string("link")
    var text = DirectiveText(Self.directive(family, link))
    text.set("data", .text("d"))
    text.set("formula", .text("\(response(reference)) ~ \(reference.rightHandSide)"))
    text.setCommon(reference)
    if text.name == "generalized-linear" { text.set("family", .text(Self.familyWords[family] ?? family)) }
    if !["logistic", "poisson", "negative-binomial"].contains(text.name) {
      text.set("link", link.map { .text(Self.linkWords[$0] ?? $0) })
    }
    if reference.flag("profile") { text.set("profile", .flag(true)) }
    if reference.flag("hc") { text.set("robust", .texts(["hc0", "hc1", "hc2", "hc3"])) }
    if reference.flag("anova") { text.set("anova", .flag(true)) }
    if reference.flag("performance") { text.set("performance", .flag(true)) }
    text.set("predict", OptionWords.newRows(reference))
    return [text]
  }

  private static let familyWords = [
    "Gamma": "gamma", "quasipoisson": "quasi-poisson", "quasibinomial": "quasi-binomial",
    "inverse.gaussian": "inverse-gaussian",
  ]
  private static let linkWords = ["cloglog": "complementary-log-log", "1/mu^2": "inverse-squared"]

  private static func directive(_ family: String, _ link: String?) -> String {
    switch (family, link) {
    case ("binomial", nil), ("binomial", "logit"): "logistic"
    case ("poisson", nil), ("poisson", "log"): "poisson"
    case ("negbin", _): "negative-binomial"
    case ("Gamma", _): "gamma"
    default: "generalized-linear"
    }
  }

  private func response(_ reference: ReferenceCase) -> String {
    let response = reference.spec["response"] ?? .null
    if let name = response.string { return FormulaText.name(name) }
    if let successes = response["successes"]?.string, let failures = response["failures"]?.string {
      return "cbind(\(FormulaText.name(successes)), \(FormulaText.name(failures)))"
    }
    return reference.eventText(response)
  }

  private static let ofModel = [
    "n": "r.n", "n.missing": "r.missing", "deviance": "r.deviance", "null.deviance": "r.null_deviance",
    "df.residual": "r.residual_df", "df.null": "r.null_df", "dispersion": "r.dispersion",
    "loglik": "r.log_likelihood", "aic": "r.aic", "bic": "r.bic", "theta": "r.theta",
    "theta.se": "r.theta.se",
    "lr.chisq": "r.likelihood_ratio.chi_squared", "lr.df": "r.likelihood_ratio.df",
    "lr.p": "r.likelihood_ratio.p", "auc": "r.auc", "auc.lower": "r.auc.lower", "auc.upper": "r.auc.upper",
    "brier": "r.brier", "hl.chisq": "r.hosmer_lemeshow.chi_squared", "hl.p": "r.hosmer_lemeshow.p",
    "hl.groups": "r.hosmer_lemeshow.groups", "r2.mcfadden": "r.mcfadden_r_squared",
    "r2.nagelkerke": "r.nagelkerke_r_squared",
    "resid.deviance.ss": "r.residual(\"deviance\").sum_of_squares",
    "resid.pearson.ss": "r.residual(\"pearson\").sum_of_squares",
  ]

  private static let ofPrediction = [
    "link": ".linear_predictor", "link.se": ".linear_predictor.se", "pred": ".mean",
  ]

  func value(_ key: ReferenceKey, _ reference: ReferenceCase, _ run: TranslatedRun) -> JSONTree? {
    if key.statistic == "aliased" { return run.coefficients(with: "NE") }
    if key.statistic == "infinite" { return run.coefficients(with: "withheld") }
    if key.statistic == "twologlik" {
      return run.results.number("r.log_likelihood").map { .number(2 * $0) }
    }
    if key.parts.isEmpty, let path = Self.ofModel[key.statistic] { return run.results.first(path) }
    if let row = key.value("new"), let tail = Self.ofPrediction[key.statistic] {
      return run.results.first("r.prediction(\(row))\(tail)")
    }
    return RegressionKeys.termTest(key, run.results) ?? RegressionKeys.coefficient(key, run)
  }
}
