// Kaplan–Meier curves against R's survfit.

import Testing

@testable import Survival

@Suite struct KaplanMeierReferenceTests {
  @Test(arguments: ["km", "followup"])
  func agreesWithR(analysis: String) throws {
    for reference in try NonparametricReferenceCase.all(analysis) {
      try compare(reference)
      #expect(reference.unchecked.isEmpty, "\(reference.id): \(reference.unchecked)")
    }
  }

  private func compare(_ reference: NonparametricReferenceCase) throws {
    let options = KaplanMeierOptions(
      confidenceLevel: try #require(reference.number("conf.level")),
      transform: try #require(ConfidenceTransform(rawValue: reference.text("conf.type") ?? "")),
      survivalEstimator: reference.number("stype") == 2 ? .exponential : .productLimit,
      hazardEstimator: reference.number("ctype") == 2 ? .tieCorrected : .nelsonAalen,
      variance: reference.spec["robust"] as? Bool == true ? .robust : .greenwood)
    let outcome = try reference.outcome()
    let estimate = try KaplanMeier.estimate(
      outcome, groups: try reference.groups(),
      clusters: try reference.text("cluster").map { try reference.codes([$0]) }, options: options)
    reference.check("n", [], Double(outcome.rowCount))
    for curve in estimate.curves {
      let group = reference.part(curve.name)
      reference.check("records", group, Double(curve.rowCount))
      reference.check("events", group, curve.eventCount)
      for time in reference.times { compare(curve.at(time), group, reference) }
      for probability in reference.probabilities {
        let parts = group + ["p=\(NonparametricReferenceCase.plain(probability))"]
        let quantile = curve.quantile(probability)
        reference.check("quantile", parts, quantile.time)
        reference.check("quantile.lower", parts, quantile.confidenceInterval.lower)
        reference.check("quantile.upper", parts, quantile.confidenceInterval.upper)
      }
      if let tau = reference.number("tau") {
        let mean = curve.restrictedMean(upTo: tau)
        reference.check("rmst", group, mean.mean)
        reference.check("rmst.se", group, mean.standardError)
      }
    }
  }

  private func compare(
    _ estimate: SurvivalEstimate, _ group: [String], _ reference: NonparametricReferenceCase
  ) {
    let parts = group + ["t=\(NonparametricReferenceCase.plain(estimate.time))"]
    reference.check("surv", parts, estimate.survival)
    reference.check("se", parts, estimate.standardError)
    reference.check("lower", parts, estimate.confidenceInterval.lower)
    reference.check("upper", parts, estimate.confidenceInterval.upper)
    reference.check("cumhaz", parts, estimate.cumulativeHazard)
    reference.check("cumhaz.se", parts, estimate.cumulativeHazardStandardError)
    let isObserved = estimate.survival != nil
    reference.check("n.risk", parts, isObserved ? estimate.atRisk : nil)
    reference.check("n.event.cum", parts, isObserved ? estimate.cumulativeEvents : nil)
  }
}
