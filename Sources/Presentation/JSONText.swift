// JSON as it goes into result files: fixed order, fixed digits.

/// A JSON value. Object members are written in the order of their keys' bytes, numbers with 12 significant digits.
public enum JSONValue: Sendable, Hashable {
  case null
  case flag(Bool)
  case number(Double)
  case integer(Int)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  /// A number; "NR", "NE", "withheld", "Inf", "-Inf"; null for what does not apply.
  public init(_ quantity: Quantity) {
    switch quantity {
    case .value(let number): self = .number(number)
    case .missing: self = .null
    case .notReached, .notEstimable, .withheld: self = .text(quantity.statusText ?? "NE")
    }
  }

  /// On one line, without blanks.
  public var compactText: String {
    switch self {
    case .null: return "null"
    case .flag(let flag): return flag ? "true" : "false"
    case .integer(let integer): return String(integer)
    case .number(let number):
      if number.isNaN { return "\"NE\"" }
      if number.isInfinite { return number > 0 ? "\"Inf\"" : "\"-Inf\"" }
      return NumberFormat.twelveDigits(number)
    case .text(let text): return Self.quoted(text)
    case .list(let values): return "[" + values.map(\.compactText).joined(separator: ",") + "]"
    case .object(let members):
      return "{"
        + Self.sorted(members).map { "\(Self.quoted($0.key)):\($0.value.compactText)" }.joined(separator: ",")
        + "}"
    }
  }

  /// Objects one member per line, indented by two blanks a level; lists on one line.
  public func lines(indent: Int = 0) -> String {
    guard case .object(let members) = self, !members.isEmpty else { return compactText }
    let margin = String(repeating: " ", count: indent + 2)
    let body = Self.sorted(members).map {
      "\(margin)\(Self.quoted($0.key)): \($0.value.lines(indent: indent + 2))"
    }
    return "{\n" + body.joined(separator: ",\n") + "\n" + String(repeating: " ", count: indent) + "}"
  }

  static func sorted(_ members: [String: JSONValue]) -> [(key: String, value: JSONValue)] {
    members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }

  /// With quotes; control characters, quote and backslash escaped, everything else as it is.
  public static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{00}"..."\u{1F}", "\u{7F}", "\u{2028}", "\u{2029}":
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// The text of `results.json`: one quantity per line under its path, sorted, `inputs` first.
public enum ResultsText {
  public static func render(_ results: [String: JSONValue], inputs: JSONValue = .object([:])) -> String {
    let body = JSONValue.sorted(results).map { "  \(JSONValue.quoted($0.key)): \($0.value.compactText)" }
    return "{\n" + (["  \"inputs\": " + inputs.lines(indent: 2)] + body).joined(separator: ",\n") + "\n}\n"
  }
}
