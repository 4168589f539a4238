// Quantiles on steps and off them, by the rules of R, SAS and Stata.

import Testing

@testable import Survival

@Suite struct SurvivalQuantileTests {
  private func curve(_ time: [Double], _ event: [UInt8]) throws -> SurvivalCurve {
    try #require(try KaplanMeier.estimate(try SurvivalOutcome(time: time, event: event)).curves.first)
  }

  @Test func offAStepAllRulesAgree() throws {
    let curve = try curve([1, 2, 3], [1, 1, 1])
    for rule in QuantileRule.allCases { #expect(curve.median(rule: rule).time == 2) }
  }

  @Test func onAStepTheRulesDiffer() throws {
    // S is 1/2 from 2 to 3, with somebody censored in between.
    let stepped = try curve([1, 2, 2.5, 3], [1, 1, 0, 1])
    #expect(stepped.quantile(0.5, rule: .midpoint).time == 2.5)
    #expect(stepped.quantile(0.5, rule: .midpointToNextEvent).time == 2.5)
    #expect(stepped.quantile(0.5, rule: .firstTime).time == 2)
    // No event follows: R goes to the last observed time, SAS has no value.
    let last = try curve([1, 2, 3, 6], [1, 1, 0, 0])
    #expect(last.quantile(0.5, rule: .midpoint).time == 4)
    #expect(last.quantile(0.5, rule: .midpointToNextEvent).time == nil)
    #expect(last.quantile(0.5, rule: .firstTime).time == 2)
  }

  @Test func equalityIsJudgedWithinRounding() throws {
    // 0.9 · 8/9 · 7/8 · 6/7 · 5/6 is not exactly 0.5.
    let curve = try curve((1...10).map(Double.init), [UInt8](repeating: 1, count: 10))
    #expect(curve.median().time == 5.5)
    #expect(curve.quantile(0.3).time == 3.5)
  }

  @Test func notReachedIsNoTimeButMayHaveALimit() throws {
    let curve = try curve([1, 2, 3, 4, 5, 6, 7, 8], [1, 1, 1, 0, 0, 0, 0, 0])
    let median = curve.median()
    #expect(median.time == nil && median.confidenceInterval.upper == nil)
    #expect(median.confidenceInterval.lower == 1)
  }

  @Test func extremesAreTheStartAndTheEnd() throws {
    let curve = try curve([1, 2, 3], [1, 1, 1])
    #expect(curve.quantile(0).time == 0)
    #expect(curve.quantile(1).time == 3)
  }
}
