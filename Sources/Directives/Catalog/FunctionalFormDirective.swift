// `{functional-form}`: the shape of a covariate's effect in a Cox model.

import Diagnostics
import Expressions
import Figures
import NumericalMethods
import Presentation
import Survival

enum FunctionalFormDirective: Directive {
  static let model = OptionKey(required: "model", .id("the id of a cox directive"), "the fitted model")
  static let variables = OptionKey(
    "variables", OptionKind<ColumnName>.column.ignoringUse().list, default: [], shown: "all numeric ones",
    "covariates of the model, a panel for each")
  static let show = OptionKey(
    "show", OptionKind<Show>.choice(), default: .effect, shown: "effect",
    "the estimated effect; martingale residuals of the model; or those of a model without covariates")
  static let reference = OptionKey(
    "reference", OptionKind<Double>.number().mapping, default: [], shown: "the median",
    "for each variable the value whose hazard ratio is 1")
  static let at = OptionKey(
    "at", OptionKind<Double>.number().list.mapping, default: [], shown: "none",
    "for each variable the values whose hazard ratios are reported")

  enum Show: String, CaseIterable, Sendable {
    case effect
    case residuals
    case nullResiduals = "null-residuals"
  }

  static let specification = DirectiveSpecification(
    name: "functional-form",
    summary:
      "The shape of a covariate's effect: hazard ratio with band, or martingale residuals with a smooth line.",
    details: """
      The effect is the hazard ratio against a reference value, with the pointwise interval of the difference of two linear \
      predictors; it follows whatever the formula says: a line, rcs(), ns(), poly(), log(). A variable in an interaction has \
      no single shape and is an error. Martingale residuals of the model scatter about 0 where the form is right; those of a \
      model without covariates show the form that an untransformed covariate should take. The smooth line is a natural spline \
      with four degrees of freedom, drawn from the 1st to the 99th percentile, as is the effect.
      """,
    options: [
      model.specification, variables.specification, show.specification, reference.specification,
      at.specification, CommonOptions.caption.specification, CommonOptions.showsTable.specification,
      FigureOption.plot.specification,
    ],
    results: [
      ResultSpecification("ID[\"age\"].reference", "the value whose hazard ratio is 1"),
      ResultSpecification(
        "ID[\"age\"].at(60).hr", "against the reference, with `.lower`, `.upper`; values of `at`"),
      ResultSpecification(
        "ID[\"age\"].nonlinearity.chi_squared", "Wald test of the columns beyond the linear one, `.df`, `.p`"),
    ],
    decimals: [.estimates],
    example: """
      model: prognosis
      variables: [age]
      at: {age: [40, 60, 80]}
      """,
    literature: [
      "Therneau TM, Grambsch PM, Fleming TR. Martingale-based residuals for survival models. Biometrika 1990;77:147–60.",
      "Harrell FE. Regression modeling strategies. 2nd ed. Springer; 2015.",
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let place = try options[model]
    let analysis = try context.coxModel(place)
    guard let base = analysis.frame.cases.rows.first else {
      throw Diagnostic(.noRows, "'\(place.id)' has no rows", at: place.range)
    }
    let probe = DesignProbe(dataSet: analysis.frame.dataSet, fitted: analysis.frame.design, base: base)
    let chosen = try self.variables(probe, options)
    let shape = EffectShape(analysis: analysis, probe: probe)
    var values = ResultValues()
    var panels: [FunctionalFormFigure.Panel] = []
    var rows: [TableRow] = []
    let show = try options[show]
    let residuals: [Double] =
      switch show {
      case .effect: []
      case .residuals: analysis.fit.martingaleResiduals
      case .nullResiduals: try ResidualSmooth.ofNullModel(analysis.frame, threads: context.threads)
      }
    for variable in chosen {
      let sample = variable.values(at: analysis.frame.cases.rows)
      let zero = try number(reference, variable.name, options) ?? rounded(sample.share(0.5))
      let path = ModelRows.path([variable.name])
      values.add(path + ".reference", zero, .number)
      let test = shape.nonlinearity(variable)
      if let test {
        values.add(
          path + ".nonlinearity", statistic: test.statistic, degreesOfFreedom: test.degreesOfFreedom,
          pValue: test.pValue)
      }
      let note = test.map { "Non-linearity " + context.style.pSentence(Quantity($0.pValue)) } ?? ""
      if show == .effect {
        panels.append(try shape.panel(variable, sample: sample, reference: zero, note: note, context.style))
      } else {
        let x = variable.column.numbers().gathered(analysis.frame.cases.rows)
        panels.append(
          FunctionalFormFigure.Panel(
            covariateLabel: variable.label,
            residuals: zip(x, residuals).map { ScaledResidualFigure.Place(x: $0, y: $1) },
            curve: ResidualSmooth.curve(x, residuals), note: note))
      }
      let points = try options[at].first { $0.string == variable.name }?.value ?? []
      for (point, estimate) in zip(points, try shape.ratios(variable, at: points, reference: zero)) {
        values.add(path + ".at(\(ShortestNumber.text(point))).hr", estimate, .ratio)
        rows.append(
          TableRow([
            .text("\(variable.label): \(text(point, context.style)) against \(text(zero, context.style))"),
            point == zero ? .reference : .estimate(estimate, .ratio),
          ]))
      }
    }
    return try output(panels, rows, values, show, analysis, options, context)
  }

  /// To three significant digits, so that the reference can be told.
  private static func rounded(_ value: Double) -> Double {
    Double(NumberFormat.significant(value, digits: 3)) ?? value
  }

  private static func text(_ value: Double, _ style: JournalStyle) -> String {
    NumberFormat.trimmed(value, digits: 4, style: style.number)
  }

  private static func output(
    _ panels: [FunctionalFormFigure.Panel], _ rows: [TableRow], _ values: ResultValues, _ show: Show,
    _ analysis: CoxAnalysis, _ options: ResolvedOptions, _ context: DirectiveContext
  ) throws -> DirectiveOutput {
    let style = context.style
    let caption = try options[CommonOptions.caption]
    let interval = IntervalWording.name(level: analysis.confidenceLevel, style: style.number)
    var blocks: [OutputBlock] = []
    if !rows.isEmpty, try options[CommonOptions.showsTable] {
      blocks.append(
        .table(
          Table(
            caption: caption,
            columns: [TableColumn("Value", alignment: .left), TableColumn("HR (\(interval))")], rows: rows,
            notes: ["from the model \(analysis.id)", "pointwise intervals"]), name: nil))
    }
    let request = try options[FigureOption.plot]
    if request.isDrawn {
      let words = show == .effect ? "Hazard ratio" : "Martingale residual"
      let figure = FunctionalFormFigure(
        id: context.id, title: try options.title, panels: panels,
        valueLabel: request.labels.y ?? (show == .effect ? "\(words) (\(interval))" : words),
        isRatio: show == .effect, style: request.style(style))
      blocks.append(figure.pages(), caption: caption)
    }
    return DirectiveOutput(blocks: blocks, values: values.values)
  }

  private static func variables(
    _ probe: DesignProbe, _ options: ResolvedOptions
  ) throws -> [DesignProbe.Variable] {
    let eligible = probe.variables.filter { $0.column.type.isNumeric }
    let names = eligible.map(\.name)
    let wanted = try options[variables]
    let given =
      try options[reference].map { ColumnName(name: $0.string, range: $0.name.range()) }
      + options[at].map { ColumnName(name: $0.string, range: $0.name.range()) }
    let problems = (wanted + given).filter { !names.contains($0.name) }.map { column in
      Diagnostic(
        .invalidOption, "'\(column.name)' is no numeric main effect of the model", at: column.range,
        remedy: NearMiss.remedy(for: column.name, among: names)
          ?? "variables: \(names.joined(separator: ", "))")
    }
    if !problems.isEmpty { throw DiagnosticList(problems) }
    guard !eligible.isEmpty else {
      throw Diagnostic(
        .invalidOption, "the model has no numeric covariate outside interactions",
        at: options.range(model))
    }
    return wanted.isEmpty ? eligible : wanted.compactMap { name in eligible.first { $0.name == name.name } }
  }

  private static func number(
    _ key: OptionKey<[Named<Double>]>, _ name: String, _ options: ResolvedOptions
  ) throws -> Double? {
    try options[key].first { $0.string == name }?.value
  }
}
