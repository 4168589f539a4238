// `{subgroups}`: a hazard ratio in subgroups, with tests of interaction.

import Diagnostics
import Expressions
import Figures
import ModelFormula
import Presentation
import Survival

enum SubgroupsDirective: Directive {
  static let subgroups = OptionKey(
    required: "subgroups", OptionKind<ColumnName>.column.list,
    "the columns whose levels are the subgroups; make groups of numbers in `derive` by cut()")

  static let specification = DirectiveSpecification(
    name: "subgroups",
    summary: "Hazard ratio of a treatment in subgroups, with interaction tests and a forest plot.",
    details: """
      The first term of the formula is the treatment, or any variable with a single coefficient; further terms, `strata()` and \
      `cluster()` adjust every model. In each level of each subgroup column the model is fitted to that level's rows alone. The \
      test of interaction compares, on all rows, the model with the column and its product with the treatment to the one with the \
      column only: by the likelihood ratio, or by Wald's test where the variance is robust. Judge subgroups by that test, not by \
      which of their intervals cover 1. No adjustment for the number of tests is made; `adjust-p` does that.
      """,
    options: [
      CommonOptions.data.specification, CommonOptions.formula.specification,
      CommonOptions.condition.specification, subgroups.specification, CoxDirective.ties.specification,
      CoxDirective.isRobust.specification, CommonOptions.weights.specification,
      CommonOptions.cluster.specification, LandmarkSelection.option.specification,
      CommonOptions.confidenceLevel.specification, CommonOptions.caption.specification,
      CommonOptions.showsTable.specification, FigureOption.forest.specification,
    ],
    results: [
      ResultSpecification("ID.hr", "of all rows, with `.lower`, `.upper`; `.p`, `.n`, `.events`, `.missing`"),
      ResultSpecification(
        "ID[\"sex\", \"male\"].hr", "in a subgroup, with `.lower`, `.upper`; `.p`, `.n`, `.events`"),
      ResultSpecification("ID[\"sex\"].interaction.chi_squared", "with `.df` and `.p`"),
    ],
    decimals: [.estimates],
    example: """
      data: nelm
      where: treatment != "systemic"
      formula: os ~ treatment + age
      subgroups: [sex, stage]
      """,
    literature: [
      "Wang R, et al. Statistics in medicine: reporting of subgroup analyses in clinical trials. N Engl J Med "
        + "2007;357:2189–94."
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let formula = try options[CommonOptions.formula]
    let source = try CoxDirective.source(options, context)
    let analysis = try SubgroupAnalysis(
      formula: formula, source: source, columns: try options[subgroups],
      settings: { try CoxDirective.settings(options, $0, context) })
    var values = ResultValues()
    analysis.addValues(to: &values)
    let caption = try options[CommonOptions.caption]
    var blocks: [OutputBlock] = []
    if try options[CommonOptions.showsTable] {
      blocks.append(.table(analysis.table(caption: caption, style: context.style), name: nil))
    }
    let request = try options[FigureOption.forest]
    if request.isDrawn {
      let figure = analysis.figure(id: context.id, title: try options.title, style: context.style)
      blocks.append(figure.requested(request, context.style).pages(), caption: caption)
    }
    return DirectiveOutput(blocks: blocks, values: values.values)
  }
}
