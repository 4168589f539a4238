// padjust: adjustment of P values for multiplicity.

struct AdjustmentTranslation: Translation {
  private static let methods = [
    "bonferroni": "bonferroni", "holm": "holm", "hochberg": "hochberg", "BH": "benjamini_hochberg",
    "BY": "benjamini_yekutieli",
  ]

  func directives(_ reference: ReferenceCase) -> [DirectiveText] {
    var text = DirectiveText("adjust-p")
    text.set("p-values", .numbers(reference.numbers("p")))
    let methods = reference.strings("methods").compactMap { Self.methods[$0] }
    text.set("adjust", .texts(methods.map { $0.map { $0 == "_" ? "-" : String($0) }.joined() }))
    return [text]
  }

  func value(_ key: ReferenceKey, _ reference: ReferenceCase, _ run: TranslatedRun) -> JSONTree? {
    guard let method = Self.methods[key.statistic], let index = key.parts.first else { return nil }
    return run.results.first("r.\(method)(\(index))")
  }
}
