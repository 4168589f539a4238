// Faults of derivations whose columns nothing uses, found without reading what they are made of.

import DataTables
import Diagnostics
import Expressions

/// A column that was not read may be of any type: a derivation is at fault where it is so whatever they are.
enum UnusedDerivation {
  /// Derivations of more unread columns are checked when something uses them.
  private static let mostUnread = 2

  static func problems(of expression: Expression, in table: DataTable) -> [Diagnostic] {
    let names = expression.columnNames
    let unread = names.filter { table[$0] == nil }
    guard unread.count <= mostUnread, unread.allSatisfy(table.unreadColumnNames.contains) else { return [] }
    var least: [Diagnostic]?
    for types in combinations(unread.count) {
      let columns = names.compactMap { table[$0] } + zip(unread, types).map { $1($0) }
      guard let empty = try? DataTable(name: table.name, columns: columns.map(\.withoutRows), rowCount: 0)
      else { return [] }
      let faults = expression.diagnostics(in: empty).filter { $0.severity == .error }
      // Which levels there are is not known.
      if faults.allSatisfy({ $0.code == .unknownLevel }) { return [] }
      if faults.count < least?.count ?? .max { least = faults }
    }
    return least ?? []
  }

  private typealias Maker = @Sendable (String) -> Column

  private static let makers: [Maker] = [
    { Column(name: $0, numbers: []) }, { Column(name: $0, texts: []) }, { Column(name: $0, days: []) },
    { Column(name: $0, flags: []) },
  ]

  private static func combinations(_ count: Int) -> [[Maker]] {
    guard count > 0 else { return [[]] }
    return combinations(count - 1).flatMap { rest in makers.map { rest + [$0] } }
  }
}

extension Column {
  /// The column with its type and levels and no row.
  fileprivate var withoutRows: Column {
    switch type {
    case .text, .factor: Column(name: name, codes: [], levels: levels)
    case .flag: Column(name: name, flags: [])
    case .date: Column(name: name, days: [])
    case .integer, .number: Column(name: name, numbers: [])
    }
  }
}
