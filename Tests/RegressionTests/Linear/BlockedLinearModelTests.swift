// Many rows are fitted by blocks: the same model as at once, and the same bits for every number of threads.

import NumericalMethods
import Regression
import Testing

@Suite struct BlockedLinearModelTests {
  private struct Data {
    let design: RegressionDesign
    let response: [Double]
    let weights: [Double]
    let offset: [Double]
    let clusters: [Int32]
  }

  /// A column far from zero, a factor, an aliased column and rows of weight 0.
  private func data(_ count: Int) -> Data {
    var generator = RandomGenerator(seed: 11)
    let x = (0..<count).map { _ in generator.normal() }
    let year = (0..<count).map { _ in 1e6 + Double(generator.below(20)) }
    let stage = (0..<count).map { _ in UInt8(generator.below(3)) }
    let again = zip(x, stage).map { $0 - ($1 == 2 ? 3 : 0) }
    let response = (0..<count).map { 5e4 + 2 * x[$0] + 0.1 * (year[$0] - 1e6) + generator.normal() }
    return Data(
      design: RegressionDesign(
        rowCount: count,
        columns: [
          .narrow(codes: [UInt8](repeating: 0, count: count), table: [1]), .dense(x), .dense(year),
          .narrow(codes: stage, table: [0, 1, 0]), .narrow(codes: stage, table: [0, 0, 1]), .dense(again),
        ],
        columnNames: ["(Intercept)", "x", "year", "stage2", "stage3", "again"],
        terms: [
          RegressionTerm(name: "x", columns: [1]), RegressionTerm(name: "year", columns: [2]),
          RegressionTerm(name: "stage", columns: [3, 4]), RegressionTerm(name: "again", columns: [5]),
        ], interceptColumn: 0),
      response: response, weights: (0..<count).map { $0 % 50 == 0 ? 0 : 0.5 + generator.uniform() },
      offset: (0..<count).map { _ in generator.uniform() }, clusters: (0..<count).map { Int32($0 % 700) })
  }

  private func fit(_ data: Data, threads: Int = 1) throws -> LinearFit {
    try LinearModel.fit(
      design: data.design, response: data.response, weights: data.weights, offset: data.offset,
      threads: threads)
  }

  /// The same rows in one block: twice as many of half the weight make no difference to any coefficient.
  @Test func agreesWithOneBlock() throws {
    let half = data(10_500)
    let small = try fit(half)
    let rows = (0..<21_000).map { $0 % 10_500 }
    let twice = Data(
      design: RegressionDesign(
        matrix: half.design.matrix.selecting(rows: rows), columnNames: half.design.columnNames,
        terms: half.design.terms, interceptColumn: 0),
      response: rows.map { half.response[$0] }, weights: rows.map { half.weights[$0] / 2 },
      offset: rows.map { half.offset[$0] }, clusters: rows.map { half.clusters[$0] })
    let large = try fit(twice)
    #expect(large.aliased == small.aliased && small.aliased == [5])
    for column in 0..<5 {
      expectClose(large.coefficients[column], small.coefficients[column], relative: 1e-9)
      for other in 0..<5 {
        expectClose(
          large.unscaledCovariance[column, other], small.unscaledCovariance[column, other], relative: 1e-8)
      }
    }
    expectClose(large.residualSumOfSquares, small.residualSumOfSquares, relative: 1e-12)
    expectClose(large.rSquared, small.rSquared ?? 0, relative: 1e-11)
    for (a, b) in zip(large.residuals, small.residuals) { expectClose(a, b, absolute: 1e-8) }
    for (a, b) in zip(large.leverages, small.leverages) { expectClose(a, b / 2, absolute: 1e-10) }
    for (a, b) in zip(large.termTests(.typeTwo), small.termTests(.typeTwo)) {
      expectClose(a.sumOfSquares, b.sumOfSquares ?? 0, absolute: 1e-6)
    }
    // Scores of a row are halved twice, and there are two of them: half of HC0, all of clusters that hold both.
    let (robust, expected) = (
      try large.covariance(.robust(.hc0)), try small.covariance(.robust(.hc0))
    )
    let (clustered, whole) = (
      try large.covariance(.clustered(twice.clusters)), try small.covariance(.clustered(half.clusters))
    )
    let (n, k) = (Double(large.observationCount), Double(large.rank))
    let correction = ((n - 1) / (n - k)) / ((n / 2 - 1) / (n / 2 - k))
    for column in 0..<5 {
      expectClose(robust?[column, column], (expected?[column, column] ?? 0) / 2, relative: 1e-8)
      expectClose(clustered?[column, column], correction * (whole?[column, column] ?? 0), relative: 1e-8)
    }
  }

  @Test func sameBitsForEveryThreadCount() throws {
    let data = data(21_000)
    let one = try fit(data)
    let many = try fit(data, threads: 3)
    #expect(many.coefficients == one.coefficients && many.residuals == one.residuals)
    #expect(many.unscaledCovariance == one.unscaledCovariance)
    #expect(try many.covariance(.robust(.hc3)) == one.covariance(.robust(.hc3)))
    #expect(try many.covariance(.clustered(data.clusters)) == one.covariance(.clustered(data.clusters)))
  }
}
