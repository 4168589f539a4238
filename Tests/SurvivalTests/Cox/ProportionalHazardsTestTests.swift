// The test of proportional hazards, against R.

import Foundation
import NumericalMethods
import Testing

@testable import Survival

@Suite struct ProportionalHazardsTestTests {
  @Test func agreesWithR() throws {
    for reference in try CoxReferenceCase.all("zph") {
      let fit = try #require(try CoxReferenceTests().fitted(reference))
      let transform = try #require(
        TimeTransform(rawValue: reference.spec["transform"] as? String ?? "km"))
      let perTerm = (reference.spec["per_term"] as? NSNumber)?.boolValue ?? true
      let result = fit.proportionalHazardsTest(transform: transform, perTerm: perTerm)
      for (name, test) in result.terms.map({ ($0.name, $0.test) }) + [("GLOBAL", result.global)] {
        #expect(reference.expect["chisq[\(name)]"] != nil, "\(reference.id) \(name)")
        reference.check("chisq", [name], test?.statistic)
        reference.check("df", [name], test?.degreesOfFreedom)
        reference.check("p", [name], test?.pValue)
      }
    }
  }

  /// cox.zph(coxph(Surv(time, status) ~ rx + node4 + extent + strata(sex), colon[colon$etype == 2, ]))$y
  @Test func residualPointsAgreeWithR() throws {
    let reference = try CoxReferenceCase.named("zph-colon-strata", in: "zph")
    let points = try #require(try CoxReferenceTests().fitted(reference))
      .proportionalHazardsTest().residuals
    let expected = [
      [-9.084622, -1.374029, 0.7354256], [-8.890257, 2.871832, 0.4093746], [3.877265, -1.301084, 0.6802549],
      [-8.916180, 2.874062, 0.4094573], [4.058091, 2.949907, 0.3539785],
    ]
    for (index, row) in expected.enumerated() {
      for (term, value) in row.enumerated() {
        #expect(abs(points.values[term][index] - value) < 1e-6 * abs(value) + 1e-7)
      }
    }
    #expect(points.time.prefix(6) == [23, 52, 56, 79, 93, 113])
    for (variance, value) in zip(points.variances, [38.6342316, 4.2487244, 5.7058483]) {
      #expect(abs(variance - value) < 1e-6 * value)
    }
    #expect(abs(points.transformedTime[1] - 0.004305705) < 1e-9)
  }

  /// cox.zph(coxph(Surv(start, stop, event) ~ age + surgery + transplant, heart), transform = "rank")
  @Test func ranksOfStartStopDataAgreeWithR() throws {
    let reference = try CoxReferenceCase.named("zph-heart", in: "zph")
    let result = try #require(try CoxReferenceTests().fitted(reference))
      .proportionalHazardsTest(transform: .rank)
    #expect(Array(result.residuals.transformedTime.prefix(5)) == [2, 6.5, 6.5, 6.5, 12.5])
    #expect(abs((result.global?.statistic ?? 0) - 1.22673) < 1e-5)
    #expect(abs((result.terms[0].test?.statistic ?? 0) - 0.86584) < 1e-5)
  }

  /// All events at one time: no function of time can tell.
  @Test func oneEventTimeTellsNothing() throws {
    let outcome = try SurvivalOutcome(time: [1, 1, 2, 3, 4], event: [1, 1, 0, 0, 0])
    let design = try CoxDesign([("x", [0, 1, 1, 0, 2])], rowCount: 5)
    let result = try CoxModel.fit(outcome: outcome, covariates: design).proportionalHazardsTest()
    #expect(result.terms.count == 1)
    #expect(result.terms[0].test == nil)
    #expect(result.global == nil)
  }
}
