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
  var measure: RatioMeasure? {
    family.isAcceleratedFailureTime ? .time : family == .gompertz ? .hazard : nil
  }

  /// The lines with their ratios; `nil` where there are none.
  var ratios: RatioModel? {
    guard let measure, !frame.design.columns.isEmpty else { return nil }
    return model(measure, fit.coefficientTable.dropFirst().map { RatioCoefficient($0, level: level) })
  }

  /// The hazard ratios of a model that is also one of log time.
  private var hazardRatios: RatioModel? {
    guard family != .gompertz, !frame.design.columns.isEmpty, let hazards = fit.logHazardRatios else {
      return nil
    }
    let critical = NormalDistribution.criticalValue(confidenceLevel: level)
    let coefficients = zip(fit.coefficientTable.dropFirst(), hazards).map { own, hazard in
      RatioCoefficient(own, logHazard: hazard.estimate, hazard.standardError, critical, level: level)
    }
    return model(.hazard, coefficients)
  }

  private func model(_ measure: RatioMeasure, _ coefficients: [RatioCoefficient]) -> RatioModel {
    RatioModel(
      id: id, measure: measure, design: frame.design, rows: rows, coefficients: coefficients,
      termTests: frame.design.termTests { columns in fit.waldTest(coefficients: columns.map { $0 + 1 }) },
      counts: { [frame] in frame.counts(of: $0) }, eventHeading: "Events", level: level)
  }

  // MARK: Values

  func addValues(to values: inout ResultValues) {
    values.add(".n", count: frame.cases.rows.count)
    values.add(".missing", count: frame.cases.excludedCount)
    values.add(".events", count: fit.eventCount)
    addCoefficients(to: &values)
    addAncillary(to: &values)
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
    let table = fit.coefficientTable
    if let intercept = table.first { add(intercept, at: ModelRows.path(["(Intercept)"]), to: &values) }
    for row in rows.rows {
      if row.kind != .heading {
        let (count, events) = frame.counts(of: row)
        values.add(row.path + ".n", count: count)
        values.add(row.path + ".events", count: events)
      }
      guard row.kind == .estimate, let column = row.column, table.indices.contains(column + 1) else {
        continue
      }
      add(table[column + 1], at: row.path, to: &values)
    }
    for model in [ratios, hazardRatios].compactMap(\.self) {
      for row in rows.rows {
        if row.kind == .reference { values.add(row.path + "." + model.measure.name, 1, .ratio) }
        guard row.kind == .estimate, let column = row.column, model.coefficients.indices.contains(column)
        else { continue }
        values.add(row.path + "." + model.measure.name, model.coefficients[column].ratio, .ratio)
      }
    }
    for (index, test) in frame.design.termTests({ fit.waldTest(coefficients: $0.map { $0 + 1 }) })
      .sorted(by: { $0.key < $1.key })
    {
      values.add(
        ModelRows.path([frame.design.terms[index].text]) + ".wald", statistic: test.statistic,
        degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue)
    }
  }

  private func add(_ coefficient: ParametricCoefficient, at path: String, to values: inout ResultValues) {
    values.add(path + ".coefficient", coefficient.estimate(level: level), .coefficient)
    values.add(path + ".se", coefficient.quantity(coefficient.standardError), .coefficient)
    values.add(path + ".z", coefficient.quantity(coefficient.z), .statistic)
    values.add(path + ".p", coefficient.quantity(coefficient.pValue), .pValue)
  }

  /// Scales or shapes with the stratum they belong to; `nil` without strata.
  var ancillary: [(stratum: String?, value: ParametricAncillary)] {
    let names = fit.model.strata?.names
    return fit.ancillary.enumerated().map { index, value in
      (names.flatMap { $0.indices.contains(index) && fit.ancillary.count > 1 ? $0[index] : nil }, value)
    }
  }

  private func addAncillary(to values: inout ResultValues) {
    for (stratum, value) in ancillary {
      let selector = stratum.map { ModelRows.path([$0]) } ?? ""
      if family == .gompertz {
        values.add(".shape" + selector, value.value, .number)
        values.add(".shape" + selector + ".se", value.standardError, .number)
      } else {
        values.add(".scale" + selector, value.value, .number)
        values.add(".log_scale" + selector, value.parameter, .number)
        values.add(".log_scale" + selector + ".se", value.standardError, .number)
      }
    }
    if let shape = fit.shape {
      values.add(".shape", shape.value, .number)
      values.add(".shape.se", shape.standardError, .number)
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
    ModelWarnings(
      design: frame.design, names: frame.design.columnNames,
      aliased: fit.aliased.filter { $0 > 0 }.map { $0 - 1 },
      infinite: fit.infinite.filter { $0 > 0 }.map { $0 - 1 },
      isConverged: fit.convergence.status == .converged || !fit.infinite.filter { $0 > 0 }.isEmpty,
      iterations: fit.convergence.iterations, events: fit.eventCount,
      parameters: fit.coefficients.count - 1 - fit.aliased.count
    ).diagnostics(at: range)
  }
}

extension RatioCoefficient {
  init(_ coefficient: ParametricCoefficient, level: Double) {
    self.coefficient = coefficient.quantity(coefficient.estimate)
    standardError = coefficient.quantity(coefficient.standardError)
    z = coefficient.quantity(coefficient.z)
    pValue = coefficient.quantity(coefficient.pValue)
    switch coefficient.status {
    case .aliased: ratio = .notEstimable
    case .infinite: ratio = .withheld
    case .estimated:
      ratio = Estimate(
        Quantity(coefficient.ratio),
        lower: Quantity(coefficient.ratioInterval.lower, otherwise: .notEstimable),
        upper: Quantity(coefficient.ratioInterval.upper, otherwise: .notEstimable), level: level)
    }
  }

  /// A hazard ratio beside a coefficient of log time.
  init(
    _ own: ParametricCoefficient, logHazard: Double, _ error: Double, _ critical: Double, level: Double
  ) {
    coefficient = own.quantity(logHazard)
    standardError = own.quantity(error)
    z = own.quantity(logHazard / error)
    pValue = own.quantity(NormalDistribution.twoSidedTail(logHazard / error))
    switch own.status {
    case .aliased: ratio = .notEstimable
    case .infinite: ratio = .withheld
    case .estimated:
      ratio = Estimate(
        Quantity(Elementary.exp(logHazard)), lower: Quantity(Elementary.exp(logHazard - critical * error)),
        upper: Quantity(Elementary.exp(logHazard + critical * error)), level: level)
    }
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

  func estimate(level: Double) -> Estimate {
    switch status {
    case .aliased: .notEstimable
    case .infinite: .withheld
    case .estimated:
      Estimate(
        Quantity(estimate), lower: Quantity(confidenceInterval.lower, otherwise: .notEstimable),
        upper: Quantity(confidenceInterval.upper, otherwise: .notEstimable), level: level)
    }
  }
}
