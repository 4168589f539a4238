// Which factors need all their levels: R's rule.

/// A factor takes contrasts in a term when the rest of the term is contained in an earlier term (the empty
/// rest in the intercept); otherwise all its levels. Without an intercept the first factor of the first term
/// that has one takes all its levels.
struct TermCoding {
  private let schema: ModelSchema
  /// Term and variable of the factor that stands in for the intercept.
  private let standIn: (term: Int, variable: Int)?

  init(_ schema: ModelSchema) {
    self.schema = schema
    let terms = schema.terms
    let hasIntercept = terms.hasIntercept || schema.options.intercept == .implied
    guard !hasIntercept else {
      standIn = nil
      return
    }
    func isFactor(_ variable: Int) -> Bool {
      if case .factor? = schema.codings[variable] { true } else { false }
    }
    standIn =
      terms.terms.enumerated().lazy.compactMap { index, term in
        term.variables.first(where: isFactor).map { (index, $0) }
      }.first
  }

  func isFull(term index: Int, variable: Int) -> Bool {
    guard case .factor? = schema.codings[variable] else { return false }
    if let standIn, standIn == (index, variable) { return true }
    let rest = Set(schema.terms.terms[index].variables).subtracting([variable])
    if rest.isEmpty { return false }
    return !schema.terms.terms.prefix(index).contains { rest.isSubset(of: $0.variables) }
  }

  func columnCount(_ variable: Int, full: Bool) -> Int {
    switch schema.codings[variable] {
    case .factor(let coding): full ? coding.levels.count : max(coding.levels.count - 1, 0)
    case .basis(let basis): basis.columnCount
    case .ridge(let names): names.count
    case .number: 1
    case nil: 0
    }
  }
}
