// t tests by hand and against R.

import HypothesisTests
import Testing

struct TTestTests {
  @Test func byHand() throws {
    // Means 2 and 5, variances 1 and 1: pooled SE √(2/3), t = −3 / √(2/3) on 4 degrees of freedom; Welch the same.
    let pooled = try TTest.pooled([1, 2, 3], [4, 5, 6])
    expectClose(pooled.statistic, -3 / (2.0 / 3).squareRoot())
    expectClose(pooled.degreesOfFreedom, 4)
    expectClose(try TTest.welch([1, 2, 3], [4, 5, 6]).degreesOfFreedom, 4)
    // Differences 1, 2, 3: mean 2, SE 1/√3.
    let paired = try TTest.paired([2, 4, 6], [1, 2, 3])
    expectClose(paired.statistic, 2 * 3.0.squareRoot())
    // One sample 1, 2, 3 against 1: t = √3.
    let single = try TTest.oneSample([1, 2, 3], mean: 1)
    expectClose(single.statistic, 3.0.squareRoot())
    expectClose(((single.limits.lower ?? 0) + (single.limits.upper ?? 0)) / 2, 2)
  }

  @Test func meetsR() throws {
    for row in RValues.tTests {
      for (test, expected) in [
        (try TTest.welch(row[0], row[1]), row[2]), (try TTest.pooled(row[0], row[1]), row[3]),
      ] {
        expectClose(test.statistic, expected[0], relative: 1e-9)
        expectClose(test.degreesOfFreedom, expected[1], relative: 1e-9)
        expectClose(test.pValue, expected[2], relative: 1e-9)
        expectClose(test.limits.lower, expected[3], relative: 1e-9)
        expectClose(test.limits.upper, expected[4], relative: 1e-9)
      }
    }
  }

  @Test func whatHasNoTest() throws {
    #expect(try TTest.welch([1], [2, 3]).pValue == nil)
    expectClose(try TTest.welch([1], [2, 3]).difference, -1.5)
    #expect(try TTest.pooled([1], [2]).statistic == nil)
    #expect(try TTest.pooled([1, 1], [1, 1]).statistic == nil)
    #expect(try TTest.welch([], [1, 2]).difference == nil)
    #expect(try TTest.oneSample([3]).pValue == nil)
    #expect(throws: TestInputError.confidenceLevel(0)) {
      try TTest.welch([1, 2], [3, 4], confidenceLevel: 0)
    }
    #expect(throws: TestInputError.notFinite(.first, row: 0)) { try TTest.welch([.infinity, 2], [3, 4]) }
  }
}
