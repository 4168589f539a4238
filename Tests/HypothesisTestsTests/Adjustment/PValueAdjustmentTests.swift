// Adjusted p-values by hand.

import HypothesisTests
import Testing

struct PValueAdjustmentTests {
  @Test func byHand() {
    let p = [0.01, 0.04, 0.03]
    #expect(PValueAdjustment.bonferroni.adjust(p).map { ($0 * 100).rounded() } == [3, 12, 9])
    // Holm: 3 × 0.01, then 2 × 0.03, then the greater of 0.06 and 0.04.
    #expect(PValueAdjustment.holm.adjust(p) == [0.03, 0.06, 0.06])
    // Hochberg: 0.04, then the lesser of 0.04 and 2 × 0.03.
    #expect(PValueAdjustment.hochberg.adjust(p) == [0.03, 0.04, 0.04])
    #expect(PValueAdjustment.benjaminiHochberg.adjust(p) == [0.03, 0.04, 0.04])
    #expect(PValueAdjustment.none.adjust(p) == p)
  }

  @Test func missingValuesDoNotCount() {
    let adjusted = PValueAdjustment.holm.adjust([0.01, .nan, 0.04])
    #expect(adjusted[0] == 0.02 && adjusted[1].isNaN && adjusted[2] == 0.04)
    #expect(PValueAdjustment.benjaminiYekutieli.adjust([]).isEmpty)
    #expect(PValueAdjustment.bonferroni.adjust([0.6, 0.7]) == [1, 1])
  }
}
