// Cox models whose linear predictors lie far apart.

import Foundation
import NumericalMethods
import Testing

@testable import Survival

@Suite struct ExtremePredictorTests {
  /// Predictors thousands apart: sums and hazards are those of the risk sets shifted back by hand.
  @Test(arguments: [TiesMethod.efron, .breslow, .exactPartial])
  func farApartPredictorsKeepTheirDigits(_ ties: TiesMethod) throws {
    // Who leaves early has by far the greater score: without care later risk sets would be empty.
    let time = [1.0, 1, 2, 3, 3, 4, 5, 5]
    let event: [UInt8] = [1, 0, 1, 1, 1, 0, 1, 1]
    let early = [1.0, 1, 1, 0, 0, 0, 0, 0]
    let x = [0.3, -0.5, 0.1, 0.4, -0.2, 0.6, 0.9, -0.1]
    var options = CoxOptions()
    options.ties = ties
    let model = try CoxModel(
      outcome: SurvivalOutcome(time: time, event: event),
      design: CoxDesign([("early", early), ("x", x)], rowCount: 8), options: options)
    let prepared = PreparedCox(model)
    let likelihood = prepared.likelihood(ties: ties, threads: 1)
    likelihood.move(to: prepared.scaled([2000, 0.7]))
    #expect(likelihood.reference != nil)
    let far = (likelihood.logLikelihood, likelihood.derivatives())
    // The early and the late rows are then strata of their own, but for the first event times' late rows, which
    // weigh nothing.
    let strata = try GroupCodes(codes: early.map { Int32($0) }, names: ["late", "early"])
    let apart = try CoxModel(
      outcome: SurvivalOutcome(time: time, event: event),
      design: CoxDesign([("early", early), ("x", x)], rowCount: 8), strata: strata, options: options)
    let split = PreparedCox(apart)
    let other = split.likelihood(ties: ties, threads: 1)
    other.move(to: split.scaled([0, 0.7]))
    #expect(abs(far.0 - other.logLikelihood) < 1e-10)
    let units = split.covariates.spread[1] / prepared.covariates.spread[1]
    #expect(abs(far.1.score[1] - other.derivatives().score[1] * units) < 1e-10)
    #expect(abs(far.1.information[1, 1] - other.derivatives().information[1, 1] * units * units) < 1e-10)
  }
}
