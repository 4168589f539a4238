// The names that analyses of a data set may use, also where its rows cannot be had.

import Diagnostics
import Expressions

/// Columns and outcomes of a data set by name.
public struct KnownColumns: Sendable {
  let id: String
  /// Read and derived ones, in the order of the data.
  let columns: [String]
  /// Sorted.
  let outcomes: [String]

  /// Words of other languages get their own remedy where the expression is bound to the columns.
  static let foreignWords: Set<String> = [
    "TRUE", "True", "FALSE", "False", "NA", "NaN", "null", "NULL", "None",
  ]

  /// An error for each name that is neither a column nor an outcome, in the order given.
  ///
  /// - Parameter names: what the options of an analysis mention.
  public func unknown(_ names: [Expression.NameUse]) -> [Diagnostic] {
    let known = Set(columns).union(outcomes).union(Self.foreignWords)
    return names.filter { !known.contains($0.name) }.map { use in
      Diagnostic(
        .unknownColumn, "no column '\(use.name)' in '\(id)'", at: use.range,
        remedy: UnknownName.remedy(for: use, among: columns + outcomes))
    }
  }
}

extension DataSet {
  /// What analyses of these rows may name.
  public var knownColumns: KnownColumns {
    KnownColumns(
      id: id,
      columns: table.columnNames + table.unreadColumnNames + derivedNames.filter { table[$0] == nil },
      outcomes: outcomes.keys.sorted())
  }
}
