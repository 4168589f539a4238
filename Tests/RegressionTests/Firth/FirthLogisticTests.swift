// Firth's logistic regression by hand: in saturated tables it adds ½ to each cell.

import NumericalMethods
import Regression
import Testing

struct FirthLogisticTests {
  /// Exposed: 3 events of 3; not exposed: 1 of 4. Ordinary logistic regression is separated.
  private let exposed: [Double] = [1, 1, 1, 0, 0, 0, 0]
  private let event: [Double] = [1, 1, 1, 1, 0, 0, 0]

  @Test func addsOneHalfToEachCell() throws {
    let design = RegressionDesign(columns: [(name: "exposed", values: exposed)])
    let ordinary = try GeneralizedLinearModel.fit(design: design, response: event, family: .logistic)
    #expect(ordinary.status == .separated)
    #expect(ordinary.diverging == [1: 1])
    let fit = try FirthLogistic.fit(design: design, response: event)
    #expect(fit.status == .converged)
    expectClose(fit.coefficients[0], Elementary.log(1.5 / 3.5), relative: 1e-8)
    expectClose(fit.coefficients[1], Elementary.log(3.5 / 0.5 * 3.5 / 1.5), relative: 1e-8)
    let rows = try fit.coefficientRows()
    #expect((rows[1].lower ?? 9) < (rows[1].estimate ?? 0) && (rows[1].upper ?? -9) > (rows[1].estimate ?? 0))
    #expect(rows[1].upper?.isFinite == true)
  }

  /// optim() on −(Σ log-likelihood + ½ log det X'WX), reltol 1e-15, and for the interval uniroot on the profile:
  /// see FirthValues.
  @Test func meetsDirectMaximisation() throws {
    let x: [Double] = [0.5, 1.2, -0.3, 2.2, 0.1, -1.5, 0.8, 1.9, -0.7, 0.4]
    let z: [Double] = [1, 0, 1, 1, 0, 0, 1, 0, 1, 0]
    let y: [Double] = [1, 1, 0, 1, 0, 0, 0, 1, 1, 0]
    let design = RegressionDesign(columns: [(name: "x", values: x), (name: "z", values: z)])
    let fit = try FirthLogistic.fit(design: design, response: y)
    for (a, b) in zip(fit.coefficients, FirthValues.coefficients) { expectClose(a, b, relative: 1e-6) }
    expectClose(fit.penalizedLogLikelihood, FirthValues.penalized, relative: 1e-10)
    let rows = try fit.coefficientRows()
    expectClose(rows[1].lower, FirthValues.lower, relative: 1e-5)
    expectClose(rows[1].upper, FirthValues.upper, relative: 1e-5)
    let test = fit.likelihoodRatioTest(name: "x", columns: [1])
    expectClose(test.statistic, FirthValues.chiSquared, relative: 1e-6)
    expectClose(rows[1].pValue, test.pValue ?? 0)
    #expect(fit.termTests.count == 2 && fit.overallTest.degreesOfFreedom == 2)
  }

  @Test func aliasedColumns() throws {
    let design = RegressionDesign(columns: [
      (name: "exposed", values: exposed), (name: "again", values: exposed),
    ])
    let fit = try FirthLogistic.fit(design: design, response: event)
    #expect(fit.aliased == [2])
    #expect(try fit.coefficientRows()[2].status == .aliased)
  }
}

private enum FirthValues {
  static let coefficients = [-0.761848037289, 0.846455397752, 0.724083046349]
  static let penalized = -4.99090826515
  static let lower = -0.273177140617
  static let upper = 2.82789763467
  static let chiSquared = 2.05704991261
}
