// Names that a data set does not have, told together.

import DataTables
import Diagnostics
import Expressions

extension DataSet {
  /// Words of other languages get their own remedy where the expression is bound to the columns.
  static let foreignWords: Set<String> = [
    "TRUE", "True", "FALSE", "False", "NA", "NaN", "null", "NULL", "None",
  ]

  /// An error for each name that is neither a column nor an outcome, in the order given.
  ///
  /// - Parameter names: what the options of an analysis mention.
  public func unknownColumns(_ names: [Expression.NameUse]) -> [Diagnostic] {
    let columns = table.columnNames + table.unreadColumnNames + derivedNames.filter { table[$0] == nil }
    let known = Set(columns).union(outcomes.keys).union(Self.foreignWords)
    return names.filter { !known.contains($0.name) }.map { use in
      Diagnostic(
        .unknownColumn, "no column '\(use.name)' in '\(id)'", at: use.range,
        remedy: NearMiss.remedy(for: use.name, among: columns + outcomes.keys.sorted()))
    }
  }
}
