// Every Cox case of the reference set, at its own tolerance.

import Foundation
import NumericalMethods
import Testing

@testable import Survival

@Suite struct CoxReferenceTests {
  @Test(arguments: ["cox", "ph-baseline", "clogit"])
  func agreesWithR(_ analysis: String) throws {
    for reference in try CoxReferenceCase.all(analysis) where !reference.id.hasPrefix("behave") {
      guard let fit = try fitted(reference) else { continue }
      checkCoefficients(reference, fit)
      checkTests(reference, fit)
    }
  }

  /// `nil` for designs that only a formula can build.
  func fitted(_ reference: CoxReferenceCase) throws -> CoxFit? {
    guard let built = try? reference.columns() else { return nil }
    var options = CoxOptions()
    options.confidenceLevel = reference.confidenceLevel
    options.ties =
      switch reference.spec["ties"] as? String {
      case "breslow": .breslow
      case "exact": .exactPartial
      default: .efron
      }
    options.isRobust = (reference.spec["robust"] as? NSNumber)?.boolValue ?? false
    let outcome = try reference.outcome()
    let design = try CoxDesign(rowCount: outcome.rowCount, columns: built.columns, terms: built.terms)
    let strata = (reference.spec["strata"] as? [String]) ?? (reference.spec["strata"] as? String).map { [$0] }
    return try CoxModel.fit(
      outcome: outcome, covariates: design, strata: strata.map(reference.codes),
      clusters: (reference.spec["cluster"] as? String).map { try reference.codes([$0]) },
      offset: (reference.spec["offset"] as? String).map(reference.numbers), options: options)
  }

  func checkCoefficients(_ reference: CoxReferenceCase, _ fit: CoxFit) {
    for entry in fit.coefficientTable {
      reference.check("coef", [entry.name], entry.coefficient)
      reference.check("se", [entry.name], entry.standardError)
      reference.check("se.robust", [entry.name], entry.robustStandardError)
      reference.check("z", [entry.name], entry.z)
      reference.check("p", [entry.name], entry.pValue)
      reference.check("hr", [entry.name], entry.hazardRatio)
      reference.check("hr.lower", [entry.name], entry.hazardRatioInterval.lower)
      reference.check("hr.upper", [entry.name], entry.hazardRatioInterval.upper)
    }
  }

  func checkTests(_ reference: CoxReferenceCase, _ fit: CoxFit) {
    reference.check("n", [], Double(fit.observationCount))
    reference.check("events", [], Double(fit.eventCount))
    reference.check("loglik", [], fit.logLikelihood)
    reference.check("loglik.null", [], fit.nullLogLikelihood)
    reference.check("aic", [], fit.aic)
    reference.check("bic", [], fit.bic)
    let tests = [
      ("lr", fit.likelihoodRatioTest), ("wald", fit.waldTest), ("score", fit.scoreTest),
      ("score.robust", fit.robustScoreTest),
    ]
    for (name, test) in tests {
      reference.check("\(name).chisq", [], test?.statistic)
      reference.check("\(name).df", [], test?.degreesOfFreedom)
      reference.check("\(name).p", [], test?.pValue)
    }
  }
}
