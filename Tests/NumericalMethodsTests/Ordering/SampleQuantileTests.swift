// The ordinary sample quantile by hand.

import NumericalMethods
import Testing

struct SampleQuantileTests {
  @Test func byHand() {
    let x = SampleQuantile.sortedValues([4, .nan, 1, 3, 2])
    #expect(x == [1, 2, 3, 4])
    #expect(SampleQuantile.quantile(ofSorted: x, 0.5) == 2.5)
    #expect(SampleQuantile.quantile(ofSorted: x, 0.25) == 1.75)
    #expect(SampleQuantile.quantile(ofSorted: x, 0) == 1)
    #expect(SampleQuantile.quantile(ofSorted: x, 1) == 4)
    #expect(SampleQuantile.quantile(ofSorted: [], 0.5).isNaN)
    #expect(SampleQuantile.quantile(ofSorted: x, 1.5).isNaN)
    #expect(SampleQuantile.quantile(ofSorted: [.infinity, .infinity], 0.3) == .infinity)
  }
}
