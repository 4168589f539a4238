// km, rmst, followup: Kaplan–Meier and its relatives.

struct KaplanMeierTranslation: Translation {
  let directive: String

  func directives(_ reference: ReferenceCase) -> [DirectiveText] {
    var text = DirectiveText(directive)
    // In the reference set the censoring is coded as the event; the directive is told about the outcome.
    let outcome = reference.survivalText(comparison: directive == "follow-up" ? "!=" : "==")
    text.set("data", .text("d"))
    text.set("formula", .text("\(outcome) ~ \(reference.string("group").map(FormulaText.name) ?? "1")"))
    text.setCommon(reference)
    text.set("times", OptionWords.list(reference.numbers("times")))
    text.set("quantiles", OptionWords.list(reference.numbers("probs")))
    text.set("confidence-type", OptionWords.confidenceType(reference.string("conf.type")))
    if directive == "kaplan-meier" {
      text.set("variance", .text(reference.flag("robust") ? "robust" : "greenwood"))
      text.set("cluster", reference.string("cluster").map(OptionText.text))
      if reference.spec["stype"]?.number == 2 {
        let tied = reference.spec["ctype"]?.number == 2
        text.set("estimator", .text(tied ? "fleming-harrington-tied" : "fleming-harrington"))
      }
      text.set("restricted-mean", reference.spec["tau"]?.number.map(OptionText.number))
    }
    return [text]
  }

  private static let atTime = [
    "surv": ".survival", "se": ".survival.se", "lower": ".survival.lower", "upper": ".survival.upper",
    "n.risk": ".at_risk", "n.event.cum": ".events", "cumhaz": ".cumulative_hazard",
    "cumhaz.se": ".cumulative_hazard.se",
  ]

  func value(_ key: ReferenceKey, _ reference: ReferenceCase, _ run: TranslatedRun) -> JSONTree? {
    let results = run.results
    let level = reference.string("group").flatMap { key.level(of: $0) }
    let base = "r" + Results.selector(level.map { [$0] } ?? [])
    if directive == "follow-up", key.statistic == "n.event.cum", let time = key.number("t") {
      return results.first(base + Results.call("at", time) + ".censored")
    }
    if let tail = Self.atTime[key.statistic], let time = key.number("t") {
      return results.first(base + Results.call("at", time) + tail)
    }
    if let p = key.number("p"), key.statistic.hasPrefix("quantile") {
      let tail = String(key.statistic.dropFirst("quantile".count))
      return results.first(
        [base + Results.call("quantile", p) + tail] + (p == 0.5 ? [base + ".median" + tail] : []))
    }
    switch key.statistic {
    case "n": return results.first("r.n")
    case "n.missing": return results.first("r.missing")
    case "records": return results.first(base + ".n")
    case "events": return results.first(base + (directive == "follow-up" ? ".censored" : ".events"))
    default: return restrictedMean(key, reference, base, results)
    }
  }

  private func restrictedMean(
    _ key: ReferenceKey, _ reference: ReferenceCase, _ base: String, _ results: Results
  ) -> JSONTree? {
    guard let tau = reference.spec["tau"]?.number, key.statistic.hasPrefix("rmst") else { return nil }
    let call = Results.call("restricted_mean", tau)
    switch key.statistic {
    case "rmst": return results.first(base + call)
    case "rmst.se": return results.first(base + call + ".se")
    default:
      guard let levels = reference.string("group").flatMap({ reference.factors[$0] }), levels.count == 2
      else {
        return nil
      }
      let tail = String(key.statistic.dropFirst("rmst.diff".count))
      return results.first(
        "r\(call).difference" + Results.selector("\(levels[1]) - \(levels[0])") + tail)
    }
  }
}
