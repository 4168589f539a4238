// concordance: Harrell's C and its relatives.

struct ConcordanceTranslation: Translation {
  func directives(_ reference: ReferenceCase) -> [DirectiveText] {
    var text = DirectiveText("concordance")
    let strata = reference.string("strata").map { " + strata(\(FormulaText.name($0)))" } ?? ""
    let predictor = FormulaText.name(reference.string("predictor") ?? "")
    text.set("data", .text("d"))
    text.set("formula", .text("\(reference.survivalText()) ~ \(predictor)\(strata)"))
    text.setCommon(reference)
    text.set("time-weight", reference.string("timewt").map(OptionText.text))
    text.set("reverse", reference.spec["reverse"]?.flag.map(OptionText.flag))
    text.set("cluster", reference.string("cluster").map(OptionText.text))
    return [text]
  }

  private static let paths = [
    "n": "r.n", "n.missing": "r.missing", "concordance": "r.concordance", "se": "r.concordance.se",
    "concordant": "r.concordant", "discordant": "r.discordant", "tied.x": "r.tied_x", "tied.y": "r.tied_y",
    "tied.xy": "r.tied_xy",
  ]

  func value(_ key: ReferenceKey, _ reference: ReferenceCase, _ run: TranslatedRun) -> JSONTree? {
    Self.paths[key.statistic].flatMap { run.results.first($0) }
  }
}
