// Counting narrow columns gives what the rows one by one give.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct NarrowFollowUpTests {
  /// Whole numbers of days, event codes 3, 5 and 9, groups as bytes that skip a code.
  private struct Sample {
    var days: [Int]
    var event: [UInt8]
    var bytes: [UInt8]
    var outcomes = [UInt8](repeating: 255, count: 256)
    var groups = [Int32](repeating: -1, count: 256)
    let names = ["a", "b", "nobody"]

    init(rows: Int, seed: UInt64) {
      var generator = RandomGenerator(seed: seed)
      days = (0..<rows).map { _ in 3 + 2 * generator.below(40) }
      event = (0..<rows).map { _ in [3, 5, 9][generator.below(3)] }
      bytes = (0..<rows).map { _ in [0, 2][generator.below(2)] }
      (outcomes[5], outcomes[3], outcomes[9]) = (0, 1, 2)
      (groups[0], groups[2]) = (0, 1)
    }

    var columns: [NarrowColumn] {
      [.uint8(days.map { UInt8($0) }), .int16(days.map { Int16($0) }), .int32(days.map { Int32($0) })]
    }

    var rows: (outcome: SurvivalOutcome, groups: GroupCodes) {
      get throws {
        (
          try SurvivalOutcome(time: days.map(Double.init), event: event.map { outcomes[Int($0)] }),
          try GroupCodes(codes: bytes.map { groups[Int($0)] }, names: names)
        )
      }
    }

    func counted(_ time: NarrowColumn, _ groups: GroupCodes?, threads: Int = 1) -> EventTally? {
      EventTally.counting(
        NarrowFollowUp(time: time, event: event, outcomes: outcomes, outcomeCount: 3), groups: groups,
        threads: threads)
    }
  }

  private func expectSame(_ one: EventTally, _ other: EventTally) {
    #expect(one.times == other.times && one.units.count == other.units.count)
    for (one, other) in zip(one.units, other.units) {
      #expect(one.timeIndex == other.timeIndex && one.counts == other.counts)
      #expect(one.rowCount == other.rowCount && one.weights == nil && one.entryIndex == nil)
    }
  }

  @Test func agreesWithTheRows() throws {
    for (rows, threads) in [(1, 1), (500, 1), (300_000, 2)] {
      let sample = Sample(rows: rows, seed: UInt64(rows))
      let (outcome, wide) = try sample.rows
      let narrow = try GroupCodes(bytes: sample.bytes, groups: sample.groups, names: sample.names)
      let grouped = EventTally.accumulate(outcome, units: TallyUnits(wide), map: .causes(2), threads: 1)
      let all = EventTally.accumulate(
        outcome, units: TallyUnits(.single(rowCount: rows)), map: .causes(2), threads: 1)
      for column in sample.columns {
        for groups in [narrow, wide] {
          let counted = try #require(sample.counted(column, groups, threads: threads))
          expectSame(counted, grouped)
          expectSame(counted.pooled, all)
        }
        expectSame(try #require(sample.counted(column, nil, threads: threads)), all)
      }
      #expect(narrow == wide && narrow.sizes == wide.sizes && narrow.codes == wide.codes)
    }
  }

  @Test func estimatorsAgreeToTheLastBit() throws {
    let sample = Sample(rows: 4000, seed: 8)
    let (outcome, groups) = try sample.rows
    let tally = try #require(sample.counted(sample.columns[1], groups))
    let curves = try KaplanMeier.estimate(tally, names: sample.names).curves
    for (one, other) in zip(curves, try KaplanMeier.estimate(outcome, groups: groups).curves) {
      #expect(one.name == other.name && one.time == other.time && one.survival == other.survival)
      #expect(one.atRisk == other.atRisk && one.events == other.events && one.censored == other.censored)
      #expect(one.lower.map(\.bitPattern) == other.lower.map(\.bitPattern))
    }
    let robust = KaplanMeierOptions(variance: .robust)
    #expect(
      try KaplanMeier.estimate(tally.pooled, options: robust).curves[0].standardError.map(\.bitPattern)
        == KaplanMeier.estimate(outcome, options: robust).curves[0].standardError.map(\.bitPattern))
    let reversed = try KaplanMeier.reverse(tally, names: sample.names).curves
    for (one, other) in zip(reversed, try KaplanMeier.reverse(outcome, groups: groups).curves) {
      #expect(one.survival == other.survival && one.events == other.events)
    }
    let test = try LogRankTest.compare(tally, names: sample.names)
    #expect(test.test == (try LogRankTest.compare(outcome, groups: groups).test))
    let incidence = try CumulativeIncidence.estimate(tally, names: sample.names)
    let byRows = try CumulativeIncidence.estimate(outcome, groups: groups)
    for (one, other) in zip(incidence.groups, byRows.groups) {
      #expect(one.causes.map(\.cumulativeIncidence) == other.causes.map(\.cumulativeIncidence))
      #expect(one.causes.map(\.jackknifeStandardError) == other.causes.map(\.jackknifeStandardError))
    }
    #expect(
      try GrayTest.compare(tally, names: sample.names).causes.map(\.test)
        == GrayTest.compare(outcome, groups: groups).causes.map(\.test))
    #expect(tally.outcomeTotals == (0...2).map { code in outcome.event.count { Int($0) == code } })
  }

  @Test func leavesAwkwardRowsToOthers() throws {
    let sample = Sample(rows: 100, seed: 1)
    #expect(sample.counted(.int16(Array(repeating: -1, count: 100)), nil) == nil)
    #expect(sample.counted(.int16([1, 2]), nil) == nil)
    #expect(sample.counted(.int32(sample.days.map { Int32($0) + 40_000_000 }), nil) == nil)
    #expect(sample.counted(.int32((0..<100).map { Int32($0 * 100_000) }), nil) == nil)
    #expect(sample.counted(sample.columns[0], .single(rowCount: 99)) == nil)
    var strange = sample
    strange.event[17] = 4
    #expect(strange.counted(strange.columns[0], nil) == nil)
    #expect(throws: SurvivalInputError(.groups, .codeOutOfRange, rows: [1])) {
      try GroupCodes(bytes: [0, 1, 2], groups: sample.groups, names: sample.names)
    }
    #expect(throws: SurvivalInputError.self) {
      try KaplanMeier.estimate(try #require(sample.counted(sample.columns[0], nil)), names: ["a", "b"])
    }
  }
}
