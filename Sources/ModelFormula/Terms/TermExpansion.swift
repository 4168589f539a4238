// R's algebra of terms.

import Diagnostics
import Expressions

/// Expands `*`, `^`, `/`, `%in%`, `-` and `.` into products of variables.
struct TermExpansion {
  let source: SourceText
  let columns: [String]?
  private(set) var variables: [FormulaVariable] = []
  private var positions: [String: Int] = [:]
  private var hasIntercept = true

  static let maximumTermCount = 2000

  init(source: SourceText, columns: [String]?) {
    self.source = source
    self.columns = columns
  }

  /// A product of variables, and where it was written.
  struct Product: Hashable {
    let variables: [Int]
    let range: Range<Int>

    static func == (left: Product, right: Product) -> Bool { left.variables == right.variables }
    func hash(into hasher: inout Hasher) { hasher.combine(variables) }

    func times(_ other: Product) -> Product {
      Product(
        variables: Array(Set(variables + other.variables)).sorted(),
        range: min(range.lowerBound, other.range.lowerBound)..<max(range.upperBound, other.range.upperBound))
    }
  }

  mutating func expand(_ node: Formula.Node) throws(Diagnostic) -> [Product] {
    switch node.kind {
    case .intercept:
      hasIntercept = true
      return []
    case .noIntercept:
      hasIntercept = false
      return []
    case .everything: return try everything(node)
    case .variable(let variable): return [try product(variable)]
    case .plus(let left, let right): return try bounded(try expand(left) + expand(right), node)
    case .minus(let left, let right): return try subtract(left, right)
    case .interaction(let left, let right):
      return try products(try expand(left), try expand(right), node)
    case .within(let left, let right):
      // a %in% (b + c) is a within all of b and c, as in R.
      let (inner, outer) = (try expand(left), try expand(right))
      guard let first = outer.first else { return inner }
      let all = outer.dropFirst().reduce(first) { $0.times($1) }
      return try bounded(inner.map { $0.times(all) }, node)
    case .crossing(let left, let right):
      let (a, b) = (try expand(left), try expand(right))
      return try bounded(a + b + products(a, b, node), node)
    case .nesting(let left, let right):
      // a / b is a and b within all of a.
      let (outer, inner) = (try expand(left), try expand(right))
      guard let first = outer.first else { return inner }
      let all = outer.dropFirst().reduce(first) { $0.times($1) }
      return try bounded(outer + inner.map { all.times($0) }, node)
    case .power(let base, let exponent):
      let terms = try expand(base)
      var result = terms
      // A product with itself is the term itself: nothing need be added to the products.
      for _ in 1..<max(exponent, 1) { result = try products(result, terms, node) }
      return result
    }
  }

  private func products(_ left: [Product], _ right: [Product], _ node: Formula.Node) throws(Diagnostic)
    -> [Product]
  {
    guard left.count * right.count <= Self.maximumTermCount * 4 else { throw tooMany(node) }
    return try bounded(left.flatMap { a in right.map { a.times($0) } }, node)
  }

  /// Each product once, the first time it stands there.
  private func bounded(_ products: [Product], _ node: Formula.Node) throws(Diagnostic) -> [Product] {
    var seen = Set<Product>()
    let unique = products.filter { seen.insert($0).inserted }
    guard unique.count <= Self.maximumTermCount else { throw tooMany(node) }
    return unique
  }

  private func tooMany(_ node: Formula.Node) -> Diagnostic {
    Diagnostic(
      .error, .formulaSyntax, "this formula expands to more than \(Self.maximumTermCount) terms",
      at: source.range(node.range))
  }

  private mutating func subtract(_ left: Formula.Node, _ right: Formula.Node) throws(Diagnostic) -> [Product]
  {
    let kept = try expand(left)
    switch right.kind {
    case .intercept:
      hasIntercept = false
      return kept
    case .noIntercept:
      hasIntercept = true
      return kept
    default:
      // What is taken away says nothing about the intercept, and its variables need not exist.
      let before = hasIntercept
      let removed = Set(try expand(right))
      hasIntercept = before
      return kept.filter { !removed.contains($0) }
    }
  }

  private mutating func everything(_ node: Formula.Node) throws(Diagnostic) -> [Product] {
    guard let columns else {
      throw Diagnostic(
        .error, .formulaSyntax, "'.' stands for all columns, which are not known here",
        at: source.range(node.range))
    }
    return columns.map { name in
      Product(
        variables: [position(FormulaVariable(column: name, source: source, range: node.range))],
        range: node.range)
    }
  }

  private mutating func product(_ node: Expression.Node) throws(Diagnostic) -> Product {
    Product(variables: [position(try FormulaVariable(node, source: source))], range: node.range)
  }

  private mutating func position(_ variable: FormulaVariable) -> Int {
    if let position = positions[variable.text] { return position }
    positions[variable.text] = variables.count
    variables.append(variable)
    return variables.count - 1
  }

  /// Sorted by degree; offsets and clusters are no terms.
  func formulaTerms(_ products: [Product]) -> FormulaTerms {
    let isSideCall = variables.map { variable -> Bool in
      switch variable.form {
      case .offset, .cluster: true
      default: false
      }
    }
    let covariates = products.filter { !$0.variables.contains { isSideCall[$0] } }
    let sorted = covariates.enumerated().sorted { left, right in
      (left.element.variables.count, left.offset) < (right.element.variables.count, right.offset)
    }.map(\.element)
    // Variables that `-` took away altogether are not in the model; side calls stay without being terms.
    let used = Set(products.flatMap(\.variables))
    var renumbered: [Int: Int] = [:]
    var kept: [FormulaVariable] = []
    for index in variables.indices where used.contains(index) {
      renumbered[index] = kept.count
      kept.append(variables[index])
    }
    let terms = sorted.map { product in
      let indices = product.variables.compactMap { renumbered[$0] }
      return FormulaTerms.Term(
        variables: indices, text: indices.map { kept[$0].text }.joined(separator: ":"), range: product.range)
    }
    return FormulaTerms(source: source, variables: kept, terms: terms, hasIntercept: hasIntercept)
  }
}
