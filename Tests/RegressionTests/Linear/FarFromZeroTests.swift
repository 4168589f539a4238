// Columns and responses far from zero keep the digits in which they differ, by hand.

import Testing

@testable import Regression

@Suite struct FarFromZeroTests {
  // Slope 3/5, intercept 3/5, residuals 2/5, −6/5, 6/5, −2/5.
  static let x = [0.0, 1, 2, 3]
  static let y = [1.0, 0, 3, 2]

  static func fit(x shiftX: Double = 0, y shiftY: Double = 0) throws -> LinearFit {
    try LinearModel.fit(
      design: RegressionDesign(columns: [(name: "x", values: x.map { $0 + shiftX })]),
      response: y.map { $0 + shiftY })
  }

  @Test(arguments: [0, 1e9, -1e9]) func response(_ shift: Double) throws {
    let fit = try Self.fit(y: shift)
    #expect(abs(fit.coefficients[1] - 0.6) < 1e-14)
    #expect(abs(fit.coefficients[0] - shift - 0.6) < 2e-7)
    #expect(abs(fit.residualSumOfSquares - 3.2) < 1e-13)
    #expect(abs((fit.rSquared ?? 0) - 0.36) < 1e-13)
    let rows = fit.termTests(.typeTwo)
    #expect(abs((rows[0].sumOfSquares ?? 0) - 1.8) < 1e-13)
  }

  @Test(arguments: [0, 1e4, 1e6]) func robustVariance(_ shift: Double) throws {
    // Σ (x − x̄)² e² / Sxx² = 1.44 / 25.
    let rows = try Self.fit(x: shift).coefficientRows(variance: .robust(.hc0))
    #expect(abs((rows[1].standardError ?? 0) - 0.24) < 1e-9)
    // Each row a cluster: the same times G/(G − 1) and (n − 1)/(n − k).
    let clustered = try Self.fit(x: shift).coefficientRows(variance: .clustered([0, 1, 2, 3]))
    #expect(abs((clustered[1].standardError ?? 0) - 0.24 * 2.0.squareRoot()) < 1e-9)
  }

  @Test func robustVarianceOfALogisticModel() throws {
    let x = [1.0, 4, 2, 8, 5, 7, 3, 6]
    let outcome = [0.0, 0, 1, 1, 0, 1, 0, 1]
    func errors(_ shift: Double) throws -> [Double] {
      let fit = try GeneralizedLinearModel.fit(
        design: RegressionDesign(columns: [(name: "x", values: x.map { $0 + shift })]), response: outcome,
        family: .logistic)
      return try [RobustKind.hc0, .hc3].map {
        try fit.coefficientRows(variance: .robust($0))[1].standardError ?? .nan
      }
    }
    for (near, far) in zip(try errors(0), try errors(1e6)) { #expect(abs(near - far) < 1e-9 * near) }
  }

  @Test func anExactFitSaysSo() throws {
    let fit = try LinearModel.fit(
      design: RegressionDesign(columns: [(name: "x", values: Self.x)]), response: Self.x.map { 2 * $0 + 0.1 })
    #expect(fit.isEssentiallyPerfect && fit.residualSumOfSquares == 0)
    #expect(fit.logLikelihood == .infinity && fit.aic == -.infinity)
    #expect(try fit.coefficientRows()[1].standardError == 0)
    #expect(try !Self.fit().isEssentiallyPerfect)
  }
}
