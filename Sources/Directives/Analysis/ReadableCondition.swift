// Conditions in the words of readers: in captions, notes and charts no code.

import DataTables
import Expressions

extension DataSet {
  /// `rx == "Lev+5FU"` as `treatment = Lev+5FU`: signs as in print, no quotes, columns by their labels.
  func readable(_ condition: String) -> String {
    var result = ""
    var rest = condition[...]
    let signs = [("==", "="), ("!=", "≠"), (">=", "≥"), ("<=", "≤")]
    while let first = rest.first {
      if let sign = signs.first(where: { rest.hasPrefix($0.0) }) {
        result += sign.1
        rest = rest.dropFirst(2)
      } else if first == "\"" || first == "`" {
        let inner = rest.dropFirst().prefix { $0 != first }
        result += first == "`" ? label(of: String(inner)) : String(inner)
        rest = rest.dropFirst(inner.count + 2)
      } else if first.isLetter || first == "_" {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
        rest = rest.dropFirst(word.count)
        result += rest.first == "(" ? String(word) : label(of: String(word))
      } else {
        result.append(first.isWhitespace ? " " : first)
        rest = rest.dropFirst()
      }
    }
    return result.split(separator: " ").joined(separator: " ")
  }

  private func label(of name: String) -> String {
    guard let label = table[name]?.label, label != name else { return name }
    return label.withinSentence
  }
}
