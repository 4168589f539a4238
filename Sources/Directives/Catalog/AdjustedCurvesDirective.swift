// `{adjusted-curves}`: survival by a variable, standardised to the rows of a Cox model.

import DataTables
import Diagnostics
import Expressions
import Figures
import ModelFormula
import Presentation
import Survival

enum AdjustedCurvesDirective: Directive {
  static let model = OptionKey(
    required: "model", .id("the id of a Cox model"), "the Cox model to predict from")
  static let by = OptionKey(
    required: "by", OptionKind<String>.text,
    "the variable of the model, or its stratum, whose levels are compared")

  static let specification = DirectiveSpecification(
    name: "adjusted-curves",
    summary: "Adjusted (standardised) survival curves from a Cox model, with differences at given times.",
    details: """
      For every level of `by` the model predicts the survival of all rows that it was fitted to, as if each had that level and \
      kept its other covariates; the curve is the mean of these predictions (direct standardisation, g-computation). Differences \
      are from the first level. Standard errors are by the delta method from the baseline hazard and the coefficients \
      together, the covariates seen as fixed. Only the variable itself is changed: columns derived from it and used elsewhere in the \
      model keep their values. Where `by` is the model's only stratum each level has a baseline hazard of its own; under other strata every row \
      keeps its own, and curves end where the first stratum ends. A causal reading \
      needs that the model holds all that confounds.
      """,
    options: [
      model.specification, by.specification, KaplanMeierDirective.times.specification,
      KaplanMeierDirective.confidenceType.specification, CommonOptions.caption.specification,
      CommonOptions.showsTable.specification, FigureOption.curves.specification,
    ],
    results: [
      ResultSpecification("ID.n", "rows standardised to; `.events`"),
      ResultSpecification("ID[\"level\"].at(t).survival", "with `.lower`, `.upper`, `.se`"),
      ResultSpecification(
        "ID[\"level\"].at(t).difference", "from the first level, with `.lower`, `.upper`, `.se`, `.p`"),
    ],
    decimals: [.estimates, .percentages],
    example: """
      model: prognosis
      by: treatment
      times: [60, 120]
      """,
    literature: [
      "Makuch RW. Adjusted survival curve estimation using covariates. J Chronic Dis 1982;35:437–43.",
      "Gail MH, Byar DP. Variance calculations for direct adjusted survival curves. Biom J 1986;28:587–99.",
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let reference = try options[model]
    let analysis = try context.predictingCoxModel(reference)
    let transform = try options.value(
      KaplanMeierDirective.confidenceType, otherwise: context.compatibility.confidenceType
    ).transform
    let times = try options[KaplanMeierDirective.times]
    let curves = try AdjustedCurves(
      analysis, by: try options[by], at: options.range(by), times: times, transform: transform)
    var values = ResultValues()
    curves.addValues(to: &values)
    var blocks: [OutputBlock] = []
    let caption = try options[CommonOptions.caption]
    if try options[CommonOptions.showsTable], !times.isEmpty {
      blocks.append(.table(curves.table(caption: caption, style: context.style), name: nil))
    }
    let request = try options[FigureOption.curves]
    if request.isDrawn {
      let figure = curves.figure(
        id: context.id, title: try options.title, request: request, style: context.style)
      blocks.append(.figure(figure, name: nil, caption: caption))
    }
    return DirectiveOutput(
      blocks: blocks, values: values.values,
      warnings: request.warnings(ofCurves: curves.levels.count, at: options.range(by)))
  }
}
