// The value of a parameter: what a run may change without an edit of the document.

/// A number, a text, true or false, or a list of these, as the author or the command line wrote it.
public enum ParameterValue: Sendable, Hashable {
  /// A number and its spelling, which is what takes its place.
  case number(Double, spelling: String)
  /// Words.
  case text(String)
  /// True or false.
  case flag(Bool)
  /// Several values.
  case list([ParameterValue])

  /// What the value is, in a user's words.
  public var kindInWords: String {
    switch self {
    case .number: "a number"
    case .text: "a text"
    case .flag: "true or false"
    case .list: "a list"
    }
  }

  /// The value as an option takes it.
  public var optionText: String {
    switch self {
    case .number(_, let spelling): spelling
    case .text(let text): text
    case .flag(let flag): flag ? "true" : "false"
    case .list(let elements): "[" + elements.map(\.optionText).joined(separator: ", ") + "]"
    }
  }

  /// The value as a literal of the expression language.
  public var literal: String {
    switch self {
    // In `x ^ params.a` and `x - params.a` the sign must stay with its number.
    case .number(_, let spelling): spelling.first == "-" ? "(\(spelling))" : spelling
    case .text(let text): "\"" + Self.escaped(text) + "\""
    case .flag(let flag): flag ? "true" : "false"
    case .list(let elements): "[" + elements.map(\.literal).joined(separator: ", ") + "]"
    }
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": escaped += "\\\""
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\t": escaped += "\\t"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// The value that a scalar without quotes means.
  static func plain(_ text: String) -> ParameterValue {
    switch text {
    case "true": return .flag(true)
    case "false": return .flag(false)
    default:
      let isNumeral = text.utf8.allSatisfy { Bytes.isDigit($0) || "+-.eE".utf8.contains($0) }
      if isNumeral, let number = Double(text), number.isFinite { return .number(number, spelling: text) }
      return .text(text)
    }
  }
}
