// Means, spreads and quantiles by hand and against R.

import HypothesisTests
import Testing

struct NumericSampleTests {
  @Test func meansAndSpreadsOfSmallSamplesAreFractions() {
    let sample = NumericSample([4, .nan, 1, 3, 2])
    #expect(sample.values == [1, 2, 3, 4])
    #expect(sample.mean == 2.5)
    // (2.25 + 0.25 + 0.25 + 2.25) / 3
    #expect(abs(sample.variance - 5.0 / 3) < 1e-15)
    #expect((sample.minimum, sample.maximum) == (1, 4))
    #expect(sample.median == 2.5)
  }

  @Test func emptyAndSingleSamplesHaveNoSpread() {
    let empty = NumericSample([.nan])
    #expect(empty.count == 0)
    #expect(empty.mean.isNaN && empty.variance.isNaN && empty.median.isNaN && empty.minimum.isNaN)
    let single = NumericSample([7])
    #expect((single.mean, single.median, single.maximum) == (7, 7, 7))
    #expect(single.standardDeviation.isNaN)
  }

  @Test func aCommonOffsetDoesNotShowInTheSpread() {
    let plain = NumericSample([0, 0.25, 1, 2, 4.5])
    let far = NumericSample([0, 0.25, 1, 2, 4.5].map { $0 + 1e9 })
    #expect(abs(far.variance - plain.variance) < 1e-12 * plain.variance)
    #expect(NumericSample(Array(repeating: 0.1, count: 7)).variance < 1e-33)
  }

  @Test func theOrderOfRowsChangesNoBit() {
    let values = [1e16, 3.14, -1e16, 2.71, 1e-8, 0.1, 0.2, 0.3]
    let sample = NumericSample(values)
    let turned = NumericSample(values.reversed())
    #expect(sample.mean.bitPattern == turned.mean.bitPattern)
    #expect(sample.variance.bitPattern == turned.variance.bitPattern)
  }

  /// R: x <- c(1, 2, 4, 8, 16); sapply(1:9, function(t) quantile(x, c(.1, .3, .5, .9), type = t))
  private static let quantilesByType: [[Double]] = [
    [1, 2, 4, 16], [1, 2, 4, 16], [1, 2, 2, 8], [1, 1.5, 3, 12], [1, 2, 4, 16], [1, 1.8, 4, 16],
    [1.4, 2.4, 4, 12.8], [1, 29.0 / 15, 4, 16], [1, 1.95, 4, 16],
  ]

  @Test(arguments: 1...9) func quantilesOfAllTypesAgreeWithR(type: Int) throws {
    let expected = Self.quantilesByType[type - 1]
    let sample = NumericSample([16, 8, 4, 2, 1])
    let type = try #require(QuantileType(rawValue: type))
    for (probability, value) in zip([0.1, 0.3, 0.5, 0.9], expected) {
      #expect(abs(sample.quantile(probability, type: type) - value) < 1e-14 * value)
    }
  }

  @Test func quantilesReachTheEndsAndNotBeyond() {
    let sample = NumericSample([3, 1, 2])
    for type in QuantileType.allCases {
      #expect(sample.quantile(0, type: type) == 1)
      #expect(sample.quantile(1, type: type) == 3)
      #expect(sample.quantile(-0.1, type: type).isNaN)
    }
    #expect(NumericSample([-.infinity, 1, .infinity, .infinity]).quantile(0.9) == .infinity)
  }
}
