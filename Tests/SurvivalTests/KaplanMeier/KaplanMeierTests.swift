// Kaplan–Meier curves by hand: every value is a fraction.

import Testing

@testable import Survival

@Suite struct KaplanMeierTests {
  /// Deaths at 1, 2, 3; censored at 2 and 5.
  private let outcome: SurvivalOutcome

  init() throws {
    outcome = try SurvivalOutcome(time: [1, 2, 2, 3, 5], event: [1, 1, 0, 1, 0])
  }

  private func near(_ value: Double?, _ expected: Double) -> Bool {
    abs((value ?? .nan) - expected) <= 4e-16 * max(1, abs(expected))
  }

  @Test func productLimitAndGreenwood() throws {
    let curve = try #require(try KaplanMeier.estimate(outcome).curves.first)
    #expect(curve.time == [1, 2, 3, 5])
    #expect(curve.atRisk == [5, 4, 2, 1])
    #expect(curve.events == [1, 1, 1, 0] && curve.censored == [0, 1, 0, 1])
    for (found, expected) in zip(curve.survival, [4.0 / 5, 3.0 / 5, 3.0 / 10, 3.0 / 10]) {
      #expect(near(found, expected))
    }
    // 1/(5·4) + 1/(4·3) + 1/(2·1) = 19/30
    #expect(near(curve.standardError[2], 0.3 * (19.0 / 30).squareRoot()))
    #expect(near(curve.cumulativeHazard[2], 19.0 / 20))
    #expect(near(curve.cumulativeHazardStandardError[2], (1.0 / 25 + 1.0 / 16 + 1.0 / 4).squareRoot()))
    #expect(curve.rowCount == 5 && curve.eventCount == 3 && curve.lastTime == 5 && curve.lastEventTime == 3)
  }

  @Test func tiedEventsOneAfterAnother() throws {
    let tied = try SurvivalOutcome(time: [1, 1, 1, 2], event: [1, 1, 1, 0])
    let curve = try #require(
      try KaplanMeier.estimate(tied, options: KaplanMeierOptions(hazardEstimator: .tieCorrected)).curves.first
    )
    #expect(near(curve.cumulativeHazard[0], 1.0 / 4 + 1.0 / 3 + 1.0 / 2))
    #expect(near(curve.cumulativeHazardStandardError[0], (1.0 / 16 + 1.0 / 9 + 1.0 / 4).squareRoot()))
  }

  @Test func jackknifeOfAProportionIsItsBinomialVariance() throws {
    let curve = try #require(
      try KaplanMeier.estimate(outcome, options: KaplanMeierOptions(variance: .robust)).curves.first)
    // Nobody is censored before 1: S(1) = 4/5 has variance (4/5)(1/5)/5.
    #expect(near(curve.standardError[0], (4.0 / 125).squareRoot()))
  }

  @Test func robustByDefaultOnlyForClustersAndFractionalWeights() throws {
    #expect(try !KaplanMeier.estimate(outcome).isRobust)
    #expect(try !KaplanMeier.estimate(outcome.weighted(by: [1, 2, 0, 3, 1])).isRobust)
    #expect(try KaplanMeier.estimate(outcome.weighted(by: [1, 2, 0.5, 3, 1])).isRobust)
    let clusters = try GroupCodes(codes: [0, 0, 1, 1, 2], names: ["a", "b", "c"])
    #expect(try KaplanMeier.estimate(outcome, clusters: clusters).isRobust)
  }

  @Test func readsAtGivenTimes() throws {
    let curve = try #require(try KaplanMeier.estimate(outcome).curves.first)
    let start = curve.at(0.5)
    #expect(start.survival == 1 && start.standardError == 0 && start.atRisk == 5)
    #expect(start.confidenceInterval == ConfidenceInterval(lower: 1, upper: 1))
    let middle = curve.at(2.5)
    #expect(near(middle.survival, 0.6) && middle.atRisk == 2)
    #expect(middle.cumulativeEvents == 2 && middle.cumulativeCensored == 1)
    #expect(curve.at(5).survival != nil)
    let beyond = curve.at(5.001)
    #expect(beyond.survival == nil && beyond.confidenceInterval == .notEstimable && beyond.atRisk == 0)
    #expect(beyond.cumulativeEvents == 3)
  }

  @Test func nothingIsKnownWhereSurvivalIsZero() throws {
    let all = try SurvivalOutcome(time: [1, 2], event: [1, 1])
    let end = try #require(try KaplanMeier.estimate(all).curves.first).at(2)
    #expect(end.survival == 0 && end.standardError == nil && end.confidenceInterval == .notEstimable)
  }

  @Test func countsAtRiskBetweenTheObservedTimes() throws {
    // Nobody is under observation at 4.5; two are from 8 on.
    let delayed = try SurvivalOutcome(time: [4, 10, 12], event: [1, 1, 1], entry: [0, 5, 8])
    let curve = try #require(try KaplanMeier.estimate(delayed).curves.first)
    #expect(curve.riskTable(at: [0, 4, 4.5, 6, 9, 12, 13]).map(\.atRisk) == [0, 1, 0, 1, 2, 1, 0])
    let counted = curve.riskTable(at: [0, 4, 4.5, 6], countsFirstEntries: true)
    #expect(counted.map(\.atRisk) == [1, 1, 0, 1])
    #expect(curve.at(4.5).atRisk == 2)
    let table = try #require(try KaplanMeier.estimate(outcome).curves.first).riskTable(at: [0, 2, 4, 6])
    #expect(table.map(\.atRisk) == [5, 4, 1, 0])
    #expect(table.map(\.events) == [0, 2, 1, 0] && table.map(\.censored) == [0, 1, 0, 1])
    #expect(table.map(\.cumulativeEvents) == [0, 2, 3, 3])
  }

  @Test func aRowThatTheSubjectContinuesIsNotCensored() throws {
    let split = try SurvivalOutcome(time: [2, 5, 3, 4], event: [0, 1, 0, 0], entry: [0, 2, 0, 0])
    let subjects = try GroupCodes(codes: [0, 0, 1, 2], names: ["x", "y", "z"])
    let plain = try #require(try KaplanMeier.estimate(split).curves.first)
    let joined = try #require(try KaplanMeier.estimate(split, subjects: subjects).curves.first)
    #expect(plain.censored == [1, 1, 1, 0] && joined.censored == [0, 1, 1, 0])
    #expect(plain.survival == joined.survival)
    let reverse = try #require(try KaplanMeier.reverse(split, subjects: subjects).curves.first)
    #expect(reverse.events == [0, 1, 1, 0] && reverse.atRisk == [3, 3, 2, 1])
  }

  @Test func emptyGroupsHaveCurvesWithoutTimes() throws {
    let groups = try GroupCodes(codes: [0, 0, 2, 2, 2], names: ["a", "nobody", "b"])
    let estimate = try KaplanMeier.estimate(outcome, groups: groups)
    #expect(estimate.curves.map(\.rowCount) == [2, 0, 3])
    let empty = try #require(estimate["nobody"])
    #expect(empty.time.isEmpty && empty.at(1).survival == nil && empty.median().time == nil)
    #expect(empty.lastTime == nil && empty.restrictedMean(upTo: 3).mean == nil)
  }

  @Test func followUpIsSummedUpFromTheReverseCurve() throws {
    let reverse = try #require(try KaplanMeier.reverse(outcome).curves.first)
    let summary = FollowUpSummary(reverse: reverse)
    #expect(summary.shortestWithoutEvent == 2 && summary.longestWithoutEvent == 5 && summary.lastTime == 5)
    #expect(summary.median.time == 5 && summary.lowerQuartile.time == 3.5)
  }

  @Test func refusesWhatDoesNotFit() throws {
    #expect(throws: SurvivalInputError(.confidenceLevel, .outOfRange)) {
      try KaplanMeier.estimate(outcome, options: KaplanMeierOptions(confidenceLevel: 1))
    }
    #expect(throws: SurvivalInputError(.groups, .lengthMismatch(expected: 5, found: 2))) {
      try KaplanMeier.estimate(outcome, groups: .single(rowCount: 2))
    }
    #expect(throws: SurvivalInputError(.clusters, .lengthMismatch(expected: 5, found: 2))) {
      try KaplanMeier.estimate(outcome, clusters: .single(rowCount: 2))
    }
  }
}
