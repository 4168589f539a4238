// The Gram path for many rows: equal to the decomposition, and to itself for every number of threads.

import NumericalMethods
import Regression
import Testing

struct LargeDataTests {
  private func data(_ count: Int) -> (RegressionDesign, [Double]) {
    var generator = RandomGenerator(seed: 99)
    let x = (0..<count).map { _ in generator.normal() }
    let year = (0..<count).map { _ in 2003 + Double(generator.below(8)) + 1e6 }
    let flag = (0..<count).map { _ in generator.uniform() < 0.3 ? 1.0 : 0 }
    let tiny = (0..<count).map { _ in 1e-8 * generator.normal() }
    let y = (0..<count).map { row -> Double in
      let eta = -1 + 0.5 * x[row] + 0.1 * (year[row] - 1_002_006) - flag[row] + 3e7 * tiny[row]
      return generator.uniform() < Elementary.logistic(eta) ? 1 : 0
    }
    let design = RegressionDesign(columns: [
      (name: "x", values: x), (name: "year", values: year), (name: "flag", values: flag),
      (name: "tiny", values: tiny), (name: "again", values: zip(x, flag).map { $0 - $1 }),
    ])
    return (design, y)
  }

  @Test func gramAgreesWithDecomposition() throws {
    // 25 000 rows go by the Gram matrix; the same as 2 × 12 500 rows of weight 2 by decomposition.
    let (half, y) = data(12_500)
    let small = try GeneralizedLinearModel.fit(
      design: half, response: y, family: .logistic, weights: [Double](repeating: 2, count: 12_500))
    let rows = Array(0..<12_500) + Array(0..<12_500)
    let doubled = RegressionDesign(
      matrix: half.matrix.selecting(rows: rows), columnNames: half.columnNames, interceptColumn: 0)
    let large = try GeneralizedLinearModel.fit(
      design: doubled, response: rows.map { y[$0] }, family: .logistic)
    #expect(small.aliased == [5] && large.aliased == [5])
    #expect(large.status == .converged)
    for (a, b) in zip(try large.coefficientRows(), try small.coefficientRows()) where a.status == .estimated {
      expectClose(a.estimate, b.estimate ?? 0, relative: 1e-7)
      expectClose(a.standardError, b.standardError ?? 0, relative: 1e-7)
    }
    expectClose(large.deviance, small.deviance, relative: 1e-12)
    for (a, b) in zip(large.leverages.prefix(50), small.leverages) {
      expectClose(a, b / 2, relative: 1e-5)
    }
  }

  @Test func sameBitsForEveryThreadCount() throws {
    let (design, y) = data(21_000)
    let one = try GeneralizedLinearModel.fit(design: design, response: y, family: .logistic)
    for threads in [2, 5] {
      let many = try GeneralizedLinearModel.fit(
        design: design, response: y, family: .logistic, options: FitOptions(threads: threads))
      #expect(many.coefficients == one.coefficients)
      #expect(many.deviance == one.deviance)
      #expect(many.unscaledCovariance == one.unscaledCovariance)
    }
  }

  /// Where the iteration keeps sums alone, what is asked of rows afterwards is that of the coefficients.
  @Test func rowsAreMadeWhenAskedFor() throws {
    let (dense, y) = data(21_000)
    let flag = dense.matrix.column(3).map { UInt8($0) }
    let columns: [ColumnValues] =
      (0..<5).map { $0 == 3 ? .narrow(codes: flag, table: [0, 1]) : .dense(dense.matrix.column($0)) }
    let design = RegressionDesign(rowCount: 21_000, columns: columns, interceptColumn: 0)
    let fit = try GeneralizedLinearModel.fit(
      design: design, response: y, family: .logistic, options: FitOptions(threads: 2))
    #expect(fit.status == .converged)
    let pearson = fit.sumOfSquaredResiduals(.pearson)
    let predictors = fit.linearPredictors
    for row in stride(from: 0, to: 21_000, by: 997) {
      let expected = zip(dense.matrix.row(row), fit.coefficients).reduce(0) { $0 + $1.0 * $1.1 }
      expectClose(predictors[row], expected, absolute: 1e-7)
      expectClose(fit.means[row].mean, Elementary.logistic(predictors[row]), relative: 1e-12)
    }
    expectClose(pearson, fit.residuals(.pearson).reduce(0) { $0 + $1 * $1 }, relative: 1e-10)
    expectClose(fit.deviance, fit.residuals(.deviance).reduce(0) { $0 + $1 * $1 }, relative: 1e-10)
    let robust = try fit.covariance(.robust(.hc0))
    let model = try #require(fit.covariance)
    expectClose(robust?[1, 1] ?? .nan, model[1, 1], relative: 0.1)
  }
}
