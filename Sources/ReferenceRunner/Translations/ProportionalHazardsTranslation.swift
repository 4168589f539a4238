// zph: the score test of proportional hazards.

struct ProportionalHazardsTranslation: Translation {
  func directives(_ reference: ReferenceCase) -> [DirectiveText] {
    var text = DirectiveText("proportional-hazards")
    text.set("model", .text("m"))
    text.set("transform", reference.string("transform").map(OptionText.text))
    text.set("per", .text(reference.spec["per_term"]?.flag == false ? "column" : "term"))
    return [CoxTranslation.model(reference, directive: "cox", id: "m"), text]
  }

  func value(_ key: ReferenceKey, _ reference: ReferenceCase, _ run: TranslatedRun) -> JSONTree? {
    let results = run.results
    switch key.statistic {
    case "n", "events": return results.first("m." + key.statistic)
    case "chisq", "df", "p":
      let tail = key.statistic == "chisq" ? ".chi_squared" : "." + key.statistic
      guard let part = key.parts.first else { return nil }
      if part == "GLOBAL" { return results.first("r.global" + tail) }
      let byTerm = reference.spec["per_term"]?.flag != false
      let names = CoefficientNames(results, base: "r", tail: tail, factors: byTerm ? [:] : reference.factors)
      // A term of one piece is named by its own text.
      return results.first(
        [names.paths[part].map { $0 + tail }, "r" + Results.selector(ReferenceKey.unescaped(part)) + tail]
          .compactMap { $0 })
    default: return nil
    }
  }
}
