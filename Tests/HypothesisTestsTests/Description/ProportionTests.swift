// Proportions and rates by hand and against R.

import HypothesisTests
import NumericalMethods
import Testing

struct ProportionTests {
  @Test func meetsR() {
    for row in RValues.binomial {
      guard let share = Proportion(successes: Int(row[0][0]), trials: Int(row[0][1])) else {
        Issue.record("impossible counts")
        continue
      }
      expectClose(share.binomialTest(against: row[0][2]), row[1][0], relative: 1e-10)
      let limits = [share.clopperPearson(), share.wilson(), share.wilsonCorrected()]
      for (index, pair) in limits.enumerated() {
        expectClose(pair.lower, row[1][1 + 2 * index], relative: 1e-9, absolute: 1e-12)
        expectClose(pair.upper, row[1][2 + 2 * index], relative: 1e-9)
      }
    }
    for row in RValues.poisson {
      let limits = EventRate(events: row[0][0], personTime: row[0][1])?.exactLimits()
      expectClose(limits?.lower, row[1][0], relative: 1e-9)
      expectClose(limits?.upper, row[1][1], relative: 1e-9)
    }
  }

  @Test func edges() {
    #expect(Proportion(successes: 3, trials: 2) == nil)
    #expect(Proportion(successes: 0, trials: 0)?.estimate == nil)
    #expect(Proportion(successes: 0, trials: 0)?.wilson().lower == nil)
    #expect(EventRate(events: 1, personTime: 0) == nil)
    // Nothing seen in n: upper limit 1 − 0.025^(1/n).
    expectClose(
      Proportion(successes: 0, trials: 10)?.clopperPearson().upper, 1 - Elementary.pow(0.025, 0.1))
    #expect(Proportion(successes: 5, trials: 10)?.binomialTest() == 1)
    #expect(Proportion(successes: 0, trials: 4)?.binomialTest(against: 0) == 1)
    #expect(Proportion(successes: 1, trials: 4)?.binomialTest(against: 0) == 0)
    expectClose(EventRate(events: 0, personTime: 10)?.exactLimits().upper, Elementary.log(40) / 10)
  }

  @Test func studentizedRange() {
    // R has no value below two degrees of freedom.
    for row in RValues.tukey where !row[1][0].isNaN {
      expectClose(
        StudentizedRangeDistribution.upperTail(row[0][0], groups: row[0][1], degreesOfFreedom: row[0][2]),
        row[1][0], relative: 1e-8, absolute: 1e-10)
    }
    for row in RValues.tukeyQuantile {
      expectClose(
        StudentizedRangeDistribution.quantile(row[0][0], groups: row[0][1], degreesOfFreedom: row[0][2]),
        row[1][0], relative: 1e-6)
    }
    // Two groups: the range is √2 |t|.
    expectClose(
      StudentizedRangeDistribution.upperTail(3 * 2.0.squareRoot(), groups: 2, degreesOfFreedom: 7),
      StudentTDistribution.twoSidedTail(3, degreesOfFreedom: 7), relative: 1e-11)
    #expect(StudentizedRangeDistribution.upperTail(0, groups: 3, degreesOfFreedom: 5) == 1)
    #expect(StudentizedRangeDistribution.upperTail(1, groups: 1, degreesOfFreedom: 5).isNaN)
  }
}
