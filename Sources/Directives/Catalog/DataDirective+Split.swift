// What a data directive does after its rows are chosen: the columns that analyses use, and split follow-up.

import DataTables
import Diagnostics
import ModelFormula

extension DataDirective {
  /// The columns that analyses of the data set name; `nil` for all.
  static func analysedColumns(_ context: DirectiveContext) -> Set<String>? {
    var names: Set<String> = []
    for request in context.requests.values where request.type.specification.name != specification.name {
      let use = request.options.use
      guard use.ids.contains(context.id) else { continue }
      if use.usesAllColumns { return nil }
      names.formUnion(use.columns)
    }
    return names
  }

  /// The rows in parts, with the one outcome that has been split: of others each patient would count several times.
  static func splitting(
    _ table: DataTable, _ outcomes: [String: SurvivalSyntax], _ split: FollowUpSplit,
    _ declaration: DataDeclaration,
    _ context: DirectiveContext
  ) throws -> (DataTable, [String: SurvivalSyntax]) {
    let name = split.outcome.string
    guard let outcome = outcomes[name] else {
      throw Diagnostic(
        .unknownColumn, "no outcome '\(name)' in '\(context.id)'", at: split.outcome.range(),
        remedy: NearMiss.remedy(for: name, among: outcomes.keys.sorted())
          ?? "declare it: outcomes: {\(name): Surv(time, died == 1)}")
    }
    if let taken = split.madeColumns.first(where: { table[$0] != nil || table.unreadColumnNames.contains($0) }
    ) {
      throw Diagnostic(
        .duplicateColumn, "there is a column '\(taken)' already", at: split.range,
        remedy: taken == split.interval.string
          ? "name another: interval: period" : "rename it, or the outcome")
    }
    let columns = try outcome.evaluate(in: table, threads: context.threads)
    let timeColumn =
      outcome.time.columnNames.count == 1 ? outcome.time.columnNames.first.flatMap { table[$0] } : nil
    var (rows, syntax) = try split.applied(
      to: table, columns, timeColumn: timeColumn, threads: context.threads)
    for entry in declaration.described where split.madeColumns.contains(entry.string) {
      if let column = rows[entry.string] {
        rows = try rows.adding(try column.declared(entry.value, at: entry.name.range()))
      }
    }
    return (rows, [name: syntax])
  }
}
