// Clustered covariances against R's sandwich.

import NumericalMethods
import Regression
import TestSupport
import Testing

struct ClusteredVarianceTests {
  /// Intercept-only: the cluster-robust variance of a mean is Σ (cluster sums of residuals)² / n², times
  /// G/(G−1) × (n−1)/(n−k).
  @Test func meanByHand() throws {
    let design = RegressionDesign(intercept: true, columns: [], rowCount: 4)
    let fit = try LinearModel.fit(design: design, response: [1, 3, 5, 7])
    // Residuals −3, −1, 1, 3; clusters {0, 1}, {2, 3}: sums −4 and 4, so 32/16 × 2 × 1.
    let rows = try fit.coefficientRows(variance: .clustered([5, 5, 9, 9]))
    expectClose(rows[0].standardError, 2)
    #expect(throws: RegressionInputError.clusters) { try fit.covariance(.clustered([1, 1, 1, 1])) }
    #expect(throws: RegressionInputError.clusters) { try fit.covariance(.clustered([1])) }
  }

  /// A level with one row is fitted exactly: HC2 and HC3 divide nothing by nothing.
  @Test func fullLeverageHasNoCorrection() throws {
    let design = RegressionDesign(columns: [(name: "alone", values: [0, 0, 0, 1])])
    let fit = try LinearModel.fit(design: design, response: [1, 3, 5, 7])
    #expect(try fit.covariance(.robust(.hc3)) == nil)
    #expect(try fit.coefficientRows(variance: .robust(.hc2))[0].standardError == nil)
    // HC0 of the mean of 1, 3, 5: √(8/9).
    expectClose(try fit.coefficientRows(variance: .robust(.hc0))[0].standardError, (8.0 / 9).squareRoot())
  }

  /// library(sandwich); d <- read.csv("infert.csv")
  /// sqrt(diag(vcovCL(glm(case ~ age + spontaneous, binomial, d, control = list(epsilon = 1e-11)), ~ stratum)))
  /// sqrt(diag(vcovCL(lm(age ~ parity + spontaneous, d), ~ stratum)))
  @Test func meetsR() throws {
    let table = try SimpleCSV(contentsOf: ReferenceCase.folder.appendingPathComponent("data/infert.csv"))
    let codes = table.numbers("stratum").map { Int32($0) }
    let logistic = try GeneralizedLinearModel.fit(
      design: RegressionDesign(columns: [
        (name: "age", values: table.numbers("age")),
        (name: "spontaneous", values: table.numbers("spontaneous")),
      ]), response: table.numbers("case"), family: .logistic)
    let got = try logistic.coefficientRows(variance: .clustered(codes)).map(\.standardError)
    for (a, b) in zip(got, ClusteredValues.logistic) { expectClose(a, b, relative: 1e-7) }
    let linear = try LinearModel.fit(
      design: RegressionDesign(columns: [
        (name: "parity", values: table.numbers("parity")),
        (name: "spontaneous", values: table.numbers("spontaneous")),
      ]), response: table.numbers("age"))
    let linearGot = try linear.coefficientRows(variance: .clustered(codes)).map(\.standardError)
    for (a, b) in zip(linearGot, ClusteredValues.linear) { expectClose(a, b, relative: 1e-9) }
  }
}

/// sandwich 3.0-2, R 4.2.2.
private enum ClusteredValues {
  static let logistic = [0.4075473014776646, 0.011041613016419214, 0.22014711251725802]
  static let linear = [1.2460267845709108, 0.48903838107636133, 0.46518006257996425]
}
