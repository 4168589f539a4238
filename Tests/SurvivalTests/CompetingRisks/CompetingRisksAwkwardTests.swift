// Cumulative incidence and Gray's test on awkward data against R's survfit and cmprsk.

import Testing

@testable import Survival

@Suite struct CompetingRisksAwkwardTests {
  @Test(arguments: try AwkwardCase.all("aj"))
  func incidenceAgreesWithR(awkward: AwkwardCase) throws {
    let estimate = try CumulativeIncidence.estimate(
      try awkward.outcome(), causeCount: awkward.expected("incidence3") == nil ? 2 : 3,
      clusters: try awkward.codes("cluster"),
      options: CumulativeIncidenceOptions(
        transform: try #require(ConfidenceTransform(rawValue: awkward.text("conf") ?? "")),
        variance: .infinitesimalJackknife))
    let group = try #require(estimate.groups.first)
    awkward.check("time", group.eventFree.time)
    awkward.check("free", group.eventFree.survival)
    awkward.check("freeSE", group.eventFree.standardError, missingIsFree: true)
    for cause in group.causes {
      awkward.check("incidence\(cause.cause)", cause.cumulativeIncidence)
      awkward.check("se\(cause.cause)", cause.jackknifeStandardError, missingIsFree: true)
      awkward.check("lower\(cause.cause)", cause.lower, missingIsFree: true)
      awkward.check("upper\(cause.cause)", cause.upper, missingIsFree: true)
      if awkward.expected("aalen\(cause.cause)") != nil, try awkward.codes("cluster") == nil {
        awkward.check("aalen\(cause.cause)", cause.aalenStandardError)
      }
    }
  }

  @Test(arguments: try AwkwardCase.all("gray"))
  func grayAgreesWithR(awkward: AwkwardCase) throws {
    let result = try GrayTest.compare(
      try awkward.outcome(), groups: try #require(try awkward.codes("group")),
      strata: try awkward.codes("strata"),
      rho: awkward.number("rho") ?? 0)
    awkward.check("chisq", result.causes.map { $0.test?.statistic }, relative: 1e-9)
    awkward.check("p", result.causes.map { $0.test?.pValue }, relative: 1e-9)
  }
}
