// The covariates of a proportional-hazards model: columns, and the terms they belong to.

import NumericalMethods

/// One column of the design.
public struct CoxColumn: Sendable {
  /// How a column's values are held.
  public typealias Values = ColumnValues

  /// As printed.
  public let name: String
  /// One value per row.
  public let values: Values

  /// A named column or term; columns are indices into the design.
  public init(name: String, values: Values) {
    self.name = name
    self.values = values
  }

  /// A covariate of one coefficient.
  public static func numeric(_ name: String, _ values: [Double]) -> CoxColumn {
    CoxColumn(name: name, values: .dense(values))
  }

  /// 1 where the code is `level`, else 0.
  public static func indicator(
    _ name: String, codes: [Int32], level: Int, levelCount: Int
  ) -> CoxColumn {
    let table = (0..<max(levelCount, level + 1)).map { $0 == level ? 1.0 : 0.0 }
    return CoxColumn(name: name, values: .coded(codes: codes, table: table))
  }

  var count: Int { values.count }

  /// The value in one row, which must be in range.
  func value(_ row: Int) -> Double { values[row] }
}

/// Columns that are tested together: a factor's levels, a spline's basis, an interaction.
public struct CoxTerm: Sendable, Hashable {
  /// As printed.
  public let name: String
  /// Positions among the columns of the design.
  public let columns: [Int]

  /// A named column or term; columns are indices into the design.
  public init(name: String, columns: [Int]) {
    self.name = name
    self.columns = columns
  }
}

/// The covariates of a proportional-hazards model, without an intercept.
///
/// **Inputs**: one value per row and column, none missing, all finite. Columns may be on any scale and origin:
/// they are centred and scaled before fitting. A model without columns is the null model.
public struct CoxDesign: Sendable {
  /// Rows n.
  public let rowCount: Int
  /// The p columns.
  public let columns: [CoxColumn]
  /// The terms that the columns belong to, for joint tests.
  public let terms: [CoxTerm]

  /// - Parameters:
  ///   - rowCount: rows n; it counts also where there is no column.
  ///   - columns: the p covariates, n values each.
  ///   - terms: which columns are tested together; by default each column is a term of its own.
  ///   - threads: for the search for values that are not finite.
  /// - Throws: `SurvivalInputError` for role `covariate(name)`: length, values not finite (with the rows), codes without
  ///   a value; for role `option("terms")` when a term names a column that does not exist.
  public init(
    rowCount: Int, columns: [CoxColumn], terms: [CoxTerm]? = nil, threads: Int = 1
  ) throws(SurvivalInputError) {
    for column in columns {
      guard column.count == rowCount else {
        throw SurvivalInputError(
          .covariate(column.name), .lengthMismatch(expected: rowCount, found: column.count))
      }
    }
    let faults = ColumnValues.firstFaults(columns.map(\.values), threads: threads)
    for (column, fault) in zip(columns, faults) where fault != nil {
      switch column.values {
      case .whole: break
      case .dense(let values):
        throw SurvivalInputError(
          .covariate(column.name), .notFinite, rows: values.indices.filter { !values[$0].isFinite })
      case .coded(let codes, let table):
        guard table.allSatisfy(\.isFinite) else {
          throw SurvivalInputError(.covariate(column.name), .notFinite)
        }
        throw SurvivalInputError(
          .covariate(column.name), .codeOutOfRange,
          rows: codes.indices.filter { codes[$0] < 0 || codes[$0] >= Int32(clamping: table.count) })
      case .narrow(let codes, let table):
        guard table.allSatisfy(\.isFinite) else {
          throw SurvivalInputError(.covariate(column.name), .notFinite)
        }
        throw SurvivalInputError(
          .covariate(column.name), .codeOutOfRange,
          rows: codes.indices.filter { Int(codes[$0]) >= table.count })
      }
    }
    if let faulty = columns.first(where: { column in
      !(column.values.table ?? []).allSatisfy(\.isFinite)
    }) {
      throw SurvivalInputError(.covariate(faulty.name), .notFinite)
    }
    let terms = terms ?? columns.indices.map { CoxTerm(name: columns[$0].name, columns: [$0]) }
    guard terms.allSatisfy({ $0.columns.allSatisfy(columns.indices.contains) }) else {
      throw SurvivalInputError(.option("terms"), .outOfRange)
    }
    self.rowCount = rowCount
    self.columns = columns
    self.terms = terms
  }

  /// Dense columns, each a term of its own.
  ///
  /// - Throws: `SurvivalInputError` for `covariate(name)`: length, values not finite.
  public init(_ columns: [(name: String, values: [Double])], rowCount: Int) throws(SurvivalInputError) {
    try self.init(rowCount: rowCount, columns: columns.map { .numeric($0.name, $0.values) })
  }

  /// Coefficients p.
  public var columnCount: Int { columns.count }
  /// Names of the coefficients, in order.
  public var columnNames: [String] { columns.map(\.name) }

  /// One row of the design.
  public func row(_ index: Int) -> [Double] {
    guard index >= 0, index < rowCount else { return [] }
    return columns.map { $0.value(index) }
  }

  /// Σ_j coefficient_j x_ij for every row; a NaN coefficient counts as 0.
  public func linearPredictor(_ coefficients: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: rowCount)
    for (column, coefficient) in zip(columns, coefficients) where !coefficient.isNaN {
      switch column.values {
      case .dense(let values):
        for row in 0..<rowCount { result[row] += coefficient * values[row] }
      case .whole(let values): values.add(times: coefficient, to: &result)
      case .coded(let codes, let table):
        let products = table.map { coefficient * $0 }
        for row in 0..<rowCount { result[row] += products[Int(codes[row])] }
      case .narrow(let codes, let table):
        let products = table.map { coefficient * $0 }
        for row in 0..<rowCount { result[row] += products[Int(codes[row])] }
      }
    }
    return result
  }
}
