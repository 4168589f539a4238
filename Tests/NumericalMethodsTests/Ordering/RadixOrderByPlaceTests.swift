// The short way of sorting doubles is the long way's order, ties, crowds and odd values included.

import Testing

@testable import NumericalMethods

@Suite struct RadixOrderByPlaceTests {
  static func sorted(_ values: [Double]) -> [Int32] {
    let bits = values.map(RadixOrder.orderedBits)
    return values.indices.sorted { bits[$0] != bits[$1] ? bits[$0] < bits[$1] : $0 < $1 }.map { Int32($0) }
  }

  static func byPlace(_ values: [Double]) -> [Int32]? {
    values.withUnsafeBufferPointer { RadixOrder.byPlace($0) }
  }

  @Test func orderIsThatOfTheValues() {
    var random = RandomGenerator(seed: 9)
    let normal = (0..<6000).map { _ in random.normal() }
    #expect(Self.byPlace(normal) == Self.sorted(normal))
    let tied = normal.map { ($0 * 8).rounded() / 8 }
    #expect(Self.byPlace(tied) == Self.sorted(tied))
    var odd = normal
    odd[3] = .nan
    odd[4000] = .nan
    odd[17] = -0.0
    odd[18] = 0
    #expect(Self.byPlace(odd) == Self.sorted(odd))
    // Neighbouring doubles share a step.
    var near = normal
    for row in stride(from: 10, to: 6000, by: 500) { near[row] = near[row - 1].nextUp }
    #expect(Self.byPlace(near) == Self.sorted(near))
  }

  @Test func crowdsAndInfinitiesAreLeftToTheLongWay() {
    var random = RandomGenerator(seed: 10)
    var crowded = (0..<6000).map { _ in random.normal() }
    crowded[5] = 1e300
    #expect(Self.byPlace(crowded) == nil)
    #expect(RadixOrder.ascending(crowded) == Self.sorted(crowded))
    crowded[5] = .infinity
    #expect(Self.byPlace(crowded) == nil)
    #expect(RadixOrder.ascending(crowded) == Self.sorted(crowded))
    #expect(Self.byPlace([Double](repeating: 2.5, count: 6000)) == nil)
  }
}
