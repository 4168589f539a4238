// Cumulative incidence and Gray's test against R's survfit and cmprsk.

import Testing

@testable import Survival

@Suite struct CompetingRisksReferenceTests {
  @Test func incidenceAgreesWithR() throws {
    for reference in try NonparametricReferenceCase.all("cif") {
      try compareIncidence(reference)
      #expect(reference.unchecked.isEmpty, "\(reference.id): \(reference.unchecked)")
    }
  }

  private func compareIncidence(_ reference: NonparametricReferenceCase) throws {
    let options = CumulativeIncidenceOptions(
      confidenceLevel: try #require(reference.number("conf.level")),
      transform: try #require(ConfidenceTransform(rawValue: reference.text("conf.type") ?? "")),
      variance: .infinitesimalJackknife)
    let outcome = try reference.outcome()
    let estimate = try CumulativeIncidence.estimate(
      outcome, causeCount: 2, groups: try reference.groups(), options: options)
    reference.check("n", [], Double(outcome.rowCount))
    for group in estimate.groups {
      let part = reference.part(group.name)
      reference.check("records", part, Double(group.eventFree.rowCount))
      for time in reference.times {
        let at = "t=\(NonparametricReferenceCase.plain(time))"
        reference.check("event.free", part + [at], group.eventFree.at(time).survival)
        for cause in group.causes {
          let parts = part + ["cause=\(cause.cause)", at]
          let value = cause.at(time)
          reference.check("events", part + ["cause=\(cause.cause)"], cause.eventCount)
          reference.check("cif", parts, value.cumulativeIncidence)
          reference.check("se", parts, value.jackknifeStandardError)
          reference.check("se.aalen", parts, value.aalenStandardError)
          reference.check("lower", parts, value.confidenceInterval.lower)
          reference.check("upper", parts, value.confidenceInterval.upper)
        }
      }
    }
  }

  @Test func grayAgreesWithR() throws {
    for reference in try NonparametricReferenceCase.all("gray") {
      let outcome = try reference.outcome()
      let result = try GrayTest.compare(
        outcome, causeCount: 2, groups: try reference.groups(),
        strata: try reference.text("strata").map { try reference.codes([$0]) },
        rho: reference.number("rho") ?? 0)
      reference.check("n", [], Double(outcome.rowCount))
      for cause in result.causes {
        let part = ["cause=\(cause.cause)"]
        reference.check("chisq", part, cause.test?.statistic)
        reference.check("df", part, cause.test?.degreesOfFreedom)
        reference.check("p", part, cause.test?.pValue)
      }
      #expect(reference.unchecked.isEmpty, "\(reference.id): \(reference.unchecked)")
    }
  }
}
