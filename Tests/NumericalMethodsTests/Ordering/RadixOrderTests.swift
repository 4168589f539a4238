// Orders against the standard sort, with ties, zeros of both signs and missing numbers.

import NumericalMethods
import Testing

struct RadixOrderTests {
  private func reference(_ values: [Double]) -> [Int32] {
    values.indices.sorted { a, b in
      let x = values[a]
      let y = values[b]
      if x.isNaN || y.isNaN { return x.isNaN == y.isNaN ? a < b : y.isNaN }
      return x != y ? x < y : a < b
    }.map(Int32.init)
  }

  @Test func smallCases() {
    #expect(RadixOrder.ascending([Double]()).isEmpty)
    #expect(RadixOrder.ascending([5.0]) == [0])
    #expect(RadixOrder.ascending([3, .nan, 1.5, 3, -2]) == [4, 2, 0, 3, 1])
    #expect(RadixOrder.ascending([0.0, -0.0, -1, 0.5]) == [2, 0, 1, 3])
    #expect(RadixOrder.ascending([.infinity, -.infinity, 0]) == [1, 2, 0])
    #expect(RadixOrder.ascending([Int32(3), -1, 3, 0]) == [1, 3, 0, 2])
    #expect(RadixOrder.ascending([Int.max, Int.min, 0]) == [1, 2, 0])
    #expect(RadixOrder.ascending([Int32.max, Int32.min, 0]) == [1, 2, 0])
  }

  @Test func agreesWithTheStandardSort() {
    var generator = RandomGenerator(seed: 9)
    let days = (0..<5000).map { _ in Double(generator.below(900)) - 100 }
    #expect(RadixOrder.ascending(days) == reference(days))
    var mixed = (0..<5000).map { _ in Elementary.exp(200 * (generator.uniform() - 0.5)) }
    for _ in 0..<200 {
      mixed[generator.below(5000)] = mixed[generator.below(5000)]
      mixed[generator.below(5000)] *= -1
      mixed[generator.below(5000)] = .nan
    }
    #expect(RadixOrder.ascending(mixed) == reference(mixed))
    let wide = (0..<300).map { _ in Double(generator.below(1 << 40)) }
    #expect(RadixOrder.ascending(wide) == reference(wide))
  }
}
