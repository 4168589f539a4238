// roc: discrimination of a binary outcome.

struct ROCTranslation: Translation {
  func directives(_ reference: ReferenceCase) -> [DirectiveText] {
    var text = DirectiveText("roc")
    let column = reference.string("y") ?? ""
    let value = reference.spec["event_value"] ?? .null
    text.set("data", .text("d"))
    text.set("outcome", .text("\(ExpressionText.column(column)) == \(reference.literal(value, for: column))"))
    text.set("predictors", .texts(reference.strings("predictors")))
    text.set("direction", reference.string("direction").map(OptionText.text))
    text.set("confidence-level", reference.spec["conf.level"]?.number.map(OptionText.number))
    return [text]
  }

  func value(_ key: ReferenceKey, _ reference: ReferenceCase, _ run: TranslatedRun) -> JSONTree? {
    let base = "r" + Results.selector(key.parts.map(ReferenceKey.unescaped))
    switch key.statistic {
    case "n": return run.results.first("r.n")
    case "cases": return run.results.first("r.events", "r.cases")
    case "delong.z": return run.results.first("r.delong.z")
    case "delong.p": return run.results.first("r.delong.p")
    case "auc", "auc.se", "auc.lower", "auc.upper", "youden":
      return run.results.first("\(base).\(key.statistic)")
    default: return nil
    }
  }
}
