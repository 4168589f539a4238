// A fitted generalised linear model with what it was fitted to: its coefficients, named results and warnings.

import DataTables
import Diagnostics
import ModelFormula
import NumericalMethods
import Presentation
import Regression

/// A generalised linear model as other directives find it.
struct GeneralizedLinearAnalysis: AnalysedRows {
  let id: String
  let settings: GeneralizedLinearSettings
  let frame: RegressionFrame
  let result: GeneralizedLinearResult
  let rows: ModelRows
  let coefficients: RegressionCoefficients
  let tests: TermTests?
  let performance: GeneralizedLinearPerformance?
  let univariable: [UnivariableModel]
  let knownOutcome = OnceValue<[Double]?>()

  var dataSet: DataSet { frame.dataSet }
  var cases: CompleteCases { frame.cases }

  /// Outcomes of 0 and 1, one per row; `nil` for counts, proportions and grouped data.
  var outcome: [Double]? { knownOutcome.value { Self.outcome(frame, settings) } }

  static func outcome(_ frame: RegressionFrame, _ settings: GeneralizedLinearSettings) -> [Double]? {
    guard settings.isBinary, case .numbers(let values) = frame.values,
      values.allSatisfy({ $0 == 0 || $0 == 1 })
    else { return nil }
    return values
  }

  static func coefficients(
    _ result: GeneralizedLinearResult, _ frame: RegressionFrame, _ settings: GeneralizedLinearSettings,
    robust kinds: [RegressionOptions.RobustVariance], profile: Bool, level: Double
  ) throws -> RegressionCoefficients {
    guard let fit = result.fit else {
      guard case .firth(let firth) = result else { throw RegressionInputError.noObservations }
      let rows = try firth.coefficientRows(confidenceLevel: level)
      return RegressionCoefficients(
        model: rows, others: [], shown: rows, covariance: firth.covariance, level: level,
        ratio: settings.ratio, statisticName: "z", residualDegreesOfFreedom: nil)
    }
    return try RegressionVariances(kinds, clusters: frame.clusters).coefficients(
      level: level, ratio: settings.ratio,
      residualDegreesOfFreedom: fit.family.hasFixedDispersion ? nil : fit.residualDegreesOfFreedom,
      profile: profile ? try fit.profileIntervals(confidenceLevel: level) : nil,
      rows: { try fit.coefficientRows(confidenceLevel: level, variance: $0) },
      covariance: { try fit.covariance($0) })
  }

  var table: RegressionTable {
    let countHeadings = total.events == nil ? ["N"] : ["N", "Events"]
    return RegressionTable(
      coefficients.measure, coefficients.effects(rows, frame.design) { cells(of: $0) },
      countHeadings: countHeadings, level: coefficients.level,
      // Of a model of nothing else it is the result: observed over expected with `offset(log(expected))`.
      showsIntercept: coefficients.ratio == nil || !rows.rows.contains { $0.term != nil },
      univariable: UnivariableModel.lines(univariable, frame))
  }

  // MARK: Counts

  /// Rows and events behind a line: trials and successes where they are given.
  func counts(of row: ModelRow) -> (count: Int, events: Int?) {
    frame.counts(of: row, hasEvents: outcome != nil)
  }

  var total: (count: Int, events: Int?) {
    counts(
      of: ModelRow(
        kind: .estimate, label: "", indent: 0, term: nil, column: nil, members: nil, path: ""))
  }

  private func cells(of row: ModelRow) -> [Int] {
    frame.countCells(of: row, hasEvents: outcome != nil)
  }

  // MARK: Named results

  func addValues(to values: inout ResultValues) {
    func add(_ path: String, _ value: Double?, _ format: ValueFormat = .number) {
      values.add(path, Quantity(value, otherwise: .notEstimable), format)
    }
    values.add(".n", count: frame.cases.rows.count)
    values.add(".missing", count: frame.cases.excludedCount)
    if let events = total.events { values.add(".events", count: events) }
    values.add(".iterations", count: result.iterations)
    rows.addValues(frame, coefficients, to: &values) { row in
      let (count, events) = counts(of: row)
      guard let events else { return [".n": count] }
      return [".n": count, ".events": events]
    }
    tests?.addValues(to: &values)
    performance?.addValues(to: &values)
    for model in univariable { model.addValues(to: &values) }
    switch result {
    case .firth(let fit): addFirth(fit, to: &values)
    case .likelihood(let fit):
      addFit(fit, to: &values)
      if let likelihood = fit.logLikelihood {
        add(".log_likelihood", likelihood, .statistic)
        add(".aic", fit.aic, .statistic)
        add(".bic", fit.bic, .statistic)
      }
      if fit.family.isPoisson { add(".pearson_dispersion", fit.pearsonDispersion) }
      if let test = fit.overallFTest {
        add(".f", test.statistic, .statistic)
        values.add(".f.df1", count: test.degreesOfFreedom)
        values.add(".f.df2", count: fit.residualDegreesOfFreedom)
        add(".f.p", test.pValue, .pValue)
      }
      guard fit.family.hasFixedDispersion else { return }
      addTest(fit.overallTest, at: ".likelihood_ratio", to: &values)
      add(".mcfadden_r_squared", fit.mcFaddenRSquared, .proportion)
      add(".nagelkerke_r_squared", fit.nagelkerkeRSquared, .proportion)
    case .negativeBinomial(let joint):
      addFit(joint.fit, to: &values)
      add(".log_likelihood", joint.logLikelihood, .statistic)
      add(".aic", joint.aic, .statistic)
      add(".bic", joint.bic, .statistic)
      values.add(
        ".theta", joint.thetaStatus == .unbounded ? Quantity(.infinity) : Quantity(joint.theta), .number)
      add(".theta.se", joint.thetaStandardError)
      addTest(joint.fit.overallTest, at: ".likelihood_ratio", to: &values)
    }
  }

  private func addFit(_ fit: GeneralizedLinearFit, to values: inout ResultValues) {
    values.add(".deviance", fit.deviance, .statistic)
    values.add(".null_deviance", Quantity(fit.nullDeviance, otherwise: .notEstimable), .statistic)
    values.add(".residual_df", count: fit.residualDegreesOfFreedom)
    values.add(".null_df", count: fit.nullDegreesOfFreedom)
    values.add(".dispersion", Quantity(fit.dispersion, otherwise: .notEstimable), .number)
    for kind in [ResidualKind.deviance, .pearson] {
      values.add(
        ".residual(\"\(kind.rawValue)\").sum_of_squares", fit.sumOfSquaredResiduals(kind), .statistic)
    }
  }

  private func addFirth(_ fit: FirthFit, to values: inout ResultValues) {
    values.add(".penalized_log_likelihood", fit.penalizedLogLikelihood, .statistic)
    addTest(fit.overallTest, at: ".likelihood_ratio", to: &values)
    for test in fit.termTests {
      addTest(test, at: ModelRows.path([test.name]) + ".likelihood_ratio", to: &values)
    }
  }

  private func addTest(_ test: TermTest, at path: String, to values: inout ResultValues) {
    values.add(path + ".chi_squared", Quantity(test.statistic, otherwise: .notEstimable), .statistic)
    values.add(path + ".df", count: test.degreesOfFreedom)
    values.add(path + ".p", Quantity(test.pValue, otherwise: .notEstimable), .pValue)
  }
}
