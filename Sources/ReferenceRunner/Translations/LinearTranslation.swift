// lm: linear regression.

struct LinearTranslation: Translation {
  func directives(_ reference: ReferenceCase) -> [DirectiveText] {
    var text = DirectiveText("linear")
    let response = FormulaText.name(reference.string("response") ?? "")
    text.set("data", .text("d"))
    text.set("formula", .text("\(response) ~ \(reference.rightHandSide)"))
    text.setCommon(reference)
    if reference.flag("hc") { text.set("robust", .texts(["hc0", "hc1", "hc2", "hc3"])) }
    if reference.flag("anova") { text.set("anova", .flag(true)) }
    text.set("predict", OptionWords.newRows(reference))
    return [text]
  }

  private static let ofModel = [
    "n": "r.n", "n.missing": "r.missing", "sigma": "r.sigma", "df.residual": "r.residual_df",
    "r2": "r.r_squared",
    "r2.adj": "r.adjusted_r_squared", "f": "r.f", "f.df1": "r.f.df1", "f.df2": "r.f.df2", "f.p": "r.f.p",
    "loglik": "r.log_likelihood", "aic": "r.aic", "bic": "r.bic",
  ]

  private static let ofPrediction = [
    "pred": ".mean", "pred.se": ".mean.se", "pred.lower": ".mean.lower", "pred.upper": ".mean.upper",
    "pred.pi.lower": ".prediction.lower", "pred.pi.upper": ".prediction.upper",
  ]

  func value(_ key: ReferenceKey, _ reference: ReferenceCase, _ run: TranslatedRun) -> JSONTree? {
    if key.statistic == "aliased" { return run.coefficients(with: "NE") }
    if key.parts.isEmpty, let path = Self.ofModel[key.statistic] { return run.results.first(path) }
    if let row = key.value("new"), let tail = Self.ofPrediction[key.statistic] {
      return run.results.first("r.prediction(\(row))\(tail)")
    }
    return RegressionKeys.termTest(key, run.results) ?? RegressionKeys.coefficient(key, run)
  }
}

/// Keys that linear and generalised linear models share.
enum RegressionKeys {
  static func coefficient(_ key: ReferenceKey, _ run: TranslatedRun) -> JSONTree? {
    switch key.statistic {
    case "coef": run.coefficient(key, ".coefficient")
    case "se", "t", "z", "p": run.coefficient(key, "." + key.statistic)
    case "lower", "wald.lower": run.coefficient(key, ".coefficient.lower", ".lower")
    case "upper", "wald.upper": run.coefficient(key, ".coefficient.upper", ".upper")
    case "profile.lower", "profile.upper", "se.hc0", "se.hc1", "se.hc2", "se.hc3":
      run.coefficient(key, "." + key.statistic.map { $0 == "." ? "_" : String($0) }.joined())
    default: nil
    }
  }

  /// `type2.chisq[wool:tension]` is `r.type2["wool:tension"].chi_squared`.
  static func termTest(_ key: ReferenceKey, _ results: Results) -> JSONTree? {
    let words = key.statistic.split(separator: ".")
    guard words.count == 2, ["type1", "type2", "type3"].contains(words[0]), let term = key.parts.first else {
      return nil
    }
    let tails = ["F": "f", "chisq": "chi_squared", "df": "df", "p": "p"]
    guard let tail = tails[String(words[1])] else { return nil }
    // R keeps the backquotes of names that are not plain words.
    let written = ReferenceKey.unescaped(term)
    let bare = written.filter { $0 != "`" }
    return results.first([written, bare].map { "r.\(words[0])\(Results.selector($0)).\(tail)" })
  }
}
