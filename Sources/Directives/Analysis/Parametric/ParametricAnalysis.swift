// A parametric survival model as results.

import Diagnostics
import Expressions
import ModelFormula
import NumericalMethods
import Presentation
import Survival

struct ParametricAnalysis: Sendable {
  let id: String
  let frame: CoxFrame
  let fit: ParametricFit
  let distribution: ParametricSurvivalDirective.Distribution
  let rows: ModelRows
  let level: Double

  private var family: ParametricDistribution { distribution.family }

  /// exp(β): ratios of times, or of hazards where the coefficients are those; `nil` where β is a difference.
  var measure: EffectMeasure? {
    family.isAcceleratedFailureTime ? .time : family == .gompertz ? .hazard : nil
  }

  /// Coefficients of the covariates, with ratios where there are any.
  private var coefficients: [ModelCoefficient] {
    fit.coefficientTable.dropFirst().map { ModelCoefficient($0, isRatio: measure != nil, level: level) }
  }

  /// Hazard ratios of a model that is also one of log time, by column.
  private var hazardRatios: [Estimate]? {
    guard family != .gompertz, let hazards = fit.logHazardRatios else { return nil }
    let critical = NormalDistribution.criticalValue(confidenceLevel: level)
    return zip(fit.coefficientTable.dropFirst(), hazards).map { own, hazard in
      own.ratio(of: hazard.estimate, hazard.standardError, critical, level: level)
    }
  }

  private func estimate(of row: ModelRow, among columns: [Estimate]) -> Estimate? {
    guard row.kind == .estimate, let column = row.column, columns.indices.contains(column) else { return nil }
    return columns[column]
  }

  private var termTests: [Int: TestStatistic] {
    frame.design.termTests { waldTest(columns: $0, along: nil) }
  }

  /// Of columns of the design, which the intercept precedes in the fit.
  func waldTest(columns: [Int], along direction: [Double]?) -> TestStatistic? {
    fit.waldTest(coefficients: columns.map { $0 + 1 }, alongside: direction)
  }

  /// Lines with counts, coefficients and what is read from them.
  var table: RegressionTable {
    let hazards = hazardRatios
    var table = RegressionTable(
      measure ?? .difference,
      RegressionEffects(
        rows: rows, columns: coefficients.map(\.effect),
        jointPValues: frame.design.jointPValues(termTests),
        counts: { [frame] row in
          let (count, events) = frame.counts(of: row)
          return [count, events]
        }), countHeadings: ["N", "Events"], level: level, coefficient: { coefficientCell($0) },
      second: { row in
        hazards.flatMap { estimate(of: row, among: $0) }.map { row.printed($0, isRatio: true) }
      })
    if measure != nil { table.coefficientHeading = "Coefficient (SE)" }
    if hazards != nil { table.secondMeasure = .hazard }
    return table
  }

  // MARK: Values

  func addValues(to values: inout ResultValues) {
    values.add(".n", count: frame.cases.rows.count)
    values.add(".missing", count: frame.cases.excludedCount)
    values.add(".events", count: fit.eventCount)
    addCoefficients(to: &values)
    addParameters(to: &values)
    values.add(".log_likelihood", fit.logLikelihood, .statistic)
    values.add(".null_log_likelihood", fit.nullLogLikelihood, .statistic)
    values.add(".aic", fit.aic, .statistic)
    values.add(".bic", fit.bic, .statistic)
    values.add(".iterations", count: fit.convergence.iterations)
    if let test = fit.likelihoodRatioTest {
      values.add(
        ".likelihood_ratio", statistic: test.statistic, degreesOfFreedom: test.degreesOfFreedom,
        pValue: test.pValue)
    }
    let names = covarianceNames
    for (row, first) in names.enumerated() {
      for column in 0...row where column < fit.variance.columnCount && row < fit.variance.rowCount {
        let known = !fit.aliased.contains(row) && !fit.aliased.contains(column)
        values.add(
          ".covariance" + ModelRows.path([first, names[column]]),
          known ? Quantity(fit.variance[row, column]) : .notEstimable, .number)
      }
    }
  }

  private func addCoefficients(to values: inout ResultValues) {
    if let intercept = fit.coefficientTable.first {
      ModelCoefficient(intercept, isRatio: false, level: level)
        .addValues(of: nil, at: ModelRows.path(["(Intercept)"]), to: &values)
    }
    rows.addValues(
      coefficients, of: measure, tests: frame.design.named(termTests), to: &values
    ) { frame.counts(of: $0) }
    frame.design.addCurvature(to: &values, waldTest)
    guard let hazardRatios else { return }
    for row in rows.rows {
      if row.kind == .reference { values.add(row.path + ".hr", 1, .ratio) }
      guard let ratio = estimate(of: row, among: hazardRatios) else { continue }
      values.add(row.path + ".hr", ratio, .ratio)
      row.addPerUnits(ratio, of: .hazard, at: row.path, to: &values)
    }
  }

  /// Scales or shapes with the stratum they belong to; `nil` without strata.
  var ancillary: [(stratum: String?, value: ParametricAncillary)] {
    let names = fit.model.strata?.names
    return fit.ancillary.enumerated().map { index, value in
      (names.flatMap { $0.indices.contains(index) && fit.ancillary.count > 1 ? $0[index] : nil }, value)
    }
  }

  /// Names of the parameters: `(Intercept)`, `age`, `sex=2`, `Log(scale)`, `Log(scale)[sex=1]`, `Q`.
  private var covarianceNames: [String] {
    let columns = frame.design.columns.map { column -> String in
      let parts = column.origin.parts.map { part in
        switch part {
        case .number(let variable): variable
        case .level(let variable, let level): "\(variable)=\(level)"
        case .contrast(let variable, let label), .basis(let variable, let label): variable + label
        }
      }
      return parts.isEmpty ? column.name : parts.joined(separator: ":")
    }
    var names = ["(Intercept)"] + columns
    if family != .exponential {
      let base = family == .gompertz ? "shape" : "Log(scale)"
      names += ancillary.map { stratum, _ in stratum.map { "\(base)[\($0)]" } ?? base }
    }
    if fit.shape != nil { names.append("Q") }
    return names
  }

  func warnings(at range: SourceRange) -> [Diagnostic] {
    frame.times.warnings + frame.model.diagnostics
      + ModelWarnings(
        design: frame.design, names: frame.design.columnNames,
        aliased: fit.aliased.filter { $0 > 0 }.map { $0 - 1 },
        infinite: fit.infinite.filter { $0 > 0 }.map { $0 - 1 },
        isConverged: fit.convergence.status == .converged || !fit.infinite.filter { $0 > 0 }.isEmpty,
        iterations: fit.convergence.iterations, events: fit.eventCount,
        parameters: fit.coefficients.count - 1 - fit.aliased.count
      ).diagnostics(at: range)
  }
}

extension ModelCoefficient {
  init(_ own: ParametricCoefficient, isRatio: Bool, level: Double) {
    coefficient = own.quantity(own.estimate)
    interval = own.estimate(level: level)
    standardError = own.quantity(own.standardError)
    z = own.quantity(own.z)
    pValue = own.quantity(own.pValue)
    ratio =
      isRatio
      ? own.shown(
        Estimate(
          Quantity(own.ratio), lower: Quantity(own.ratioInterval.lower, otherwise: .notEstimable),
          upper: Quantity(own.ratioInterval.upper, otherwise: .notEstimable), level: level)) : nil
  }
}

extension ParametricCoefficient {
  /// The value, or the reason why it is not shown.
  func quantity(_ value: Double) -> Quantity {
    switch status {
    case .estimated: Quantity(value)
    case .aliased: .notEstimable
    case .infinite: .withheld
    }
  }

  /// The estimate, or the reason why it is not shown.
  func shown(_ estimate: Estimate) -> Estimate {
    switch status {
    case .aliased: .notEstimable
    case .infinite: .withheld
    case .estimated: estimate
    }
  }

  func estimate(level: Double) -> Estimate {
    shown(
      Estimate(
        Quantity(estimate), lower: Quantity(confidenceInterval.lower, otherwise: .notEstimable),
        upper: Quantity(confidenceInterval.upper, otherwise: .notEstimable), level: level))
  }

  /// A hazard ratio beside a coefficient of log time.
  func ratio(of logHazard: Double, _ error: Double, _ critical: Double, level: Double) -> Estimate {
    shown(
      Estimate(
        Quantity(Elementary.exp(logHazard)), lower: Quantity(Elementary.exp(logHazard - critical * error)),
        upper: Quantity(Elementary.exp(logHazard + critical * error)), level: level))
  }
}
