// Weighted means, spreads and quantiles by hand; against R in `WeightedGroupTests`.

import HypothesisTests
import Testing

@Suite struct WeightedSampleTests {
  @Test func smallSamplesByHand() throws {
    // Weights 1, 2, 1: mean (1 + 2·3 + 9)/4 = 4; Σw(x − m)² = 9 + 2 + 25 = 36, over 4, times 3/2.
    let sample = try WeightedSample([9, 1, .nan, 3, 100], weights: [1, 1, 5, 2, 0])
    #expect(sample.values == [1, 3, 9])
    #expect(sample.mean == 4)
    #expect(sample.variance == 13.5)
    #expect(sample.weight == 4)
    #expect(abs(sample.effectiveSize - 16.0 / 6) < 1e-15)
    // A quarter of the weight lies at 1 exactly, three quarters at 3 and below.
    #expect(sample.quantile(0.25) == 2)
    #expect(sample.quantile(0.25, averaged: false) == 1)
    #expect(sample.quantile(0.5) == 3)
    #expect(sample.quantile(0.75) == 6)
    #expect(sample.quantile(0) == 1)
    #expect(sample.quantile(1) == 9)
    #expect(sample.quantile(1.5).isNaN)
  }

  @Test func equalWeightsChangeNothing() throws {
    let values = [4.5, 1e9, 2, 7, 7, -3, 12, 0.5]
    let plain = NumericSample(values)
    for weight in [1, 0.1, 1e7] {
      let weighted = try WeightedSample(values, weights: values.map { _ in weight })
      #expect(abs(weighted.mean - plain.mean) < 1e-6)
      #expect(abs(weighted.variance / plain.variance - 1) < 1e-12)
      #expect(abs(weighted.effectiveSize - 8) < 1e-12)
      for probability in stride(from: 0.0, through: 1, by: 1.0 / 16) {
        #expect(weighted.quantile(probability) == plain.quantile(probability, type: .two))
      }
    }
  }

  @Test func weightsMustBeUsable() throws {
    #expect(throws: TestInputError.outsideRange(.weights, row: 1)) {
      try WeightedSample([1, 2], weights: [1, -1])
    }
    #expect(throws: TestInputError.notFinite(.weights, row: 0)) {
      try WeightedSample([1, 2], weights: [.nan, 1])
    }
    #expect(throws: TestInputError.lengthMismatch(.weights, expected: 2, got: 1)) {
      try WeightedSample([1, 2], weights: [1])
    }
    let empty = try WeightedSample([], weights: [])
    #expect(empty.mean.isNaN && empty.variance.isNaN && empty.quantile(0.5).isNaN && empty.effectiveSize == 0)
  }
}
