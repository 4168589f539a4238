// The public face of expressions over columns: derive, where, and their checks.

import DataTables
import Diagnostics

/// A derived column, and how many rows it has no value in although all columns it uses have one: a division
/// by zero, the logarithm of a negative number, a value outside the breaks of `cut`, a text that spells no
/// number.
public struct DerivedColumn: Sendable {
  /// The column that was computed.
  public let column: Column
  /// Rows without a value although the columns it rests on have one.
  public let undefinedCount: Int
  /// The first of these rows.
  public let undefinedRows: [Int]
}

/// The rows a condition keeps.
public struct RowSelection: Sendable {
  /// One entry per row.
  public let mask: [Bool]
  /// How many rows meet the condition.
  public let keptCount: Int
  /// How many rows were left out because the condition is missing there.
  public let missingCount: Int

  /// The rows that meet the condition, ascending.
  public var rows: [Int32] {
    var rows: [Int32] = []
    rows.reserveCapacity(keptCount)
    for (row, isKept) in mask.enumerated() where isKept { rows.append(Int32(truncatingIfNeeded: row)) }
    return rows
  }
}

extension Expression {
  /// Everything that is wrong with the expression as one over this table's columns.
  public func diagnostics(in table: DataTable) -> [Diagnostic] {
    var binder = ColumnBinder(source: source, table: table, dialect: dialect)
    _ = binder.bind(root)
    return binder.diagnostics
  }

  /// The kind of value the expression yields over this table.
  ///
  /// - Throws: unknown columns, functions and levels, and types that do not agree.
  public func type(in table: DataTable) throws(DiagnosticList) -> ValueType {
    try bound(to: table, threads: 1).type ?? .number
  }

  /// The value of the expression for each row, as a column.
  ///
  /// - Throws: unknown columns, functions and levels, and types that do not agree.
  public func column(
    named name: String, in table: DataTable, metadata: ColumnMetadata = ColumnMetadata(), threads: Int = 1
  ) throws(DiagnosticList) -> DerivedColumn {
    let bound = try bound(to: table, threads: threads)
    let column = bound.column(named: name, rowCount: table.rowCount, metadata: metadata, threads: threads)
    let undefined = undefinedRows(column, in: table)
    return DerivedColumn(
      column: column, undefinedCount: undefined.count, undefinedRows: undefined.first)
  }

  /// The rows that meet the condition; those where it is missing do not, and are counted.
  public func select(from table: DataTable, threads: Int = 1) throws(DiagnosticList) -> RowSelection {
    let flags = try flags(in: table, threads: threads)
    var kept = 0
    var missing = 0
    for flag in flags {
      kept += flag == 1 ? 1 : 0
      missing += flag > 1 ? 1 : 0
    }
    return RowSelection(mask: flags.map { $0 == 1 }, keptCount: kept, missingCount: missing)
  }

  /// True, false or missing for each row: 1, 0, 255.
  public func flags(in table: DataTable, threads: Int = 1) throws(DiagnosticList) -> [UInt8] {
    var binder = ColumnBinder(source: source, table: table, dialect: dialect, threads: threads)
    guard let flag = binder.flag(root) else { throw DiagnosticList(binder.diagnostics) }
    return Rows.collect(table.rowCount, threads: threads) { flag.values($0) }
  }

  /// A number for each row, NaN where missing; flags count as 0 and 1.
  public func numbers(in table: DataTable, threads: Int = 1) throws(DiagnosticList) -> [Double] {
    var binder = ColumnBinder(source: source, table: table, dialect: dialect, threads: threads)
    guard let number = binder.number(root) else { throw DiagnosticList(binder.diagnostics) }
    return Rows.collect(table.rowCount, threads: threads) { number.values($0) }
  }

  func bound(
    to table: DataTable, threads: Int
  ) throws(DiagnosticList) -> BoundExpression {
    var binder = ColumnBinder(source: source, table: table, dialect: dialect, threads: threads)
    guard let bound = binder.bind(root) else { throw DiagnosticList(binder.diagnostics) }
    return bound
  }

  /// Rows without a value whose columns all have one. Where the author wrote `missing`, none counts.
  private func undefinedRows(_ column: Column, in table: DataTable) -> (count: Int, first: [Int]) {
    guard column.missingCount > 0, !root.mentionsMissing else { return (0, []) }
    let masks = columnNames.compactMap { table[$0] }.filter { $0.missingCount > 0 }.map { $0.missingMask() }
    var count = 0
    var first: [Int] = []
    for (row, isMissing) in column.missingMask().enumerated() where isMissing {
      guard masks.allSatisfy({ row < $0.count && !$0[row] }) else { continue }
      if count < 5 { first.append(row) }
      count += 1
    }
    return (count, first)
  }
}

extension Expression {
  /// The first call that looks at all rows at once, such as `mean(age)`: on other rows it has another value.
  package var aggregateCall: Range<Int>? {
    var found: Range<Int>?
    root.visitReferences { reference in
      guard found == nil, reference.callArguments != nil else { return }
      if ["mean", "sd", "median"].contains(reference.name) { found = reference.nameRange }
    }
    return found
  }
}

extension Expression.Node {
  var mentionsMissing: Bool {
    if case .missing = kind { return true }
    return children.contains { $0.mentionsMissing }
  }
}

extension BoundExpression {
  func column(named name: String, rowCount: Int, metadata: ColumnMetadata, threads: Int) -> Column {
    switch self {
    case .number(let number):
      let pieces = Rows.pieces(rowCount, threads: threads) { ComputedNumbers(number.values($0)) }
      return Column(name: name, pieces: pieces, metadata: metadata)
    case .missing:
      return Column(name: name, numbers: Array(repeating: .nan, count: rowCount), metadata: metadata)
    case .flag(let flag):
      return Column(
        name: name, flagBytes: Rows.collect(rowCount, threads: threads) { flag.values($0) },
        metadata: metadata)
    case .text(let text):
      let codes = Rows.collect(rowCount, threads: threads) { text.codes($0) }
      return Self.column(name, text, codes, metadata)
    case .date(let date):
      return Column(
        name: name, days: Rows.collect(rowCount, threads: threads) { date.values($0) }, metadata: metadata)
    }
  }

  /// Ordered levels stay as they are; others are sorted by code point, as those read from a file.
  private static func column(
    _ name: String, _ text: BoundText, _ codes: [Int32], _ metadata: ColumnMetadata
  ) -> Column {
    if text.isOrdered {
      return Column(name: name, codes: codes, levels: text.levels, type: .factor, metadata: metadata)
    }
    let order = text.levels.indices.sorted {
      text.levels[$0].unicodeScalars.lexicographicallyPrecedes(text.levels[$1].unicodeScalars)
    }
    var ranks = Array(repeating: Int32(0), count: order.count)
    for (rank, position) in order.enumerated() { ranks[position] = Int32(truncatingIfNeeded: rank) }
    return Column(
      name: name, codes: codes.map { $0 >= 0 && Int($0) < ranks.count ? ranks[Int($0)] : -1 },
      levels: order.map { text.levels[$0] }, type: .text, metadata: metadata)
  }
}
