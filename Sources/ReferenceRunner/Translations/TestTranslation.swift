// test, describe: classical tests and single descriptions.

struct TestTranslation: Translation {
  private static let names = [
    "t.welch": "t", "t.student": "t-pooled", "t.paired": "t-paired", "wilcoxon": "wilcoxon",
    "wilcoxon.signed": "signed-rank", "kruskal": "kruskal-wallis", "anova.oneway": "anova",
    "anova.welch": "welch-anova", "chisq": "chi-squared", "fisher": "fisher", "mcnemar": "mcnemar",
    "shapiro": "shapiro-wilk", "cor.pearson": "correlation", "cor.spearman": "correlation",
    "cor.kendall": "correlation", "quantile": "quantiles", "proportion": "proportion",
    "smd": "standardised-difference",
  ]

  func directives(_ reference: ReferenceCase) -> [DirectiveText] {
    let kind = reference.string("kind") ?? ""
    var text = DirectiveText("test")
    text.set("data", .text("d"))
    text.set("test", .text(Self.names[kind] ?? kind))
    setVariables(&text, reference, kind)
    text.set("by", reference.string("group").map(OptionText.text))
    text.set("pair", reference.string("pair").map(OptionText.text))
    text.set("exact", reference.spec["exact"]?.flag.map(OptionText.flag))
    text.set("correct", reference.spec["correct"]?.flag.map(OptionText.flag))
    if kind.hasPrefix("cor.") { text.set("method", .text(String(kind.dropFirst(4)))) }
    text.set("quantiles", OptionWords.list(reference.numbers("probs")))
    text.set("types", OptionWords.list(reference.numbers("types")))
    text.set("confidence-level", reference.spec["conf.level"]?.number.map(OptionText.number))
    return [text]
  }

  private func setVariables(_ text: inout DirectiveText, _ reference: ReferenceCase, _ kind: String) {
    let x = reference.string("x")
    let y = reference.string("y")
    if let row = reference.string("row"), let column = reference.string("col") {
      text.set("variables", .texts([row, column]))
    } else if kind == "proportion", let x, let value = reference.spec["event_value"] {
      text.set("variable", .text("\(ExpressionText.column(x)) == \(reference.literal(value, for: x))"))
    } else if kind == "smd" {
      let binary = (reference.spec["binary"]?.elements ?? []).compactMap { entry -> String? in
        guard let column = entry["var"]?.string, let value = entry["value"] else { return nil }
        return "\(ExpressionText.column(column)) == \(reference.literal(value, for: column))"
      }
      text.set("variables", .texts(reference.strings("numeric").map(ExpressionText.column) + binary))
    } else if let x, let y {
      text.set("variables", .texts([x, y]))
    } else if let name = y ?? x {
      if let second = reference.string("y2") {
        text.set("variables", .texts([name, second]))
      } else {
        text.set("variable", .text(name))
      }
    }
  }

  private static let paths: [String: [String]] = [
    "n": ["r.n"], "n.missing": ["r.missing"], "statistic": ["r.statistic", "r.chi_squared"], "df": ["r.df"],
    "df1": ["r.df1", "r.df"], "df2": ["r.df2"], "p": ["r.p"], "se": ["r.se", "r.estimate.se"],
    "lower": ["r.estimate.lower", "r.lower"], "upper": ["r.estimate.upper", "r.upper"],
    "estimate": ["r.estimate"], "diff": ["r.estimate", "r.difference"], "mean.diff": ["r.estimate"],
    "or.conditional": ["r.estimate", "r.odds_ratio"], "or.sample": ["r.sample_odds_ratio"],
    "ss.between": ["r.sum_of_squares.between"], "ss.within": ["r.sum_of_squares.within"], "x": ["r.events"],
    "proportion": ["r.estimate", "r.proportion"], "wilson.lower": ["r.wilson.lower"],
    "wilson.upper": ["r.wilson.upper"], "wilson.cc.lower": ["r.wilson_corrected.lower"],
    "wilson.cc.upper": ["r.wilson_corrected.upper"], "clopper.pearson.lower": ["r.clopper_pearson.lower"],
    "clopper.pearson.upper": ["r.clopper_pearson.upper"], "binom.p": ["r.binomial.p", "r.p"],
    "p.exact": ["r.exact.p"], "b": ["r.discordant(1)"], "c": ["r.discordant(2)"],
  ]

  func value(_ key: ReferenceKey, _ reference: ReferenceCase, _ run: TranslatedRun) -> JSONTree? {
    let results = run.results
    let levels = reference.string("group").flatMap { reference.factors[$0] } ?? []
    let parts = key.parts.map(ReferenceKey.unescaped)
    switch key.statistic {
    case "observed", "expected": return results.first("r.\(key.statistic)" + Results.selector(parts))
    case "mean1", "n1": return group(levels.first, key.statistic, results)
    case "mean2", "n2": return group(levels.dropFirst().first, key.statistic, results)
    case "tukey.diff", "tukey.p": return tukey(key, levels, results)
    case "quantile":
      guard let type = key.number("type"), let p = key.number("p") else { return nil }
      return results.first("r" + Results.call("type", type) + Results.call("quantile", p))
    case "smd": return standardisedDifference(parts.first ?? "", reference, results)
    default: return key.parts.isEmpty ? Self.paths[key.statistic].flatMap { results.first($0) } : nil
    }
  }

  private func group(_ level: String?, _ statistic: String, _ results: Results) -> JSONTree? {
    level.flatMap { results.first("r\(Results.selector($0)).\(statistic.dropLast())") }
  }

  private func tukey(_ key: ReferenceKey, _ levels: [String], _ results: Results) -> JSONTree? {
    let tail = key.statistic == "tukey.diff" ? "difference" : "p"
    for first in levels {
      for second in levels
      where key.parts.first == ReferenceKey.escaped(first) + "-" + ReferenceKey.escaped(second) {
        return results.first("r.tukey\(Results.selector("\(first) - \(second)")).\(tail)")
      }
    }
    return nil
  }

  private func standardisedDifference(
    _ column: String, _ reference: ReferenceCase, _ results: Results
  ) -> JSONTree? {
    let binary = (reference.spec["binary"]?.elements ?? []).first { $0["var"]?.string == column }
    let name =
      binary.flatMap { $0["value"] }.map {
        "\(ExpressionText.column(column)) == \(reference.literal($0, for: column))"
      } ?? column
    return results.first("r\(Results.selector(name)).standardised_difference")
  }
}
