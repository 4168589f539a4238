// The log-rank family by hand: every value is a fraction.

import Testing

@testable import Survival

@Suite struct LogRankTests {
  /// Deaths at 1 and 3 in a, at 2 and 4 in b.
  private let outcome: SurvivalOutcome
  private let groups: GroupCodes

  init() throws {
    outcome = try SurvivalOutcome(time: [1, 2, 3, 4], event: [1, 1, 1, 1])
    groups = try GroupCodes(codes: [0, 1, 0, 1], names: ["a", "b"])
  }

  private func near(_ value: Double?, _ expected: Double) -> Bool {
    abs((value ?? .nan) - expected) <= 1e-15 * max(1, abs(expected))
  }

  @Test func observedExpectedAndVariance() throws {
    let test = try LogRankTest.compare(outcome, groups: groups)
    #expect(test.groups.map(\.observed) == [2, 2])
    #expect(near(test.groups[0].expected, 4.0 / 3) && near(test.groups[1].expected, 8.0 / 3))
    #expect(near(test.variance[0, 0], 13.0 / 18) && near(test.variance[0, 1], -13.0 / 18))
    #expect(near(test.test?.statistic, 8.0 / 13) && test.test?.degreesOfFreedom == 1)
    #expect(test.strataCount == 1)
  }

  /// The weights of the first three event times; the fourth has one row at risk and no variance.
  private static let weightCases: [(weight: LogRankWeight, values: [Double])] = {
    let third: Double = 1.0 / 3
    return [
      (.gehanBreslow, [4, 3, 2]),
      (.taroneWare, [2, 1.7320508075688772, 1.4142135623730951]),
      (.petoPeto, [0.8, 0.6, 0.4]),
      (.modifiedPetoPeto, [0.64, 0.45, 0.8 * third]),
      (.flemingHarrington(rho: 1, gamma: 0), [1, 0.75, 0.5]),
      (.flemingHarrington(rho: 1, gamma: 1), [0, 0.1875, 0.25]),
    ]
  }()

  @Test(arguments: weightCases)
  func weights(weight: LogRankWeight, values: [Double]) throws {
    let score = values[0] / 2 - values[1] / 3 + values[2] / 2
    let squares = values.map { $0 * $0 }
    let variance = squares[0] / 4 + squares[1] * 2 / 9 + squares[2] / 4
    let test = try LogRankTest.compare(outcome, groups: groups, weight: weight)
    #expect(near(test.groups[0].score, score) && near(test.variance[0, 0], variance))
    #expect(near(test.test?.statistic, score * score / variance))
  }

  @Test func strataAreSummed() throws {
    let twice = try SurvivalOutcome(time: [1, 2, 3, 4, 1, 2, 3, 4], event: [1, 1, 1, 1, 1, 1, 1, 1])
    let test = try LogRankTest.compare(
      twice, groups: try GroupCodes(codes: [0, 1, 0, 1, 0, 1, 0, 1], names: ["a", "b"]),
      strata: try GroupCodes(codes: [0, 0, 0, 0, 2, 2, 2, 2], names: ["x", "nobody", "y"]))
    #expect(near(test.variance[0, 0], 13.0 / 9) && near(test.test?.statistic, 16.0 / 13))
    #expect(test.strataCount == 2)
  }

  @Test func trendOverTwoGroupsIsTheTestItself() throws {
    let test = try LogRankTest.compare(outcome, groups: groups)
    #expect(near(try test.trend()?.statistic, 8.0 / 13))
    #expect(near(try test.trend(scores: [-3, 1e6])?.statistic, 8.0 / 13))
    #expect(try test.trend(scores: [2, 2]) == nil)
    #expect(throws: SurvivalInputError(.scores, .lengthMismatch(expected: 2, found: 1))) {
      try test.trend(scores: [1])
    }
  }

  @Test func emptyGroupsAreReportedAndPassedOver() throws {
    let groups = try GroupCodes(codes: [0, 2, 0, 2], names: ["a", "nobody", "b"])
    let test = try LogRankTest.compare(outcome, groups: groups)
    #expect(near(test.test?.statistic, 8.0 / 13) && test.test?.degreesOfFreedom == 1)
    #expect(
      test.groups[1]
        == LogRankTest.Group(name: "nobody", rowCount: 0, eventCount: 0, observed: 0, expected: 0))
    let pairs = test.pairwise(adjustment: .bonferroni)
    #expect(pairs.map { "\($0.first)-\($0.second)" } == ["a-nobody", "a-b", "nobody-b"])
    #expect(pairs[0].test == nil && pairs[0].adjustedPValue == nil)
    #expect(pairs[1].adjustedPValue == pairs[1].test?.pValue)
  }

  @Test func oneGroupIsRefused() throws {
    let groups = try GroupCodes(codes: [1, 1, 1, 1], names: ["nobody", "all"])
    #expect(throws: SurvivalInputError(.groups, .tooFew(minimum: 2, found: 1))) {
      try LogRankTest.compare(outcome, groups: groups)
    }
  }

  @Test func withoutEventsThereIsNoTest() throws {
    let censored = try SurvivalOutcome(time: [1, 2, 3, 4], event: [0, 0, 0, 0])
    let test = try LogRankTest.compare(censored, groups: groups)
    #expect(test.test == nil && test.groups.map(\.expected) == [0, 0])
    #expect(try test.trend() == nil)
  }

  @Test func groupsNeverAtRiskTogetherCannotBeCompared() throws {
    let apart = try SurvivalOutcome(time: [1, 2, 5, 6], event: [1, 1, 1, 1], entry: [0, 0, 4, 4])
    let test = try LogRankTest.compare(
      apart, groups: try GroupCodes(codes: [0, 0, 1, 1], names: ["a", "b"]))
    #expect(test.test == nil)
  }

  @Test func onlyFrequenciesAreWeights() throws {
    let whole = try outcome.weighted(by: [1, 0, 2, 1])
    let repeated = try SurvivalOutcome(time: [1, 3, 3, 4], event: [1, 1, 1, 1])
    let one = try LogRankTest.compare(whole, groups: groups)
    let other = try LogRankTest.compare(
      repeated, groups: try GroupCodes(codes: [0, 0, 0, 1], names: ["a", "b"]))
    #expect(one.test == other.test && one.variance == other.variance)
    #expect(throws: SurvivalInputError(.weights, .unsupported("weights that are not frequencies"), rows: [2]))
    {
      try LogRankTest.compare(try outcome.weighted(by: [1, 1, 0.5, 1]), groups: groups)
    }
  }
}
