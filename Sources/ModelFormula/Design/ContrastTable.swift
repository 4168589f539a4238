// The columns that stand for the levels of a factor.

/// One row for each level, one column for each contrast.
struct ContrastTable {
  let rows: [[Double]]
  /// What is appended to the variable's name.
  let labels: [Label]

  enum Label {
    /// An indicator of the level with this index.
    case level(Int)
    case text(String)
  }

  /// All levels (`full`), or one column fewer by the contrasts.
  init(_ coding: FactorCoding, full: Bool) {
    let count = coding.levels.count
    func table(_ columns: [Int], _ entry: (_ row: Int, _ column: Int) -> Double) -> [[Double]] {
      (0..<count).map { row in columns.map { entry(row, $0) } }
    }
    if full {
      rows = table(Array(0..<count)) { $0 == $1 ? 1 : 0 }
      labels = (0..<count).map { .level($0) }
      return
    }
    switch coding.contrast {
    case .treatment:
      let others = (0..<count).filter { $0 != coding.referenceIndex }
      rows = table(others) { $0 == $1 ? 1 : 0 }
      labels = others.map { .level($0) }
    case .sum:
      rows = table(Array(0..<max(count - 1, 0))) { row, column in
        row == column ? 1 : row == count - 1 ? -1 : 0
      }
      labels = (0..<max(count - 1, 0)).map { .text(String($0 + 1)) }
    case .helmert:
      rows = table(Array(0..<max(count - 1, 0))) { row, column in
        row == column + 1 ? Double(row) : row <= column ? -1 : 0
      }
      labels = (0..<max(count - 1, 0)).map { .text(String($0 + 1)) }
    case .polynomial:
      let scores = (0..<count).map { Double($0 + 1) }
      let degree = max(count - 1, 0)
      let (centers, norms) = OrthogonalPolynomial.fitted(SortedValues(scores), degree: degree)
      rows = scores.map { score in
        var row = Array(repeating: 0.0, count: degree)
        OrthogonalPolynomial.write(score, centers, norms, into: &row)
        return row
      }
      labels = (0..<degree).map { .text($0 < 3 ? [".L", ".Q", ".C"][$0] : "^\($0 + 1)") }
    }
  }
}
