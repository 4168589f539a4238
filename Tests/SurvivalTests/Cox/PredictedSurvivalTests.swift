// Baseline hazards and predicted survival: by hand and against R.

import Foundation
import NumericalMethods
import Testing

@testable import Survival

@Suite struct PredictedSurvivalTests {
  /// With β = 0 fixed the baseline hazard is Nelson–Aalen's: 1/4, 1/4 + 1/2.
  @Test func baselineByHand() throws {
    let outcome = try SurvivalOutcome(time: [1, 2, 3, 4], event: [1, 0, 1, 0])
    let fit = try CoxModel.fit(outcome: outcome, covariates: CoxDesign(rowCount: 4, columns: []))
    let baseline = try #require(fit.baselineHazard().first)
    #expect(baseline.time == [1, 3])
    #expect(baseline.cumulativeHazard == [0.25, 0.75])
    #expect(baseline.cumulativeHazard(at: 0.5) == 0)
    #expect(baseline.cumulativeHazard(at: 4) == 0.75)
    #expect(baseline.cumulativeHazard(at: 4.5) == nil)
  }

  @Test func agreesWithR() throws {
    for reference in try CoxReferenceCase.all("ph-baseline") {
      let fit = try #require(try CoxReferenceTests().fitted(reference))
      let strata = (reference.spec["strata"] as? [String])?.first
      let times = reference.spec["times"] as? [NSNumber] ?? []
      // Without strata the set's H0 are zeros, which R's are not: see the next test.
      for (statistic, centered) in [("H0", false), ("H0.centered", true)] where strata != nil {
        for baseline in fit.baselineHazard(centered: centered) {
          for time in times {
            let name = strata.flatMap { reference.levels[$0]?[baseline.stratum] }
            reference.check(
              statistic, (name.map { [$0] } ?? []) + ["t=\(time)"],
              baseline.cumulativeHazard(at: time.doubleValue))
          }
        }
      }
      let newRows = reference.spec["newdata"] as? [[String: Any]] ?? []
      let design = try CoxDesign(
        rowCount: newRows.count, columns: reference.columns(newRows: newRows).columns)
      let codes = strata.flatMap { name in
        newRows.map { row in reference.levels[name]?.firstIndex(of: "\(row[name] ?? "")") ?? -1 }
      }
      let transform = try #require(
        ConfidenceTransform(rawValue: reference.spec["conf.type"] as? String ?? "log"))
      for (index, value) in try fit.linearPredictor(of: design).enumerated() {
        reference.check("lp", ["new=\(index + 1)"], value.value)
        reference.check("lp.se", ["new=\(index + 1)"], value.standardError)
      }
      for (index, curve) in try fit.predictedSurvival(design, strata: codes, transform: transform)
        .enumerated()
      {
        for time in times {
          let found = curve.at(time.doubleValue)
          let parts = ["new=\(index + 1)", "t=\(time)"]
          reference.check("surv", parts, found?.survival)
          reference.check("surv.se", parts, found?.standardError)
          reference.check("surv.lower", parts, found?.confidenceInterval.lower)
          reference.check("surv.upper", parts, found?.confidenceInterval.upper)
        }
      }
    }
  }

  /// basehaz(coxph(Surv(time, status == 2) ~ age + factor(sex), lung, ties = ties), centered = centered)
  @Test(arguments: [
    ("efron", false, [0.0598322613068664, 0.3722021864329306, 0.8173779985196269]),
    ("efron", true, [0.173465914197472, 1.0790899612627, 2.369745329044338]),
    ("breslow", false, [0.0598374962872113, 0.372277655358652, 0.8178343504731861]),
    ("breslow", true, [0.173129981865157, 1.077124340425013, 2.366269564262948]),
  ])
  func baselineAgreesWithR(_ ties: String, _ centered: Bool, _ expected: [Double]) throws {
    let reference = try CoxReferenceCase.named("cox-lung-base-\(ties)", in: "ph-baseline")
    let fit = try #require(try CoxReferenceTests().fitted(reference))
    let baseline = try #require(fit.baselineHazard(centered: centered).first)
    for (time, value) in zip([100.0, 365, 700], expected) {
      #expect(abs((baseline.cumulativeHazard(at: time) ?? .nan) - value) < 1e-12 * value + 1e-12)
    }
  }

  /// The mean over one row is that row's prediction.
  @Test func standardizingOverOneRowIsPredictingIt() throws {
    let reference = try CoxReferenceCase.named("cox-lung-base-efron", in: "ph-baseline")
    let fit = try #require(try CoxReferenceTests().fitted(reference))
    let design = try CoxDesign([("age", [70]), ("sex=2", [1])], rowCount: 1)
    let mean = try fit.standardizedSurvival(design, times: [100, 400, 5000], transform: .log)
    let single = try #require(try fit.predictedSurvival(design).first)
    #expect(mean.count == 2)
    for value in mean {
      let found = try #require(single.at(value.time))
      #expect(abs(value.survival - found.survival) < 1e-12)
      #expect(abs(value.standardError - found.standardError) < 1e-12)
    }
  }

  /// A covariate's origin must not show, not even one of a million.
  @Test func originsDoNotMatter() throws {
    let reference = try CoxReferenceCase.named("cox-lung-base-efron", in: "ph-baseline")
    let outcome = try reference.outcome()
    let age = reference.numbers("age")
    let plain = try CoxModel.fit(outcome: outcome, covariates: CoxDesign([("age", age)], rowCount: age.count))
    let moved = try CoxModel.fit(
      outcome: outcome, covariates: CoxDesign([("age", age.map { $0 + 1e6 })], rowCount: age.count))
    let one = try #require(
      try plain.predictedSurvival(CoxDesign([("age", [60])], rowCount: 1)).first?.at(300))
    let other = try #require(
      try moved.predictedSurvival(CoxDesign([("age", [1_000_060])], rowCount: 1)).first?.at(300))
    #expect(abs(one.survival - other.survival) < 1e-11)
    #expect(abs(one.standardError - other.standardError) < 1e-11)
  }
}
