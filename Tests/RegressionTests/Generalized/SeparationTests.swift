// Likelihoods without a maximum are recognised, and nothing else is.

import NumericalMethods
import Regression
import TestSupport
import Testing

struct SeparationTests {
  @Test func completeSeparation() throws {
    let design = RegressionDesign(columns: [(name: "x", values: [1, 2, 3, 4, 5, 6])])
    let fit = try GeneralizedLinearModel.fit(design: design, response: [0, 0, 0, 1, 1, 1], family: .logistic)
    #expect(fit.status == .separated)
    #expect(fit.diverging == [0: -1, 1: 1])
    expectClose(fit.deviance, 0, absolute: 1e-6)
    let row = try fit.coefficientRows()[1]
    #expect(row.status == .divergesUpward && row.estimate == nil && row.lower == nil)
  }

  /// Separation in one level of a factor: the other coefficients keep their finite values, and the profile has one
  /// finite end. Cells: a 2 of 4, b 1 of 3, c 3 of 3.
  @Test func quasiSeparationInOneLevel() throws {
    let b: [Double] = [0, 0, 0, 0, 1, 1, 1, 0, 0, 0]
    let c: [Double] = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1]
    let y: [Double] = [1, 1, 0, 0, 1, 0, 0, 1, 1, 1]
    let design = RegressionDesign(columns: [(name: "b", values: b), (name: "c", values: c)])
    let fit = try GeneralizedLinearModel.fit(design: design, response: y, family: .logistic)
    #expect(fit.status == .separated)
    #expect(fit.diverging == [2: 1])
    let rows = try fit.coefficientRows()
    expectClose(rows[1].estimate, Elementary.log(0.5), relative: 1e-6)
    expectClose(rows[1].standardError, (0.5 + 0.5 + 1 + 0.5).squareRoot(), relative: 1e-5)
    #expect(rows[2].status == .divergesUpward)
    let interval = try fit.profileInterval(column: 2)
    #expect(interval?.upper == .infinity)
    #expect((interval?.lower ?? .nan) > -2 && (interval?.lower ?? .nan) < 2)
    // The best fit of the others at that limit falls 1.92 short of the supremum.
    let lower = interval?.lower ?? 0
    let held = try GeneralizedLinearModel.fit(
      design: RegressionDesign(columns: [(name: "b", values: b)]), response: y, family: .logistic,
      offset: c.map { $0 * lower })
    expectClose(held.deviance - fit.deviance, 3.8414588206941236, relative: 1e-6)
  }

  @Test func emptyReferenceLevel() throws {
    // No events in the reference group: intercept and the other level run apart.
    let group: [Double] = [0, 0, 0, 1, 1, 1, 1]
    let fit = try GeneralizedLinearModel.fit(
      design: RegressionDesign(columns: [(name: "g", values: group)]), response: [0, 0, 0, 1, 0, 1, 0],
      family: .logistic)
    #expect(fit.diverging == [0: -1, 1: 1])
  }

  @Test func emptyPoissonCell() throws {
    let fit = try GeneralizedLinearModel.fit(
      design: RegressionDesign(columns: [(name: "g", values: [0, 0, 1, 1])]), response: [2, 3, 0, 0],
      family: .poisson)
    #expect(fit.status == .separated)
    #expect(fit.diverging == [1: -1])
    expectClose(fit.coefficients[0], Elementary.log(2.5), relative: 1e-6)
  }

  @Test func overlapIsNotSeparation() throws {
    // One observation overlaps: a maximum exists, however far out.
    let x: [Double] = [1, 2, 3, 4.2, 4.1, 5, 6, 7]
    let y: [Double] = [0, 0, 0, 0, 1, 1, 1, 1]
    let fit = try GeneralizedLinearModel.fit(
      design: RegressionDesign(columns: [(name: "x", values: x)]), response: y, family: .logistic)
    #expect(fit.status == .converged)
    #expect(fit.diverging.isEmpty)
    let probit = try GeneralizedLinearModel.fit(
      design: RegressionDesign(columns: [(name: "x", values: x)]), response: y,
      family: Family(.binomial, link: .probit))
    #expect(probit.diverging.isEmpty)
  }

  @Test(arguments: [Link.logit, .probit, .complementaryLogLog]) func otherLinks(link: Link) throws {
    let fit = try GeneralizedLinearModel.fit(
      design: RegressionDesign(columns: [(name: "x", values: [1, 2, 3, 4, 5, 6])]),
      response: [0, 0, 0, 1, 1, 1],
      family: Family(.binomial, link: link))
    #expect(fit.status == .separated)
    #expect(fit.diverging[1] == 1)
  }

  @Test func behaviourCase() throws {
    let reference = ReferenceCase.all("glm").first { $0.id == "behave-separation" }
    guard let reference else {
      Issue.record("the case is missing")
      return
    }
    let table = try reference.table()
    let fit = try GeneralizedLinearModel.fit(
      design: RegressionDesign(columns: [(name: "Petal.Length", values: table.numbers("Petal.Length"))]),
      response: table.text("Species").map { $0 == "setosa" ? 1 : 0 }, family: .logistic)
    #expect(fit.status == .separated)
    #expect(reference.meets("deviance", fit.deviance) == true)
    let flagged = Set(fit.diverging.keys.map { fit.design.columnNames[$0] })
    let infinite = Set((reference.expect["infinite"] ?? .null).array.compactMap(\.string))
    #expect(infinite.isSubset(of: flagged))
  }
}
