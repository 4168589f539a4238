// The columns of a regression and the terms they stand for.

import NumericalMethods

/// A term of a model: what a reader tests as one.
public struct RegressionTerm: Sendable, Hashable {
  public let name: String
  /// Numbers of its columns in the design.
  public let columns: [Int]
  /// The variables it is made of, sorted: an interaction has several. A term contains another whose variables
  /// are a proper part of its own.
  public let variables: [String]

  public init(name: String, columns: [Int], variables: [String]? = nil) {
    self.name = name
    self.columns = columns
    self.variables = Array(Set(variables ?? [name])).sorted()
  }

  /// Whether `other` is marginal to this term (its variables are a proper part of this term's).
  public func contains(_ other: RegressionTerm) -> Bool {
    variables.count > other.variables.count && Set(other.variables).isSubset(of: variables)
  }
}

/// A design matrix with the names of its columns and the terms they belong to.
public struct RegressionDesign: Sendable {
  /// n × p, one row per observation.
  public let matrix: Matrix
  public let columnNames: [String]
  /// In the order of the formula; the intercept is not among them.
  public let terms: [RegressionTerm]
  /// The column of ones, if the model has one.
  public let interceptColumn: Int?

  public var rowCount: Int { matrix.rowCount }
  public var columnCount: Int { matrix.columnCount }

  /// Names default to `x1`, `x2`, …; terms default to one per column.
  public init(
    matrix: Matrix, columnNames: [String]? = nil, terms: [RegressionTerm]? = nil, interceptColumn: Int? = nil
  ) {
    let count = matrix.columnCount
    let given = columnNames ?? []
    let names = (0..<count).map { index in
      index < given.count ? given[index] : (index == interceptColumn ? "(Intercept)" : "x\(index + 1)")
    }
    self.matrix = matrix
    self.columnNames = names
    self.interceptColumn = interceptColumn.flatMap { (0..<count).contains($0) ? $0 : nil }
    self.terms =
      terms?.map { term in
        RegressionTerm(
          name: term.name, columns: term.columns.filter { (0..<count).contains($0) },
          variables: term.variables)
      }
      ?? (0..<count).filter { $0 != interceptColumn }.map { RegressionTerm(name: names[$0], columns: [$0]) }
  }

  /// An intercept and one term per column.
  public init(intercept: Bool = true, columns: [(name: String, values: [Double])], rowCount: Int? = nil) {
    let rows = rowCount ?? columns.first?.values.count ?? 0
    let lead = intercept ? [[Double](repeating: 1, count: rows)] : []
    self.init(
      matrix: Matrix(columns: lead + columns.map(\.values), rowCount: rows),
      columnNames: (intercept ? ["(Intercept)"] : []) + columns.map(\.name),
      interceptColumn: intercept ? 0 : nil)
  }

  /// The design without the columns of the given terms.
  func removing(terms removed: Set<Int>) -> Matrix {
    var gone: Set<Int> = []
    for index in removed { gone.formUnion(terms[index].columns) }
    return matrix.selecting(columns: (0..<columnCount).filter { !gone.contains($0) })
  }
}
