// The way of every generalised linear model from options to results.

import Diagnostics
import ModelFormula
import Presentation
import Regression

enum GeneralizedLinearRun {
  /// What a directive of this family lets its author choose.
  struct Choices {
    var profile = false
    var performance = false
  }

  static func run(
    _ settings: GeneralizedLinearSettings, _ choices: Choices, _ options: ResolvedOptions,
    in context: DirectiveContext
  ) throws -> DirectiveOutput {
    let source = try RegressionFrame.Source(options, in: context, isBinary: settings.isBinary)
    let frame = try context.part("rows and design") {
      try RegressionFrame(source)
    }
    let kinds = try options[RegressionOptions.robust]
    let level = try options[CommonOptions.confidenceLevel]
    let anova = try options[RegressionOptions.anova]
    if case .firth = settings.model {
      try refuseWithFirth(options, choices, frame, kinds, anova)
    } else if settings.isBinary || settings.isCount {
      try frame.refuseConstantResponse()
    }
    let result = try context.part("fit") {
      try frame.translating { try GeneralizedLinearResult.fit(frame, settings) }
    }
    guard result.status != .noValidStart else {
      throw Diagnostic(
        .invalidArgument, "no start of the fit was found at which every mean can occur", at: settings.range,
        remedy: "choose another link: the default keeps every mean in its range")
    }
    let coefficients = try frame.translating {
      try GeneralizedLinearAnalysis.coefficients(
        result, frame, settings, robust: kinds, profile: choices.profile, level: level)
    }
    let analysis = GeneralizedLinearAnalysis(
      id: context.id, settings: settings, frame: frame, result: result,
      rows: ModelRows(frame.design, dataSet: frame.dataSet), coefficients: coefficients,
      tests: anova ? try frame.translating { try result.termTests(frame, settings) } : nil,
      performance: choices.performance ? try performance(result, frame, settings, options, level) : nil,
      univariable: try univariable(frame, source, settings, choices, options))
    var values = ResultValues()
    analysis.addValues(to: &values)
    let predicted = try predictions(analysis, options, context, to: &values)
    let blocks = try blocks(analysis, kinds, options, context)
    return DirectiveOutput(
      blocks: blocks + predicted, values: values.values, warnings: analysis.warnings(), artifact: analysis)
  }

  private static func univariable(
    _ frame: RegressionFrame, _ source: RegressionFrame.Source, _ settings: GeneralizedLinearSettings,
    _ choices: Choices, _ options: ResolvedOptions
  ) throws -> [UnivariableModel] {
    let kinds = try options[RegressionOptions.robust]
    let level = try options[CommonOptions.confidenceLevel]
    return try UnivariableModel.all(of: frame, source, try options[RegressionOptions.univariable]) { own in
      try own.translating {
        try GeneralizedLinearAnalysis.coefficients(
          try GeneralizedLinearResult.fit(own, settings), own, settings, robust: kinds,
          profile: choices.profile, level: level)
      }
    } counts: { own in
      let hasEvents = GeneralizedLinearAnalysis.outcome(own, settings) != nil
      return { own.countCells(of: $0, hasEvents: hasEvents) }
    }
  }

  private static func refuseWithFirth(
    _ options: ResolvedOptions, _ choices: Choices, _ frame: RegressionFrame,
    _ kinds: [RegressionOptions.RobustVariance], _ anova: Bool
  ) throws {
    let remedy = "leave it out: intervals and tests are of the penalised likelihood"
    if !kinds.isEmpty || frame.clusters != nil {
      throw Diagnostic(
        .invalidOption, "a robust variance is not offered with Firth's penalty",
        at: kinds.isEmpty ? options.range(CommonOptions.cluster) : options.range(RegressionOptions.robust),
        remedy: remedy)
    }
    if anova {
      throw Diagnostic(
        .invalidOption, "'anova' is not offered with Firth's penalty",
        at: options.range(RegressionOptions.anova),
        remedy: "read ID[\"term\"].likelihood_ratio, the penalised test of each term")
    }
  }

  private static func performance(
    _ result: GeneralizedLinearResult, _ frame: RegressionFrame, _ settings: GeneralizedLinearSettings,
    _ options: ResolvedOptions, _ level: Double
  ) throws -> GeneralizedLinearPerformance {
    let range = options.range(GeneralizedLinearOptions.performance)
    guard let outcome = GeneralizedLinearAnalysis.outcome(frame, settings) else {
      throw Diagnostic(
        .invalidOption, "'performance' needs an outcome of 0 and 1, one row each", at: range,
        remedy: "leave 'performance' out")
    }
    return GeneralizedLinearPerformance(outcome: outcome, probability: result.means, level: level)
  }

  private static func blocks(
    _ analysis: GeneralizedLinearAnalysis, _ kinds: [RegressionOptions.RobustVariance],
    _ options: ResolvedOptions, _ context: DirectiveContext
  ) throws -> [OutputBlock] {
    let style = context.style
    let caption = try options[CommonOptions.caption]
    let table = analysis.table
    var blocks: [OutputBlock] = []
    if try options[CommonOptions.showsTable] {
      let notes = analysis.notes(robust: kinds, style: style)
      blocks.append(.table(table.table(caption: caption, notes: notes, style: style), name: nil))
      if let tests = analysis.tests, !tests.isEmpty {
        blocks.append(
          .table(tests.table(label: analysis.frame.label(ofTerm:), style: style), name: "terms"))
      }
    }
    let request = try options[FigureOption.forest]
    let words = try options.figureCaption { try analysis.forestCaption(options, in: context) }
    if request.isDrawn {
      blocks.append(
        table.figures(id: analysis.id, title: words.title, request: request, style: style),
        caption: words.caption)
    }
    if request.isDrawn, let performance = analysis.performance {
      blocks += performance.figures(id: analysis.id, request: request, style: style)
    }
    return blocks
  }

  private static func predictions(
    _ analysis: GeneralizedLinearAnalysis, _ options: ResolvedOptions, _ context: DirectiveContext,
    to values: inout ResultValues
  ) throws -> [OutputBlock] {
    let patients = try options[RegressionOptions.predict]
    guard !patients.isEmpty else { return [] }
    let frame = analysis.frame
    let level = try options[CommonOptions.confidenceLevel]
    let newRows = frame.newRows(patients)
    let (matrix, offset) = try frame.design(of: newRows)
    let predictions = try analysis.result.predictions(matrix, offset: offset, confidenceLevel: level)
    let isWithheld = analysis.result.isSeparated
    func quantity(_ value: Double?) -> Quantity {
      isWithheld ? .withheld : Quantity(value, otherwise: .notEstimable)
    }
    let isBinary = analysis.settings.isBinary
    var body: [TableRow] = []
    for (index, prediction) in predictions.enumerated() {
      let path = ".prediction(\(index + 1))"
      let mean = Estimate(
        quantity(prediction.mean), lower: quantity(prediction.lower), upper: quantity(prediction.upper),
        level: level)
      values.add(path + ".linear_predictor", quantity(prediction.linearPredictor), .coefficient)
      values.add(path + ".linear_predictor.se", quantity(prediction.standardError), .coefficient)
      values.add(path + ".mean", mean, isBinary ? .proportion : .number)
      body.append(
        TableRow([.text(newRows.words(index)), .estimate(mean, isBinary ? .percentage : .number)]))
    }
    guard try options[CommonOptions.showsTable] else { return [] }
    let interval = IntervalWording.name(level: level, style: context.style.number)
    let heading = isBinary ? "Probability, % (\(interval))" : "Mean (\(interval))"
    return [
      .table(
        Table(
          name: "predictions", caption: "Predictions",
          columns: [TableColumn("Patient", alignment: .left), TableColumn(heading)], rows: body,
          notes: ["from the model \(context.id)"]), name: "predictions")
    ]
  }
}
