// aft: parametric survival models.

struct ParametricTranslation: Translation {
  func directives(_ reference: ReferenceCase) -> [DirectiveText] {
    var text = DirectiveText("parametric-survival")
    text.set("data", .text("d"))
    text.set("formula", .text("\(reference.survivalText()) ~ \(reference.rightHandSide)"))
    text.setCommon(reference)
    let names = ["lognormal": "log-normal", "loglogistic": "log-logistic"]
    text.set("distribution", reference.string("dist").map { .text(names[$0] ?? $0) })
    text.set("predict", OptionWords.newRows(reference))
    if reference.spec["newdata"] != nil {
      text.set("quantiles", OptionWords.list(reference.numbers("probs")))
    }
    return [text]
  }

  private static let ofModel = [
    "n": "r.n", "n.missing": "r.missing", "events": "r.events", "loglik": "r.log_likelihood",
    "loglik.null": "r.null_log_likelihood", "aic": "r.aic", "bic": "r.bic",
    "lr.chisq": "r.likelihood_ratio.chi_squared", "lr.df": "r.likelihood_ratio.df",
    "lr.p": "r.likelihood_ratio.p",
  ]

  func value(_ key: ReferenceKey, _ reference: ReferenceCase, _ run: TranslatedRun) -> JSONTree? {
    let results = run.results
    if key.statistic == "aliased" { return run.coefficients(with: "NE") }
    if key.statistic == "infinite" { return run.coefficients(with: "withheld") }
    if key.parts.isEmpty, let path = Self.ofModel[key.statistic] { return results.first(path) }
    let stratum = Results.selector(key.parts.map(ReferenceKey.unescaped))
    switch key.statistic {
    case "coef": return run.coefficient(key, ".coefficient")
    case "se", "z", "p": return run.coefficient(key, "." + key.statistic)
    case "lower", "upper":
      return run.coefficient(key, "." + key.statistic, ".coefficient." + key.statistic)
    case "scale": return results.first("r.scale" + stratum)
    case "log.scale": return results.first("r.log_scale" + stratum)
    case "log.scale.se": return results.first("r.log_scale\(stratum).se")
    case "vcov": return covariance(key, reference, results)
    case "quantile", "quantile.se":
      guard let row = key.value("new"), let p = key.number("p") else { return nil }
      return results.first(
        "r.prediction(\(row))" + Results.call("quantile", p) + key.statistic.dropFirst("quantile".count))
    default: return nil
    }
  }

  private func covariance(
    _ key: ReferenceKey, _ reference: ReferenceCase, _ results: Results
  ) -> JSONTree? {
    guard let first = key.parts.first, let second = key.parts.last else { return nil }
    return results.first(
      Self.parameterNames(first, reference).flatMap { a in
        Self.parameterNames(second, reference).flatMap { b in
          ["r.covariance" + Results.selector(a, b), "r.covariance" + Results.selector(b, a)]
        }
      })
  }

  /// `log(scale) sex=1` is `Log(scale)[sex=1]` there, `poly(x)#1` is `poly(x, 2)1`.
  private static func parameterNames(_ part: String, _ reference: ReferenceCase) -> [String] {
    let name = ReferenceKey.unescaped(part)
    if let mark = name.lastIndex(of: "#"), let terms = reference.spec["terms"]?.elements {
      let written = terms.compactMap { $0["expr"]?.string }
      return written.filter { CoefficientNames.basisName($0) == String(name[..<mark]) }.map {
        $0 + String(name[name.index(after: mark)...])
      }
    }
    guard name.hasPrefix("log(scale)") else { return [name] }
    let stratum = name.dropFirst("log(scale) ".count)
    return stratum.isEmpty ? ["Log(scale)"] : ["Log(scale)[\(stratum)]", "Log(scale) \(stratum)"]
  }
}
