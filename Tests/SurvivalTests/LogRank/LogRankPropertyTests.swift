// What must not change a log-rank test, on seeded random data.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct LogRankPropertyTests {
  @Test(arguments: 1...5, [LogRankWeight.logRank, .taroneWare, .flemingHarrington(rho: 0.5, gamma: 1)])
  func invariances(seed: UInt64, weight: LogRankWeight) throws {
    var generator = RandomGenerator(seed: seed)
    let rows = 150
    let time = (0..<rows).map { _ in Double(2 + generator.below(30)) }
    let event = (0..<rows).map { _ in UInt8(generator.below(2)) }
    let codes = (0..<rows).map { _ in Int32(generator.below(4)) }
    let names = ["a", "b", "c", "d"]
    let outcome = try SurvivalOutcome(time: time, event: event)
    let test = try LogRankTest.compare(
      outcome, groups: try GroupCodes(codes: codes, names: names), weight: weight)

    // Scores and rows of the variance add up to zero.
    #expect(abs(test.groups.reduce(0) { $0 + $1.score }) < 1e-11)
    for row in 0..<4 { #expect(abs(test.variance.row(row).reduce(0, +)) < 1e-10) }
    #expect(test.test?.degreesOfFreedom == 3)

    let order = generator.permutation(rows).map { Int($0) }
    let shuffled = try LogRankTest.compare(
      try SurvivalOutcome(time: order.map { time[$0] }, event: order.map { event[$0] }),
      groups: try GroupCodes(codes: order.map { codes[$0] }, names: names), weight: weight)
    #expect(shuffled.test == test.test && shuffled.variance == test.variance)

    let scaled = try LogRankTest.compare(
      try SurvivalOutcome(time: time.map { $0 / 30.4375 }, event: event),
      groups: try GroupCodes(codes: codes, names: names), weight: weight)
    #expect(scaled.test == test.test)

    let oneStratum = try LogRankTest.compare(
      outcome, groups: try GroupCodes(codes: codes, names: names), strata: .single(rowCount: rows),
      weight: weight)
    #expect(oneStratum.test == test.test)

    let renamed = try LogRankTest.compare(
      outcome, groups: try GroupCodes(codes: codes.map { 3 - $0 }, names: names.reversed()), weight: weight)
    let (one, other) = (try #require(test.test?.statistic), try #require(renamed.test?.statistic))
    #expect(abs(one - other) < 1e-10 * one)
  }

  @Test(arguments: 1...5)
  func splittingFollowUpDoesNotMatter(seed: UInt64) throws {
    var generator = RandomGenerator(seed: seed)
    let time = (0..<80).map { _ in Double(2 + generator.below(20)) }
    let event = (0..<80).map { _ in UInt8(generator.below(2)) }
    let codes = (0..<80).map { _ in Int32(generator.below(3)) }
    let names = ["a", "b", "c"]
    let whole = try LogRankTest.compare(
      try SurvivalOutcome(time: time, event: event), groups: try GroupCodes(codes: codes, names: names))
    let later = time.indices.filter { time[$0] > 7 }
    let split = try SurvivalOutcome(
      time: time.map { min($0, 7) } + later.map { time[$0] },
      event: time.indices.map { time[$0] > 7 ? 0 : event[$0] } + later.map { event[$0] },
      entry: time.map { _ in 0 } + later.map { _ in 7 })
    let parts = try LogRankTest.compare(
      split, groups: try GroupCodes(codes: codes + later.map { codes[$0] }, names: names))
    #expect(parts.test == whole.test && parts.variance == whole.variance)
  }

  @Test func manyStrataGoThroughTheOrder() throws {
    // 400 strata of 3 groups and 900 times do not fit a small table; the result is that of the strata one by one.
    var generator = RandomGenerator(seed: 21)
    let time = (0..<2400).map { _ in Double(1 + generator.below(900)) }
    let event = (0..<2400).map { _ in UInt8(generator.below(2)) }
    let codes = (0..<2400).map { _ in Int32(generator.below(3)) }
    let strata = (0..<2400).map { Int32($0 % 400) }
    let names = ["a", "b", "c"]
    let whole = try LogRankTest.compare(
      try SurvivalOutcome(time: time, event: event), groups: try GroupCodes(codes: codes, names: names),
      strata: try GroupCodes(codes: strata, names: (0..<400).map(String.init)))
    var scores = [0.0, 0, 0]
    for stratum in 0..<400 {
      let rows = strata.indices.filter { strata[$0] == stratum }
      let part = try? LogRankTest.compare(
        try SurvivalOutcome(time: rows.map { time[$0] }, event: rows.map { event[$0] }),
        groups: try GroupCodes(codes: rows.map { codes[$0] }, names: names))
      for group in 0..<3 { scores[group] += part?.groups[group].score ?? 0 }
    }
    for group in 0..<3 { #expect(abs(whole.groups[group].score - scores[group]) < 1e-11) }
  }
}
