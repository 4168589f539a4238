// Survival at a fixed time compared: by hand.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct MilestoneComparisonTests {
  private func curves(_ time: [Double], _ event: [UInt8], _ codes: [Int32]) throws -> [SurvivalCurve] {
    try KaplanMeier.estimate(
      try SurvivalOutcome(time: time, event: event), groups: try GroupCodes(codes: codes, names: ["a", "b"])
    ).curves
  }

  @Test func differenceOfTwoProportions() throws {
    // At 2: a has 1 of 4 dead, b 3 of 4; variances 3/64 each.
    let curves = try curves(
      [1, 5, 5, 5, 1, 2, 2, 5], [1, 0, 0, 0, 1, 1, 1, 0], [0, 0, 0, 0, 1, 1, 1, 1])
    let milestone = MilestoneComparison(curves[0], curves[1], at: 2)
    let difference = try #require(milestone.difference)
    #expect(abs(difference.estimate + 0.5) < 1e-15)
    #expect(abs(difference.standardError - (6.0 / 64).squareRoot()) < 1e-15)
    #expect(abs((difference.test?.statistic ?? 0) - 0.25 / (6.0 / 64)) < 1e-13)
    // log(−log S): variances (3/64) / (S log S)².
    let (low, high) = (Elementary.log(0.25), Elementary.log(0.75))
    let contrast = Elementary.log(low / high)
    let variance = 3.0 / 64 * (16 / (low * low) + 16 / 9 / (high * high))
    let test = try #require(milestone.complementaryLogLogTest)
    #expect(abs(test.statistic - contrast * contrast / variance) < 1e-13)
  }

  @Test func notEstimableBeyondFollowUpOrAtTheBorder() throws {
    let curves = try curves([1, 5, 2, 3], [1, 0, 1, 1], [0, 0, 1, 1])
    #expect(MilestoneComparison(curves[0], curves[1], at: 4).difference == nil)
    let border = MilestoneComparison(curves[0], curves[1], at: 1)
    #expect(border.difference != nil && border.complementaryLogLogTest == nil)
  }
}
