// cox, cox-penalised, ph-baseline, clogit: the Cox family.

struct CoxTranslation: Translation {
  let directive: String

  private var isConditionalLogistic: Bool { directive == "conditional-logistic" }

  func directives(_ reference: ReferenceCase) -> [DirectiveText] {
    [Self.model(reference, directive: directive, id: "r")]
  }

  /// Also the model below a proportional-hazards test.
  static func model(_ reference: ReferenceCase, directive: String, id: String) -> DirectiveText {
    var text = DirectiveText(directive, id: id)
    let isCaseControl = directive == "conditional-logistic"
    let outcome =
      isCaseControl ? reference.eventText(reference.spec["response"] ?? .null) : reference.survivalText()
    text.set("data", .text("d"))
    text.set("formula", .text("\(outcome) ~ \(reference.rightHandSide)"))
    text.setCommon(reference)
    text.set("ties", OptionWords.ties(reference.string("ties")))
    guard !isCaseControl else { return text }
    text.set("robust", reference.spec["robust"]?.flag.map(OptionText.flag))
    text.set("cluster", reference.string("cluster").map(OptionText.text))
    let residuals = reference.strings("residuals").map { $0 == "scaledsch" ? "scaled-schoenfeld" : $0 }
    if !residuals.isEmpty { text.set("residuals", .texts(residuals)) }
    if reference.expects("H0") || reference.expects("center") { text.set("baseline", .flag(true)) }
    text.set("predict", OptionWords.newRows(reference))
    text.set("times", OptionWords.list(reference.numbers("times")))
    text.set("confidence-type", OptionWords.confidenceType(reference.string("conf.type")))
    return text
  }

  private static let ofModel = [
    "n": "r.n", "n.missing": "r.missing", "events": "r.events", "loglik": "r.log_likelihood",
    "loglik.null": "r.null_log_likelihood", "aic": "r.aic", "bic": "r.bic", "concordance": "r.concordance",
    "concordance.se": "r.concordance.se", "lr.chisq": "r.likelihood_ratio.chi_squared",
    "lr.df": "r.likelihood_ratio.df", "lr.p": "r.likelihood_ratio.p", "wald.chisq": "r.wald.chi_squared",
    "wald.df": "r.wald.df", "wald.p": "r.wald.p", "score.chisq": "r.score.chi_squared",
    "score.p": "r.score.p",
    "score.robust.chisq": "r.robust_score.chi_squared", "score.robust.p": "r.robust_score.p",
    "df.total": "r.df_total", "penalty": "r.penalty",
  ]

  func value(_ key: ReferenceKey, _ reference: ReferenceCase, _ run: TranslatedRun) -> JSONTree? {
    let statistic = key.statistic
    if statistic == "aliased" { return run.coefficients(with: "NE") }
    if statistic == "infinite" { return run.coefficients(with: "withheld") }
    if key.parts.isEmpty, let path = Self.ofModel[statistic] { return run.results.first(path) }
    if statistic.hasPrefix("resid.") { return residual(key, reference, run) }
    if let row = key.value("new") { return prediction(key, row, run.results) }
    if statistic.hasPrefix("H0") { return baseline(key, run.results) }
    return coefficient(key, run)
  }

  private func coefficient(_ key: ReferenceKey, _ run: TranslatedRun) -> JSONTree? {
    let ratio = isConditionalLogistic ? ".or" : ".hr"
    switch key.statistic {
    case "coef": return run.coefficient(key, ".coefficient")
    case "se": return run.coefficient(key, ".se")
    case "se.robust": return run.coefficient(key, ".robust_se")
    case "se2": return run.coefficient(key, ".se2")
    case "hr": return run.coefficient(key, ratio)
    case "hr.lower": return run.coefficient(key, ratio + ".lower")
    case "hr.upper": return run.coefficient(key, ratio + ".upper")
    case "z": return run.coefficient(key, ".z")
    case "center": return run.coefficient(key, ".center")
    case "p", "df":
      return run.coefficient(key, "." + key.statistic) ?? nonlinear(key, "." + key.statistic, run)
    case "chisq": return run.coefficient(key, ".chi_squared") ?? nonlinear(key, ".chi_squared", run)
    default: return nil
    }
  }

  /// A penalised spline's parts are `pspline(age)#linear` and `pspline(age)#nonlin`.
  private func nonlinear(_ key: ReferenceKey, _ tail: String, _ run: TranslatedRun) -> JSONTree? {
    guard let part = key.parts.first else { return nil }
    let found = run.results.selections(of: "r", tail: tail).first { names, _ in
      guard names.count == 2, let term = names.first, let basis = CoefficientNames.basisName(term) else {
        return false
      }
      let word = names.last == "nonlinear" ? "nonlin" : names.last ?? ""
      return "\(basis)#\(word)" == part
    }
    return found.flatMap { run.results.first($0.path + tail) }
  }

  private func residual(_ key: ReferenceKey, _ reference: ReferenceCase, _ run: TranslatedRun) -> JSONTree? {
    var kind = String(key.statistic.dropFirst("resid.".count))
    let isSum = kind.hasSuffix(".ss")
    if isSum { kind = String(kind.dropLast(3)) }
    if kind == "scaledsch" { kind = "scaled-schoenfeld" }
    var base = "r.residual(\"\(kind)\")"
    var parts = key.parts[...]
    if let name = parts.first, Int(name) == nil {
      guard let path = run.coefficients[name] else { return nil }
      base += path.dropFirst()
      parts = parts.dropFirst()
    }
    if isSum { return run.results.first(base + ".sum_of_squares") }
    return parts.first.flatMap { run.results.first("\(base).row(\($0))") }
  }

  private func prediction(_ key: ReferenceKey, _ row: String, _ results: Results) -> JSONTree? {
    let base = "r.prediction(\(row))"
    switch key.statistic {
    case "lp": return results.first(base + ".linear_predictor")
    case "lp.se": return results.first(base + ".linear_predictor.se")
    case "lp.diff": return results.first(base + ".difference")
    default:
      guard key.statistic.hasPrefix("surv"), let time = key.number("t") else { return nil }
      return results.first(
        base + Results.call("at", time) + ".survival" + key.statistic.dropFirst("surv".count))
    }
  }

  private func baseline(_ key: ReferenceKey, _ results: Results) -> JSONTree? {
    guard let time = key.number("t") else { return nil }
    let stratum = key.parts.first { !$0.hasPrefix("t=") }.map { [ReferenceKey.unescaped($0)] } ?? []
    let quantity = key.statistic == "H0" ? ".cumulative_hazard" : ".centered_cumulative_hazard"
    return results.first("r.baseline" + Results.selector(stratum) + Results.call("at", time) + quantity)
  }
}
