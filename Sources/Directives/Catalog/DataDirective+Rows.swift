// The rows of a data set: read from its file, and with the columns that are derived of them.

import DataTables
import Diagnostics
import Expressions
import ModelFormula

extension DataDirective {
  static func read(
    _ path: String, needed: Set<String>?, _ declaration: DataDeclaration, _ options: ResolvedOptions,
    _ context: DirectiveContext
  ) throws -> DataReading {
    let file = try openedFile(path, declaration, options, context)
    let problems = undescribed(try file.columnNames(), path, declaration, options)
    if !problems.isEmpty { throw DiagnosticList(problems) }
    if let extent = file.extent(columns: needed), let available = context.availableMemory {
      let directives = context.requests.values.map { $0.type.specification.name }
      try MemoryNeed(extent, directives: directives).check(
        against: available, path, at: options.range(source))
    }
    return try context.part("read", of: path) {
      try file.read(columns: needed, threads: context.threads) { context.observer.advanced(to: $0) }
    }
  }

  static func derived(
    _ declaration: DataDeclaration, _ table: DataTable, _ context: DirectiveContext,
    _ warnings: inout [Diagnostic]
  ) throws -> DataTable {
    var table = table
    let described = Dictionary(declaration.described.map { ($0.string, $0.value) }) { first, _ in first }
    var problems: [Diagnostic] = []
    let demanded = declaration.sourceColumns(for: context.demandedColumns)
    for entry in declaration.derived {
      // A column that nothing uses is checked but not computed.
      if let needed = context.demandedColumns, !isUsed(entry.string, needed, declaration), demanded != nil {
        problems += UnusedDerivation.problems(of: entry.value, in: table)
        continue
      }
      do {
        let result = try entry.value.column(
          named: entry.string, in: table, metadata: described[entry.string] ?? ColumnMetadata(),
          threads: context.threads)
        let place = entry.value.source.range()
        let column = try described[entry.string].map { try result.column.declared($0, at: place) }
        table = try table.adding(column ?? result.column)
        if result.undefinedCount > 0 {
          warnings.append(undefined(entry, result, in: table))
        }
      } catch let list as DiagnosticList {
        problems += list.diagnostics
      } catch let diagnostic as Diagnostic {
        problems.append(diagnostic)
      }
    }
    // The dictionary of a data set taken from another one describes columns that are already there.
    if declaration.from != nil {
      for entry in declaration.described
      where !declaration.derived.contains(where: { $0.string == entry.string }) {
        if let column = table[entry.string] {
          table = try table.adding(try column.declared(entry.value, at: entry.name.range()))
        }
      }
    }
    if !problems.isEmpty { throw DiagnosticList(problems) }
    return table
  }

  /// Says in which rows a derivation has no value.
  private static func undefined(
    _ entry: Named<Expression>, _ result: DerivedColumn, in table: DataTable
  ) -> Diagnostic {
    let rows = result.undefinedRows.map { String(table.origin?.fileRow($0) ?? $0 + 1) }.joined(
      separator: ", ")
    let more = result.undefinedCount - result.undefinedRows.count
    return Diagnostic(
      .warning, .invalidArgument,
      "'\(entry.string)' has no value in row\(result.undefinedCount == 1 ? "" : "s") \(rows)"
        + "\(more > 0 ? " and \(more) more" : ""), although its columns have one",
      at: entry.value.source.range(),
      remedy: "look at these rows; write if(condition, value, missing) if that is meant")
  }

  /// Whether anything uses a derived column: an analysis, the condition, an outcome, or a later derivation in use.
  private static func isUsed(_ name: String, _ demanded: Set<String>, _ declaration: DataDeclaration) -> Bool
  {
    if demanded.contains(name) || declaration.keepsAlways(name)
      || declaration.condition?.columnNames.contains(name) == true
    {
      return true
    }
    if declaration.outcomes.contains(where: {
      demanded.contains($0.string) && $0.value.columnUses.contains { $0.name == name }
    }) {
      return true
    }
    guard let position = declaration.derived.firstIndex(where: { $0.string == name }) else { return false }
    return declaration.derived[(position + 1)...].contains {
      $0.value.columnNames.contains(name) && isUsed($0.string, demanded, declaration)
    }
  }
}
