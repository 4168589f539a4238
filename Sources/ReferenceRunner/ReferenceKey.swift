// Keys of expected values: `stat[part|part]`.

/// `hr.lower[sex=2]`, `surv[sex=1|t=365]`. Inside parts a backslash stands before `\`, `|`, `[` and `]`.
struct ReferenceKey: Sendable, Equatable {
  let statistic: String
  /// As written, escapes included.
  let parts: [String]

  init(_ text: String) {
    guard let open = text.firstIndex(of: "["), text.hasSuffix("]") else {
      statistic = text
      parts = []
      return
    }
    statistic = String(text[..<open])
    parts = Self.split(text[text.index(after: open)...].dropLast())
  }

  private static func split(_ text: Substring) -> [String] {
    var parts = [""]
    var isEscaped = false
    for character in text {
      if isEscaped {
        parts[parts.count - 1] += "\\" + String(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "|" {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
  }

  static func escaped(_ text: String) -> String {
    text.reduce(into: "") { $0 += "\\|[]".contains($1) ? "\\" + String($1) : String($1) }
  }

  static func unescaped(_ text: String) -> String {
    var result = ""
    var isEscaped = false
    for character in text {
      if character == "\\", !isEscaped {
        isEscaped = true
      } else {
        result.append(character)
        isEscaped = false
      }
    }
    return result
  }

  /// The text after `name=` in the part that begins so, unescaped: `t`, `p`, `new`, `cause`, `type`.
  func value(_ name: String) -> String? {
    parts.first { $0.hasPrefix(name + "=") }.map { Self.unescaped(String($0.dropFirst(name.count + 1))) }
  }

  /// The level of the part `column=level`, unescaped.
  func level(of column: String) -> String? { value(Self.escaped(column)) }

  func number(_ name: String) -> Double? { value(name).flatMap { Double($0) } }
}
