// Adjusted p-values by hand and against R's p.adjust.

import Testing

@testable import Survival

@Suite struct MultiplicityAdjustmentTests {
  private let pValues = [0.01, 0.04, 0.03, 0.005]

  private func adjusted(_ method: MultiplicityAdjustment, _ values: [Double?]? = nil) -> [Double?] {
    method.adjust(values ?? pValues)
  }

  private func near(_ found: [Double?], _ expected: [Double]) -> Bool {
    found.count == expected.count && zip(found, expected).allSatisfy { abs(($0 ?? .nan) - $1) < 1e-15 }
  }

  @Test func byHand() {
    #expect(near(adjusted(.none), pValues))
    #expect(near(adjusted(.bonferroni), [0.04, 0.16, 0.12, 0.02]))
    #expect(near(adjusted(.holm), [0.03, 0.06, 0.06, 0.02]))
    #expect(near(adjusted(.hochberg), [0.03, 0.04, 0.04, 0.02]))
    #expect(near(adjusted(.benjaminiHochberg), [0.02, 0.04, 0.04, 0.02]))
  }

  @Test func neverAboveOneAndMissingIsNotCounted() {
    #expect(near(adjusted(.bonferroni, [0.9, 0.6]), [1, 1]))
    let found = adjusted(.holm, [0.02, nil, 0.03])
    #expect(found[1] == nil)
    #expect(near([found[0], found[2]], [0.04, 0.04]))
    #expect(adjusted(.hochberg, []).isEmpty)
  }
}
