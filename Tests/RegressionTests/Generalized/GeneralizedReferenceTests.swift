// Generalised linear models against R's glm and glm.nb.

import NumericalMethods
import Regression
import TestSupport
import Testing

struct GeneralizedReferenceTests {
  static let families: [String: (Family.Distribution, Bool)] = [
    "binomial": (.binomial, false), "quasibinomial": (.binomial, true), "poisson": (.poisson, false),
    "quasipoisson": (.poisson, true), "Gamma": (.gamma, false), "gaussian": (.gaussian, false),
    "inverse.gaussian": (.inverseGaussian, false),
  ]
  static let links: [String: Link] = [
    "logit": .logit, "probit": .probit, "cloglog": .complementaryLogLog, "log": .log, "identity": .identity,
    "inverse": .inverse, "1/mu^2": .inverseSquare, "sqrt": .squareRoot, "cauchit": .cauchit,
  ]

  @Test(arguments: ReferenceCase.all("glm").filter { $0.expect["outcome"] == nil }.map(\.id))
  func meetsR(id: String) throws {
    guard let reference = ReferenceCase.all("glm").first(where: { $0.id == id }),
      let setup = try RegressionSetup(reference)
    else { return }
    let level = reference.spec["conf.level"]?.number ?? 0.95
    var got: [String: Double?] = [:]
    let link = Self.links[reference.spec["link"]?.string ?? ""]
    let fit: GeneralizedLinearFit
    if reference.spec["family"]?.string == "negbin" {
      let joint = try NegativeBinomial.fit(
        design: setup.design, response: setup.response, weights: setup.weights)
      #expect(joint.thetaStatus == .converged)
      fit = joint.fit
      got["theta"] = joint.theta
      got["theta.se"] = joint.thetaStandardError
      got["twologlik"] = 2 * joint.logLikelihood
      got["loglik"] = joint.logLikelihood
      got["aic"] = joint.aic
      got["bic"] = joint.bic
    } else {
      let entry = Self.families[reference.spec["family"]?.string ?? ""] ?? (.gaussian, false)
      let family = Family(entry.0, link: link, isQuasi: entry.1)
      if let successes = setup.successes, let failures = setup.failures {
        fit = try GeneralizedLinearModel.fit(
          design: setup.design, successes: successes, failures: failures, family: family,
          weights: setup.weights,
          offset: setup.offset)
      } else {
        fit = try GeneralizedLinearModel.fit(
          design: setup.design, response: setup.response, family: family, weights: setup.weights,
          offset: setup.offset)
      }
      got["loglik"] = fit.logLikelihood
      got["aic"] = fit.aic
      got["bic"] = fit.bic
    }
    #expect(fit.status == .converged)
    got["n"] = Double(setup.table.rowCount)
    got["n.missing"] = Double(setup.missing)
    for row in try fit.coefficientRows(confidenceLevel: level) {
      got["coef[\(row.name)]"] = row.estimate
      got["se[\(row.name)]"] = row.standardError
      got["z[\(row.name)]"] = row.statistic
      got["t[\(row.name)]"] = row.statistic
      got["p[\(row.name)]"] = row.pValue
      got["wald.lower[\(row.name)]"] = row.lower
      got["wald.upper[\(row.name)]"] = row.upper
    }
    got["deviance"] = fit.deviance
    got["null.deviance"] = fit.nullDeviance
    got["df.residual"] = Double(fit.residualDegreesOfFreedom)
    got["df.null"] = Double(fit.nullDegreesOfFreedom)
    got["dispersion"] = fit.dispersion
    got["lr.chisq"] = fit.overallTest.statistic
    got["lr.df"] = Double(fit.overallTest.degreesOfFreedom)
    got["lr.p"] = fit.overallTest.pValue
    got["r2.mcfadden"] = fit.mcFaddenRSquared
    got["r2.nagelkerke"] = fit.nagelkerkeRSquared
    if reference.spec["profile"]?.bool == true {
      for (name, interval) in zip(
        setup.design.columnNames, try fit.profileIntervals(confidenceLevel: level))
      {
        got["profile.lower[\(name)]"] = interval?.lower
        got["profile.upper[\(name)]"] = interval?.upper
      }
    }
    for kind in RobustKind.allCases {
      for row in try fit.coefficientRows(variance: .robust(kind)) {
        got["se.\(kind.rawValue)[\(row.name)]"] = row.standardError
      }
    }
    for test in fit.termTests(.typeTwo) {
      got["type2.chisq[\(test.name)]"] = test.statistic
      got["type2.df[\(test.name)]"] = Double(test.degreesOfFreedom)
      got["type2.p[\(test.name)]"] = test.pValue
    }
    for (index, prediction) in try fit.predictions(setup.newRows(reference)).enumerated() {
      got["link[new=\(index + 1)]"] = prediction.linearPredictor
      got["link.se[new=\(index + 1)]"] = prediction.standardError
      got["pred[new=\(index + 1)]"] = prediction.mean
    }
    for kind in [ResidualKind.deviance, .pearson] {
      got["resid.\(kind.rawValue).ss"] = CompensatedSum.of(fit.residuals(kind).map { $0 * $0 })
    }
    if reference.spec["performance"]?.bool == true {
      let probabilities = fit.means.map(\.mean)
      let curve = ReceiverOperatingCharacteristic(
        marker: probabilities, isCase: setup.response.map { $0 == 1 })
      got["auc"] = curve.area
      got["auc.lower"] = curve.confidenceLimits(confidenceLevel: level)?.lower
      got["auc.upper"] = curve.confidenceLimits(confidenceLevel: level)?.upper
      got["brier"] = BrierScore.score(outcome: setup.response, probability: probabilities)
      let groups = HosmerLemeshow(outcome: setup.response, probability: probabilities)
      got["hl.chisq"] = groups.statistic
      got["hl.groups"] = Double(groups.groups.count)
      got["hl.p"] = groups.pValue
    }
    #expect(reference.failures(got) == [])
  }
}
