// The log-rank family against R's survdiff and, for Gehan and Tarone–Ware, against the formula.

import Testing

@testable import Survival

@Suite struct LogRankReferenceTests {
  @Test func agreesWithR() throws {
    for reference in try NonparametricReferenceCase.all("logrank") {
      try compare(reference)
      #expect(reference.unchecked.isEmpty, "\(reference.id): \(reference.unchecked)")
    }
  }

  private func compare(_ reference: NonparametricReferenceCase) throws {
    let weight: LogRankWeight =
      switch reference.text("weight_function") {
      case "gehan": .gehanBreslow
      case "tarone-ware": .taroneWare
      default: .flemingHarrington(rho: reference.number("rho") ?? 0, gamma: 0)
      }
    let strata = try (reference.spec["strata"] as? [String]).map { try reference.codes($0) }
    let outcome = try reference.outcome()
    let result = try LogRankTest.compare(
      outcome, groups: try reference.groups(), strata: strata, weight: weight)
    reference.check("n", [], Double(outcome.rowCount))
    reference.check("chisq", [], result.test?.statistic)
    reference.check("df", [], result.test?.degreesOfFreedom)
    reference.check("p", [], result.test?.pValue)
    for (index, group) in result.groups.enumerated() {
      let part = reference.part(group.name)
      reference.check("observed", part, group.observed)
      reference.check("expected", part, group.expected)
      reference.check("var", part, result.variance[index, index])
      reference.check("U", part, group.score)
      reference.check("V", part, result.variance[index, index])
    }
    if let scores = reference.spec["trend_scores"] as? [Double] {
      let trend = try result.trend(scores: scores)
      reference.check("trend.chisq", [], trend?.statistic)
      reference.check("trend.p", [], trend?.pValue)
    }
    for adjustment in reference.spec["pairwise_adjust"] as? [String] ?? [] {
      let method = try #require(MultiplicityAdjustment(rawValue: adjustment.lowercased()))
      for pair in result.pairwise(adjustment: method) {
        let names = [pair.first, pair.second].map(NonparametricReferenceCase.escaped)
        let part = [names.joined(separator: " vs ")]
        reference.check("pair.chisq", part, pair.test?.statistic)
        reference.check("pair.p", part, pair.test?.pValue)
        reference.check("pair.p.\(adjustment)", part, pair.adjustedPValue)
      }
    }
  }
}
