// `{merge}` and `{stack}`: several tables in one.

import Diagnostics
import Presentation

enum MergeDirective: Directive {
  static let specification = DirectiveSpecification(
    name: "merge",
    summary: "Several tables side by side, such as crude beside adjusted models.",
    details: """
      Rows of the same name stand in one line, a level only beside the same level of the same variable; what a table does not \
      have is left empty. The tables' own directives go on printing them unless they say `table: hidden`. What all of them \
      note stands once below the table, what only one notes behind its name.
      """,
    options: [
      CombinedTables.tables.specification, CombinedTables.columns.specification,
      CombinedTables.rows.specification, CommonOptions.caption.specification,
    ],
    results: [ResultSpecification("ID.rows", "number of rows; also `ID.tables`")],
    example: """
      tables: {Crude: crude, Adjusted: adjusted}
      columns: [HR (95% CI), P]
      caption: Prognostic factors
      """)

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let parts = try CombinedTables.find(CombinedTables.tables, options, context)
    let merged = Table.merged(parts, caption: try options[CommonOptions.caption])
    return .combined(try CombinedTables.selectingRows(merged, options), of: parts.count)
  }
}

enum StackDirective: Directive {
  static let specification = DirectiveSpecification(
    name: "stack",
    summary: "Several tables under one another, such as one model for each outcome.",
    details: """
      Each table stands below its name; columns of the same heading are one column. The tables' own directives go on printing \
      them unless they say `table: hidden`.
      """,
    options: [
      CombinedTables.tables.specification, CombinedTables.columns.specification,
      CombinedTables.rows.specification, CommonOptions.caption.specification,
    ],
    results: [ResultSpecification("ID.rows", "number of rows; also `ID.tables`")],
    example: """
      tables: {Overall survival: os, Recurrence-free survival: rfs}
      caption: Treatment effects on both outcomes
      """)

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let parts = try CombinedTables.find(CombinedTables.tables, options, context)
    let stacked = Table.stacked(parts, caption: try options[CommonOptions.caption])
    return .combined(try CombinedTables.selectingRows(stacked, options), of: parts.count)
  }
}

extension DirectiveOutput {
  fileprivate static func combined(_ table: Table, of count: Int) -> DirectiveOutput {
    var values = ResultValues()
    values.add(".rows", count: table.rows.count)
    values.add(".tables", count: count)
    return DirectiveOutput(blocks: [.table(table, name: nil)], values: values.values)
  }
}
