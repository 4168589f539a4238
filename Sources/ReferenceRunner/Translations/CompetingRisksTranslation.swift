// cif, gray, finegray: competing risks.

/// Causes and censoring as options: each cause is named by its own code.
extension DirectiveText {
  mutating func setCauses(_ reference: ReferenceCase) {
    let response = reference.spec["response"] ?? .null
    let event = response["event"]?.string ?? ""
    let isFactor = reference.factors[event] != nil
    func code(_ tree: JSONTree) -> OptionText { isFactor ? .text(tree.words) : OptionText(tree) }
    set("causes", .mapping((response["causes"]?.elements ?? []).map { ($0.words, code($0)) }))
    set("censored", response["censor"].map(code))
  }
}

extension ReferenceCase {
  /// `Surv(time, status)`.
  var competingText: String {
    let response = spec["response"] ?? .null
    let names = ["start", "time", "event"].compactMap { response[$0]?.string }.map(FormulaText.name)
    return "Surv(\(names.joined(separator: ", ")))"
  }
}

struct CumulativeIncidenceTranslation: Translation {
  func directives(_ reference: ReferenceCase) -> [DirectiveText] {
    var text = DirectiveText("cumulative-incidence")
    let group = reference.string("group").map(FormulaText.name) ?? "1"
    let strata = reference.strings("strata").map(FormulaText.name)
    let stratified = strata.isEmpty ? "" : " + strata(\(strata.joined(separator: ", ")))"
    text.set("data", .text("d"))
    text.set("formula", .text("\(reference.competingText) ~ \(group)\(stratified)"))
    text.setCommon(reference)
    text.setCauses(reference)
    if reference.analysis == "gray" {
      text.set("gray", .flag(true))
      text.set("rho", reference.spec["rho"]?.number.map(OptionText.number))
    } else {
      text.set("times", OptionWords.list(reference.numbers("times")))
      text.set("confidence-type", OptionWords.confidenceType(reference.string("conf.type")))
      text.set("variance", .text("jackknife"))
    }
    return [text]
  }

  private static let ofIncidence = [
    "cif": [""], "se": [".se_jackknife", ".se"], "lower": [".lower"], "upper": [".upper"],
    "se.aalen": [".se_aalen"],
  ]

  func value(_ key: ReferenceKey, _ reference: ReferenceCase, _ run: TranslatedRun) -> JSONTree? {
    let results = run.results
    let level = reference.string("group").flatMap { key.level(of: $0) }
    let cause = key.value("cause")
    if reference.analysis == "gray" {
      guard let cause else { return key.statistic == "n" ? results.first("r.n") : nil }
      let tail = key.statistic == "chisq" ? "chi_squared" : key.statistic
      return results.first("r.gray\(Results.selector(cause)).\(tail)")
    }
    let base = "r" + Results.selector([level, cause].compactMap { $0 })
    if let tails = Self.ofIncidence[key.statistic], let time = key.number("t") {
      return results.first(tails.map { base + Results.call("at", time) + ".incidence" + $0 })
    }
    switch key.statistic {
    case "n": return results.first("r.n")
    case "n.missing": return results.first("r.missing")
    case "records": return results.first(base + ".n")
    case "events": return results.first(base + ".events")
    case "event.free":
      return key.number("t").flatMap { results.first(base + Results.call("at", $0) + ".event_free") }
    default: return nil
    }
  }
}

struct FineGrayTranslation: Translation {
  func directives(_ reference: ReferenceCase) -> [DirectiveText] {
    var text = DirectiveText("fine-gray")
    text.set("data", .text("d"))
    text.set("formula", .text("\(reference.competingText) ~ \(reference.rightHandSide)"))
    text.setCommon(reference)
    text.setCauses(reference)
    text.set("cause", reference.spec["cause"].map { .text($0.words) })
    text.set("predict", OptionWords.newRows(reference))
    text.set("times", OptionWords.list(reference.numbers("times")))
    return [text]
  }

  private static let ofModel = [
    "n": "r.n", "events": "r.events", "events.competing": "r.competing", "events.censored": "r.censored",
    "loglik": "r.log_likelihood", "loglik.null": "r.null_log_likelihood",
  ]

  func value(_ key: ReferenceKey, _ reference: ReferenceCase, _ run: TranslatedRun) -> JSONTree? {
    if let path = Self.ofModel[key.statistic] { return run.results.first(path) }
    switch key.statistic {
    case "coef": return run.coefficient(key, ".coefficient")
    case "se", "z", "p": return run.coefficient(key, "." + key.statistic)
    case "shr", "shr.lower", "shr.upper": return run.coefficient(key, "." + key.statistic)
    case "cif":
      guard let row = key.value("new"), let time = key.number("t") else { return nil }
      return run.results.first("r.prediction(\(row))" + Results.call("at", time) + ".incidence")
    default: return nil
    }
  }
}
