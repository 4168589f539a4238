// Mantel–Haenszel rate ratios: by hand, and against Stata's manual.

import Testing

@testable import Survival

@Suite struct StratifiedRateRatioTests {
  static func rate(_ events: Double, _ time: Double) -> EventRate {
    EventRate(
      name: "", rowCount: 0, eventCount: events, personTime: time, rate: events / time,
      confidenceInterval: .notEstimable)
  }

  /// Two strata with 1 of 2 and 3 of 4 units of person-time: R = (2·½ + 1·¼) / (1·½ + 1·¾) = 1.25 / 1.25 = 1.
  @Test func twoStrataByHand() throws {
    let ratio = StratifiedRateRatio(
      [(Self.rate(2, 1), Self.rate(1, 1)), (Self.rate(1, 3), Self.rate(1, 1))], name: "b",
      referenceName: "a", confidenceLevel: 0.95)
    #expect(ratio.ratio == 1)
    // Expected events 3·½ + 2·¾ = 3, which are the observed ones.
    #expect(ratio.test?.statistic == 0)
    // V = (3·¼ + 2·3/16) / 1.25², limits exp(±1.96 √0.72).
    let upper = try #require(ratio.confidenceInterval.upper)
    #expect(abs(upper - 5.2757) < 1e-3)
    // (2 − 3/2)² / (3·¼) + (1 − 3/2)² / (2·3/16) = 1/3 + 2/3.
    #expect(abs((ratio.homogeneity?.statistic ?? 0) - 1) < 1e-14)
    #expect(ratio.homogeneity?.degreesOfFreedom == 1)
  }

  /// British doctors by age (Doll and Hill), as in Stata's manual of `ir`: 1.424682 (1.154703 to 1.757784). Its test of
  /// homogeneity is of logarithms, 10.41, and has no answer for strata without events of one group; the score test is 11.1511
  /// (R: sum((a - m * p)^2 / (m * p * (1 - p))) with p = R * t / (R * t + u)).
  @Test func britishDoctors() throws {
    let smokers = [(32.0, 52407.0), (104, 43248), (206, 28612), (186, 12663), (102, 5317)]
    let others = [(2.0, 18790.0), (12, 10673), (28, 5710), (28, 2585), (31, 1462)]
    let ratio = StratifiedRateRatio(
      zip(smokers, others).map { (Self.rate($0.0, $0.1), Self.rate($1.0, $1.1)) }, name: "smokers",
      referenceName: "others", confidenceLevel: 0.95)
    #expect(abs((ratio.ratio ?? 0) - 1.424682) < 5e-7)
    #expect(abs((ratio.confidenceInterval.lower ?? 0) - 1.154703) < 5e-7)
    #expect(abs((ratio.confidenceInterval.upper ?? 0) - 1.757784) < 5e-7)
    let test = try #require(ratio.homogeneity)
    #expect(abs(test.statistic - 11.1511) < 5e-5 && test.degreesOfFreedom == 4)
  }

  /// One stratum gives the crude ratio; strata in which one group was not followed say nothing.
  @Test func strataWithoutAComparisonSayNothing() throws {
    let one = (Self.rate(4, 10), Self.rate(2, 8))
    let alone = StratifiedRateRatio([one], name: "b", referenceName: "a", confidenceLevel: 0.9)
    let padded = StratifiedRateRatio(
      [(Self.rate(3, 5), Self.rate(0, 0)), one, (Self.rate(0, 7), Self.rate(0, 9))], name: "b",
      referenceName: "a", confidenceLevel: 0.9)
    #expect(alone == padded)
    #expect(abs((alone.ratio ?? 0) - 1.6) < 1e-15 && alone.homogeneity == nil && alone.stratumCount == 1)
    let none = StratifiedRateRatio(
      [(Self.rate(0, 3), Self.rate(2, 3))], name: "b", referenceName: "a", confidenceLevel: 0.95)
    #expect(none.ratio == nil && none.test != nil)
  }
}
