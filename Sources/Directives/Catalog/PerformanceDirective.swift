// `{performance}`: how well a Cox model predicts.

import Diagnostics
import Expressions
import Figures
import Presentation
import Survival

enum PerformanceDirective: Directive {
  static let model = OptionKey(required: "model", .id("the id of a Cox model"), "the Cox model to judge")
  static let data = OptionKey(
    optional: "data", .wholeDataSet,
    "other rows to judge it on (external validation); those of the fit by default")
  static let times = OptionKey(
    required: "times",
    OptionKind<Double>.number(in: Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude).list,
    "the horizons at which predictions are judged")
  static let groups = OptionKey(
    "groups", .integer(in: 2...100), default: 10, shown: "10",
    "groups of predicted risk for the comparison with observed risk")

  static let specification = DirectiveSpecification(
    name: "performance",
    summary: "How well a Cox model predicts: concordance, AUC and Brier score at horizons, calibration.",
    details: """
      Discrimination: Harrell's C, Uno's C up to the last horizon, and at each horizon the area under the curve for cumulative \
      cases against those still free of the event. Overall: the Brier score at each horizon, that of the Kaplan–Meier estimate beside \
      it, the scaled score 1 − Brier / reference, and the score integrated from 0 to the last horizon. Calibration: mean predicted \
      risk against 1 − Kaplan–Meier, their ratio, the slope of the linear predictor (1 on the rows of the fit), and the distances \
      between predicted and smoothly observed risk (ICI, E50, E90). Censored rows are made up for by weights 1/G with G the \
      Kaplan–Meier estimate of censoring, which must not depend on the covariates; standard errors include its uncertainty.

      On the rows that a model was fitted to all of this is optimistic: judge it on other data by `data:`, or correct it with \
      `validate`. With `data:` the outcome is that of the model's formula, evaluated in the other data; every stratum must be known. \
      Delayed entry and case weights are refused.
      """,
    options: [
      model.specification, data.specification, CommonOptions.condition.specification, times.specification,
      groups.specification, CommonOptions.confidenceLevel.specification, CommonOptions.caption.specification,
      CommonOptions.showsTable.specification, FigureOption.performance.specification,
    ],
    results: [
      ResultSpecification("ID.n", "rows judged; `.missing` rows left out, `.events`"),
      ResultSpecification(
        "ID.concordance", "Harrell's C; `ID.uno_concordance`; with `.lower`, `.upper`, `.se`"),
      ResultSpecification("ID.at(t).auc", "with `.lower`, `.upper`, `.se`"),
      ResultSpecification(
        "ID.at(t).brier", "with `.se`; also `.reference_brier`, `.scaled_brier`; `ID.integrated_brier`"),
      ResultSpecification(
        "ID.at(t).predicted_risk", "mean; `.observed_risk` with limits, `.observed_expected`"),
      ResultSpecification("ID.at(t).ici", "also `.e50`, `.e90`"),
      ResultSpecification("ID.at(t).group(1).predicted", "also `.observed` with limits, `.n`"),
      ResultSpecification("ID.calibration_slope", "with `.lower`, `.upper`, `.se`"),
    ],
    example: """
      model: prognosis
      times: [24, 60]
      """,
    literature: [
      "Uno H, et al. On the C-statistics for evaluating overall adequacy of risk prediction procedures with censored "
        + "survival data. Stat Med 2011;30:1105–17.",
      "Blanche P, Dartigues JF, Jacqmin-Gadda H. Estimating and comparing time-dependent areas under ROC curves. "
        + "Stat Med 2013;32:5381–97.",
      "Graf E, et al. Assessment and comparison of prognostic classification schemes for survival data. Stat Med "
        + "1999;18:2529–45.",
      "Austin PC, Harrell FE, van Klaveren D. Graphical calibration curves and the integrated calibration index for "
        + "survival models. Stat Med 2020;39:2714–42.",
      "McLernon DJ, et al. Assessing performance and clinical usefulness in prediction models with survival outcomes. "
        + "Ann Intern Med 2023;176:105–14.",
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let reference = try options[model]
    let analysis = try context.predictingCoxModel(reference)
    guard analysis.frame.outcome.weights == nil, analysis.frame.outcome.entry == nil else {
      throw Diagnostic(
        .invalidArgument, "performance is not defined here for weighted models or delayed entry",
        at: reference.range, remedy: "use 'concordance' for them")
    }
    let evaluated: EvaluatedModel
    if let other = try options[data] {
      let dataSet = try context.dataSet(other.id, at: other.range)
        .filtered(by: try options[CommonOptions.condition], threads: context.threads)
      evaluated = try EvaluatedModel(analysis, on: dataSet, at: other.range, threads: context.threads)
    } else {
      if let condition = try options[CommonOptions.condition] {
        throw Diagnostic(
          .invalidOption, "'where' chooses rows of other data", at: condition.place,
          remedy: "name the data under 'data:'")
      }
      evaluated = try EvaluatedModel(analysis)
    }
    let level = try options[CommonOptions.confidenceLevel]
    let found = try evaluated.roles.translating {
      try PredictionPerformance(
        evaluated, times: try options[times], groupCount: try options[groups], level: level)
    }
    var values = ResultValues()
    found.addValues(to: &values)
    let style = context.style
    var blocks: [OutputBlock] = []
    if try options[CommonOptions.showsTable] {
      blocks.append(
        .table(
          found.table(caption: try options[CommonOptions.caption], model: reference.id, style: style),
          name: nil))
    }
    let request = try options[FigureOption.performance]
    if request.isDrawn {
      blocks += found.figures(
        id: context.id, caption: try options[CommonOptions.caption], title: try options.title,
        request: request, style: style)
    }
    return DirectiveOutput(blocks: blocks, values: values.values)
  }
}
