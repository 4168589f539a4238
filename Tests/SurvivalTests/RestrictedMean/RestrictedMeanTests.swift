// Restricted means by hand and against R; differences and ratios of two groups.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct RestrictedMeanTests {
  private func near(_ value: Double?, _ expected: Double, _ tolerance: Double = 1e-15) -> Bool {
    abs((value ?? .nan) - expected) <= tolerance * max(1, abs(expected))
  }

  @Test func areaAndVarianceByHand() throws {
    let outcome = try SurvivalOutcome(time: [1, 2, 2, 3, 5], event: [1, 1, 0, 1, 0])
    let mean = try #require(try KaplanMeier.estimate(outcome).curves.first).restrictedMean(upTo: 4)
    // 1 + 0.8 + 0.6 + 0.3; areas behind the events 1.7, 0.9, 0.3.
    #expect(near(mean.mean, 2.7) && near(mean.timeLost, 1.3))
    #expect(near(mean.standardError, (1.7 * 1.7 / 20 + 0.9 * 0.9 / 12 + 0.3 * 0.3 / 2).squareRoot()))
    #expect(!mean.extendsBeyondFollowUp)
  }

  @Test func beyondFollowUpTheLastValueIsCarriedOnAndSaidSo() throws {
    let outcome = try SurvivalOutcome(time: [1, 2], event: [1, 0])
    let curve = try #require(try KaplanMeier.estimate(outcome).curves.first)
    let mean = curve.restrictedMean(upTo: 4)
    #expect(near(mean.mean, 2.5) && mean.extendsBeyondFollowUp)
    // Where survival is 0 nothing is carried on.
    let all = try SurvivalOutcome(time: [1, 2], event: [1, 1])
    let ended = try #require(try KaplanMeier.estimate(all).curves.first).restrictedMean(upTo: 4)
    #expect(near(ended.mean, 1.5) && !ended.extendsBeyondFollowUp)
  }

  @Test func beforeTheFirstEventNothingVaries() throws {
    let outcome = try SurvivalOutcome(time: [5, 6], event: [1, 0])
    let mean = try #require(try KaplanMeier.estimate(outcome).curves.first).restrictedMean(upTo: 3)
    #expect(mean.mean == 3 && mean.standardError == 0)
    #expect(mean.confidenceInterval == ConfidenceInterval(lower: 3, upper: 3))
  }

  @Test func restrictionTimeFollowsItsRule() throws {
    let outcome = try SurvivalOutcome(time: [1, 7, 3, 5], event: [1, 0, 1, 0])
    let estimate = try KaplanMeier.estimate(
      outcome, groups: try GroupCodes(codes: [0, 0, 2, 2], names: ["a", "nobody", "b"]))
    #expect(try RestrictionTime.smallestLastTime.time(for: estimate.curves) == 5)
    #expect(try RestrictionTime.smallestLastEventTime.time(for: estimate.curves) == 1)
    #expect(try RestrictionTime.fixed(2).time(for: estimate.curves) == 2)
    #expect(try estimate.restrictedMeans().map(\.restrictionTime) == [5, 5, 5])
    for time in [0, -1, .nan, .infinity] {
      #expect(throws: SurvivalInputError(.restrictionTime, .outOfRange)) {
        try estimate.restrictedMeans(upTo: .fixed(time))
      }
    }
  }

  @Test func agreesWithR() throws {
    for reference in try NonparametricReferenceCase.all("rmst") {
      let tau = try #require(reference.number("tau"))
      let level = try #require(reference.number("conf.level"))
      let outcome = try reference.outcome()
      let estimate = try KaplanMeier.estimate(
        outcome, groups: try reference.groups(),
        options: KaplanMeierOptions(
          confidenceLevel: level,
          transform: try #require(ConfidenceTransform(rawValue: reference.text("conf.type") ?? ""))))
      reference.check("n", [], Double(outcome.rowCount))
      let means = try estimate.restrictedMeans(upTo: .fixed(tau))
      for (curve, mean) in zip(estimate.curves, means) {
        let group = reference.part(curve.name)
        reference.check("records", group, Double(curve.rowCount))
        reference.check("events", group, curve.eventCount)
        reference.check("rmst", group, mean.mean)
        reference.check("rmst.se", group, mean.standardError)
        for probability in reference.probabilities {
          let parts = group + ["p=\(NonparametricReferenceCase.plain(probability))"]
          let quantile = curve.quantile(probability)
          reference.check("quantile", parts, quantile.time)
          reference.check("quantile.lower", parts, quantile.confidenceInterval.lower)
          reference.check("quantile.upper", parts, quantile.confidenceInterval.upper)
        }
      }
      if means.count == 2 {
        let difference = RestrictedMeanComparison(first: means[0], second: means[1]).difference
        reference.check("rmst.diff", [], difference?.estimate)
        reference.check("rmst.diff.se", [], difference?.standardError)
        reference.check("rmst.diff.lower", [], difference?.confidenceInterval.lower)
        reference.check("rmst.diff.upper", [], difference?.confidenceInterval.upper)
        reference.check("rmst.diff.p", [], difference?.test?.pValue)
      }
      #expect(reference.unchecked.isEmpty, "\(reference.id): \(reference.unchecked)")
    }
  }

  @Test func ratiosAreOnTheLogScale() throws {
    func mean(_ value: Double, _ error: Double) -> RestrictedMean {
      RestrictedMean(
        name: "", restrictionTime: 10, mean: value, standardError: error, extendsBeyondFollowUp: false,
        confidenceLevel: 0.95)
    }
    let comparison = RestrictedMeanComparison(first: mean(4, 0.3), second: mean(8, 0.8))
    let ratio = try #require(comparison.ratio)
    #expect(near(ratio.estimate, 2) && near(ratio.standardError, (0.1 * 0.1 + 0.075 * 0.075).squareRoot()))
    let lower = try #require(ratio.confidenceInterval.lower)
    let upper = try #require(ratio.confidenceInterval.upper)
    #expect(near(lower * upper, 4, 1e-14))
    #expect(near(comparison.timeLostRatio?.estimate, 2.0 / 6))
    let swapped = RestrictedMeanComparison(first: mean(8, 0.8), second: mean(4, 0.3))
    #expect(near(swapped.ratio?.test?.pValue, try #require(ratio.test?.pValue), 1e-14))
    #expect(RestrictedMeanComparison(first: mean(10, 0), second: mean(10, 0)).timeLostRatio == nil)
    #expect(RestrictedMeanComparison(first: mean(10, 0), second: mean(10, 0)).difference?.test == nil)
  }
}
