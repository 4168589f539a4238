// table1: the table of characteristics.

struct SummaryTranslation: Translation {
  func directives(_ reference: ReferenceCase) -> [DirectiveText] {
    var text = DirectiveText("summary")
    let categorical = reference.spec["categorical"]?.object ?? [:]
    text.set("data", .text("d"))
    text.set("by", reference.string("group").map(OptionText.text))
    // Numbers that the case counts level by level have to be named as such.
    let numbers = reference.strings("numeric").map { ($0, OptionText.text("median")) }
    let counted = categorical.keys.sorted().map { ($0, OptionText.text("levels")) }
    text.set("variables", .mapping(numbers + counted))
    text.set("overall", .flag(true))
    text.set("p", .flag(true))
    let numericTests = reference.strings("numeric").isEmpty ? [] : ["kruskal-wallis", "anova", "welch-anova"]
    text.set("tests", .texts(numericTests + (categorical.isEmpty ? [] : ["chi-squared"])))
    return [text]
  }

  private static let tests = [
    "p.kruskal": "kruskal_wallis", "p.anova": "anova", "p.welch": "welch_anova", "p.chisq": "chi_squared",
    "p.fisher": "fisher",
  ]

  func value(_ key: ReferenceKey, _ reference: ReferenceCase, _ run: TranslatedRun) -> JSONTree? {
    let results = run.results
    let parts = key.parts.map(ReferenceKey.unescaped)
    let level = reference.string("group").flatMap { key.level(of: $0) }
    let group = level.map { [$0] } ?? []
    switch key.statistic {
    case "n":
      return level.map { results.first("r.group(\(OptionText.text($0).flow)).n") } ?? results.first("r.n")
    case "count", "percent":
      guard parts.count == 3 else { return nil }
      let tail = key.statistic == "count" ? ".n" : ".percent"
      return results.first("r" + Results.selector([parts[0], parts[1]] + group) + tail)
    case "missing":
      guard let variable = parts.first else { return nil }
      let base = "r\(Results.selector(variable)).missing"
      return level.map {
        results.first(
          base + "(\(OptionText.text($0).flow))", "r\(Results.selector(variable, $0)).missing")
      } ?? results.first(base)
    default:
      guard let variable = parts.first else { return nil }
      if let test = Self.tests[key.statistic] {
        return results.first("r\(Results.selector(variable)).\(test).p")
      }
      return results.first("r\(Results.selector([variable] + group)).\(key.statistic)")
    }
  }
}
