// Linear models against R's lm, vcovHC, anova and car::Anova.

import NumericalMethods
import Regression
import TestSupport
import Testing

struct LinearReferenceTests {
  @Test(arguments: ReferenceCase.all("lm").map(\.id)) func meetsR(id: String) throws {
    guard let reference = ReferenceCase.all("lm").first(where: { $0.id == id }),
      let setup = try RegressionSetup(reference)
    else { return }
    let level = reference.spec["conf.level"]?.number ?? 0.95
    let fit = try LinearModel.fit(design: setup.design, response: setup.response, weights: setup.weights)
    var got: [String: Double?] = [:]
    got["n"] = Double(fit.observationCount)
    got["n.missing"] = Double(setup.missing)
    for row in try fit.coefficientRows(confidenceLevel: level) {
      got["coef[\(row.name)]"] = row.estimate
      got["se[\(row.name)]"] = row.standardError
      got["t[\(row.name)]"] = row.statistic
      got["p[\(row.name)]"] = row.pValue
      got["lower[\(row.name)]"] = row.lower
      got["upper[\(row.name)]"] = row.upper
    }
    got["sigma"] = fit.sigma
    got["df.residual"] = Double(fit.residualDegreesOfFreedom)
    got["r2"] = fit.rSquared
    got["r2.adj"] = fit.adjustedRSquared
    got["f"] = fit.overallTest.statistic
    got["f.df1"] = Double(fit.overallTest.degreesOfFreedom)
    got["f.df2"] = fit.overallTest.denominatorDegreesOfFreedom.map(Double.init)
    got["f.p"] = fit.overallTest.pValue
    got["loglik"] = fit.logLikelihood
    got["aic"] = fit.aic
    got["bic"] = fit.bic
    for kind in RobustKind.allCases {
      for row in try fit.coefficientRows(variance: .robust(kind)) {
        got["se.\(kind.rawValue)[\(row.name)]"] = row.standardError
      }
    }
    if let sumDesign = setup.sumDesign {
      let sumFit = try LinearModel.fit(design: sumDesign, response: setup.response, weights: setup.weights)
      for (prefix, tests) in [
        ("type1", fit.termTests(.sequential)), ("type2", fit.termTests(.typeTwo)),
        ("type3", sumFit.termTests(.typeThree)),
      ] {
        for test in tests {
          got["\(prefix).F[\(test.name)]"] = test.statistic
          got["\(prefix).df[\(test.name)]"] = Double(test.degreesOfFreedom)
          got["\(prefix).p[\(test.name)]"] = test.pValue
        }
      }
    }
    for (index, prediction) in try fit.predictions(setup.newRows(reference), confidenceLevel: level)
      .enumerated()
    {
      got["pred[new=\(index + 1)]"] = prediction.mean
      got["pred.se[new=\(index + 1)]"] = prediction.standardError
      got["pred.lower[new=\(index + 1)]"] = prediction.lower
      got["pred.upper[new=\(index + 1)]"] = prediction.upper
      got["pred.pi.lower[new=\(index + 1)]"] = prediction.predictionLower
      got["pred.pi.upper[new=\(index + 1)]"] = prediction.predictionUpper
    }
    #expect(reference.failures(got) == [])
  }
}
