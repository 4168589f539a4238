// Terms bound to a table: the third stage of a formula.

import DataTables
import Diagnostics
import Expressions

/// The variables of a formula evaluated on every row of a table, types checked, missing values known.
///
/// Which rows take part is the caller's decision: `isComplete` says where all variables of the right side
/// have a value; the outcome, weights and whatever else the analysis uses are the caller's to add.
public struct ModelFrame: Sendable {
  /// The terms of the formula.
  public let terms: FormulaTerms
  /// The table that they are read from.
  public let table: DataTable
  /// Warnings: computations that have no value in rows whose columns have one.
  public let diagnostics: [Diagnostic]
  /// Entry by entry with `terms.variables`.
  let contents: [VariableContent]
  /// How many threads make designs of it; they do not depend on it.
  let threads: Int

  /// - Throws: unknown columns, functions and levels, types that do not suit: all of them.
  public init(_ terms: FormulaTerms, in table: DataTable, threads: Int = 1) throws(DiagnosticList) {
    try self.init(terms, in: table, threads: threads, isForPrediction: false)
  }

  init(
    _ terms: FormulaTerms, in table: DataTable, threads: Int, isForPrediction: Bool
  ) throws(DiagnosticList) {
    var evaluation = VariableEvaluation(table: table, threads: threads, isForPrediction: isForPrediction)
    let contents = terms.variables.map { evaluation.content(of: $0) }
    if evaluation.diagnostics.containsError { throw DiagnosticList(evaluation.diagnostics) }
    self.terms = terms
    self.table = table
    self.contents = contents.compactMap(\.self)
    self.threads = threads
    diagnostics = evaluation.diagnostics
  }

  /// For each row whether every variable of the right side, strata, clusters and offsets included, has a
  /// value.
  public func isComplete() -> [Bool] {
    var complete = Array(repeating: true, count: table.rowCount)
    for column in contents.flatMap(\.columns) where column.missingCount > 0 {
      for (row, isMissing) in column.missingMask().enumerated() where isMissing && row < complete.count {
        complete[row] = false
      }
    }
    return complete
  }

  /// How many rows each variable is missing in, by its text; variables without missing values are left out.
  public func missingCounts() -> [(variable: String, count: Int)] {
    zip(terms.variables, contents).compactMap { variable, content in
      let columns = content.columns.filter { $0.missingCount > 0 }
      guard let first = columns.first else { return nil }
      guard columns.count > 1 else { return (variable.text, first.missingCount) }
      var missing = first.missingMask()
      for column in columns.dropFirst() {
        for (row, isMissing) in column.missingMask().enumerated() where isMissing { missing[row] = true }
      }
      return (variable.text, missing.count { $0 })
    }
  }

  /// The sum of the offsets in the rows given, `nil` if the formula has none.
  public func offset(rows: [Int32]) -> [Double]? {
    let offsets = terms.offsets
    guard !offsets.isEmpty else { return nil }
    var sum = Array(repeating: 0.0, count: rows.count)
    for index in offsets {
      guard let column = contents[index].columns.first else { continue }
      for (position, value) in column.numbers(rows: rows).enumerated() { sum[position] += value }
    }
    return sum
  }

  /// The strata of the rows given, `nil` if the formula has none.
  public func strata(rows: [Int32]) -> RowGroups? {
    let columns = terms.strata.flatMap { contents[$0].columns }
    return columns.isEmpty ? nil : RowGroups(columns: columns, rows: rows)
  }

  /// The clusters of the rows given, `nil` if the formula has none.
  public func clusters(rows: [Int32]) -> RowGroups? {
    let columns = terms.clusters.flatMap { contents[$0].columns }
    return columns.isEmpty ? nil : RowGroups(columns: columns, rows: rows)
  }
}

/// What a variable is on the rows of a table.
enum VariableContent: Sendable {
  /// One value per row.
  case column(Column)
  case factor(Column, FactorCall)
  /// The numbers a basis is made of.
  case basis(Column, BasisCall)
  case ridge([Column], RidgeCall)
  case groups([Column])

  var columns: [Column] {
    switch self {
    case .column(let column), .factor(let column, _), .basis(let column, _): [column]
    case .ridge(let columns, _), .groups(let columns): columns
    }
  }
}

extension Column {
  /// The numbers of some rows, NaN where missing.
  func numbers(rows: [Int32]) -> [Double] {
    func gather<Value>(_ values: [Value], _ number: (Value) -> Double) -> [Double] {
      rows.map { $0 >= 0 && Int($0) < values.count ? number(values[Int($0)]) : .nan }
    }
    if type.hasLevels { return Array(repeating: .nan, count: rows.count) }
    switch storage {
    case .uint8(let values): return gather(values) { $0 == ColumnStorage.missingUInt8 ? .nan : Double($0) }
    case .int16(let values): return gather(values) { $0 == ColumnStorage.missingInt16 ? .nan : Double($0) }
    case .int32(let values): return gather(values) { $0 == ColumnStorage.missingInt32 ? .nan : Double($0) }
    case .double(let values): return rows.gathering(values, missing: .nan)
    }
  }
}
