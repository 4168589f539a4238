// What a fitted model says along one variable while everything else stays as it is.

import DataTables
import Diagnostics
import ModelFormula

/// New rows that differ from one row of the fit in a single column.
struct DesignProbe: Sendable {
  let dataSet: DataSet
  let fitted: DesignMatrix
  /// The row of the data set that all new rows are taken from.
  let base: Int32

  /// A variable of the model that stands in main effects alone.
  struct Variable: Sendable {
    let column: Column
    /// Index of its term in the design.
    let term: Int

    var name: String { column.name }
    /// "Age, years"
    var label: String {
      column.type.isNumeric
        ? column.metadata.unit.map { "\(column.label), \($0)" } ?? column.label : column.label
    }
  }

  /// Columns that are the only one of their only term, in the order of the formula.
  var variables: [Variable] {
    let terms = fitted.terms.enumerated().filter { !$0.element.isStrata && !$0.element.columns.isEmpty }
    var found: [Variable] = []
    for (index, term) in terms where term.degree == 1 && Set(term.columnNames).count == 1 {
      guard let name = term.columnNames.first, let column = dataSet.table[name],
        terms.filter({ $0.element.columnNames.contains(name) }).count == 1
      else { continue }
      found.append(Variable(column: column, term: index))
    }
    return found
  }

  /// Whether every term is one of these variables, so that effects add up.
  var isAdditive: Bool {
    variables.count == fitted.terms.count { !$0.isStrata && !$0.columns.isEmpty }
  }

  /// The design's rows where the variable takes each of these numbers.
  func rows(of variable: Variable, numbers: [Double]) throws -> [[Double]] {
    let column =
      variable.column.type == .flag
      ? Column(name: variable.name, flags: numbers.map { $0 != 0 }, metadata: variable.column.metadata)
      : Column(name: variable.name, numbers: numbers, metadata: variable.column.metadata)
    return try rows(replacing: column, count: numbers.count)
  }

  /// The design's rows where the variable takes each of these levels.
  func rows(of variable: Variable, levels: [String]) throws -> [[Double]] {
    let source = variable.column
    let codes = levels.map { source.code(ofLevel: $0) ?? -1 }
    let column = Column(
      name: source.name, codes: codes, levels: source.levels, type: source.type, metadata: source.metadata)
    return try rows(replacing: column, count: levels.count)
  }

  /// The design of the base row.
  func baseRow() throws -> [Double] { try matrix(dataSet.table.filtered(keeping: [base])).first ?? [] }

  private func rows(replacing column: Column, count: Int) throws -> [[Double]] {
    let repeated = dataSet.table.filtered(keeping: [Int32](repeating: base, count: count))
    let columns = repeated.columns.map { $0.name == column.name ? column : $0 }
    return try matrix(DataTable(name: dataSet.id, columns: columns, rowCount: count))
  }

  private func matrix(_ table: DataTable) throws -> [[Double]] {
    let design = try fitted.schema.design(of: try fitted.schema.frame(for: table))
    let columns = design.columns.map { $0.values.numbers() }
    return (0..<table.rowCount).map { row in columns.map { $0.indices.contains(row) ? $0[row] : .nan } }
  }
}

extension DesignProbe.Variable {
  /// The numbers of the column at the given rows, ascending, without those that are missing.
  func values(at rows: [Int32]) -> [Double] { column.numbers().gathered(rows).filter { !$0.isNaN }.sorted() }
}

extension Array where Element == Double {
  /// From the first value not below the 1st percentile to the last not above the 99th, of an ascending sample: a curve begins
  /// and ends where there is somebody.
  var drawnRange: (low: Double, high: Double) {
    let (least, greatest) = (share(0.01), share(0.99))
    return (first { $0 >= least } ?? least, last { $0 <= greatest } ?? greatest)
  }

  /// The value below which a share of an ascending sample lies, by linear interpolation; 0 for none.
  func share(_ p: Double) -> Double {
    guard let last else { return 0 }
    let position = p * Double(count - 1)
    let index = Int(position)
    guard index + 1 < count else { return last }
    return self[index] + (position - Double(index)) * (self[index + 1] - self[index])
  }
}
