// What a Cox model can report besides its coefficients.

import AnalysisDocument
import DataTables
import Diagnostics
import Expressions
import ModelFormula
import NumericalMethods
import Presentation
import Survival

/// Further options of `{cox}`: residuals, baseline hazard, predictions, penalties.
enum CoxDetails {
  static let residuals = OptionKey(
    "residuals", OptionKind<ResidualKind>.choice().list, default: [], shown: "none",
    "residuals to summarise: their sum of squares and first rows are results")
  static let baseline = OptionKey(
    "baseline", .flag, default: false, shown: "false", "the cumulative baseline hazard at the times asked for"
  )
  static let predict = OptionKey(
    "predict", OptionKind<OptionMapping>.newRow.list, default: [], shown: "none",
    "patients to predict for: a list of {variable: value}")
  static let times = OptionKey(
    "times", OptionKind<Double>.number(in: 0...Double.greatestFiniteMagnitude).list, default: [],
    shown: "none",
    "times of predictions and of the baseline hazard")
  static let firth = OptionKey(
    "firth", .flag, default: false, shown: "false",
    "Firth's penalised likelihood: finite estimates under separation")

  enum ResidualKind: String, CaseIterable, Sendable {
    case martingale, deviance, score, schoenfeld, dfbeta
    case scaledSchoenfeld = "scaled-schoenfeld"
  }

  static let options: [OptionSpecification] = [
    residuals.specification, baseline.specification, predict.specification, times.specification,
    KaplanMeierDirective.confidenceType.specification, firth.specification,
  ]

  static let results: [ResultSpecification] = [
    ResultSpecification(
      "ID.residual(\"martingale\").sum_of_squares",
      "also `.row(1)` to `.row(5)`; of several covariates `ID.residual(\"dfbeta\")[\"age\"]…`"),
    ResultSpecification(
      "ID.baseline.at(t).cumulative_hazard",
      "at covariates 0; `.centered_cumulative_hazard` at `ID[\"age\"].center`"),
    ResultSpecification("ID.prediction(1).linear_predictor", "with `.se`; `.difference` from the first row"),
    ResultSpecification("ID.prediction(1).at(t).survival", "with `.lower`, `.upper`, `.se`"),
  ]

  /// Sets what these options and the formula's penalties say about the fit.
  static func configure(_ settings: inout CoxOptions, frame: CoxFrame, options: ResolvedOptions) throws {
    settings.usesFirthPenalty = try options[firth]
    settings.penalties = try CoxPenalties.read(frame)
  }

  /// Adds their values and returns their blocks.
  static func add(
    _ analysis: CoxAnalysis, options: ResolvedOptions, context: DirectiveContext,
    to values: inout ResultValues
  ) throws -> [OutputBlock] {
    let residualKinds = try options[residuals]
    CoxPenalties.addValues(analysis, to: &values)
    for kind in residualKinds { addResiduals(kind, analysis, to: &values) }
    let times = try options[times]
    if try options[baseline] { addBaseline(analysis, times, to: &values) }
    let rows = try options[predict]
    guard !rows.isEmpty else { return [] }
    let type = options.isGiven(KaplanMeierDirective.confidenceType) || context.compatibility != .r
    return try CoxPredictions(
      analysis: analysis, rows: rows, times: times,
      transform: type ? try options[KaplanMeierDirective.confidenceType].transform : .log
    ).add(to: &values, style: context.style)
  }

  // MARK: Residuals

  private static func addResiduals(
    _ kind: ResidualKind, _ analysis: CoxAnalysis, to values: inout ResultValues
  ) {
    let fit = analysis.fit
    let path = ".residual(\(ResultPath.quoted(kind.rawValue)))"
    switch kind {
    case .martingale: add([fit.martingaleResiduals], analysis, single: true, at: path, to: &values)
    case .deviance: add([fit.devianceResiduals], analysis, single: true, at: path, to: &values)
    case .score: if let matrix = fit.scoreResiduals { add(columns(matrix), analysis, at: path, to: &values) }
    case .dfbeta:
      if let matrix = fit.dfbetaResiduals() { add(columns(matrix), analysis, at: path, to: &values) }
    case .schoenfeld, .scaledSchoenfeld:
      if let table = fit.schoenfeldResiduals(scaled: kind == .scaledSchoenfeld) {
        add(columns(table.values), analysis, at: path, to: &values)
      }
    }
  }

  private static func columns(_ matrix: Matrix) -> [[Double]] {
    (0..<matrix.columnCount).map { column in (0..<matrix.rowCount).map { matrix[$0, column] } }
  }

  private static func add(
    _ columns: [[Double]], _ analysis: CoxAnalysis, single: Bool = false, at path: String,
    to values: inout ResultValues
  ) {
    for (index, column) in columns.enumerated() {
      let design = analysis.frame.design.columns
      let selector =
        single || columns.count == 1 || !design.indices.contains(index)
        ? "" : ModelRows.path(design[index].origin.pathArguments)
      values.add(path + selector + ".sum_of_squares", column.reduce(0) { $0 + $1 * $1 }, .number)
      for (row, value) in column.prefix(5).enumerated() {
        values.add(path + selector + ".row(\(row + 1))", value, .number)
      }
    }
  }

  // MARK: Baseline

  private static func addBaseline(_ analysis: CoxAnalysis, _ times: [Double], to values: inout ResultValues) {
    let labels = analysis.frame.strata?.groups.map(\.shortLabel)
    for (centered, name) in [(false, ".cumulative_hazard"), (true, ".centered_cumulative_hazard")] {
      for hazard in analysis.fit.baselineHazard(centered: centered) {
        let stratum = labels.flatMap {
          $0.indices.contains(hazard.stratum) ? "[\(ResultPath.quoted($0[hazard.stratum]))]" : nil
        }
        for time in times {
          values.add(
            ".baseline\(stratum ?? "").at(\(ShortestNumber.text(time)))\(name)",
            Quantity(hazard.cumulativeHazard(at: time), otherwise: .notEstimable), .number)
        }
      }
    }
    for (column, mean) in zip(analysis.frame.design.columns, analysis.fit.means) {
      values.add(ModelRows.path(column.origin.pathArguments) + ".center", mean, .number)
    }
  }
}

extension OptionKind where Value == OptionMapping {
  /// One patient: `{age: 60, sex: male}`.
  static var newRow: Self {
    OptionKind("a patient such as {age: 60, sex: male}") { tree, reader in
      tree.mapping ?? expected("a patient such as {age: 60, sex: male}", at: tree, &reader)
    }
  }
}
