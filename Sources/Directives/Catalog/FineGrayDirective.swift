// `{fine-gray}`: regression on the cumulative incidence of one cause.

import Diagnostics
import Expressions
import ModelFormula
import Presentation
import Survival

enum FineGrayDirective: Directive {
  static let cause = OptionKey(
    required: "cause", .text, "the cause whose incidence is modelled: a name under 'causes'")

  static let specification = DirectiveSpecification(
    name: "fine-gray",
    summary: "Fine–Gray model of the subdistribution hazard of one cause, with a forest plot.",
    details: """
      F(t | x) = 1 − exp(−Λ(t) exp(x'β)) for the cause of interest. Who had a competing event stays in the risk sets, weighted by \
      the probability of not having been censored since. Ties as by Breslow, standard errors by the sandwich that also counts \
      the estimation of the censoring distribution, and at a time with events and censorings who has the event counts as at risk of \
      being censored: all as `cmprsk::crr`. R's `finegray` lets events come first, and `coxph` takes Efron's ties unless told \
      otherwise: on tied times the two differ from this. Intervals and P values are Wald's. Delayed entry, \
      weights and strata are not supported.
      """,
    options: [
      CommonOptions.data.specification, CommonOptions.formula.specification,
      CommonOptions.condition.specification, CompetingCauses.causes.specification,
      CompetingCauses.censored.specification, cause.specification,
      CommonOptions.confidenceLevel.specification, CommonOptions.cluster.specification,
      CommonOptions.patient.specification,
      PredictionRows.option.specification, PredictionRows.times.specification,
      CoxDirective.maximumIterations.specification, CommonOptions.caption.specification,
      CommonOptions.showsTable.specification, FigureOption.forest.specification,
    ],
    results: [
      ResultSpecification(
        "ID.n",
        "rows used; `.missing` rows left out, `.events` of the cause, `.competing`, `.censored`"),
      ResultSpecification(
        "ID[\"age\"].shr",
        "subdistribution hazard ratio with `.lower`, `.upper`; also `.coefficient`, `.se`, `.z`, `.p`"),
      ResultSpecification("ID[\"sex\", \"f\"].shr", "a factor's level against the reference"),
      .perUnits("shr"),
      ResultSpecification("ID[\"stage\"].wald.chi_squared", "joint test of a term; `ID.wald` of all"),
      ResultSpecification("ID.log_likelihood", "pseudo likelihood, also `.null_log_likelihood`"),
      ResultSpecification("ID.prediction(1).at(t).incidence", "predicted F(t) of the first patient"),
    ],
    decimals: [.estimates],
    example: """
      data: pbc
      formula: Surv(time, status) ~ age + sex + log(bili)
      causes: {transplant: 1, death: 2}
      cause: death
      """,
    literature: [
      "Fine JP, Gray RJ. A proportional hazards model for the subdistribution of a competing risk. J Am Stat Assoc 1999;94:496–509."
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let frame = try CompetingFrame(options, context)
    let name = try options[cause]
    guard let index = frame.causes.names.firstIndex(of: name) else {
      throw Diagnostic(
        .invalidOption, "'\(name)' is not among the causes", at: options.range(cause),
        remedy: NearMiss.remedy(for: name, among: frame.causes.names)
          ?? "causes: \(frame.causes.names.joined(separator: ", "))")
    }
    let code = UInt8(truncatingIfNeeded: index + 1)
    guard try frame.outcome.event.contains(code) else {
      throw Diagnostic(
        .noEvents, "no row has the cause '\(name)': nothing can be estimated", at: options.range(cause),
        remedy: "look at the coding of the causes")
    }
    let design = try design(frame)
    var settings = CoxOptions()
    settings.confidenceLevel = try options[CommonOptions.confidenceLevel]
    settings.maximumIterations = try options[CoxDirective.maximumIterations]
    settings.threads = context.threads
    let fit = try frame.roles.translating { [settings] in
      try FineGrayModel.fit(
        outcome: frame.outcome, cause: code,
        covariates: try CoxFrame.covariates(design, threads: settings.threads),
        clusters: frame.clusters, offset: frame.model.offset(rows: frame.cases.rows), options: settings)
    }
    return try output(fit, frame, design, name, options, context)
  }

  private static func design(_ frame: CompetingFrame) throws -> DesignMatrix {
    if let stratum = frame.model.terms.strata.first {
      throw Diagnostic(
        .formulaSyntax, "'fine-gray' does not stratify",
        at: frame.model.terms.variables[stratum].sourceRange,
        remedy: "put the column into the model as a covariate")
    }
    let design = try frame.model.design(
      rows: frame.cases.rows,
      options: DesignOptions(intercept: .implied, reference: frame.dataSet.compatibility.referenceLevel))
    guard !design.columns.isEmpty else {
      throw Diagnostic(
        .constantColumn, "the model has no covariate that varies", at: frame.formula.source.range(),
        remedy: design.diagnostics.first?.message
          ?? "name covariates after '~', or use cumulative-incidence")
    }
    try design.refusePenalties(of: "fine-gray")
    return design
  }

  private static func output(
    _ fit: FineGrayFit, _ frame: CompetingFrame, _ design: DesignMatrix, _ cause: String,
    _ options: ResolvedOptions, _ context: DirectiveContext
  ) throws -> DirectiveOutput {
    let (style, level) = (context.style, fit.model.options.confidenceLevel)
    let events = fit.model.outcome.event.map { $0 == fit.model.cause }
    let rows = ModelRows(design, dataSet: frame.dataSet)
    let coefficients = fit.coefficientTable.map { ModelCoefficient($0, level: level).withRobustErrorOnly }
    let tests = design.termTests { fit.waldTest(columns: $0) }
    let table = RegressionTable(
      .subdistributionHazard,
      RegressionEffects(
        rows: rows, columns: coefficients.map(\.effect), jointPValues: design.jointPValues(tests),
        counts: { row in
          let (count, events) = row.counts(events: events)
          return [count, events]
        }), countHeadings: ["N", cause], level: level)
    var values = ResultValues()
    values.add(".n", count: fit.observationCount)
    values.add(".missing", count: frame.cases.excludedCount)
    if let patients = frame.patientCount() { values.add(".patients", count: patients) }
    values.add(".events", count: fit.eventCount)
    values.add(".competing", count: fit.competingCount)
    values.add(".censored", count: fit.censoredCount)
    rows.addValues(
      coefficients, of: .subdistributionHazard, tests: design.named(tests), to: &values
    ) { $0.counts(events: events) }
    design.addCurvature(to: &values) { fit.waldTest(columns: $0, alongside: $1) }
    values.add(".log_likelihood", fit.logLikelihood, .statistic)
    values.add(".null_log_likelihood", fit.nullLogLikelihood, .statistic)
    values.add(".iterations", count: fit.convergence.iterations)
    if let test = fit.waldTest() {
      values.add(
        ".wald", statistic: test.statistic, degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue)
    }
    let caption = try options[CommonOptions.caption]
    var blocks: [OutputBlock] = []
    if try options[CommonOptions.showsTable] {
      let notes = notes(fit, frame, design, cause, style)
      blocks.append(.table(table.table(caption: caption, notes: notes, style: style), name: nil))
    }
    blocks += try predictions(fit, frame, design, cause, options, context, to: &values)
    let request = try options[FigureOption.forest]
    if request.isDrawn {
      blocks.append(
        table.figures(id: context.id, title: try options.title, request: request, style: style),
        caption: caption)
    }
    let warnings = ModelWarnings(
      design: design, names: fit.names, aliased: fit.aliased, infinite: fit.infinite,
      isConverged: fit.convergence.status != .notConverged, iterations: fit.convergence.iterations,
      events: fit.eventCount, parameters: fit.degreesOfFreedom)
    return DirectiveOutput(
      blocks: blocks, values: values.values,
      warnings: frame.warnings + warnings.diagnostics(at: frame.formula.source.range()),
      artifact: AnalysedCases(id: context.id, dataSet: frame.dataSet, cases: frame.cases))
  }

  private static func notes(
    _ fit: FineGrayFit, _ frame: CompetingFrame, _ design: DesignMatrix, _ cause: String,
    _ style: JournalStyle
  ) -> [String] {
    func count(_ value: Int) -> String { style.text(Quantity(value), .count) }
    var notes = [
      "Fine–Gray model of \(cause.withinSentence), Breslow ties, Wald intervals with sandwich variance"
    ]
    notes.append(
      "\(count(fit.observationCount)) rows\(frame.patientCount().map { " of \(count($0)) patients" } ?? ""), \(count(fit.eventCount)) events, \(count(fit.competingCount)) competing, \(count(fit.censoredCount)) censored"
    )
    notes += [design.adjustmentNote(frame.dataSet)].compactMap(\.self)
    notes += design.interactionNotes(frame.dataSet) + frame.notes(style)
    if let test = fit.waldTest() { notes.append(test.note("Wald", style: style)) }
    notes += design.jointTestNotes(frame.dataSet, style) { columns, direction in
      fit.waldTest(columns: columns, alongside: direction).map { JointTest($0) }
    }
    if !fit.infinite.isEmpty {
      notes.append("withheld: the likelihood has no maximum in this coefficient (separation)")
    }
    return notes
  }

  private static func predictions(
    _ fit: FineGrayFit, _ frame: CompetingFrame, _ design: DesignMatrix, _ cause: String,
    _ options: ResolvedOptions, _ context: DirectiveContext, to values: inout ResultValues
  ) throws -> [OutputBlock] {
    let (given, times, style) = (
      try options[PredictionRows.option], try options[PredictionRows.times], context.style
    )
    guard !given.isEmpty else { return [] }
    guard !times.isEmpty else {
      throw Diagnostic(
        .missingOption, "'predict' needs the times of the predictions",
        at: options.range(PredictionRows.option), remedy: "add 'times: [365]'")
    }
    let rows = try PredictionRows(
      given, dataSet: frame.dataSet, model: frame.model, design: design, strata: nil)
    var body: [TableRow] = []
    for row in given.indices {
      var cells: [TableCell] = [.text(rows.words[row])]
      for time in times {
        let incidence = Quantity(
          fit.cumulativeIncidence(row: rows.values(row), offset: rows.offset?[row] ?? 0, at: time),
          otherwise: .notEstimable)
        values.add(
          ".prediction(\(row + 1)).at(\(ShortestNumber.text(time))).incidence", incidence, .proportion)
        cells.append(.quantity(incidence, .percentage))
      }
      body.append(TableRow(cells))
    }
    return [
      PredictionRows.table(
        body, caption: "Predicted cumulative incidence of \(MarkdownText.inline(cause))",
        headings: times.map { "\(TimeText.words($0, unit: frame.unit, style: style)), %" },
        notes: ["from the Fine–Gray model \(context.id)"])
    ]
  }
}
