// iptw: propensity scores and the analyses weighted by them.

struct PropensityTranslation: Translation {
  func directives(_ reference: ReferenceCase) -> [DirectiveText] {
    var text = DirectiveText("propensity")
    let column = reference.string("treatment") ?? ""
    let value = reference.spec["treated_value"] ?? .null
    text.set("data", .text("d"))
    text.set(
      "treatment", .text("\(ExpressionText.column(column)) == \(reference.literal(value, for: column))"))
    text.set("formula", .text("~ " + reference.rightHandSide))
    text.set("outcome", .text(reference.survivalText()))
    text.set("estimand", reference.string("estimand").map(OptionText.text))
    text.set("stabilised", .flag(reference.flag("stabilised")))
    text.set("times", OptionWords.list(reference.numbers("times")))
    text.set("balance", .texts(reference.strings("balance")))
    text.set("rows", .text("5"))
    return [text]
  }

  private static let paths = [
    "n": "r.n", "ps.ss": "r.score.sum_of_squares", "w.sum": "r.weight.sum", "w.min": "r.weight.min",
    "w.max": "r.weight.max", "w.ss": "r.weight.sum_of_squares",
    "ess.treated": "r.effective_sample_size[\"treated\"]",
    "ess.control": "r.effective_sample_size[\"control\"]", "cox.coef": "r.hr.coefficient",
    "cox.se.naive": "r.hr.se", "cox.se.robust": "r.hr.robust_se", "cox.hr": "r.hr",
    "cox.hr.lower": "r.hr.lower", "cox.hr.upper": "r.hr.upper", "cox.p": "r.hr.p",
  ]

  func value(_ key: ReferenceKey, _ reference: ReferenceCase, _ run: TranslatedRun) -> JSONTree? {
    let results = run.results
    if key.parts.isEmpty { return Self.paths[key.statistic].flatMap { results.first($0) } }
    guard let part = key.parts.first else { return nil }
    let variable = Results.selector(ReferenceKey.unescaped(part))
    switch key.statistic {
    case "ps": return results.first("r.score(\(part))")
    case "w": return results.first("r.weight(\(part))")
    case "ps.coef":
      let names = CoefficientNames(results, base: "r.coefficient", tail: "", factors: reference.factors)
      return names.paths[part].flatMap { results.first($0) }
    case "smd.before": return results.first("r.balance\(variable).before")
    case "smd.after": return results.first("r.balance\(variable).after")
    case "surv", "surv.se.robust", "surv.se.greenwood":
      guard let arm = key.value("treated"), let time = key.number("t") else { return nil }
      let tails = ["surv": "", "surv.se.robust": ".se", "surv.se.greenwood": ".se_greenwood"]
      return results.first(
        "r.survival\(Results.selector(arm))" + Results.call("at", time) + ".survival"
          + (tails[key.statistic] ?? ""))
    default: return nil
    }
  }
}
