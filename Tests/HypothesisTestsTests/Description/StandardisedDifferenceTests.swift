// Standardised differences by hand.

import HypothesisTests
import Testing

struct StandardisedDifferenceTests {
  @Test func ofMeansDividesByTheMeanOfTheVariances() {
    // Means 2 and 4, variances 1 and 4: −2 / √2.5.
    let difference = StandardisedDifference.ofMeans(NumericSample([1, 2, 3]), NumericSample([2, 4, 6]))
    #expect(abs(difference + 2 / 2.5.squareRoot()) < 1e-15)
    #expect(StandardisedDifference.ofMeans(NumericSample([1]), NumericSample([1, 2])).isNaN)
    #expect(StandardisedDifference.ofMeans(NumericSample([1, 1]), NumericSample([1, 1])) == 0)
    #expect(StandardisedDifference.ofMeans(NumericSample([1, 1]), NumericSample([2, 2])).isNaN)
  }

  @Test func ofProportionsUsesTheirBinomialVariance() {
    // 1/2 and 1/4: 0.25 / √((1/4 + 3/16) / 2)
    let difference = StandardisedDifference.ofProportions(2, of: 4, 1, of: 4)
    #expect(abs(difference - 0.25 / (7.0 / 32).squareRoot()) < 1e-15)
    #expect(StandardisedDifference.ofProportions(0, of: 0, 1, of: 4).isNaN)
    #expect(StandardisedDifference.ofProportions(0, of: 3, 0, of: 4) == 0)
  }

  @Test func ofTwoLevelsIsTheSizeOfTheProportions() {
    let levels = StandardisedDifference.ofLevels([1, 3], [2, 2])
    #expect(abs(levels - abs(StandardisedDifference.ofProportions(1, of: 4, 2, of: 4))) < 1e-15)
  }

  @Test func ofSeveralLevelsIsTheMahalanobisDistance() {
    // p = (1/2, 1/4, 1/4), q = (1/4, 1/4, 1/2). On the first and last level T = (1/4, −1/4) and
    // S = [[7/32, −1/8], [−1/8, 7/32]], whose inverse gives T to the eigenvalue 11/32: T'T · 32/11 = 4/11.
    let difference = StandardisedDifference.ofLevels([2, 1, 1], [1, 1, 2])
    #expect(abs(difference - (4.0 / 11).squareRoot()) < 1e-14)
    #expect(StandardisedDifference.ofLevels([2, 1, 0, 1], [1, 1, 0, 2]) == difference)
    let permuted = StandardisedDifference.ofLevels([1, 2, 1], [1, 1, 2])
    #expect(abs(permuted - difference) < 1e-14)
  }

  @Test func groupsWithoutACommonLevelHaveNoDistance() {
    #expect(StandardisedDifference.ofLevels([3, 0, 0], [0, 2, 1]).isNaN)
    #expect(StandardisedDifference.ofLevels([0, 0], [1, 1]).isNaN)
    #expect(StandardisedDifference.ofLevels([3], [5]) == 0)
    #expect(StandardisedDifference.ofLevels([], []).isNaN)
  }
}
