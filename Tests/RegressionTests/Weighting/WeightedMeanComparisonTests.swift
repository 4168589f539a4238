// Weighted means of two groups by hand.

import Regression
import Testing

@Suite struct WeightedMeanComparisonTests {
  private static func comparison(_ clusters: [Int32]? = nil) -> WeightedMeanComparison? {
    // First group: 1, 0, 0 with weights 2, 1, 1: mean 1/2. Second: 1, 1, 0 with weights 1, 2, 1: mean 3/4.
    WeightedMeanComparison(
      values: [1, 0, 0, 1, 1, 0], isSecond: [false, false, false, true, true, true],
      weights: [2, 1, 1, 1, 2, 1], clusters: clusters, confidenceLevel: 0.95)
  }

  @Test func meansAndTheirErrorsAreFractions() throws {
    let found = try #require(Self.comparison())
    #expect(found.means == [0.5, 0.75])
    // (2·½)² + (1·½)² + (1·½)² = 3/2 over 16; (¼)² + (½)² + (¾)² = 7/8 over 16.
    #expect(abs(found.standardErrors[0] - (1.5 / 16).squareRoot()) < 1e-15)
    #expect(abs(found.standardErrors[1] - (0.875 / 16).squareRoot()) < 1e-15)
    #expect(found.difference.estimate == 0.25)
    #expect(abs((found.difference.standardError ?? 0) - (2.375 / 16).squareRoot()) < 1e-15)
    #expect(
      abs((found.oddsRatio?.estimate ?? 0) - 3) < 1e-14 && abs((found.ratio?.estimate ?? 0) - 1.5) < 1e-14)
    let slopes = 16 * 1.5 / 16 + (16.0 / 3) * (16.0 / 3) * 0.875 / 16
    #expect(abs((found.oddsRatio?.standardError ?? 0) - slopes.squareRoot()) < 1e-14)
  }

  /// Pairs move both means: their covariance counts.
  @Test func clustersAddUpFirst() throws {
    let found = try #require(Self.comparison([0, 1, 2, 0, 1, 2]))
    // Moves in sixteenths of 4: first 1, −½, −½; second ¼, ½, −¾: difference −¾, 1, −¼ over 4.
    let variance = (0.5625 + 1 + 0.0625) / 16
    #expect(abs((found.difference.standardError ?? 0) - variance.squareRoot()) < 1e-15)
  }

  @Test func aGroupThatDoesNotVaryHasNoError() throws {
    let found = try #require(
      WeightedMeanComparison(
        values: [1, 1, 0], isSecond: [true, false, false], weights: [1, 1, 1], confidenceLevel: 0.95))
    #expect(found.difference.estimate == 0.5 && found.difference.pValue == nil)
    #expect(found.oddsRatio == nil && found.interval(of: 1, isProportion: true) == nil)
    #expect(
      WeightedMeanComparison(values: [1], isSecond: [true], weights: [1], confidenceLevel: 0.95) == nil)
  }
}
