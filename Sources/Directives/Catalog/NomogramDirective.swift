// `{nomogram}`: a fitted model as rulers of points.

import Diagnostics
import Expressions
import Figures
import Presentation

enum NomogramDirective: Directive {
  static let model = OptionKey(
    required: "model", .id("the id of a cox or logistic directive"), "the fitted model, without interactions")

  static let specification = DirectiveSpecification(
    name: "nomogram",
    summary: "A Cox or logistic model as rulers: read off points, add them, read off the risk.",
    details: """
      The variable whose effect has the widest range gets 100 points; the others get theirs in proportion to the linear \
      predictor, from the value of lowest risk. Numbers run from the 1st to the 99th percentile of the model's rows. Below the \
      total stand the predicted survival at `times` (Cox; Breslow's or Efron's baseline) or the predicted probability \
      (logistic). It needs a model whose terms add up: interactions, strata and offsets are errors.
      """,
    options: [
      model.specification, PredictionRows.times.specification, CommonOptions.caption.specification,
      CommonOptions.showsTable.specification, FigureOption.plain.specification,
    ],
    results: [
      ResultSpecification(
        "ID[\"treatment\", \"observation\"].points", "of a level; `ID[\"age\"].points(60)` at a mark"),
      ResultSpecification(
        "ID.points_per_unit", "of the linear predictor; `.lowest`, the linear predictor at 0 points"),
    ],
    example: """
      model: prognosis
      times: [60]
      """,
    literature: [
      "Iasonos A, et al. How to build and interpret a nomogram for cancer prognosis. J Clin Oncol 2008;26:1364–70."
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let place = try options[model]
    let times = try options[PredictionRows.times]
    let source = try source(place, times, options, context)
    let nomogram = try Nomogram(source, style: context.style)
    var values = ResultValues()
    values.add(".points_per_unit", nomogram.pointsPerUnit, .number)
    values.add(".lowest", nomogram.lowest, .coefficient)
    for ruler in nomogram.rulers {
      for mark in ruler.marks {
        let path =
          ruler.isNumeric
          ? ModelRows.path([ruler.name]) + ".points(\(mark.key))"
          : ModelRows.path([ruler.name, mark.key]) + ".points"
        values.add(path, mark.points, ValueFormat(.number, digits: 0))
      }
    }
    let outcomes = source.outcomes(nomogram, context.style)
    let caption = try options[CommonOptions.caption]
    var blocks: [OutputBlock] = []
    if try options[CommonOptions.showsTable] {
      blocks.append(
        .table(
          nomogram.table(caption: caption, outcomes: outcomes, notes: ["from the model \(place.id)"]),
          name: nil))
    }
    let request = try options[FigureOption.plain]
    if request.isDrawn {
      let figure = NomogramFigure(
        id: context.id, title: try options.title,
        variables: nomogram.rulers.map { ruler in
          NomogramFigure.Ruler(ruler.label, marks: ruler.marks.map { .init($0.label, points: $0.points) })
        }, highestTotal: nomogram.highestTotal, outcomes: outcomes, style: request.style(context.style))
      blocks.append(.figure(figure.figure(), name: nil, caption: caption))
    }
    return DirectiveOutput(blocks: blocks, values: values.values)
  }

  private static func source(
    _ place: Reference, _ times: [Double], _ options: ResolvedOptions, _ context: DirectiveContext
  ) throws -> NomogramSource {
    let artifact = context.outputs[place.id]?.artifact
    if let analysis = artifact as? CoxAnalysis {
      guard !times.isEmpty else {
        throw Diagnostic(
          .missingOption, "a nomogram of a Cox model needs 'times'", at: options.block,
          remedy: "add 'times: [60]': the times at which survival is read off")
      }
      return try NomogramSource(analysis, times: times, at: place.range)
    }
    if let analysis = artifact as? GeneralizedLinearAnalysis, analysis.settings.isBinary,
      analysis.coefficients.ratio != nil
    {
      return try NomogramSource(analysis, at: place.range)
    }
    _ = try context.artifact(
      CoxAnalysis.self, of: place.id, called: "a Cox or logistic model",
      madeBy: [CoxDirective.self, LogisticDirective.self], at: place.range)
    throw Diagnostic(.internalFault, "'\(place.id)' is no model")
  }
}
