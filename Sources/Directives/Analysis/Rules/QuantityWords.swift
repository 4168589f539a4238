// What a comparison of rules calls a quantity: its path in a reader's words.

import Presentation

enum QuantityWords {
  /// `["treatment", "observation"].hr` becomes "treatment: observation, HR", `.univariable["age"].hr` "age, HR
  /// (univariable)", `["resection"].at(60).survival` "resection, survival at 60".
  ///
  /// - Parameter labels: what columns are called, by name; those without a label go by their name.
  static func words(of path: String, labels: [String: String] = [:]) -> String {
    var (subjects, names): ([String], [String]) = ([], [])
    var calls: [String: String] = [:]
    for part in parts(of: path) {
      switch part {
      case .selection(let arguments):
        let term = arguments.first.map { labelled($0, labels) } ?? ""
        subjects.append(([term] + arguments.dropFirst()).joined(separator: ": "))
      case .name(let name): names.append(name)
      case .call(let argument): if let name = names.last { calls[name] = argument }
      }
    }
    let isUnivariable = names.first == "univariable"
    if isUnivariable { names.removeFirst() }
    let words = ([subjects.joined(separator: ", "), property(names, calls)].filter { !$0.isEmpty })
      .joined(separator: ", ")
    return isUnivariable ? words + " (univariable)" : words
  }

  /// A column under its label, and the columns of an interaction under theirs.
  private static func labelled(_ term: String, _ labels: [String: String]) -> String {
    if let label = labels[term] { return label }
    let parts = term.split(separator: ":").map(String.init)
    guard parts.count > 1, parts.contains(where: { labels[$0] != nil }) else { return term }
    return parts.map { labels[$0] ?? $0 }.joined(separator: " × ")
  }

  /// Quantities of one subject stand together: what begins with the same column or group, and the same level of it.
  static func subject(of path: String, level: Bool) -> String {
    guard let bracket = path.firstIndex(of: "[") else { return path }
    var rest = path[path.index(after: bracket)...]
    let names = quoted(&rest)
    return path[...bracket] + (level ? names.joined(separator: "\u{0}") : names.first ?? "")
  }

  /// What is measured, whatever it is measured in: `.median` of `["resection"].median`, `.at(60).survival` without its time.
  static func kind(of path: String) -> String {
    parts(of: path).compactMap { if case .name(let name) = $0 { name } else { nil } }.joined(separator: ".")
  }

  private static let known = [
    "hr": "HR", "or": "OR", "shr": "SHR", "rr": "RR", "p": "P", "z": "z", "t": "t", "f": "F",
    "chi_squared": "χ²", "df": "df", "se": "SE", "robust_se": "robust SE", "aic": "AIC", "bic": "BIC",
    "wald": "Wald test", "score": "score test", "robust_score": "robust score test",
    "likelihood_ratio": "likelihood-ratio test", "log_rank": "log-rank test", "restricted_mean": "mean",
    "log_likelihood": "log-likelihood", "null_log_likelihood": "null log-likelihood",
  ]

  private static func property(_ names: [String], _ calls: [String: String]) -> String {
    var words: [String] = []
    var condition = ""
    for name in names {
      let argument = calls[name]
      switch (name, argument) {
      case ("at", let argument?), ("per", let argument?): condition += " \(name) \(argument)"
      case ("quantile", let argument?):
        words.append(
          Double(argument).map { "\(NumberFormat.trimmed($0 * 100, digits: 4))% quantile" }
            ?? "quantile \(argument)")
      case ("restricted_mean", let argument?): words.append("mean to \(argument)")
      case (_, let argument):
        let word = known[name] ?? name.replacing("_", with: " ")
        words.append(argument.map { "\(word) \($0)" } ?? word)
      }
    }
    let end = words.last == "P" || words.last == "χ²" ? words.popLast() : nil
    let start = words.joined(separator: " ") + condition
    return [start, end ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  private enum Part {
    case name(String)
    case selection([String])
    case call(String)
  }

  /// Names after dots, quoted selections in brackets, arguments in parentheses.
  private static func parts(of path: String) -> [Part] {
    var parts: [Part] = []
    var rest = path[...]
    while let first = rest.first {
      switch first {
      case "[":
        rest.removeFirst()
        parts.append(.selection(quoted(&rest)))
      case "(":
        let inside = rest.dropFirst().prefix { $0 != ")" }
        rest = rest.dropFirst(inside.count + 2)
        parts.append(.call(inside.filter { $0 != "\"" }))
      case ".": rest.removeFirst()
      default:
        let name = rest.prefix { !".[(".contains($0) }
        rest = rest.dropFirst(name.count)
        parts.append(.name(String(name)))
      }
    }
    return parts
  }

  /// The texts of a selection, up to its closing bracket.
  private static func quoted(_ rest: inout Substring) -> [String] {
    var arguments: [String] = []
    var isQuoted = false
    while let character = rest.popFirst() {
      switch character {
      case "\"":
        if !isQuoted { arguments.append("") }
        isQuoted.toggle()
      case "\\" where isQuoted:
        if let next = rest.popFirst() { arguments[arguments.count - 1].append(next) }
      case "]" where !isQuoted: return arguments
      default: if isQuoted { arguments[arguments.count - 1].append(character) }
      }
    }
    return arguments
  }
}
