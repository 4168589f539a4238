// Pages of result names: the same word in every directive that has it.

extension ManualPage {
  /// The page of a result name such as `hr`, `at_risk` or `os.median`: its last word decides.
  static func result(_ name: String) -> String? {
    let word = String(name.split(separator: ".").last ?? "")
    var text = ""
    for type in DirectiveRegistry.all {
      for result in type.specification.results where words(result).contains(word) {
        text += "\nIn `\(type.specification.name)`: `\(result.pattern)`: \(result.meaning).\n"
      }
    }
    return text.isEmpty ? nil : "# Result `\(word)`\n" + text
  }

  /// All words of result names, sorted.
  static var resultNames: [String] {
    Set(DirectiveRegistry.all.flatMap { $0.specification.results.flatMap(words) }).sorted()
  }

  /// The names behind dots, in the pattern and in the code spans of its meaning.
  private static func words(_ result: ResultSpecification) -> Set<String> {
    let spans = result.meaning.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    var words: Set<String> = []
    for text in [result.pattern] + spans {
      var isInQuotes = false
      var word: String?
      for character in text + " " {
        if character == "\"" { isInQuotes.toggle() }
        if character == ".", !isInQuotes {
          if let word, !word.isEmpty { words.insert(word) }
          word = ""
        } else if word != nil {
          if character.isASCII, character.isLowercase || character.isNumber || character == "_" {
            word?.append(character)
          } else {
            if let word, !word.isEmpty { words.insert(word) }
            word = nil
          }
        }
      }
    }
    return words.filter { $0.first?.isLetter == true }
  }
}
