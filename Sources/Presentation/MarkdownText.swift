// Text of the data as Markdown that shows it literally.

/// Escapes only what would be read as markup, so that ordinary names stay readable in the source.
public enum MarkdownText {
  /// For running text on one line.
  public static func inline(_ text: String) -> String { escaped(text, inTable: false) }

  /// For a cell of a pipe table: also `|`.
  public static func cell(_ text: String) -> String { escaped(text, inTable: true) }

  /// For a paragraph of its own: also what would begin a list, a heading, a quote at its start.
  public static func paragraph(_ text: String) -> String {
    let escaped = inline(text)
    guard let first = escaped.first else { return escaped }
    if "#>-+=".contains(first) { return "\\" + escaped }
    let digits = escaped.prefix { $0.isASCII && $0.isNumber }
    let rest = escaped.dropFirst(digits.count)
    if (1...9).contains(digits.count), let mark = rest.first, mark == "." || mark == ")",
      rest.dropFirst().first.map({ $0 == " " }) ?? true
    {
      return digits + "\\" + rest
    }
    return escaped
  }

  /// What `inline` escaped, as it was; other markup stays.
  public static func plain(_ markdown: String) -> String {
    var result = ""
    var isEscaped = false
    for character in markdown {
      if character == "\\", !isEscaped {
        isEscaped = true
        continue
      }
      if isEscaped, !(character.isASCII && (character.isPunctuation || character.isSymbol)) { result += "\\" }
      result.append(character)
      isEscaped = false
    }
    if isEscaped { result += "\\" }
    return result.replacing("&lt;", with: "<").replacing("&amp;", with: "&")
  }

  private static func escaped(_ text: String, inTable: Bool) -> String {
    let scalars = singleLine(text)
    var result = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      let next = scalars.indices.contains(index + 1) ? scalars[index + 1] : nil
      let previous = index > 0 ? scalars[index - 1] : nil
      switch scalar {
      case "\\", "`", "*", "[", "]", "~", "$": result.append("\\")
      case "|" where inTable: result.append("\\")
      case "_" where !(isWordPart(previous) && isWordPart(next)): result.append("\\")
      case "<" where opensTag(next):
        result.append(contentsOf: "&lt;".unicodeScalars)
        continue
      case "&" where opensEntity(scalars[(index + 1)...]):
        result.append(contentsOf: "&amp;".unicodeScalars)
        continue
      default: break
      }
      result.append(scalar)
    }
    return String(result)
  }

  /// Line breaks, tabs and other controls become single spaces, marks that turn the direction of writing
  /// vanish (unclosed, they would turn the rest of the row), blanks at both ends go.
  static func singleLine(_ text: String) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: continue
      case 0x00...0x20, 0x7F...0x9F, 0x2028, 0x2029:
        if let last = result.last, last != " " { result.append(" ") }
      default: result.append(scalar)
      }
    }
    if result.last == " " { result.removeLast() }
    return result
  }

  private static func isWordPart(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { $0.properties.isAlphabetic || $0.properties.numericType != nil } ?? false
  }

  private static func opensTag(_ next: Unicode.Scalar?) -> Bool {
    next.map { "/!?".unicodeScalars.contains($0) || ($0.isASCII && $0.properties.isAlphabetic) } ?? false
  }

  private static func opensEntity(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let first = rest.first, first == "#" || (first.isASCII && first.properties.isAlphabetic) else {
      return false
    }
    let name = rest.prefix(40).drop {
      $0 == "#" || ($0.isASCII && ($0.properties.isAlphabetic || isDigit($0)))
    }
    return name.first == ";"
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
