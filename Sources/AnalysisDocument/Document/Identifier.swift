// The names that an author gives: of directives, parameters and derived columns.

import Diagnostics

/// `[a-z][a-z0-9_]*`: what stands in result names, file names and markers without a quote.
public enum Identifier {
  static func isValid(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, Bytes.isLower(first) else { return false }
    return bytes.allSatisfy { Bytes.isLower($0) || Bytes.isDigit($0) || $0 == 0x5F }
  }

  /// - Parameters:
  ///   - role: what the name would be, with its article: `an id`.
  ///   - prefix: what stands before it where it is written.
  /// - Returns: what is wrong with a name; `nil` for nothing.
  public static func problem(_ name: SourceText, as role: String, prefix: String = "") -> Diagnostic? {
    guard !isValid(name.bytes) else { return nil }
    return Diagnostic(
      .invalidID, "'\(name.string)' cannot be \(role)", at: name.range(),
      remedy: "write lower-case letters, digits and '_', beginning with a letter: "
        + prefix + suggestion(for: name.string))
  }

  private static func suggestion(for name: String) -> String {
    var suggestion = name.lowercased().map { character -> Character in
      character.isASCII && (character.isLetter || character.isNumber) ? character : "_"
    }
    if suggestion.first?.isLetter != true { suggestion.insert(contentsOf: "t", at: 0) }
    return String(suggestion)
  }
}
