// Correlations by hand and against R.

import HypothesisTests
import NumericalMethods
import Testing

struct CorrelationTests {
  @Test func meetsR() throws {
    for row in RValues.correlations {
      let pearson = try Correlation.pearson(row[0], row[1])
      expectClose(pearson.estimate, row[2][0], relative: 1e-9)
      expectClose(pearson.statistic, row[2][1], relative: 1e-9)
      expectClose(pearson.pValue, row[2][2], relative: 1e-9)
      expectClose(pearson.limits.lower, row[2][3], relative: 1e-9)
      expectClose(pearson.limits.upper, row[2][4], relative: 1e-9)
      let spearman = try Correlation.spearman(row[0], row[1])
      expectClose(spearman.estimate, row[3][0], relative: 1e-9)
      expectClose(spearman.statistic, row[3][1], relative: 1e-9)
      expectClose(spearman.pValue, row[3][2], relative: 1e-9)
      expectClose(try Correlation.spearman(row[0], row[1], exact: false).pValue, row[3][3], relative: 1e-9)
      let kendall = try Correlation.kendall(row[0], row[1])
      expectClose(kendall.estimate, row[4][0], relative: 1e-9)
      expectClose(kendall.statistic, row[4][1], relative: 1e-9)
      expectClose(kendall.pValue, row[4][2], relative: 1e-9)
      expectClose(try Correlation.kendall(row[0], row[1], exact: false).pValue, row[4][3], relative: 1e-9)
    }
  }

  @Test func byHand() throws {
    // 1, 2, 3 and 1, 3, 2: r = ½; two concordant pairs of three.
    expectClose(try Correlation.pearson([1, 2, 3], [1, 3, 2]).estimate, 0.5)
    expectClose(try Correlation.kendall([1, 2, 3], [1, 3, 2]).estimate, 1.0 / 3)
    expectClose(try Correlation.spearman([1, 2, 3], [1, 3, 2]).statistic, 2)
    #expect(try Correlation.pearson([1, 1, 1], [1, 2, 3]).estimate == nil)
    #expect(try Correlation.spearman([1], [2]).pValue == nil)
    #expect(try Correlation.kendall([2, 2], [1, 3]).estimate == nil)
    #expect(try Correlation.pearson([1, 2, 3], [2, 4, 6]).estimate == 1)
    #expect(throws: TestInputError.lengthMismatch(.second, expected: 2, got: 1)) {
      try Correlation.pearson([1, 2], [1])
    }
  }

  /// τ-b by all pairs.
  @Test func kendallByAllPairs() throws {
    var generator = RandomGenerator(seed: 8)
    for _ in 0..<20 {
      let x = (0..<40).map { _ in Double(generator.below(12)) }
      let y = (0..<40).map { _ in Double(generator.below(9)) }
      var score = 0.0
      var usableX = 0.0
      var usableY = 0.0
      for i in 0..<40 {
        for j in (i + 1)..<40 {
          let dx = (x[i] - x[j]).signum
          let dy = (y[i] - y[j]).signum
          score += dx * dy
          usableX += dx.magnitude
          usableY += dy.magnitude
        }
      }
      expectClose(
        try Correlation.kendall(x, y).estimate, score / (usableX * usableY).squareRoot(), absolute: 1e-14)
    }
  }
}

extension Double {
  fileprivate var signum: Double { self > 0 ? 1 : (self < 0 ? -1 : 0) }
}
