// Options as text: one form that keeps everything a result can show, one that forgives formatting.

import AnalysisDocument
import Expressions
import ModelFormula

/// An option of a directive as the author gave it, after YAML's quoting, comments and line folding were undone.
public struct OptionText: Sendable {
  /// The key, in kebab-case.
  public let name: String
  /// Two options with the same text are the same to every directive.
  public let exact: String
  /// The same without blanks that mean nothing.
  public let canonical: String
}

enum CanonicalText {
  static func option(_ name: String, _ tree: OptionTree, value: (any Sendable)?) -> OptionText {
    let exact = text(tree) { $0 }
    return OptionText(name: name, exact: exact, canonical: isSyntax(value) ? text(tree, syntax) : exact)
  }

  /// Lengths stand before texts, so that different trees never give the same text.
  private static func text(_ tree: OptionTree, _ form: (String) -> String) -> String {
    switch tree {
    case .scalar(let scalar):
      if scalar.isNull { return "~" }
      // With the values of its parameters: they are what the option says.
      let text = form((try? scalar.expressionText())?.string ?? scalar.string)
      return "\(text.utf8.count):\(text)"
    case .sequence(let sequence):
      return "[" + sequence.elements.map { text($0, form) }.joined(separator: ",") + "]"
    case .mapping(let mapping):
      let entries = mapping.entries.map { entry in
        "\(entry.key.string.utf8.count):\(entry.key.string)=" + text(entry.value, form)
      }
      return "{" + entries.joined(separator: ",") + "}"
    }
  }

  private static func isSyntax(_ value: (any Sendable)?) -> Bool {
    guard let value else { return false }
    return value is Expression || value is Formula || value is SurvivalSyntax
      || value is [Named<Expression>] || value is [Named<SurvivalSyntax>]
  }

  /// An expression or a formula without the blanks that separate nothing; what stands in quotes is kept.
  static func syntax(_ text: String) -> String {
    var result: [UInt8] = []
    var quote: UInt8?
    var hasBlank = false
    for byte in text.utf8 {
      if let open = quote {
        result.append(byte)
        if byte == open { quote = nil }
        continue
      }
      if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
        hasBlank = true
        continue
      }
      if hasBlank, let last = result.last, isWord(last), isWord(byte) { result.append(0x20) }
      hasBlank = false
      result.append(byte)
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`") { quote = byte }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), 0x80...0xFF:
      true
    default: false
    }
  }
}
