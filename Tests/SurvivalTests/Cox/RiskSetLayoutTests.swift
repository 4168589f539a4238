// Arranging rows by counting gives the layout of the general way.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct RiskSetLayoutTests {
  /// Rows before the first event, rows without weight, long and short segments, and rows that hold the same.
  @Test(arguments: [40, 3_000, 90_000]) func countingArrangesAsTheGeneralWay(_ rowCount: Int) throws {
    var random = RandomGenerator(seed: 31)
    let time = (0..<rowCount).map { _ in Double(1 + random.below(30)) }
    let event = (0..<rowCount).map { row in UInt8(time[row] < 3 ? 0 : random.below(3)) }
    let weights = (0..<rowCount).map { _ in Double(random.below(4)) }
    let keys = (0..<rowCount).map { _ in random.next() >> (random.below(3) == 0 ? 60 : 0) }
    let everybody = GroupCodes.single(rowCount: rowCount)
    for weights in [nil, weights] {
      let outcome = try SurvivalOutcome(time: time, event: event, weights: weights)
      let general = RiskSetLayout.arranged(outcome, strata: everybody, keys: keys, threads: 1)
      for threads in [1, 2] {
        let counted = RiskSetLayout(counting: outcome, keys: keys, threads: threads)
        #expect(counted.bucketStart == general.bucketStart && counted.eventEnd == general.eventEnd)
        #expect(counted.timeRank == general.timeRank && counted.bucketOfRow == general.bucketOfRow)
        #expect(counted.stratumStart == general.stratumStart)
        #expect(counted.stratumCode == general.stratumCode)
        #expect(counted.rows.map { keys[Int($0)] } == general.rows.map { keys[Int($0)] })
        #expect(
          counted.weights == counted.weights.map { _ in counted.rows.map { outcome.weights?[Int($0)] ?? 1 } })
        #expect(Set(counted.rows) == Set(general.rows))
      }
    }
  }

  @Test func withoutEventsNobodyIsArranged() throws {
    let outcome = try SurvivalOutcome(time: [1, 2, 3], event: [0, 0, 0])
    let layout = RiskSetLayout(counting: outcome, keys: [3, 2, 1], threads: 1)
    #expect(layout.rowCount == 0 && layout.eventTimeCount == 0 && layout.stratumCount == 0)
  }
}
