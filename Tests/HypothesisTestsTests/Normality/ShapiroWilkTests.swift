// Shapiro–Wilk against R.

import HypothesisTests
import Testing

struct ShapiroWilkTests {
  @Test func meetsR() throws {
    for row in RValues.shapiro {
      let test = try ShapiroWilk.test(row[0])
      expectClose(test.statistic, row[1][0], relative: 1e-9)
      expectClose(test.pValue, row[1][1], relative: 1e-6)
    }
  }

  @Test func whatHasNoTest() throws {
    #expect(try ShapiroWilk.test([1, 2]).statistic == nil)
    #expect(try ShapiroWilk.test([2, 2, 2]).statistic == nil)
    #expect(try ShapiroWilk.test([Double](repeating: 1, count: 5001)).statistic == nil)
  }
}
