// `{follow-up}`: how long patients were observed, by the reverse Kaplan–Meier method.

import Diagnostics
import Expressions
import Presentation
import Survival

enum FollowUpDirective: Directive {
  static let specification = DirectiveSpecification(
    name: "follow-up",
    summary: "Median follow-up by the reverse Kaplan–Meier method.",
    details: """
      The Kaplan–Meier estimate with the roles of event and censoring exchanged: the time by which half of the patients would \
      have left observation had nobody had the event. The formula names the outcome as it is; the exchange is made here. The \
      plain median of the follow-up times is another number, since it takes deaths for ends of observation.
      """,
    options: [
      CommonOptions.data.specification, CommonOptions.formula.specification,
      CommonOptions.condition.specification,
      KaplanMeierDirective.times.specification, KaplanMeierDirective.quantiles.specification,
      CommonOptions.confidenceLevel.specification, KaplanMeierDirective.confidenceType.specification,
      KaplanMeierDirective.quantileRule.specification, CommonOptions.patient.specification,
      CommonOptions.caption.specification,
      CommonOptions.showsTable.specification, FigureOption.followUp.specification,
    ],
    results: [
      ResultSpecification(
        "ID.n", "rows used; `.missing` rows left out, `.censored` rows whose observation ended without event"),
      ResultSpecification(
        "ID.median", "median follow-up, with `.lower` and `.upper`; also `ID[\"group\"].median`"),
      ResultSpecification("ID.quantile(p)", "other quantiles of follow-up"),
      ResultSpecification("ID.at(t).survival", "the probability of being still under observation at t"),
    ],
    decimals: [.estimates, .percentages],
    example: """
      data: nelm
      formula: os ~ 1
      """,
    literature: [
      "Schemper M, Smith TL. A note on quantifying follow-up in studies of failure time. Control Clin Trials 1996;17:343–6."
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let reference = try options[CommonOptions.data]
    let formula = try options[CommonOptions.formula]
    let frame = try SurvivalFrame(
      formula: formula, dataSet: try context.dataSet(reference.id, at: reference.range),
      condition: try options[CommonOptions.condition], patient: try options[CommonOptions.patient],
      takesRepeatedEvents: true, threads: context.threads)
    let rules = try KaplanMeierDirective.rules(options, context)
    let settings = KaplanMeierOptions(
      confidenceLevel: try options[CommonOptions.confidenceLevel],
      transform: rules.confidenceType.transform, threads: context.threads)
    let (pooled, curves) = try frame.roles(formula).translating {
      if let counted = frame.counted {
        return (
          try KaplanMeier.reverse(counted.tally.pooled, options: settings),
          try frame.groups.map {
            try KaplanMeier.reverse(counted.tally, names: $0.names, options: settings)
          }
        )
      }
      let outcome = try frame.outcome
      return (
        try KaplanMeier.reverse(outcome, options: settings),
        try frame.groups.map { try KaplanMeier.reverse(outcome, groups: $0.codes, options: settings) }
      )
    }
    guard let all = pooled.curves.first else { throw Diagnostic(.internalFault, "no curve was estimated") }
    let survival = SurvivalCurves(
      pooled: all, curves: curves?.curves ?? [], frame: frame, times: try options[KaplanMeierDirective.times],
      quantiles: try options[KaplanMeierDirective.quantiles],
      rules: rules,
      restrictionTime: nil, confidenceLevel: settings.confidenceLevel, eventHeading: "Censored",
      isReversed: true)
    var values = ResultValues()
    survival.addValues(to: &values)
    let style = context.style
    let notes =
      [
        "reverse Kaplan–Meier",
        "\(IntervalWording.name(level: settings.confidenceLevel, style: style.number)) \(settings.transform.words)",
      ] + survival.ruleNotes + frame.notes(style)
    let caption = try options[CommonOptions.caption]
    var blocks: [OutputBlock] = []
    if try options[CommonOptions.showsTable] {
      blocks.append(.table(survival.table(caption: caption, notes: notes, style: style), name: nil))
    }
    let request = try options[FigureOption.followUp]
    if request.isDrawn {
      let figure = survival.figure(
        id: context.id, title: try options.title,
        valueLabel: "Still under observation, %",
        annotations: [], request: request, style: style)
      blocks.append(.figure(figure, name: nil, caption: caption))
    }
    return DirectiveOutput(blocks: blocks, values: values.values, warnings: frame.warnings)
  }
}
