// Distinct times, near-equal times, and the orders of the rows.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct TimeOrderTests {
  @Test func ranksWholeNumbersWithoutSorting() throws {
    let order = try SurvivalOutcome(time: [30, 10, 20, 10], event: [1, 1, 0, 0]).order
    #expect(order.times == [10, 20, 30])
    #expect(order.rank == [2, 0, 1, 0])
    #expect(order.ascending == [1, 3, 2, 0])
    #expect(order.firstPositions == [0, 2, 3, 4])
    #expect(order.entryRank == nil)
    #expect(order.entryAscending == nil)
  }

  /// Whole days straight from their column are ranked as the same days as doubles, by however many threads.
  @Test func ranksNarrowColumnsAsDoubles() throws {
    var random = RandomGenerator(seed: 5)
    let days = (0..<200_000).map { _ in 20 + random.below(200) }
    let event = days.map { UInt8($0 & 1) }
    let expected = try SurvivalOutcome(time: days.map(Double.init), event: event)
    for column in [
      NarrowColumn.uint8(days.map { UInt8($0) }), .int16(days.map { Int16($0) }),
      .int32(days.map { Int32($0) }),
    ] {
      for threads in [1, 3] {
        let outcome = try #require(SurvivalOutcome(time: column, event: event, threads: threads))
        #expect(outcome.order.times == expected.order.times && outcome.order.rank == expected.order.rank)
        #expect(Array(outcome.time) == days.map(Double.init))
      }
    }
    // What is refused, or cannot be ranked by a table, is left to the general way.
    #expect(SurvivalOutcome(time: .int16([-1, 2]), event: [1, 1], threads: 1) == nil)
    #expect(
      SurvivalOutcome(time: .int16([-1, 2]), event: [1, 1], allowsNegativeTimes: true, threads: 1) != nil)
    #expect(SurvivalOutcome(time: .int32([0, 1 << 20]), event: [1, 1], threads: 1) == nil)
    #expect(SurvivalOutcome(time: .uint8([]), event: [], threads: 1) == nil)
  }

  @Test func findsTheLastTimeNotAfter() throws {
    let order = try SurvivalOutcome(time: [1.5, 2.5], event: [1, 1]).order
    #expect(order.index(notAfter: 1) == nil)
    #expect(order.index(notAfter: 1.5) == 0)
    #expect(order.index(notAfter: 9) == 1)
  }

  @Test func placesEntriesAtTheFirstTimeLaterThanThey() throws {
    for scale in [1.0, 0.5] {
      // At risk in entry < t ≤ time: entry at 2 is not at risk at 2.
      let order = try SurvivalOutcome(
        time: [2, 4, 6].map { $0 * scale }, event: [1, 1, 1], entry: [0, 2, 3].map { $0 * scale }
      ).order
      #expect(order.times == [2, 4, 6].map { $0 * scale })
      #expect(order.entryRank == [0, 1, 1])
      #expect(order.entryAscending == [0, 1, 2])
    }
  }

  @Test func mergesNearEqualTimesIntoTheFirstOfTheRun() throws {
    // R: aeqSurv(Surv(c(1, 1 + 1e-9, 1 + 2e-9, 2)))
    let outcome = try SurvivalOutcome(time: [1 + 2e-9, 1, 2, 1 + 1e-9], event: [1, 1, 1, 1])
    #expect(outcome.order.times == [1, 2])
    #expect(Array(outcome.time) == [1, 1, 2, 1])
    let apart = try SurvivalOutcome(
      time: [1 + 2e-9, 1, 2, 1 + 1e-9], event: [1, 1, 1, 1], mergesNearEqualTimes: false)
    #expect(apart.order.times.count == 4)
  }

  @Test func toleranceGrowsWithTheMeanTime() throws {
    // A gap of 1 in times around 1e9 is under √ε of their mean; so R merges whole numbers of that size too.
    #expect(
      try SurvivalOutcome(time: [1e9, 1e9 + 1, 1e9 + 100], event: [1, 1, 1]).order.times == [1e9, 1e9 + 100])
    #expect(try SurvivalOutcome(time: [1e6, 1e6 + 1], event: [1, 1]).order.times.count == 2)
  }

  @Test func bothWaysOfRankingAgree() throws {
    var generator = RandomGenerator(seed: 7)
    let time = (0..<500).map { _ in Double(1 + generator.below(90)) }
    let entry = time.map { max($0 - Double(1 + generator.below(40)), -1) }
    let event = [UInt8](repeating: 1, count: 500)
    let whole = try SurvivalOutcome(time: time, event: event, entry: entry).order
    let scaled = try SurvivalOutcome(
      time: time.map { $0 * 0.37 }, event: event, entry: entry.map { $0 * 0.37 }
    ).order
    #expect(whole.rank == scaled.rank)
    #expect(whole.entryRank == scaled.entryRank)
    #expect(whole.ascending == scaled.ascending)
    #expect(whole.times.map { $0 * 0.37 } == scaled.times)
  }

  @Test func negativeZeroIsZero() throws {
    #expect(try SurvivalOutcome(time: [0.5, -0.0, 0.0], event: [1, 1, 1]).order.times.count == 2)
  }
}
