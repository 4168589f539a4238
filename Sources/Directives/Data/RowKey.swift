// `key:`: the columns that tell the rows of a data set apart.

import DataTables
import Diagnostics

/// Columns of which no two rows may hold the same values.
struct RowKey: Sendable {
  let columns: [ColumnName]

  /// - Throws: `invalid-key` with the rows that repeat one before, or have no value; `unknown-column`.
  func check(_ table: DataTable, of id: String) throws(Diagnostic) {
    guard let first = columns.first else { return }
    var parts: [Column] = []
    for name in columns {
      guard let column = table[name.name] else {
        throw Diagnostic(
          .unknownColumn, "no column '\(name.name)' in '\(id)'", at: name.range,
          remedy: NearMiss.remedy(for: name.name, among: table.columnNames + table.unreadColumnNames))
      }
      guard column.missingCount == 0 else {
        let mask = column.missingMask()
        throw fault(isMissing: true, mask.indices.filter { mask[$0] }, table, id, name)
      }
      parts.append(column)
    }
    var codes = Array(repeating: 0, count: table.rowCount)
    for column in parts { codes = Self.refined(codes, by: column) }
    var seen = Array(repeating: false, count: table.rowCount)
    var repeated: [Int] = []
    for (row, code) in codes.enumerated() {
      if seen[code] { repeated.append(row) } else { seen[code] = true }
    }
    if !repeated.isEmpty { throw fault(isMissing: false, repeated, table, id, first) }
  }

  /// Numbers the distinct pairs of a code and the column's value, in the order of their first row.
  private static func refined(_ codes: [Int], by column: Column) -> [Int] {
    struct Pair: Hashable {
      let code: Int
      let value: Double
    }
    let values = column.type.hasLevels ? column.factorCodes().map { Double($0) } : column.numbers()
    var known: [Pair: Int] = [:]
    known.reserveCapacity(codes.count)
    return zip(codes, values).map { code, value in
      let pair = Pair(code: code, value: value)
      if let number = known[pair] { return number }
      known[pair] = known.count
      return known.count - 1
    }
  }

  private func fault(isMissing: Bool, _ rows: [Int], _ table: DataTable, _ id: String, _ name: ColumnName)
    -> Diagnostic
  {
    let words = columns.map { "'\($0.name)'" }.joined(separator: " and ")
    let named = rows.prefix(5).map { String(table.origin?.fileRow($0) ?? $0 + 1) }.joined(separator: ", ")
    let more = rows.count > 5 ? " and \(rows.count - 5) more" : ""
    let notes = rows.prefix(3).compactMap { row in
      table.origin.map {
        Diagnostic.Note("row \($0.fileRow(row))", at: $0.location(row: row, column: name.name))
      }
    }
    let verb =
      rows.count == 1
      ? (isMissing ? "has no value" : "repeats an earlier row")
      : isMissing ? "have no value" : "repeat an earlier row"
    return Diagnostic(
      .invalidKey, "\(words) is the key of '\(id)': row\(rows.count == 1 ? "" : "s") \(named)\(more) \(verb)",
      at: name.range,
      remedy: isMissing
        ? "correct the file, or leave these rows out with 'where: not is_missing(\(name.name))'"
        : "correct the file, choose one row of each with 'where', or name further columns: key: [\(name.name), …]",
      notes: Array(notes))
  }
}
