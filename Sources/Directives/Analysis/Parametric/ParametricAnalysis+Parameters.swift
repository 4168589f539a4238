// Scales and shapes of a parametric survival model, with their intervals.

import Expressions
import NumericalMethods
import Presentation
import Survival

extension ParametricAnalysis {
  /// One line of the table below those of the covariates.
  struct Parameter {
    let name: String
    let estimate: Double
    let standardError: Double
  }

  /// The shape 1/σ of the hazard, with the standard error of its logarithm: that of log σ.
  private func shape(of scale: ParametricAncillary) -> (value: Double, standardError: Double) {
    let value = Elementary.exp(-scale.parameter)
    return (value, value * scale.standardError)
  }

  private var family: ParametricDistribution { distribution.family }

  /// Whether 1/σ is what textbooks call the shape of the family.
  private var hasReciprocalShape: Bool { family == .weibull || family == .loglogistic }

  /// The scale or shape of every stratum, and the generalised gamma's Q, as they print.
  var parameters: [Parameter] {
    var parameters: [Parameter] = []
    if family != .exponential, fit.ancillary.count <= 20 {
      for (stratum, value) in ancillary {
        let suffix = stratum.map { ", \($0)" } ?? ""
        parameters.append(
          Parameter(
            name: (family == .gompertz ? "Shape" : "Log(scale)") + suffix, estimate: value.parameter,
            standardError: value.standardError))
        guard hasReciprocalShape else { continue }
        let shape = shape(of: value)
        parameters.append(
          Parameter(
            name: "Shape, 1/scale" + suffix, estimate: shape.value, standardError: shape.standardError))
      }
    }
    if let shape = fit.shape {
      parameters.append(Parameter(name: "Q", estimate: shape.value, standardError: shape.standardError))
    }
    return parameters
  }

  /// `ID.scale`, `ID.log_scale`, `ID.shape`: positive ones with intervals that are symmetric in their logarithm.
  func addParameters(to values: inout ResultValues) {
    let critical = NormalDistribution.criticalValue(confidenceLevel: level)
    func add(_ path: String, _ value: Double, _ lower: Double, _ upper: Double, _ standardError: Double) {
      values.add(path, Estimate(value, lower: lower, upper: upper, level: level), .number)
      values.add(path + ".se", standardError, .number)
    }
    func addPositive(_ path: String, logarithm: Double, _ standardError: Double) {
      let value = Elementary.exp(logarithm)
      let margin = critical * standardError
      add(
        path, value, Elementary.exp(logarithm - margin), Elementary.exp(logarithm + margin),
        value * standardError)
    }
    func addPlain(_ path: String, _ value: Double, _ standardError: Double) {
      add(path, value, value - critical * standardError, value + critical * standardError, standardError)
    }
    for (stratum, value) in ancillary {
      let selector = stratum.map { ModelRows.path([$0]) } ?? ""
      switch family {
      case .gompertz: addPlain(".shape" + selector, value.value, value.standardError)
      case .exponential:
        values.add(".scale" + selector, value.value, .number)
        values.add(".log_scale" + selector, value.parameter, .number)
        values.add(".log_scale" + selector + ".se", value.standardError, .number)
      default:
        addPositive(".scale" + selector, logarithm: value.parameter, value.standardError)
        values.add(".log_scale" + selector, value.parameter, .number)
        values.add(".log_scale" + selector + ".se", value.standardError, .number)
      }
      if hasReciprocalShape {
        addPositive(".shape" + selector, logarithm: -value.parameter, value.standardError)
      }
    }
    if let shape = fit.shape { addPlain(".shape", shape.value, shape.standardError) }
  }
}
