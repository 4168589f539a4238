// A first look at each part.

import NumericalMethods
import Testing

@Test func normalTail() {
  #expect(abs(NormalDistribution.upperTail(37) / 5.7255712225245768e-300 - 1) < 1e-15)
}
@Test func chiSquaredTail() {
  #expect(
    abs(ChiSquaredDistribution.upperTail(500, degreesOfFreedom: 3) / 4.7716720319127585e-108 - 1) < 1e-13)
}
@Test func gram() {
  let x = Matrix(columns: [[1, 1, 1], [1, 2, 3]])
  #expect(WeightedGram.matrix(x, weights: [1, 2, 1]) == Matrix(rows: [[4, 8], [8, 18]]))
}
@Test func order() { #expect(RadixOrder.ascending([3, .nan, 1.5, 3, -2]) == [4, 2, 0, 3, 1]) }
