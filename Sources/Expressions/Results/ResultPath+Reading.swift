// A result path from its canonical text, as `results.json` has it.

extension ResultPath {
  /// Reads a canonical path back; `nil` for any other text.
  init?(canonical text: String) {
    var rest = text[...]
    let id = rest.prefix { $0 != "." && $0 != "[" && $0 != "(" }
    rest = rest.dropFirst(id.count)
    var steps: [Step] = []
    while let first = rest.popFirst() {
      switch first {
      case ".":
        let name = rest.prefix { $0 != "." && $0 != "[" && $0 != "(" }
        guard !name.isEmpty else { return nil }
        rest = rest.dropFirst(name.count)
        steps.append(.member(String(name)))
      case "[":
        guard let arguments = Self.arguments(&rest, until: "]") else { return nil }
        steps.append(.index(arguments))
      case "(":
        guard let arguments = Self.arguments(&rest, until: ")") else { return nil }
        steps.append(.call(arguments))
      default: return nil
      }
    }
    self.init(id: String(id), steps: steps)
  }

  private static func arguments(_ rest: inout Substring, until end: Character) -> [Argument]? {
    var arguments: [Argument] = []
    while true {
      if rest.first == "\"" {
        rest.removeFirst()
        guard let text = quotedText(&rest) else { return nil }
        arguments.append(.text(text))
      } else {
        let word = rest.prefix { $0 != "," && $0 != end }
        rest = rest.dropFirst(word.count)
        switch word {
        case "true": arguments.append(.flag(true))
        case "false": arguments.append(.flag(false))
        default:
          guard let number = Double(word) else { return nil }
          arguments.append(.number(number))
        }
      }
      guard let next = rest.popFirst() else { return nil }
      if next == end { return arguments }
      guard next == ",", rest.popFirst() == " " else { return nil }
    }
  }

  /// The text up to the closing quote, which is taken as well.
  private static func quotedText(_ rest: inout Substring) -> String? {
    var text = ""
    while let character = rest.popFirst() {
      switch character {
      case "\"": return text
      case "\\":
        guard let escaped = rest.popFirst() else { return nil }
        switch escaped {
        case "n": text += "\n"
        case "r": text += "\r"
        case "t": text += "\t"
        case "u":
          let digits = rest.prefix(4)
          rest = rest.dropFirst(4)
          guard let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else { return nil }
          text.unicodeScalars.append(scalar)
        default: text.append(escaped)
        }
      default: text.append(character)
      }
    }
    return nil
  }
}
