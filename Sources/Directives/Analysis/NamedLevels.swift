// Which levels of a model messages and notes may name.

import ModelFormula

/// A level of few rows may be one patient. What is said of its outcome leaves it unnamed, and of the others no more than a
/// few are named.
enum NamedLevels {
  static let fewestRows = 5
  private static let most = 5

  static func isSmall(_ rows: Int) -> Bool { rows < fewestRows }

  /// The first sentences, and how many there are besides.
  static func few(_ sentences: [String]) -> [String] {
    guard sentences.count > most + 1 else { return sentences }
    return sentences.prefix(most) + ["\(sentences.count - most) further levels likewise"]
  }
}

extension DesignMatrix {
  /// Coefficients as messages name them: `'stage: IV', 'age', 12 levels of 'centre' of fewer than 5 rows each`.
  ///
  /// - Parameter label: the name of a column of the design.
  func named(_ positions: [Int], quote: String = "'", label: (Int) -> String?) -> String {
    var named: [String] = []
    var small: [(term: String, count: Int)] = []
    for position in positions where columns.indices.contains(position) {
      let column = columns[position]
      guard isSmallLevel(column) else {
        if let label = label(position) { named.append(quote + label + quote) }
        continue
      }
      if let known = small.firstIndex(where: { $0.term == column.origin.termText }) {
        small[known].count += 1
      } else {
        small.append((column.origin.termText, 1))
      }
    }
    let fewer = "of fewer than \(NamedLevels.fewestRows) rows"
    let unnamed = small.map { term, count in
      count == 1 ? "a level of '\(term)' \(fewer)" : "\(count) levels of '\(term)' \(fewer) each"
    }
    return (NamedLevels.few(named) + unnamed).joined(separator: ", ")
  }

  private func isSmallLevel(_ column: DesignColumn) -> Bool {
    let isLevel = column.origin.parts.contains { if case .level = $0 { true } else { false } }
    return isLevel && NamedLevels.isSmall(column.values.numbers().count { $0 != 0 })
  }
}
