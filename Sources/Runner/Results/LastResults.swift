// The results of the run before, for comparison.

/// Reads the flat part of a `results.json` that Meier wrote.
enum LastResults {
  /// Path → the value's text; empty when there is no such file.
  static func read(_ path: String) -> [String: String] {
    guard let bytes = try? FileSystem.read(path) else { return [:] }
    var results: [String: String] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      guard let (key, rest) = quoted(line.drop { $0 == " " }) else { continue }
      var value = rest.drop { $0 == ":" || $0 == " " }
      if value.last == "," { value = value.dropLast() }
      guard value.first != "{", value.first != "[" else { continue }
      if value.first == "\"", let (text, _) = quoted(value), ["NR", "NE", "withheld"].contains(text) {
        results[key] = text
      } else {
        results[key] = String(value)
      }
    }
    return results
  }

  /// A JSON string at the beginning of the text, and what follows it.
  private static func quoted(_ text: Substring) -> (String, Substring)? {
    guard text.first == "\"" else { return nil }
    var result = ""
    var index = text.index(after: text.startIndex)
    while index < text.endIndex {
      switch text[index] {
      case "\"": return (result, text[text.index(after: index)...])
      case "\\":
        index = text.index(after: index)
        guard index < text.endIndex else { return nil }
        switch text[index] {
        case "n": result += "\n"
        case "t": result += "\t"
        case "r": result += "\r"
        case "u":
          let digits = text[text.index(after: index)...].prefix(4)
          guard digits.count == 4, let code = UInt32(digits, radix: 16) else { return nil }
          result.unicodeScalars.append(Unicode.Scalar(code) ?? "\u{FFFD}")
          index = text.index(index, offsetBy: 4)
        default: result.append(text[index])
        }
      default: result.append(text[index])
      }
      index = text.index(after: index)
    }
    return nil
  }
}
