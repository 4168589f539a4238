// Bootstrap intervals of differences of medians: against the curves themselves, and as properties.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct MedianDifferenceTests {
  static func sample(_ count: Int, seed: UInt64, hasEntry: Bool = false) throws -> (
    SurvivalOutcome, GroupCodes
  ) {
    var random = RandomGenerator(seed: seed)
    var (time, event, entry, codes): ([Double], [UInt8], [Double], [Int32]) = ([], [], [], [])
    for row in 0..<count {
      let start = Double(random.below(3))
      time.append(start + Double(1 + random.below(8)))
      entry.append(hasEntry ? start : 0)
      event.append(random.below(3) > 0 ? 1 : 0)
      codes.append(Int32(row % 2))
    }
    return (
      try SurvivalOutcome(time: time, event: event, entry: hasEntry ? entry : nil),
      try GroupCodes(codes: codes, names: ["a", "b"])
    )
  }

  /// The estimate is the difference of the curves' own medians, under every rule, with ties and late entry.
  @Test(arguments: QuantileRule.allCases, [false, true]) func mediansAreThoseOfTheCurves(
    _ rule: QuantileRule, _ hasEntry: Bool
  ) throws {
    for seed in 1...40 {
      let (outcome, groups) = try Self.sample(6 + seed, seed: UInt64(seed), hasEntry: hasEntry)
      let curves = try KaplanMeier.estimate(outcome, groups: groups).curves.map { $0.median(rule: rule).time }
      let expected = curves[1].flatMap { own in curves[0].map { own - $0 } }
      let found = try MedianDifference.bootstrap(outcome, groups: groups, rule: rule, repeats: 1, seed: 7)
      #expect(found.first?.difference == expected, "seed \(seed)")
    }
  }

  /// Neither threads nor the order of rows show.
  @Test func threadsAndOrderDoNotMatter() throws {
    let (outcome, groups) = try Self.sample(60, seed: 3)
    let one = try MedianDifference.bootstrap(outcome, groups: groups, repeats: 300, seed: 11)
    let rows = Array((0..<60).reversed())
    let other = try MedianDifference.bootstrap(
      try outcome.resampled(rows), groups: try groups.resampled(rows), repeats: 300, seed: 11, threads: 4)
    #expect(one == other)
    let found = try #require(one.first)
    let difference = try #require(found.difference)
    #expect(try #require(found.confidenceInterval.lower) <= difference)
    #expect(found.confidenceInterval.upper.map { difference <= $0 } ?? (found.notReached > 0))
  }

  /// A group that keeps above one half has no difference, and no limit on its side.
  @Test func whatIsNotReachedHasNoLimit() throws {
    let outcome = try SurvivalOutcome(
      time: [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6], event: [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0])
    let groups = try GroupCodes(codes: [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1], names: ["a", "b"])
    let found = try #require(
      try MedianDifference.bootstrap(outcome, groups: groups, repeats: 200, seed: 1).first)
    #expect(found.difference == nil && found.notReached == 200)
    #expect(found.confidenceInterval.lower == nil && found.confidenceInterval.upper == nil)
  }

  /// Equal times in each group leave nothing to draw: every replicate has the same medians.
  @Test func constantTimesHaveNoSpread() throws {
    let outcome = try SurvivalOutcome(time: [5, 5, 5, 8, 8], event: [1, 1, 1, 1, 1])
    let groups = try GroupCodes(codes: [0, 0, 0, 1, 1], names: ["a", "b"])
    let found = try #require(
      try MedianDifference.bootstrap(outcome, groups: groups, repeats: 100, seed: 1).first)
    #expect(found.difference == 3 && found.confidenceInterval == ConfidenceInterval(lower: 3, upper: 3))
  }
}
