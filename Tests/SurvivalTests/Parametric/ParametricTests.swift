// Parametric survival models: closed forms, R's survreg, and how the families contain each other.

import Foundation
import NumericalMethods
import Testing

@testable import Survival

@Suite struct ParametricTests {
  @Test func agreesWithR() throws {
    for reference in try CoxReferenceCase.all("aft") where !reference.id.hasPrefix("behave") {
      let distribution = try #require(
        ParametricDistribution(rawValue: reference.spec["dist"] as? String ?? ""))
      var options = ParametricOptions()
      options.confidenceLevel = reference.confidenceLevel
      let outcome = try reference.outcome()
      let built = try reference.columns()
      let strataName = reference.spec["strata"] as? String
      let fit = try ParametricModel.fit(
        outcome: outcome, distribution: distribution,
        covariates: CoxDesign(rowCount: outcome.rowCount, columns: built.columns),
        strata: strataName.map { try reference.codes([$0]) }, options: options)
      #expect(fit.convergence.status == .converged)
      reference.check("n", [], Double(fit.observationCount))
      reference.check("loglik", [], fit.logLikelihood)
      reference.check("loglik.null", [], fit.nullLogLikelihood)
      reference.check("aic", [], fit.aic)
      reference.check("lr.chisq", [], fit.likelihoodRatioTest?.statistic)
      reference.check("lr.df", [], fit.likelihoodRatioTest?.degreesOfFreedom)
      reference.check("lr.p", [], fit.likelihoodRatioTest?.pValue)
      for entry in fit.coefficientTable {
        #expect(reference.expect["coef[\(entry.name)]"] != nil)
        reference.check("coef", [entry.name], entry.estimate)
        reference.check("se", [entry.name], entry.standardError)
        reference.check("z", [entry.name], entry.z)
        reference.check("p", [entry.name], entry.pValue)
        reference.check("lower", [entry.name], entry.confidenceInterval.lower)
        reference.check("upper", [entry.name], entry.confidenceInterval.upper)
      }
      for (index, ancillary) in fit.ancillary.enumerated() {
        let parts =
          strataName.flatMap { name in reference.levels[name].map { ["\(name)=\($0[index])"] } } ?? []
        reference.check("scale", parts, ancillary.value)
        reference.check("log.scale", parts, ancillary.parameter)
        reference.check("log.scale.se", parts, ancillary.standardError)
      }
      let names =
        fit.coefficientNames
        + fit.ancillary.indices.map { index in
          "log(scale)"
            + (strataName.flatMap { name in reference.levels[name].map { " \(name)=\($0[index])" } } ?? "")
        }
      for row in 0..<fit.variance.rowCount {
        for column in 0...row {
          reference.check("vcov", [names[row], names[column]], fit.variance[row, column])
        }
      }
      guard let newRows = reference.spec["newdata"] as? [[String: Any]] else { continue }
      let design = try CoxDesign(
        rowCount: newRows.count, columns: reference.columns(newRows: newRows).columns)
      for index in newRows.indices {
        for p in reference.spec["probs"] as? [NSNumber] ?? [] {
          let found = fit.quantile(p.doubleValue, row: design.row(index))
          reference.check("quantile", ["new=\(index + 1)", "p=\(p)"], found?.time)
          reference.check("quantile.se", ["new=\(index + 1)", "p=\(p)"], found?.standardError)
          let back = found.flatMap { fit.survival(at: $0.time, row: design.row(index)) }
          #expect(abs((back?.survival ?? 0) - (1 - p.doubleValue)) < 1e-12)
        }
      }
    }
  }

  /// Events over person-time; the log rate's standard error is one over the root of the events.
  @Test func exponentialByHand() throws {
    let outcome = try SurvivalOutcome(time: [1, 2, 3, 4], event: [1, 0, 1, 1])
    let fit = try ParametricModel.fit(
      outcome: outcome, distribution: .exponential, covariates: CoxDesign(rowCount: 4, columns: []))
    #expect(abs(fit.coefficients[0] - log(10.0 / 3)) < 1e-12)
    #expect(abs(fit.variance[0, 0] - 1.0 / 3) < 1e-12)
    #expect(abs(fit.logLikelihood - (3 * log(0.3) - 3)) < 1e-12)
  }

  /// Being observed from an entry time on only takes its exposure off.
  @Test func exponentialWithDelayedEntryByHand() throws {
    let outcome = try SurvivalOutcome(time: [3, 4, 5], event: [1, 1, 0], entry: [1, 0, 2])
    let fit = try ParametricModel.fit(
      outcome: outcome, distribution: .exponential, covariates: CoxDesign(rowCount: 3, columns: []))
    #expect(abs(fit.coefficients[0] - log(9.0 / 2)) < 1e-12)
  }

  /// R: the likelihood written with pgamma, by optim and Newton steps on numDeriv's gradient and Hessian; lung, age + sex.
  @Test func generalizedGammaAgreesWithR() throws {
    let fit = try lungFit(.generalizedGamma)
    let expected = [6.6554709178, -0.0123229246576, 0.3842078347, -0.2777009851, 0.9858298139]
    let errors = [0.44903089073, 0.00704532095884, 0.13169255845, 0.0927973694, 0.2131656986]
    let parameters = fit.coefficients + [fit.ancillary[0].parameter, fit.shape?.value ?? 0]
    for (index, value) in expected.enumerated() {
      #expect(abs(parameters[index] - value) < 1e-7 * max(abs(value), 0.1))
      #expect(abs(fit.variance[index, index].squareRoot() - errors[index]) < 1e-5 * errors[index])
    }
    #expect(abs(fit.logLikelihood + 1147.0522325) < 1e-7)
    #expect(fit.parameterNames.last == "Q")
  }

  @Test func gompertzAgreesWithR() throws {
    let fit = try lungFit(.gompertz)
    let expected = [-7.22648216498803, 0.01621296465603, -0.48940071325569, 0.00139433225141]
    let errors = [0.601986722843659, 0.009188628914365, 0.166998754287425, 0.000349458790249]
    let parameters = fit.coefficients + [fit.ancillary[0].parameter]
    for (index, value) in expected.enumerated() {
      #expect(abs(parameters[index] - value) < 1e-8 * abs(value))
      #expect(abs(fit.variance[index, index].squareRoot() - errors[index]) < 1e-6 * errors[index])
    }
    #expect(abs(fit.logLikelihood + 1148.90367361) < 1e-8)
    // What a quantile says the survival probability must give back.
    let median = try #require(fit.quantile(0.5, row: [60, 1]))
    #expect(abs((fit.survival(at: median.time, row: [60, 1])?.survival ?? 0) - 0.5) < 1e-12)
  }

  private func lungFit(_ distribution: ParametricDistribution) throws -> ParametricFit {
    let reference = try CoxReferenceCase.named("aft-lung-weibull", in: "aft")
    let outcome = try reference.outcome()
    return try ParametricModel.fit(
      outcome: outcome, distribution: distribution,
      covariates: CoxDesign(rowCount: outcome.rowCount, columns: reference.columns().columns))
  }

  @Test func familiesContainEachOther() throws {
    let reference = try CoxReferenceCase.named("aft-lung-weibull", in: "aft")
    let outcome = try reference.outcome()
    let design = try CoxDesign(rowCount: outcome.rowCount, columns: reference.columns().columns)
    let fit = { (distribution: ParametricDistribution) in
      try ParametricModel.fit(outcome: outcome, distribution: distribution, covariates: design)
    }
    let gamma = try fit(.generalizedGamma)
    let weibull = try fit(.weibull)
    #expect(gamma.convergence.status == .converged)
    #expect(gamma.logLikelihood >= weibull.logLikelihood)
    #expect(try gamma.logLikelihood >= fit(.lognormal).logLikelihood)
    // A Gompertz hazard without slope is the exponential one.
    let gompertz = try fit(.gompertz)
    #expect(try gompertz.logLikelihood >= fit(.exponential).logLikelihood)
    // Weibull: hazard ratios are exp(−β/σ).
    let ratios = try #require(weibull.logHazardRatios)
    #expect(abs(ratios[0].estimate + weibull.coefficients[1] / weibull.ancillary[0].value) < 1e-14)
  }

  /// At Q = 1 the log-gamma distribution is that of the Weibull, at 0 the normal.
  @Test func logGammaContainsExtremeValueAndNormal() {
    for z in [-3.0, -0.5, 0, 0.7, 2] {
      let weibull = StandardDistribution.extremeValue
      let normal = StandardDistribution.gaussian
      let one = LogGammaShape(1)
      #expect(abs(one.logDensity(z).value - weibull.logDensity(z).value) < 1e-13)
      #expect(abs(one.logSurvival(z).value - weibull.logSurvival(z).value) < 1e-12)
      for shape in [0.0, 1e-7] {
        #expect(abs(LogGammaShape(shape).logDensity(z).value - normal.logDensity(z).value) < 1e-6)
        #expect(abs(LogGammaShape(shape).logSurvival(z).value - normal.logSurvival(z).value) < 1e-6)
      }
      // The two ways to compute must meet where one takes over.
      let below = LogGammaShape(0.999_99e-5).logSurvival(z).value
      let above = LogGammaShape(1.000_01e-5).logSurvival(z).value
      #expect(abs(below - above) < 1e-9)
    }
  }

  /// Every derivative against a difference of what it is the derivative of.
  @Test func derivativesAreDerivatives() {
    let families: [ParametricFamily] = [
      .locationScale(.extremeValue), .locationScale(.logistic), .locationScale(.gaussian),
      .locationScale(.logGamma(shape: -0.7)), .locationScale(.logGamma(shape: 1.4)), .gompertz,
    ]
    let h = 1e-5
    for family in families {
      for hasEvent in [true, false] {
        for (location, ancillary) in [(0.2, -0.3), (-0.8, 0.4), (0.1, 0.001)] {
          let at = { family.terms(0.9, hasEvent: hasEvent, location: $0, ancillary: $1) }
          let here = at(location, ancillary)
          let (left, right) = (at(location - h, ancillary), at(location + h, ancillary))
          let (down, up) = (at(location, ancillary - h), at(location, ancillary + h))
          #expect(abs((right.value - left.value) / (2 * h) - here.location) < 1e-8)
          #expect(abs((up.value - down.value) / (2 * h) - here.ancillary) < 1e-8)
          #expect(abs((right.location - left.location) / (2 * h) - here.locationLocation) < 1e-8)
          #expect(abs((up.location - down.location) / (2 * h) - here.locationAncillary) < 1e-8)
          #expect(abs((up.ancillary - down.ancillary) / (2 * h) - here.ancillaryAncillary) < 1e-8)
        }
      }
    }
  }

  @Test func timesOfZeroAreRefusedWithTheirRows() throws {
    let outcome = try SurvivalOutcome(time: [0, 2, 0, 4], event: [1, 1, 0, 1])
    let design = try CoxDesign(rowCount: 4, columns: [])
    #expect(throws: SurvivalInputError(.time, .outOfRange, rows: [0, 2])) {
      try ParametricModel.fit(outcome: outcome, distribution: .weibull, covariates: design)
    }
    #expect(throws: Never.self) {
      try ParametricModel.fit(outcome: outcome, distribution: .gompertz, covariates: design)
    }
  }

  /// A group without events has no finite time ratio.
  @Test func groupsWithoutEventsAreInfinite() throws {
    let outcome = try SurvivalOutcome(
      time: [1, 2, 3, 4, 5, 2, 3, 4, 5, 6], event: [1, 1, 1, 0, 1, 0, 0, 0, 0, 0])
    let group = [0.0, 0, 0, 0, 0, 1, 1, 1, 1, 1]
    let age = [50.0, 61, 44, 70, 58, 49, 66, 52, 71, 60]
    let fit = try ParametricModel.fit(
      outcome: outcome, distribution: .weibull,
      covariates: CoxDesign([("age", age), ("group", group)], rowCount: 10))
    #expect(fit.convergence.status == .monotoneLikelihood)
    #expect(fit.infinite == [2])
    #expect(fit.coefficientTable[2].status == .infinite)
    #expect(fit.coefficientTable[1].status == .estimated)
  }

  @Test func aliasedColumnsAreReported() throws {
    let outcome = try SurvivalOutcome(time: [1, 2, 3, 4, 5, 6], event: [1, 1, 0, 1, 1, 0])
    let x = [1.0, 3, 2, 5, 4, 1]
    let fit = try ParametricModel.fit(
      outcome: outcome, distribution: .loglogistic,
      covariates: CoxDesign(
        [("x", x), ("twice", x.map { 2 * $0 }), ("constant", [Double](repeating: 7, count: 6))], rowCount: 6))
    #expect(fit.aliased == [2, 3])
    #expect(fit.coefficients[2].isNaN)
    #expect(fit.likelihoodRatioTest?.degreesOfFreedom == 1)
  }
}
