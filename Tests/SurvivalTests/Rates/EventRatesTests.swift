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
}
