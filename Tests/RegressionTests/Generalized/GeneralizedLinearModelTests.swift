// Generalised linear models by hand: saturated models whose answers are logarithms of ratios.

import NumericalMethods
import Regression
import Testing

struct GeneralizedLinearModelTests {
  /// Two groups with 1 of 4 and 3 of 5 events: log odds ratio log(9/2), variance 1/1 + 1/3 + 1/3 + 1/2.
  private let group: [Double] = [0, 0, 0, 0, 1, 1, 1, 1, 1]
  private let event: [Double] = [1, 0, 0, 0, 1, 1, 1, 0, 0]

  @Test func twoByTwoTable() throws {
    let design = RegressionDesign(columns: [(name: "group", values: group)])
    let fit = try GeneralizedLinearModel.fit(design: design, response: event, family: .logistic)
    #expect(fit.status == .converged)
    expectClose(fit.coefficients[0], Elementary.log(1.0 / 3), relative: 1e-9)
    expectClose(fit.coefficients[1], Elementary.log(4.5), relative: 1e-9)
    expectClose(try fit.coefficientRows()[1].standardError, (13.0 / 6).squareRoot(), relative: 1e-6)
    let likelihood =
      Elementary.log(0.25) + 3 * Elementary.log(0.75) + 3 * Elementary.log(0.6) + 2 * Elementary.log(0.4)
    expectClose(fit.logLikelihood, likelihood)
    expectClose(fit.deviance, -2 * likelihood)
    expectClose(fit.aic, -2 * likelihood + 4)
    let null = 4 * Elementary.log(4.0 / 9) + 5 * Elementary.log(5.0 / 9)
    expectClose(fit.nullDeviance, -2 * null)
    expectClose(fit.overallTest.statistic, 2 * (likelihood - null))
    // The same from counts, and from proportions with weights.
    let two = RegressionDesign(columns: [(name: "group", values: [0, 1])])
    let grouped = try GeneralizedLinearModel.fit(design: two, successes: [1, 3], failures: [3, 2])
    expectClose(grouped.coefficients[1], Elementary.log(4.5), relative: 1e-9)
    expectClose(grouped.deviance, 0, absolute: 1e-12)
    #expect(grouped.residualDegreesOfFreedom == 0)
    let weighted = try GeneralizedLinearModel.fit(
      design: two, response: [0.25, 0.6], family: .logistic, weights: [4, 5])
    expectClose(weighted.coefficients[1], Elementary.log(4.5), relative: 1e-9)
    expectClose(weighted.logLikelihood, grouped.logLikelihood ?? 0)
  }

  @Test func rates() throws {
    // 3 events in 10 years and 8 in 16: rates 0.3 and 0.5, SE of the log ratio √(1/3 + 1/8).
    let design = RegressionDesign(columns: [(name: "exposed", values: [0, 1])])
    let fit = try GeneralizedLinearModel.fit(
      design: design, response: [3, 8], family: .poisson, offset: [10, 16].map(Elementary.log))
    expectClose(fit.coefficients[0], Elementary.log(0.3))
    expectClose(fit.coefficients[1], Elementary.log(0.5 / 0.3))
    expectClose(try fit.coefficientRows()[1].standardError, (11.0 / 24).squareRoot(), relative: 1e-6)
    // Null: 11 events in 26 years.
    let expected = 2 * (3 * Elementary.log(3 * 26 / 110.0) + 8 * Elementary.log(8 * 26 / 176.0))
    expectClose(fit.nullDeviance, expected)
  }

  @Test func everyLinkReachesTheSaturatedFit() throws {
    let design = RegressionDesign(columns: [(name: "group", values: group)])
    for link in [Link.logit, .probit, .cauchit, .complementaryLogLog, .log, .identity] {
      let fit = try GeneralizedLinearModel.fit(
        design: design, response: event, family: Family(.binomial, link: link))
      #expect(fit.status == .converged, "\(link)")
      expectClose(fit.means[0].mean, 0.25, relative: 1e-5, "\(link)")
      expectClose(fit.means[8].mean, 0.6, relative: 1e-5, "\(link)")
      expectClose(fit.means[8].complement, 0.4, relative: 1e-5, "\(link)")
      expectClose(link.mean(link.predictor(0.3)), 0.3, relative: 1e-12)
    }
    let amount: [Double] = [1, 2, 3, 2, 5, 6, 7, 4, 8]
    for family in [
      Family(.gamma), Family(.gamma, link: .log), Family(.gamma, link: .identity), Family(.inverseGaussian),
      Family(.gaussian, link: .log), Family(.poisson, link: .squareRoot), Family(.poisson, link: .identity),
    ] {
      let fit = try GeneralizedLinearModel.fit(design: design, response: amount, family: family)
      #expect(fit.status == .converged)
      expectClose(fit.means[0].mean, 2, relative: 1e-5)
      expectClose(fit.means[8].mean, 6, relative: 1e-5)
    }
  }

  @Test func aliasedColumnIsReported() throws {
    let design = RegressionDesign(columns: [
      (name: "group", values: group), (name: "other", values: group.map { 1 - $0 }),
      (name: "z", values: [1, 2, 3, 4, 5, 6, 7, 8, 9]),
    ])
    let fit = try GeneralizedLinearModel.fit(design: design, response: event, family: .logistic)
    #expect(fit.aliased == [2])
    #expect(fit.rank == 3)
    #expect(try fit.coefficientRows()[2].status == .aliased)
    #expect(try fit.profileInterval(column: 2) == nil)
  }

  @Test func faultsAreNamed() {
    let design = RegressionDesign(columns: [(name: "x", values: [0, 1, 2])])
    #expect(throws: RegressionInputError.responseOutsideRange(row: 1, requirement: .betweenZeroAndOne)) {
      try GeneralizedLinearModel.fit(design: design, response: [0, 2, 1], family: .logistic)
    }
    #expect(throws: RegressionInputError.responseOutsideRange(row: 0, requirement: .positive)) {
      try GeneralizedLinearModel.fit(design: design, response: [0, 2, 1], family: Family(.gamma))
    }
    #expect(throws: RegressionInputError.responseOutsideRange(row: 2, requirement: .notNegative)) {
      try GeneralizedLinearModel.fit(design: design, response: [0, 2, -1], family: .poisson)
    }
    #expect(throws: RegressionInputError.notFinite(.offset, row: 0)) {
      try GeneralizedLinearModel.fit(
        design: design, response: [0, 2, 1], family: .poisson, offset: [.infinity, 0, 0])
    }
  }

  @Test func aResponseWithoutVariation() throws {
    let design = RegressionDesign(columns: [(name: "x", values: [0, 1, 2, 5])])
    let fit = try GeneralizedLinearModel.fit(design: design, response: [1, 1, 1, 1], family: .logistic)
    #expect(fit.status == .separated)
    #expect(fit.diverging[0] == 1)
    expectClose(fit.nullDeviance, 0)
    expectClose(fit.deviance, 0, absolute: 1e-6)
  }

  @Test func doubledWeightsHalveTheVariance() throws {
    let design = RegressionDesign(columns: [(name: "group", values: group)])
    let once = try GeneralizedLinearModel.fit(design: design, response: event, family: .logistic)
    let twice = try GeneralizedLinearModel.fit(
      design: design, response: event, family: .logistic, weights: group.map { _ in 2 })
    expectClose(twice.coefficients[1], once.coefficients[1], relative: 1e-8)
    expectClose(twice.covariance?[1, 1], (once.covariance?[1, 1] ?? 0) / 2, relative: 1e-5)
    expectClose(twice.logLikelihood, 2 * (once.logLikelihood ?? 0))
  }

  @Test func hugeOffsetsCancel() throws {
    // exp(offset + intercept) with an offset of 1e3: only the intercept moves.
    let design = RegressionDesign(columns: [(name: "exposed", values: [0, 0, 1, 1])])
    let plain = try GeneralizedLinearModel.fit(design: design, response: [3, 5, 8, 4], family: .poisson)
    let moved = try GeneralizedLinearModel.fit(
      design: design, response: [3, 5, 8, 4], family: .poisson, offset: [1e3, 1e3, 1e3, 1e3])
    expectClose(moved.coefficients[1], plain.coefficients[1], relative: 1e-8)
    expectClose(moved.coefficients[0], plain.coefficients[0] - 1e3, relative: 1e-12)
    expectClose(moved.deviance, plain.deviance, relative: 1e-8)
  }
}
