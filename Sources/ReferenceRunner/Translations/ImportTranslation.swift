// import: what the reader of data files made of a table.

/// Types and names of columns are results of a data dictionary; counts and means come from inline values.
struct ImportTranslation: Translation {
  func directives(_ reference: ReferenceCase) -> [DirectiveText] {
    var text = DirectiveText("data-dictionary")
    text.set("data", .text("d"))
    return [text]
  }

  func text(_ reference: ReferenceCase) -> String {
    let keys = reference.expect.keys.sorted().map(ReferenceKey.init)
    let lines = keys.compactMap { key -> String? in
      guard let expression = expression(key) else { return nil }
      return "- \(marker(key)) `{= \(expression) | digits 12}`"
    }
    return lines.joined(separator: "\n")
  }

  func value(_ key: ReferenceKey, _ reference: ReferenceCase, _ run: TranslatedRun) -> JSONTree? {
    guard expression(key) != nil else { return dictionary(key, run.results) }
    let start = "- \(marker(key)) "
    guard let line = run.document.split(separator: "\n").first(where: { $0.hasPrefix(start) }) else {
      return nil
    }
    let text = line.dropFirst(start.count).map { $0 == "\u{2212}" ? "-" : String($0) }.joined()
      .filter { $0 != "," && $0 != "\r" }
    return Double(text).map(JSONTree.number) ?? .text("NA")
  }

  private func dictionary(_ key: ReferenceKey, _ results: Results) -> JSONTree? {
    let names = (1...max(Int(results.number("r.columns") ?? 0), 1)).compactMap {
      results.values["r.name(\($0))"]
    }
    switch key.statistic {
    case "n.cols": return results.first("r.columns")
    case "columns": return .list(names)
    case "type":
      let words = [
        "integer": "number", "number": "number", "text": "text", "factor": "text", "date": "date",
        "flag": "logical",
      ]
      let path = "r" + Results.selector(key.parts.map(ReferenceKey.unescaped)) + ".type"
      return results.values[path]?.string.flatMap { words[$0] }.map(JSONTree.text)
    default: return nil
    }
  }

  private func marker(_ key: ReferenceKey) -> String {
    key.statistic + key.parts.map { " " + ReferenceKey.unescaped($0) }.joined() + ":"
  }

  private func expression(_ key: ReferenceKey) -> String? {
    let column = key.parts.first.map { ExpressionText.column(ReferenceKey.unescaped($0)) } ?? ""
    return switch key.statistic {
    case "n.rows": "d.n"
    case "missing": "d.missing(\(column))"
    case "mean": "d.mean(\(column))"
    default: nil
    }
  }
}
