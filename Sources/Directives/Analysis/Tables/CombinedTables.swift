// Other directives' tables, found by id, with the rows and columns that the author wants.

import Diagnostics
import Presentation

enum CombinedTables {
  static let tables = OptionKey(
    required: "tables", .tables,
    "the tables' ids in order, or a name for each: {Crude: crude, Adjusted: adjusted}; `id-name` for a further table"
  )
  static let rows = OptionKey(
    "rows", OptionKind<String>.text.list, default: [], shown: "all",
    "labels of the rows to keep, in this order; a variable brings its levels")
  static let columns = OptionKey(
    "columns", OptionKind<String>.text.list, default: [], shown: "all",
    "headings of the columns to keep of each table, in this order")

  /// The tables behind the references, each reduced to the columns asked for.
  static func find(
    _ key: OptionKey<[TableReference]>, _ options: ResolvedOptions, _ context: DirectiveContext
  ) throws -> [NamedTable] {
    let references = try options[key]
    guard !references.isEmpty else {
      throw Diagnostic(.invalidOption, "'\(key.name)' names no table", at: options.range(key))
    }
    let wanted = try options[columns]
    var problems: [Diagnostic] = []
    var known: Set<String> = []
    var unknown = Set(wanted)
    var found: [NamedTable] = []
    for reference in references {
      guard let table = table(reference, in: context) else {
        problems.append(missing(reference, in: context))
        continue
      }
      known.formUnion(table.columns.dropFirst().map(\.heading))
      let (reduced, others) = wanted.isEmpty ? (table, []) : table.selecting(columns: wanted)
      unknown.formIntersection(others)
      found.append(NamedTable("", reduced))
    }
    for heading in wanted where unknown.contains(heading) && problems.isEmpty {
      problems.append(
        Diagnostic(
          .invalidOption, "no table has a column '\(heading)'", at: options.range(columns),
          remedy: NearMiss.remedy(for: heading, among: known.sorted())
            ?? "columns: \(known.sorted().joined(separator: ", "))"))
    }
    if !problems.isEmpty { throw DiagnosticList(problems) }
    return zip(titles(references, context), found).map { NamedTable($0, $1.table) }
  }

  /// The rows asked for, or all of them.
  static func selectingRows(_ table: Table, _ options: ResolvedOptions) throws -> Table {
    let wanted = try options[rows]
    guard !wanted.isEmpty else { return table }
    let (selected, unknown) = table.selecting(rows: wanted)
    guard unknown.isEmpty else {
      throw DiagnosticList(
        unknown.map { label in
          Diagnostic(
            .invalidOption, "no row is called '\(label)'", at: options.range(rows),
            remedy: NearMiss.remedy(for: label, among: table.fullLabels)
              ?? "rows: \(table.fullLabels.prefix(20).joined(separator: ", "))")
        })
    }
    return selected
  }

  private static func table(_ reference: TableReference, in context: DirectiveContext) -> Table? {
    for block in context.outputs[reference.id]?.blocks ?? [] {
      if case .table(let table, let name) = block, name == reference.name { return table }
    }
    return nil
  }

  private static func missing(_ reference: TableReference, in context: DirectiveContext) -> Diagnostic {
    let names = context.outputs.flatMap { id, output in
      output.blocks.compactMap { block -> String? in
        guard case .table(_, let name) = block else { return nil }
        return name.map { "\(id)-\($0)" } ?? id
      }
    }.sorted()
    let own = reference.words
    let isSilent = context.outputs[reference.id] != nil && reference.name == nil
    return Diagnostic(
      .unknownResult, "'\(own)' has no table", at: reference.range,
      remedy: isSilent
        ? "write 'table: hidden' there: the table is then made and not printed"
        : NearMiss.remedy(for: own, among: names) ?? "tables: \(names.joined(separator: ", "))")
  }

  /// What several tables together are of; ids stay as they are written.
  static func caption(_ references: [TableReference], _ context: DirectiveContext) -> String {
    let titles = titles(references, context)
    let areIDs = titles == references.map(\.words)
    return (areIDs ? "Results of " : "") + titles.inSentence
  }

  /// What the tables are called: by the author, by their captions where these differ, or by their ids.
  static func titles(_ references: [TableReference], _ context: DirectiveContext) -> [String] {
    let titles = references.map { reference in
      reference.title ?? table(reference, in: context).map { title(of: $0, reference) } ?? reference.words
    }
    let areDistinct = Set(titles).count == titles.count
    return areDistinct ? titles : references.map { $0.title ?? $0.words }
  }

  private static func title(of table: Table, _ reference: TableReference) -> String {
    table.caption.isEmpty || table.caption.contains("`") ? reference.words : MarkdownText.plain(table.caption)
  }
}
