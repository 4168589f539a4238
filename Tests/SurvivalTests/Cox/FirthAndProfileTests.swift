// Firth's method and profile-likelihood intervals.

import Foundation
import NumericalMethods
import Testing

@testable import Survival

@Suite struct FirthAndProfileTests {
  /// The gradient of log L + ½ log |I| against differences of it, under both tie rules, with strata and delayed entry.
  @Test(arguments: [TiesMethod.efron, .breslow])
  func gradientIsADerivative(_ ties: TiesMethod) throws {
    var random = RandomGenerator(seed: 11)
    let count = 40
    let time = (0..<count).map { _ in Double(2 + random.below(6)) }
    let outcome = try SurvivalOutcome(
      time: time, event: (0..<count).map { _ in UInt8(random.below(2)) },
      entry: time.map { Double(random.below(Int($0))) },
      weights: (0..<count).map { _ in 0.5 + random.uniform() })
    let design = try CoxDesign(
      [
        ("a", (0..<count).map { _ in random.normal() }),
        ("b", (0..<count).map { _ in Double(random.below(2)) }),
        ("c", (0..<count).map { _ in random.exponential() }),
      ], rowCount: count)
    var options = CoxOptions()
    options.ties = ties
    options.usesFirthPenalty = true
    let model = try CoxModel(
      outcome: outcome, design: design,
      strata: GroupCodes(codes: (0..<count).map { Int32($0 % 2) }, names: ["x", "y"]), options: options)
    let objective = CoxObjective(model, prepared: PreparedCox(model))
    let at = [0.3, -0.2, 0.1]
    let score = objective.evaluate(at).derivatives.score
    for index in 0..<3 {
      var (low, high) = (at, at)
      low[index] -= 1e-5
      high[index] += 1e-5
      let slope = (objective.evaluate(high).logLikelihood - objective.evaluate(low).logLikelihood) / 2e-5
      #expect(abs(slope - score[index]) < 1e-7)
    }
  }

  /// One event in a group of two against one: by hand, log L + ½ log I with p = e^β / (1 + e^β).
  @Test func smallSampleByHand() throws {
    // Times 1 (x = 1) and 2 (x = 0): L = e^β / (e^β + 1), I = p (1 − p); greatest where 3p/2 − … : p = 3/4.
    let outcome = try SurvivalOutcome(time: [1, 2], event: [1, 0])
    var options = CoxOptions()
    options.usesFirthPenalty = true
    let fit = try CoxModel.fit(
      outcome: outcome, covariates: CoxDesign([("x", [1, 0])], rowCount: 2), options: options)
    #expect(fit.convergence.status == .converged)
    // d/dβ: (1 − p) + ½ (1 − 2p) = 0 at p = 3/4, β = log 3.
    #expect(abs(fit.coefficients[0] - log(3)) < 1e-7)
    #expect(abs(fit.logLikelihood - (log(0.75) + 0.5 * log(0.1875))) < 1e-9)
  }

  /// Wald and profile intervals agree where the likelihood is a parabola: large samples.
  @Test func profileLimitsSolveTheirEquation() throws {
    let reference = try CoxReferenceCase.named("cox-lung-efron", in: "cox")
    let fit = try #require(try CoxReferenceTests().fitted(reference))
    for column in 0..<3 {
      let profile = try #require(fit.profileInterval(column: column))
      let wald = fit.coefficientTable[column].confidenceInterval
      let (lower, upper) = (
        try #require(profile.confidenceInterval.lower), try #require(profile.confidenceInterval.upper)
      )
      let width = (wald.upper ?? 0) - (wald.lower ?? 0)
      #expect(abs(lower - (wald.lower ?? 0)) < 0.05 * width)
      #expect(abs(upper - (wald.upper ?? 0)) < 0.05 * width)
      // An offset holds the coefficient at its limit: the deviance there is the quantile.
      for limit in [lower, upper] {
        let others = (0..<3).filter { $0 != column }
        let offset = (0..<fit.model.design.rowCount).map {
          limit * fit.model.design.columns[column].value($0)
        }
        let held = try CoxModel.fit(
          outcome: fit.model.outcome,
          covariates: CoxDesign(
            rowCount: fit.model.design.rowCount, columns: others.map { fit.model.design.columns[$0] }),
          offset: offset)
        let deviance = 2 * (fit.logLikelihood - held.logLikelihood)
        #expect(abs(deviance - ChiSquaredDistribution.quantile(0.95, degreesOfFreedom: 1)) < 1e-6)
      }
    }
  }

  /// Monotone likelihood: Firth's estimate is finite, the plain one has one profile limit.
  @Test func monotoneLikelihoodHasOneLimit() throws {
    let outcome = try SurvivalOutcome(time: [1, 2, 3, 4, 5, 6, 7, 8], event: [1, 1, 1, 0, 0, 1, 0, 0])
    let design = try CoxDesign([("x", [1, 1, 1, 1, 0, 1, 0, 0])], rowCount: 8)
    let plain = try CoxModel.fit(outcome: outcome, covariates: design)
    #expect(plain.convergence.status == .monotoneLikelihood)
    #expect(plain.infinite == [0])
    let profile = try #require(plain.profileInterval(column: 0))
    #expect(profile.confidenceInterval.lower != nil)
    #expect(profile.confidenceInterval.upper == nil)
    var options = CoxOptions()
    options.usesFirthPenalty = true
    let firth = try CoxModel.fit(outcome: outcome, covariates: design, options: options)
    #expect(firth.convergence.status == .converged)
    #expect(firth.infinite.isEmpty)
    #expect(firth.coefficients[0] > 0 && firth.coefficients[0] < 5)
    let interval = try #require(firth.profileInterval(column: 0))
    #expect(interval.confidenceInterval.lower != nil)
    #expect(interval.test != nil)
  }
}
