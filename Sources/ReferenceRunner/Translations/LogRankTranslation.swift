// logrank: the log-rank test and its family.

struct LogRankTranslation: Translation {
  func directives(_ reference: ReferenceCase) -> [DirectiveText] {
    var text = DirectiveText("log-rank")
    let strata = reference.strings("strata").map(FormulaText.name)
    let group = FormulaText.name(reference.string("group") ?? reference.rightHandSide)
    let stratified = strata.isEmpty ? "" : " + strata(\(strata.joined(separator: ", ")))"
    text.set("data", .text("d"))
    text.set("formula", .text("\(reference.survivalText()) ~ \(group)\(stratified)"))
    text.setCommon(reference)
    switch reference.string("weight_function") {
    case "gehan": text.set("test", .text("gehan-breslow"))
    case let name?: text.set("test", .text(name))
    case nil:
      let rho = reference.spec["rho"]?.number ?? 0
      text.set("test", .text(rho == 0 ? "log-rank" : "fleming-harrington"))
      if rho != 0 { text.set("rho", .number(rho)) }
    }
    text.set("trend", OptionWords.list(reference.numbers("trend_scores")))
    let adjustments = reference.strings("pairwise_adjust").map { $0 == "BH" ? "benjamini-hochberg" : $0 }
    if !adjustments.isEmpty {
      text.set("pairwise", .flag(true))
      text.set("adjust", .texts(adjustments))
    }
    return [text]
  }

  private static let pairTails = [
    "pair.chisq": ".chi_squared", "pair.p": ".p", "pair.p.holm": ".p_holm", "pair.p.hochberg": ".p_hochberg",
    "pair.p.bonferroni": ".p_bonferroni", "pair.p.BH": ".p_benjamini_hochberg",
  ]

  func value(_ key: ReferenceKey, _ reference: ReferenceCase, _ run: TranslatedRun) -> JSONTree? {
    let results = run.results
    let group = reference.string("group") ?? ""
    if let tail = Self.pairTails[key.statistic] {
      return pair(key, reference.factors[group] ?? []).flatMap { results.first("r.pair\($0)\(tail)") }
    }
    if let level = key.level(of: group) { return ofGroup(key.statistic, level, results) }
    switch key.statistic {
    case "n": return results.first("r.n")
    case "n.missing": return results.first("r.missing")
    case "chisq": return results.first("r.chi_squared")
    case "df", "p": return results.first("r." + key.statistic)
    case "trend.chisq": return results.first("r.trend.chi_squared")
    case "trend.p": return results.first("r.trend.p")
    default: return nil
    }
  }

  private func ofGroup(_ statistic: String, _ level: String, _ results: Results) -> JSONTree? {
    let base = "r" + Results.selector(level)
    switch statistic {
    case "observed", "expected": return results.first("\(base).\(statistic)")
    case "var", "V": return results.first("r.variance" + Results.selector(level, level))
    case "U":
      guard let observed = results.number(base + ".observed"),
        let expected = results.number(base + ".expected")
      else { return nil }
      return .number(observed - expected)
    default: return nil
    }
  }

  /// `["A", "B"]` for the key part `A vs B`.
  private func pair(_ key: ReferenceKey, _ levels: [String]) -> String? {
    for first in levels {
      for second in levels
      where key.parts.first == ReferenceKey.escaped(first) + " vs " + ReferenceKey.escaped(second) {
        return Results.selector(first, second)
      }
    }
    return nil
  }
}
