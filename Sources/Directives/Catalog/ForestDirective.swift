// `{forest}`: the estimates of one or several tables as a figure.

import Diagnostics
import Figures
import Presentation

enum ForestDirective: Directive {
  static let models = OptionKey(
    required: "models", .tables,
    "ids of directives whose tables hold estimates, in order, or a name for each: {Crude: crude, Adjusted: adjusted}"
  )

  static let specification = DirectiveSpecification(
    name: "forest",
    summary: "Forest plot of several models side by side, or of chosen rows.",
    details: """
      Every column of estimates with intervals in the named tables is a series: models of several directives, or the \
      univariable beside the multivariable columns of one. Rows of the same name stand in one line. Ratios have a logarithmic \
      axis, differences a linear one; both kinds in one figure are an error. Numbers and P values are those of the tables.
      """,
    options: [
      models.specification, CombinedTables.columns.specification, CombinedTables.rows.specification,
      CommonOptions.caption.specification, FigureOption.forest.specification,
    ],
    results: [ResultSpecification("ID.rows", "number of rows; also `ID.series`")],
    example: """
      models: {Crude: crude, Adjusted: adjusted}
      rows: ["Age, years", Treatment]
      figure: {limits: [0.25, 4], favours: [Lower hazard, Higher hazard]}
      """)

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    // Numbers are those that the tables print, whichever of their rows are chosen.
    let parts = try CombinedTables.find(models, options, context).map { part in
      NamedTable(part.name, part.table.sharingDecimals(context.style))
    }
    let caption = try options[CommonOptions.caption]
    let isSingle = parts.count == 1
    let merged = Table.merged(
      isSingle ? parts.map { NamedTable("", $0.table) } : parts, caption: caption)
    let table = try CombinedTables.selectingRows(merged, options)
    let forest = TableForest(table)
    guard !forest.series.isEmpty else {
      throw Diagnostic(
        .invalidOption, "no column of the tables holds estimates with intervals", at: options.range(models),
        remedy: "name directives such as cox, logistic, fine-gray or merge")
    }
    guard forest.hasOneMeasure else {
      throw Diagnostic(
        .invalidOption, "the tables hold ratios and differences, which share no axis",
        at: options.range(models), remedy: "draw one figure for each, or choose 'columns'")
    }
    var values = ResultValues()
    values.add(".rows", count: table.rows.count)
    values.add(".series", count: forest.series.count)
    let request = try options[FigureOption.forest]
    let figure = forest.figure(
      id: context.id, title: try options.title, style: context.style
    ).requested(request, context.style)
    var blocks: [OutputBlock] = []
    if request.isDrawn { blocks.append(figure.pages(), caption: caption) }
    return DirectiveOutput(
      blocks: blocks,
      values: values.values,
      warnings: request.warnings(ofCurves: forest.series.count, at: options.range(models)))
  }
}
