// Event rates and their ratios: by hand, and against R's poisson.test.

import Testing

@testable import Survival

@Suite struct EventRatesTests {
  @Test(arguments: try AwkwardCase.all("rate"))
  func agreesWithR(awkward: AwkwardCase) throws {
    let counts = try #require(awkward.numbers("counts"))
    let personTime = try #require(awkward.numbers("personTime"))
    // Rows of equal length make up the person-time; the first of them have the event.
    let rows = personTime.indices.map { group in
      let total = Int(max(counts[group], 1))
      return (0..<total).map { (group, personTime[group] / Double(total), Double($0) < counts[group]) }
    }.flatMap { $0 }
    let rates = try EventRates.estimate(
      try SurvivalOutcome(time: rows.map(\.1), event: rows.map { $0.2 ? 1 : 0 }),
      groups: try GroupCodes(codes: rows.map { Int32($0.0) }, names: ["one", "two"]))
    awkward.check("rate", [rates.groups[0].rate])
    awkward.check("rateLower", [rates.groups[0].confidenceInterval.lower])
    awkward.check("rateUpper", [rates.groups[0].confidenceInterval.upper])
    let ratio = try #require(try rates.ratios(reference: 1).first)
    awkward.check("ratio", [ratio.ratio], missingIsFree: true)
    awkward.check("lower", [ratio.confidenceInterval.lower])
    awkward.check("upper", [ratio.confidenceInterval.upper], missingIsFree: true)
    awkward.check("p", [ratio.pValue])
  }

  @Test func countsByHand() throws {
    let outcome = try SurvivalOutcome(
      time: [2, 5, 4, 3], event: [1, 0, 2, 1], entry: [0, 1, 1, 0], weights: [1, 2, 1, 0])
    let groups = try GroupCodes(codes: [0, 0, 2, 2], names: ["a", "nobody", "b"])
    let rates = try EventRates.estimate(outcome, groups: groups)
    #expect(rates.groups.map(\.personTime) == [10, 0, 3])
    #expect(rates.groups.map(\.eventCount) == [1, 0, 1])
    #expect(rates.groups[1].rate == nil && rates.groups[1].confidenceInterval == .notEstimable)
    #expect(rates.total.personTime == 13 && rates.total.eventCount == 2)
    let ratios = try rates.ratios()
    #expect(ratios.map(\.name) == ["nobody", "b"])
    #expect(ratios[0].ratio == nil && abs((ratios[1].ratio ?? 0) - 10.0 / 3) < 1e-15)
    #expect(throws: SurvivalInputError(.groups, .outOfRange)) { try rates.ratios(reference: 3) }
  }

  @Test func withoutEventsTheUpperLimitIsTheExactOne() throws {
    // 1 − exp(−λT) = 0.975 at λ = −log(0.025)/T.
    let rates = try EventRates.estimate(try SurvivalOutcome(time: [4, 6], event: [0, 0]))
    let interval = rates.total.confidenceInterval
    #expect(interval.lower == 0)
    #expect(abs((interval.upper ?? 0) - 0.36888794541139363) < 1e-15)
  }

  @Test func refusesWeightsThatAreNotFrequenciesAndNegativeTime() throws {
    let outcome = try SurvivalOutcome(time: [4, 6], event: [0, 1], weights: [1, 0.5])
    #expect(throws: SurvivalInputError.self) { try EventRates.estimate(outcome) }
    let negative = try SurvivalOutcome(time: [-4, 6], event: [0, 1], allowsNegativeTimes: true)
    #expect(throws: SurvivalInputError(.time, .negative, rows: [0])) { try EventRates.estimate(negative) }
  }
}
