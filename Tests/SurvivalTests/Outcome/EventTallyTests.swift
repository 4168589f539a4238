// Counting rows: by table and through the order, with the same result for any number of threads.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct EventTallyTests {
  static func sample(rows: Int, seed: UInt64, weighted: Bool, delayed: Bool) throws -> (
    SurvivalOutcome, GroupCodes
  ) {
    var generator = RandomGenerator(seed: seed)
    let time = (0..<rows).map { _ in Double(5 + generator.below(50)) }
    let event = (0..<rows).map { _ in UInt8(generator.below(3)) }
    let entry = time.map { max($0 - Double(1 + generator.below(30)), 0) }
    let weights = (0..<rows).map { _ in generator.uniform() * 3 }
    let codes = (0..<rows).map { _ in Int32(generator.below(4)) }
    return (
      try SurvivalOutcome(
        time: time, event: event, entry: delayed ? entry : nil, weights: weighted ? weights : nil),
      try GroupCodes(codes: codes, names: ["a", "b", "c", "d", "nobody"])
    )
  }

  @Test func countsByHand() throws {
    let outcome = try SurvivalOutcome(
      time: [2, 1, 2, 3], event: [1, 0, 2, 1], entry: [0, 0, 1, 0], weights: [1, 2, 4, 8])
    let tally = EventTally.accumulate(
      outcome, units: TallyUnits(codes: [0, 0, 0, 1], count: 2), map: .causes(2), threads: 1)
    let unit = tally.units[0]
    #expect(unit.timeIndex == [0, 1])
    // Censored, cause 1, cause 2, each at times 1 and 2.
    #expect(unit.counts == [1, 0, 0, 1, 0, 1])
    #expect(unit.weights == [2, 0, 0, 1, 0, 4])
    #expect(unit.squaredWeights == [4, 0, 0, 1, 0, 16])
    #expect(unit.entryIndex == [0, 1])
    #expect(unit.entryCounts == [2, 1])
    #expect(unit.entryWeights == [3, 4])
    #expect(tally.units[1].timeIndex == [2])
    let merged = unit.merged(causeCount: 2)
    #expect(merged.counts == [1, 0, 0, 2] && merged.weights == [2, 0, 0, 5])
  }

  @Test(arguments: [false, true], [false, true])
  func tableAndOrderAgree(weighted: Bool, delayed: Bool) throws {
    let (outcome, groups) = try Self.sample(rows: 2000, seed: 3, weighted: weighted, delayed: delayed)
    let map = EventTally.OutcomeMap.causes(2)
    let layout = DenseLayout(unitCount: 5, outcomeCount: 3, timeCount: outcome.order.times.count)
    let dense = layout.units(outcome, unitCodes: groups.codes, map: map, threads: 1)
    let sorted = EventTally.sortedUnits(outcome, units: TallyUnits(groups), map: map)
    for (one, other) in zip(dense, sorted) {
      #expect(one.timeIndex == other.timeIndex && one.counts == other.counts)
      #expect(one.entryIndex == other.entryIndex && one.entryCounts == other.entryCounts)
      #expect(one.rowCount == other.rowCount)
      #expect(zip(one.weights ?? [], other.weights ?? []).allSatisfy { abs($0 - $1) <= 1e-14 * $0 })
      #expect(zip(one.entryWeights ?? [], other.entryWeights ?? []).allSatisfy { abs($0 - $1) <= 1e-14 * $0 })
      #expect((one.weights == nil) == (other.weights == nil))
    }
  }

  @Test func threadsChangeNoBit() throws {
    let (outcome, groups) = try Self.sample(rows: 300_000, seed: 5, weighted: true, delayed: false)
    let one = EventTally.accumulate(outcome, units: TallyUnits(groups), map: .anyEvent, threads: 1)
    let four = EventTally.accumulate(outcome, units: TallyUnits(groups), map: .anyEvent, threads: 4)
    for (first, second) in zip(one.units, four.units) {
      #expect(first.counts == second.counts && first.weights == second.weights)
      #expect(first.squaredWeights == second.squaredWeights)
    }
  }

  @Test func riskSetsAreExactlyEmptyWhenNobodyRemains() throws {
    // 0.1 + 0.2 + 0.3 leaves a rest when subtracted one by one.
    let outcome = try SurvivalOutcome(
      time: [1, 2, 3, 10, 11], event: [1, 1, 1, 1, 0], entry: [0, 0, 0, 5, 5],
      weights: [0.1, 0.2, 0.3, 0.7, 0])
    let tally = EventTally.accumulate(
      outcome, units: TallyUnits(codes: [0, 0, 0, 0, 0], count: 1), map: .anyEvent, threads: 1)
    let sets = RiskSets(tally.units[0], outcomeCount: 2)
    #expect(sets.atRisk[2] == 0.3 && sets.survivors[2] == 0)
    // Only a row of weight 0 is left behind.
    #expect(sets.atRisk[3] == 0.7 && sets.survivors[3] == 0)
    #expect(sets.rowsAtRisk == [3, 2, 1, 2, 1])
  }

  @Test func scanWalksThroughTheGroupsTogether() throws {
    let outcome = try SurvivalOutcome(time: [1, 3, 2, 3], event: [1, 0, 1, 1], entry: [0, 2, 0, 0])
    let tally = EventTally.accumulate(
      outcome, units: TallyUnits(codes: [0, 0, 1, 1], count: 2), map: .anyEvent, threads: 1)
    var scan = StratumScan(tally, units: [0, 1])
    var seen: [[Double]] = []
    while scan.next() { seen.append(scan.atRisk + scan.leaving) }
    // At risk in both groups; then censored and events of both.
    #expect(seen == [[1, 2, 0, 0, 1, 0], [0, 2, 0, 0, 0, 1], [1, 1, 1, 0, 0, 1]])
  }
}
