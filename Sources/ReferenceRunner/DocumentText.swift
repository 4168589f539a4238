// Writing a case as a Markdown document.

import Presentation

/// An option's value in YAML.
indirect enum OptionText: Sendable {
  case text(String)
  case number(Double)
  case flag(Bool)
  case list([OptionText])
  case mapping([(String, OptionText)])

  static func texts(_ texts: [String]) -> OptionText { .list(texts.map(OptionText.text)) }
  static func numbers(_ numbers: [Double]) -> OptionText { .list(numbers.map(OptionText.number)) }

  init(_ tree: JSONTree) {
    switch tree {
    case .null: self = .text("")
    case .flag(let flag): self = .flag(flag)
    case .number(let number): self = .number(number)
    case .text(let text): self = .text(text)
    case .list(let elements): self = .list(elements.map(OptionText.init))
    case .object(let members):
      self = .mapping(members.sorted { $0.key < $1.key }.map { ($0.key, OptionText($0.value)) })
    }
  }

  /// On one line, all text quoted.
  var flow: String {
    switch self {
    case .text(let text): JSONValue.quoted(text)
    case .number(let number): NumberFormat.shortest(number)
    case .flag(let flag): flag ? "true" : "false"
    case .list(let elements): "[" + elements.map(\.flow).joined(separator: ", ") + "]"
    case .mapping(let members):
      "{" + members.map { "\(JSONValue.quoted($0.0)): \($0.1.flow)" }.joined(separator: ", ") + "}"
    }
  }
}

/// A directive with its options, in order.
struct DirectiveText: Sendable {
  let name: String
  let id: String
  var options: [(String, OptionText)]

  init(_ name: String, id: String = "r", _ options: [(String, OptionText)] = []) {
    self.name = name
    self.id = id
    self.options = options
  }

  mutating func set(_ name: String, _ value: OptionText?) {
    if let value { options.append((name, value)) }
  }

  /// In a fence longer than any that a level's name could hold.
  var markdown: String {
    let lines = options.flatMap { option -> [String] in
      guard case .mapping(let members) = option.1 else { return ["\(option.0): \(option.1.flow)"] }
      return ["\(option.0):"] + members.map { "  \(JSONValue.quoted($0.0)): \($0.1.flow)" }
    }
    return (["``````{\(name) #\(id)}"] + lines + ["``````"]).map { $0 + "\n" }.joined()
  }
}

extension ReferenceCase {
  /// The document: the data, then the analysis.
  func document(_ directives: [DirectiveText], text: String = "") -> String {
    let data = self.data.map { [dataDirective(file: $0)] } ?? []
    return (["# \(id)\n"] + (data + directives).map(\.markdown) + (text.isEmpty ? [] : [text + "\n"]))
      .joined(separator: "\n")
  }

  private func dataDirective(file: String) -> DirectiveText {
    var directive = DirectiveText("data", id: "d", [("source", .text("../data/" + file))])
    let conditions = (spec["subset"]?.elements ?? []).compactMap(condition)
    if !conditions.isEmpty { directive.set("where", .text(conditions.joined(separator: " and "))) }
    let dictionary = factors.sorted { $0.key < $1.key }.map { column, levels in
      (column, OptionText.mapping([("levels", .texts(levels))]))
    }
    if !dictionary.isEmpty { directive.set("dictionary", .mapping(dictionary)) }
    return directive
  }

  private func condition(_ subset: JSONTree) -> String? {
    guard let column = subset["var"]?.string, let comparison = subset["op"]?.string,
      let value = subset["value"],
      comparison != "row<="
    else { return nil }
    if comparison == "in" {
      return "\(ExpressionText.column(column)) in ["
        + value.elements.map { literal($0, for: column) }.joined(separator: ", ") + "]"
    }
    return "\(ExpressionText.column(column)) \(comparison) \(literal(value, for: column))"
  }

  /// A value as the column's type writes it: text for a factor.
  func literal(_ value: JSONTree, for column: String) -> String {
    if factors[column] == nil, case .number(let number) = value { return NumberFormat.shortest(number) }
    return JSONValue.quoted(value.words)
  }

  /// `status == 2`, for a formula.
  func eventText(_ response: JSONTree, comparison: String = "==") -> String {
    guard let event = response["event"]?.string ?? response["var"]?.string,
      let value = response["event_value"]
    else { return "" }
    return "\(FormulaText.name(event)) \(comparison) \(literal(value, for: event))"
  }

  /// `Surv(start, stop, event == 1)`.
  func survivalText(comparison: String = "==") -> String {
    let response = spec["response"] ?? .null
    let time = response["time_expr"]?.string ?? FormulaText.name(response["time"]?.string ?? "")
    let start = response["start"]?.string.map { FormulaText.name($0) + ", " } ?? ""
    return "Surv(\(start)\(time), \(eventText(response, comparison: comparison)))"
  }

  /// What stands right of the tilde.
  var rightHandSide: String {
    let terms = (spec["terms"]?.elements ?? []).map(FormulaText.term)
    if let formula = string("formula") ?? string("ps_formula"), let tilde = formula.firstIndex(of: "~") {
      return formula[formula.index(after: tilde)...].drop { $0 == " " }.description
    }
    return terms.isEmpty ? "1" : terms.joined(separator: " + ")
  }
}

/// Names and terms as R's formulas write them.
enum FormulaText {
  /// Backquoted where it has to be; a backquote within is escaped as in R.
  static func name(_ column: String) -> String {
    guard !isSyntactic(column) else { return column }
    return "`" + column.reduce(into: "") { $0 += "`\\".contains($1) ? "\\" + String($1) : String($1) } + "`"
  }

  static func term(_ tree: JSONTree) -> String {
    switch tree["type"]?.string {
    case "interaction": (tree["of"]?.elements ?? []).map(term).joined(separator: ":")
    case "function": tree["expr"]?.string ?? ""
    default: name(tree["var"]?.string ?? "")
    }
  }

  static func isSyntactic(_ column: String) -> Bool {
    guard let first = column.unicodeScalars.first, first == "." || isLetter(first) else { return false }
    if first == ".", let second = column.unicodeScalars.dropFirst().first, ("0"..."9").contains(second) {
      return false
    }
    return column.unicodeScalars.allSatisfy {
      isLetter($0) || ("0"..."9").contains($0) || $0 == "." || $0 == "_"
    }
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }
}

/// Columns as expressions write them.
enum ExpressionText {
  private static let reserved: Set<String> = ["and", "or", "not", "in", "if", "true", "false", "missing"]

  static func column(_ name: String) -> String {
    FormulaText.isSyntactic(name) && !reserved.contains(name) ? name : "col(\(JSONValue.quoted(name)))"
  }
}
