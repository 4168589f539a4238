// The columns of a regression and the terms they stand for.

import NumericalMethods

/// A term of a model: what a reader tests as one.
public struct RegressionTerm: Sendable, Hashable {
  /// As printed.
  public let name: String
  /// Numbers of its columns in the design.
  public let columns: [Int]
  /// The variables it is made of, sorted: an interaction has several. A term contains another whose variables
  /// are a proper part of its own.
  public let variables: [String]

  /// A term of the columns with these indices; `variables` are the data columns it rests on.
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

/// A design with the names of its columns and the terms they belong to.
public struct RegressionDesign: Sendable {
  /// Rows.
  public let rowCount: Int
  /// Coefficients p.
  public let columnCount: Int
  /// Names of the coefficients, in order.
  public let columnNames: [String]
  /// In the order of the formula; the intercept is not among them.
  public let terms: [RegressionTerm]
  /// The column of ones, if the model has one.
  public let interceptColumn: Int?
  /// The columns as they were given; `nil` where a matrix was.
  let columns: [ColumnValues]?
  private let dense = OnceValue<Matrix>()

  /// n × p, one row per observation; made when first asked for where the design was given by its columns.
  public var matrix: Matrix {
    dense.value { Matrix(columns: (columns ?? []).map(\.numbers), rowCount: rowCount) }
  }

  /// The rows of a stretch, all columns.
  func rows(_ rows: Range<Int>) -> Matrix {
    var result = Matrix(rowCount: rows.count, columnCount: columnCount)
    result.withUnsafeMutableElements { target in
      guard let base = target.baseAddress, !rows.isEmpty else { return }
      if let columns {
        for (index, column) in columns.enumerated() { column.write(rows, to: base + index * rows.count) }
      } else {
        matrix.withUnsafeElements { source in
          for column in 0..<columnCount {
            for (place, row) in rows.enumerated() {
              base[place + column * rows.count] = source[row + column * rowCount]
            }
          }
        }
      }
    }
    return result
  }

  /// Names default to `x1`, `x2`, …; terms default to one per column.
  public init(
    matrix: Matrix, columnNames: [String]? = nil, terms: [RegressionTerm]? = nil, interceptColumn: Int? = nil
  ) {
    self.init(
      rowCount: matrix.rowCount, columnCount: matrix.columnCount, columns: nil, columnNames: columnNames,
      terms: terms, interceptColumn: interceptColumn)
    _ = dense.value { matrix }
  }

  /// Columns that may be codes: a fit on many rows makes no dense matrix of them. All are as long as `rowCount`.
  public init(
    rowCount: Int, columns: [ColumnValues], columnNames: [String]? = nil, terms: [RegressionTerm]? = nil,
    interceptColumn: Int? = nil
  ) {
    precondition(columns.allSatisfy { $0.count == rowCount })
    self.init(
      rowCount: rowCount, columnCount: columns.count, columns: columns, columnNames: columnNames,
      terms: terms,
      interceptColumn: interceptColumn)
  }

  private init(
    rowCount: Int, columnCount count: Int, columns: [ColumnValues]?, columnNames: [String]?,
    terms: [RegressionTerm]?, interceptColumn: Int?
  ) {
    let given = columnNames ?? []
    let names = (0..<count).map { index in
      index < given.count ? given[index] : (index == interceptColumn ? "(Intercept)" : "x\(index + 1)")
    }
    self.rowCount = rowCount
    columnCount = count
    self.columns = columns
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

  /// The columns of the given numbers, with `intercept` the place of the column of ones among them.
  func selecting(columns kept: [Int], intercept: Int?) -> RegressionDesign {
    if let columns {
      return RegressionDesign(
        rowCount: rowCount, columns: kept.map { columns[$0] }, interceptColumn: intercept)
    }
    return RegressionDesign(matrix: matrix.selecting(columns: kept), interceptColumn: intercept)
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

  /// The columns that are left without the given terms.
  func columns(without removed: Set<Int>) -> [Int] {
    var gone: Set<Int> = []
    for index in removed { gone.formUnion(terms[index].columns) }
    return (0..<columnCount).filter { !gone.contains($0) }
  }
}
