// Least squares by hand, and at the edges of what can be estimated.

import NumericalMethods
import Regression
import Testing

struct LinearModelTests {
  /// x = 0, 1, 2, 3; y = 1, 2, 2, 5: slope Sxy/Sxx = 6/5, intercept 5/2 − 9/5 = 7/10,
  /// residual sum of squares 9 − 36/5 = 9/5 on 2 degrees of freedom.
  @Test func lineByHand() throws {
    let design = RegressionDesign(columns: [(name: "x", values: [0, 1, 2, 3])])
    let fit = try LinearModel.fit(design: design, response: [1, 2, 2, 5])
    expectClose(fit.coefficients[0], 0.7)
    expectClose(fit.coefficients[1], 1.2)
    expectClose(fit.residualSumOfSquares, 1.8)
    expectClose(fit.sigma, 0.9.squareRoot())
    expectClose(fit.rSquared, 0.8)
    expectClose(fit.adjustedRSquared, 0.7)
    let rows = try fit.coefficientRows()
    // SE of the slope √(0.9 / 5), of the intercept √(0.9 × 14 / 20).
    expectClose(rows[1].standardError, 0.18.squareRoot())
    expectClose(rows[0].standardError, 0.63.squareRoot())
    expectClose(rows[1].statistic, 8.0.squareRoot())
    expectClose(fit.overallTest.statistic, 8)
    // t with 2 degrees of freedom: P(|T| > √8) = 1 − √(8/10).
    expectClose(rows[1].pValue, 1 - 0.8.squareRoot())
    expectClose(fit.leverages[0], 0.7)
    #expect(rows[0].name == "(Intercept)")
  }

  @Test func weightsOfZeroTakeNoPart() throws {
    let full = RegressionDesign(columns: [(name: "x", values: [0, 1, 2, 3, 100])])
    let fit = try LinearModel.fit(design: full, response: [1, 2, 2, 5, -7], weights: [1, 1, 1, 1, 0])
    expectClose(fit.coefficients[1], 1.2)
    #expect(fit.observationCount == 4)
    #expect(fit.residualDegreesOfFreedom == 2)
    // Doubling all weights changes σ by √2 and no standard error.
    let design = RegressionDesign(columns: [(name: "x", values: [0, 1, 2, 3])])
    let doubled = try LinearModel.fit(design: design, response: [1, 2, 2, 5], weights: [2, 2, 2, 2])
    expectClose(doubled.sigma, 1.8.squareRoot())
    expectClose(try doubled.coefficientRows()[1].standardError, 0.18.squareRoot())
  }

  @Test func aliasedColumnsAreSetAside() throws {
    let design = RegressionDesign(columns: [
      (name: "x", values: [0, 1, 2, 3]), (name: "twice", values: [0, 2, 4, 6]),
      (name: "z", values: [1, 0, 0, 0]),
    ])
    let fit = try LinearModel.fit(design: design, response: [1, 2, 2, 5])
    #expect(fit.aliased == [2])
    #expect(fit.rank == 3)
    let rows = try fit.coefficientRows()
    #expect(rows[2].status == .aliased && rows[2].estimate == nil)
    #expect(rows[3].status == .estimated)
    #expect(fit.termTests(.typeTwo)[1].degreesOfFreedom == 0)
    #expect(fit.termTests(.typeTwo)[1].pValue == nil)
  }

  @Test func noDegreesOfFreedomLeft() throws {
    let design = RegressionDesign(columns: [(name: "x", values: [0, 1])])
    let fit = try LinearModel.fit(design: design, response: [1, 2])
    #expect(fit.sigma == nil)
    let rows = try fit.coefficientRows()
    expectClose(rows[1].estimate, 1)
    #expect(rows[1].standardError == nil && rows[1].pValue == nil)
    #expect(fit.overallTest.pValue == nil)
    let prediction = try fit.predictions(Matrix(rows: [[1, 3]]))[0]
    expectClose(prediction.mean, 4)
    #expect(prediction.lower == nil)
  }

  @Test func withoutIntercept() throws {
    // y = b x through the origin: b = Σxy / Σx² = 11 / 14, R² about zero 121 / (14 × 9).
    let design = RegressionDesign(intercept: false, columns: [(name: "x", values: [1, 2, 3])])
    let fit = try LinearModel.fit(design: design, response: [1, 2, 2])
    expectClose(fit.coefficients[0], 11.0 / 14)
    expectClose(fit.rSquared, 121.0 / 126)
    #expect(fit.overallTest.degreesOfFreedom == 1)
  }

  @Test func offsetIsSubtracted() throws {
    let design = RegressionDesign(columns: [(name: "x", values: [0, 1, 2, 3])])
    let fit = try LinearModel.fit(
      design: design, response: [1e9 + 1, 1e9 + 2, 1e9 + 2, 1e9 + 5], offset: [1e9, 1e9, 1e9, 1e9])
    expectClose(fit.coefficients[1], 1.2)
    expectClose(fit.fittedValues[0], 1e9 + 0.7)
  }

  @Test func faultsAreNamed() {
    let design = RegressionDesign(columns: [(name: "x", values: [0, 1, .nan])])
    #expect(throws: RegressionInputError.designNotFinite(column: 1, row: 2)) {
      try LinearModel.fit(design: design, response: [1, 2, 3])
    }
    let good = RegressionDesign(columns: [(name: "x", values: [0, 1, 2])])
    #expect(throws: RegressionInputError.notFinite(.response, row: 1)) {
      try LinearModel.fit(design: good, response: [1, .infinity, 3])
    }
    #expect(throws: RegressionInputError.lengthMismatch(.response, expected: 3, got: 2)) {
      try LinearModel.fit(design: good, response: [1, 2])
    }
    #expect(throws: RegressionInputError.negativeWeight(row: 2)) {
      try LinearModel.fit(design: good, response: [1, 2, 3], weights: [1, 1, -1])
    }
    #expect(throws: RegressionInputError.noObservations) {
      try LinearModel.fit(design: good, response: [1, 2, 3], weights: [0, 0, 0])
    }
    #expect(throws: RegressionInputError.confidenceLevel(1)) {
      try LinearModel.fit(design: good, response: [1, 2, 4]).coefficientRows(confidenceLevel: 1)
    }
  }

  @Test func rowsInAnyOrder() throws {
    var generator = RandomGenerator(seed: 4)
    let x = (0..<200).map { _ in generator.normal() }
    let z = (0..<200).map { _ in generator.normal() * 1e6 + 2e6 }
    let y = zip(x, z).map { 1 + 2 * $0 - 1e-6 * $1 + generator.normal() }
    let order = generator.permutation(200)
    let fit = try LinearModel.fit(
      design: RegressionDesign(columns: [(name: "x", values: x), (name: "z", values: z)]), response: y)
    let shuffled = try LinearModel.fit(
      design: RegressionDesign(columns: [
        (name: "x", values: order.map { x[$0] }), (name: "z", values: order.map { z[$0] }),
      ]), response: order.map { y[$0] })
    for (a, b) in zip(fit.coefficients, shuffled.coefficients) { expectClose(a, b, relative: 1e-11) }
    for (a, b) in zip(try fit.coefficientRows(), try shuffled.coefficientRows()) {
      expectClose(a.standardError, b.standardError ?? 0, relative: 1e-11)
    }
  }
}
