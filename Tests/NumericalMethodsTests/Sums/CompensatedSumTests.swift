// Sums that plain addition gets wrong.

import NumericalMethods
import Testing

struct CompensatedSumTests {
  @Test func recoversCancelledDigits() {
    #expect(CompensatedSum.of([1, 1e100, 1, -1e100]) == 2)
    #expect(CompensatedSum.of([Double](repeating: 0.1, count: 1000)) == 100)
    #expect(CompensatedSum.of([]) == 0)
  }

  @Test func infinitiesStay() {
    #expect(CompensatedSum.of([1, .infinity, 2]) == .infinity)
    #expect(CompensatedSum.of([.infinity, -.infinity]).isNaN)
  }

  @Test func partsAddUp() {
    var left = CompensatedSum(1e16)
    left.add(1)
    var right = CompensatedSum(1)
    right.add(-1e16)
    left.add(right)
    #expect(left.value == 2)
  }
}
