// Names that no column has, found before anything is computed.

import DataTables
import Diagnostics
import Expressions

extension DataDeclaration {
  /// Every name in the condition, the derivations and the outcomes that is neither a column of the table nor derived,
  /// whether an analysis uses it or not: one run names them all.
  ///
  /// - Parameter derivedBefore: columns that the data sets before derive; those that nothing uses are not in the table.
  func unknownColumns(in table: DataTable, derivedBefore: [String] = []) -> [Diagnostic] {
    let columns = table.columnNames + table.unreadColumnNames + derivedBefore.filter { table[$0] == nil }
    let known = Set(columns + derived.map(\.string)).union(DataSet.foreignWords)
    let uses =
      (condition?.columnUses ?? []) + derived.flatMap(\.value.columnUses)
      + outcomes.flatMap(\.value.columnUses) + (split?.columnUses ?? []) + key.columns.map(\.use)
    return uses.filter { !known.contains($0.name) }.map { use in
      Diagnostic(
        .unknownColumn, "no column '\(use.name)' in '\(id)'", at: use.range,
        remedy: NearMiss.remedy(for: use.name, among: columns + derived.map(\.string)))
    }
  }
}
