// `{linear}`: least squares.

import Diagnostics
import ModelFormula
import NumericalMethods
import Presentation
import Regression

enum LinearDirective: Directive {
  static let specification = DirectiveSpecification(
    name: "linear",
    summary: "Linear regression by least squares, with tests of terms, robust errors and predictions.",
    details: """
      Least squares by pivoted QR decomposition; weights divide the error variance. Intervals and P values are of Student's \
      t with the residual degrees of freedom. A single kind under `robust`, or a `cluster`, makes them robust; several \
      kinds are results beside the model's. `anova` tests terms by F: type I in the order of the formula, type II each \
      after the terms that do not contain it, type III each after all others in sum-to-zero contrasts. A column that \
      others determine is not estimable and named.
      """,
    options: RegressionOptions.specifications,
    results: [
      ResultSpecification("ID.n", "rows used; `.missing` rows left out, `.residual_df`"),
      ResultSpecification(
        "ID[\"age\"].coefficient",
        "with `.lower`, `.upper`; also `.se`, `.se_hc0` … `.se_hc3`, `.robust_se` (clusters), `.t`, `.p`"),
      ResultSpecification(
        "ID[\"sex\", \"male\"].coefficient", "a factor's level against the reference; `.n`"),
      .perUnits("coefficient"),
      ResultSpecification("ID[\"stage\"].wald.f", "joint test of a term, with `.df` and `.p`"),
      RegressionOptions.univariableResult("coefficient"),
      ResultSpecification("ID.sigma", "residual standard error; `.r_squared`, `.adjusted_r_squared`"),
      ResultSpecification("ID.f", "test of all terms, with `.df1`, `.df2`, `.p`"),
      ResultSpecification("ID.log_likelihood", "also `.aic`, `.bic`"),
      ResultSpecification("ID.type2[\"stage\"].f", "with `.df`, `.p`; also `.type1`, `.type3`"),
      ResultSpecification(
        "ID.prediction(1).mean", "with `.se`, `.lower`, `.upper`; `.prediction.lower` of a new observation"),
    ],
    decimals: [.estimates],
    example: """
      data: nelm
      formula: los ~ age + sex + stage
      robust: hc3
      """,
    literature: [
      "MacKinnon JG, White H. Some heteroskedasticity-consistent covariance matrix estimators. J Econom 1985;29:305–25."
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let source = try RegressionFrame.Source(options, in: context, isBinary: false)
    let frame = try RegressionFrame(source)
    let fit = try Self.fit(frame)
    let kinds = try options[RegressionOptions.robust]
    let level = try options[CommonOptions.confidenceLevel]
    let coefficients = try frame.translating { try Self.coefficients(fit, frame, kinds, level) }
    var tests: TermTests?
    if try options[RegressionOptions.anova] {
      let sum = try Self.fit(frame, design: try frame.sumContrastDesign())
      tests = TermTests(tests: [
        (.sequential, fit.termTests(.sequential)), (.typeTwo, fit.termTests(.typeTwo)),
        (.typeThree, sum.termTests(.typeThree)),
      ])
    }
    let rows = ModelRows(frame.design, dataSet: frame.dataSet)
    var values = ResultValues()
    addValues(fit, frame, rows, coefficients, to: &values)
    let mode = try options[RegressionOptions.univariable]
    let singles = try UnivariableModel.all(of: frame, source, mode) { own in
      let single = try Self.fit(own)
      return try own.translating { try Self.coefficients(single, own, kinds, level) }
    } counts: { own in
      { [own.count(of: $0)] }
    }
    for single in singles { single.addValues(to: &values) }
    tests?.addValues(to: &values)
    let style = context.style
    let caption = try options[CommonOptions.caption]
    var blocks: [OutputBlock] = []
    if try options[CommonOptions.showsTable] {
      let table = RegressionTable(
        coefficients.measure, coefficients.effects(rows, frame.design) { [frame.count(of: $0)] },
        countHeadings: ["N"], level: coefficients.level, showsIntercept: true,
        univariable: UnivariableModel.lines(singles, frame))
      let notes = notes(fit, frame, coefficients, kinds, singles, style)
      blocks.append(.table(table.table(caption: caption, notes: notes, style: style), name: nil))
      if let tests, !tests.isEmpty {
        blocks.append(.table(tests.table(label: frame.label(ofTerm:), style: style), name: "terms"))
      }
    }
    if let predicted = try predictions(fit, frame, options, context, to: &values) { blocks.append(predicted) }
    return DirectiveOutput(
      blocks: blocks, values: values.values,
      warnings: frame.designWarnings(coefficients.model) + fitWarnings(fit, frame),
      artifact: LinearAnalysis(id: context.id, frame: frame, fit: fit))
  }

  private static func fit(_ frame: RegressionFrame, design: RegressionDesign? = nil) throws -> LinearFit {
    guard case .numbers(let response) = frame.values else {
      throw Diagnostic(.formulaSyntax, "the left side is not a number", at: frame.response.range)
    }
    return try frame.translating {
      try LinearModel.fit(
        design: design ?? frame.covariates, response: response, weights: frame.weights, offset: frame.offset,
        threads: frame.threads)
    }
  }

  private static func coefficients(
    _ fit: LinearFit, _ frame: RegressionFrame, _ kinds: [RegressionOptions.RobustVariance], _ level: Double
  ) throws -> RegressionCoefficients {
    try RegressionVariances(kinds, clusters: frame.clusters).coefficients(
      level: level, ratio: nil, residualDegreesOfFreedom: fit.residualDegreesOfFreedom,
      rows: { try fit.coefficientRows(confidenceLevel: level, variance: $0) },
      covariance: { try fit.covariance($0) })
  }

  private static func addValues(
    _ fit: LinearFit, _ frame: RegressionFrame, _ rows: ModelRows, _ coefficients: RegressionCoefficients,
    to values: inout ResultValues
  ) {
    func add(_ path: String, _ value: Double?, _ format: ValueFormat = .number) {
      values.add(path, Quantity(value, otherwise: .notEstimable), format)
    }
    values.add(".n", count: frame.cases.rows.count)
    values.add(".missing", count: frame.cases.excludedCount)
    values.add(".residual_df", count: fit.residualDegreesOfFreedom)
    rows.addValues(frame, coefficients, to: &values) { [".n": frame.count(of: $0)] }
    add(".sigma", fit.sigma)
    add(".r_squared", fit.rSquared, .proportion)
    add(".adjusted_r_squared", fit.adjustedRSquared, .proportion)
    let test = fit.overallTest
    add(".f", test.statistic, .statistic)
    values.add(".f.df1", count: test.degreesOfFreedom)
    values.add(".f.df2", count: test.denominatorDegreesOfFreedom ?? fit.residualDegreesOfFreedom)
    add(".f.p", test.pValue, .pValue)
    add(".log_likelihood", fit.logLikelihood, .statistic)
    add(".aic", fit.aic, .statistic)
    add(".bic", fit.bic, .statistic)
  }

  private static func fitWarnings(_ fit: LinearFit, _ frame: RegressionFrame) -> [Diagnostic] {
    let isSaturated = fit.residualDegreesOfFreedom <= 0
    guard fit.isEssentiallyPerfect || isSaturated else { return [] }
    return [
      Diagnostic(
        .warning, .perfectFit,
        isSaturated
          ? "\(fit.rank) coefficients for \(fit.observationCount) rows: nothing is left to estimate their errors from"
          : "the model fits '\(frame.response.label)' exactly: standard errors and tests mean nothing",
        at: frame.formula.source.range(),
        remedy: isSaturated
          ? "fit fewer terms" : "look for a covariate that is computed from the response")
    ]
  }

  private static func notes(
    _ fit: LinearFit, _ frame: RegressionFrame, _ coefficients: RegressionCoefficients,
    _ kinds: [RegressionOptions.RobustVariance], _ singles: [UnivariableModel], _ style: JournalStyle
  ) -> [String] {
    func text(_ value: Double?, _ format: ValueFormat) -> String {
      style.text(Quantity(value, otherwise: .notEstimable), format)
    }
    let variance = frame.varianceWords(kinds)
    var notes = [
      "linear model of \(frame.response.label.withinSentence), least squares, t intervals\(variance)",
      (singles.isEmpty ? "" : "multivariable model: ")
        + "\(text(Double(frame.cases.rows.count), .count)) rows",
    ]
    if fit.isEssentiallyPerfect {
      notes.append("the model fits the data exactly: standard errors and tests mean nothing")
    } else {
      let test = fit.overallTest
      notes.append(
        "R² \(text(fit.rSquared, ValueFormat(.number, digits: 3))), residual standard error "
          + text(fit.sigma, ValueFormat(.number)))
      if !coefficients.isRobust, let statistic = test.statistic, let p = test.pValue {
        let f = style.text(Quantity(statistic), .statistic)
        notes.append(
          "F = \(f), df \(test.degreesOfFreedom) and \(fit.residualDegreesOfFreedom), "
            + style.pSentence(Quantity(p)))
      }
      notes += coefficients.jointTestNotes(frame, style)
    }
    return notes + UnivariableModel.notes(singles, frame) + frame.notes(style, isCompared: !singles.isEmpty)
  }

  private static func predictions(
    _ fit: LinearFit, _ frame: RegressionFrame, _ options: ResolvedOptions, _ context: DirectiveContext,
    to values: inout ResultValues
  ) throws -> OutputBlock? {
    let patients = try options[RegressionOptions.predict]
    guard !patients.isEmpty else { return nil }
    let level = try options[CommonOptions.confidenceLevel]
    let newRows = frame.newRows(patients)
    let (matrix, offset) = try frame.design(of: newRows)
    let predictions = try fit.predictions(matrix, offset: offset, confidenceLevel: level)
    func estimate(_ value: Double, _ lower: Double?, _ upper: Double?) -> Estimate {
      Estimate(
        Quantity(value), lower: Quantity(lower, otherwise: .notEstimable),
        upper: Quantity(upper, otherwise: .notEstimable), level: level)
    }
    var body: [TableRow] = []
    for (index, prediction) in predictions.enumerated() {
      let path = ".prediction(\(index + 1))"
      let mean = estimate(prediction.mean, prediction.lower, prediction.upper)
      let single = estimate(prediction.mean, prediction.predictionLower, prediction.predictionUpper)
      values.add(path + ".mean", mean, .number)
      values.add(path + ".mean.se", Quantity(prediction.standardError, otherwise: .notEstimable), .number)
      values.add(path + ".prediction", single, .number)
      body.append(
        TableRow([.text(newRows.words(index)), .estimate(mean, .number), .interval(single, .number)]))
    }
    guard try options[CommonOptions.showsTable] else { return nil }
    let interval = IntervalWording.name(level: level, style: context.style.number)
    return .table(
      Table(
        name: "predictions", caption: "Predicted \(MarkdownText.inline(frame.response.label))",
        columns: [
          TableColumn("Patient", alignment: .left), TableColumn("Mean (\(interval))"),
          TableColumn("Range of a new observation"),
        ], rows: body, notes: ["from the model \(context.id)"]), name: "predictions")
  }
}

/// A linear model as other directives find it.
struct LinearAnalysis: AnalysedRows {
  let id: String
  let frame: RegressionFrame
  let fit: LinearFit

  var dataSet: DataSet { frame.dataSet }
  var cases: CompleteCases { frame.cases }
}
