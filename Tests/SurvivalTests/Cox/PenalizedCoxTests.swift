// Ridge and spline penalties against R.

import Foundation
import NumericalMethods
import Testing

@testable import Survival

@Suite struct PenalizedCoxTests {
  private func fit(
    _ reference: CoxReferenceCase, _ columns: [CoxColumn], _ terms: [CoxTerm]? = nil, _ penalty: CoxPenalty
  ) throws -> CoxFit {
    let outcome = try reference.outcome()
    var options = CoxOptions()
    options.penalties = [penalty]
    return try CoxModel.fit(
      outcome: outcome,
      covariates: CoxDesign(rowCount: outcome.rowCount, columns: columns, terms: terms), options: options)
  }

  private func checkCommon(_ reference: CoxReferenceCase, _ fit: CoxFit) throws {
    let penalized = try #require(fit.penalized)
    reference.check("n", [], Double(fit.observationCount))
    reference.check("loglik", [], fit.logLikelihood)
    reference.check("loglik.null", [], fit.nullLogLikelihood)
    reference.check("penalty", [], penalized.penalty)
    reference.check("df.total", [], penalized.totalDegreesOfFreedom)
    for (index, entry) in fit.coefficientTable.enumerated() {
      reference.check("coef", [entry.name], entry.coefficient)
      reference.check("se", [entry.name], entry.standardError)
      reference.check("se2", [entry.name], penalized.frequentistVariance[index, index].squareRoot())
      reference.check("chisq", [entry.name], entry.z * entry.z)
      reference.check("p", [entry.name], entry.pValue)
    }
  }

  @Test func ridgeAgreesWithR() throws {
    let scaled = try CoxReferenceCase.named("cox-ridge-lung", in: "cox-penalised")
    let columns = ["age", "ph.karno", "wt.loss"].map { CoxColumn.numeric($0, scaled.numbers($0)) }
    // R's ridge() sees each variable before rows are left out for another one.
    let table = try CoxReferenceTable(CoxReferenceCase.root.appendingPathComponent("data/lung.csv"))
    let variances = ["age", "ph.karno", "wt.loss"].map { name -> Double in
      let values = (0..<table.rowCount).compactMap { Double(table.text(name, $0)) }
      let mean = values.reduce(0, +) / Double(values.count)
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    }
    try checkCommon(
      scaled,
      fit(
        scaled, columns, [CoxTerm(name: "ridge", columns: [0, 1, 2])],
        CoxPenalty(columns: [0, 1, 2], kind: .ridge(.given(variances)), amount: .theta(1))))
    let plain = try CoxReferenceCase.named("cox-ridge-noscale", in: "cox-penalised")
    let treated = plain.text("trt").map { $0 == "2" ? 1.0 : 0 }
    try checkCommon(
      plain,
      fit(
        plain,
        [
          .numeric("karno", plain.numbers("karno")), .numeric("age", plain.numbers("age")),
          .numeric("trt=2", treated),
        ], [CoxTerm(name: "ridge", columns: [0, 1]), CoxTerm(name: "trt", columns: [2])],
        CoxPenalty(columns: [0, 1], kind: .ridge(.one), amount: .theta(10))))
  }

  @Test func splineOfGivenStrengthAgreesWithR() throws {
    let reference = try CoxReferenceCase.named("cox-pspline-theta", in: "cox-penalised")
    let age = reference.numbers("age")
    let basis = try #require(PenalizedSplineBasis(termCount: 8, lower: age.min() ?? 0, upper: age.max() ?? 0))
    let spline = basis.columns(age, name: "pspline(age)")
    let sex = CoxColumn.numeric("sex=2", reference.text("sex").map { $0 == "2" ? 1 : 0 })
    let all = Array(spline.indices)
    let result = try fit(
      reference, spline + [sex],
      [CoxTerm(name: "pspline(age)", columns: all), CoxTerm(name: "sex", columns: [spline.count])],
      CoxPenalty(columns: all, kind: .spline, amount: .theta(0.5)))
    try checkCommon(reference, result)
    try checkSpline(reference, result, basis, at: [50, 60, 75])
    // cox.zph(coxph(Surv(time, status == 2) ~ pspline(age, theta = 0.5, nterm = 8) + sex, lung))$table
    let hazards = result.proportionalHazardsTest()
    let expected = [(1.224159691, 4.5122015927), (2.581978060, 0.9968969421), (3.648656062, 5.5090985348)]
    for (test, value) in zip(hazards.terms.map(\.test) + [hazards.global], expected) {
      #expect(abs((test?.statistic ?? 0) - value.0) < 1e-6)
      #expect(abs((test?.degreesOfFreedom ?? 0) - value.1) < 1e-6)
    }
  }

  @Test func splineOfGivenDegreesOfFreedomAgreesWithR() throws {
    let reference = try CoxReferenceCase.named("cox-pspline-df4", in: "cox-penalised")
    let age = reference.numbers("age")
    let basis = try #require(
      PenalizedSplineBasis(termCount: 10, lower: age.min() ?? 0, upper: age.max() ?? 0))
    let spline = basis.columns(age, name: "pspline(age)")
    let all = Array(spline.indices)
    let result = try fit(
      reference, spline, [CoxTerm(name: "pspline(age)", columns: all)],
      CoxPenalty(columns: all, kind: .spline, amount: .degreesOfFreedom(4)))
    #expect(abs((result.penalized?.totalDegreesOfFreedom ?? 0) - 4) < 1e-6)
    try checkCommon(reference, result)
    try checkSpline(reference, result, basis, at: [50, 62, 75])
  }

  private func checkSpline(
    _ reference: CoxReferenceCase, _ fit: CoxFit, _ basis: PenalizedSplineBasis, at ages: [Double]
  ) throws {
    let test = try #require(fit.splineTest(term: 0, basis: basis))
    reference.check("coef", ["pspline(age)#linear"], test.slope)
    reference.check("se", ["pspline(age)#linear"], test.standardError)
    reference.check("se2", ["pspline(age)#linear"], test.frequentistStandardError)
    reference.check("chisq", ["pspline(age)#linear"], test.linear.statistic)
    reference.check("p", ["pspline(age)#linear"], test.linear.pValue)
    reference.check("chisq", ["pspline(age)#nonlin"], test.nonlinear.statistic)
    reference.check("df", ["pspline(age)#nonlin"], test.nonlinear.degreesOfFreedom)
    reference.check("p", ["pspline(age)#nonlin"], test.nonlinear.pValue)
    let predictors = ages.map { age in
      zip(basis.values(age), fit.coefficients).reduce(0) { $0 + $1.0 * $1.1 }
    }
    reference.check("lp.diff", ["new=2"], predictors[1] - predictors[0])
    reference.check("lp.diff", ["new=3"], predictors[2] - predictors[0])
  }

  /// splines::spline.des: the functions add up to 1, and continue linearly outside.
  @Test func splinesArePartitionsOfUnity() throws {
    let basis = try #require(PenalizedSplineBasis(termCount: 5, lower: 2, upper: 12))
    for x in [2.0, 3.7, 6, 11.99, 12] {
      // The first function is left out; it lives on the first interval only.
      let u = (4 - x) / 2
      let first = x < 4 ? u * u * u / 6 : 0
      #expect(abs(basis.values(x).reduce(first, +) - 1) < 1e-14)
    }
    let (inside, boundary, outside) = (basis.values(12 - 1e-6), basis.values(12), basis.values(13))
    for index in boundary.indices {
      let slope = (boundary[index] - inside[index]) / 1e-6
      #expect(abs(outside[index] - boundary[index] - slope) < 1e-5)
    }
    #expect(PenalizedSplineBasis(termCount: 5, lower: 2, upper: 2) == nil)
  }

  /// pspline(age, df = 0) in R; θ by AIC. coxph(Surv(time, status == 2) ~ pspline(age, method = "aic", eps = 1e-9), lung)
  @Test func akaikeChoosesALine() throws {
    let reference = try CoxReferenceCase.named("cox-pspline-df4", in: "cox-penalised")
    let age = reference.numbers("age")
    let basis = try #require(PenalizedSplineBasis(termCount: 7, lower: age.min() ?? 0, upper: age.max() ?? 0))
    let spline = basis.columns(age, name: "s")
    let all = Array(spline.indices)
    let result = try fit(
      reference, spline, [CoxTerm(name: "s", columns: all)],
      CoxPenalty(columns: all, kind: .spline, amount: .akaike))
    let penalized = try #require(result.penalized)
    let best = result.logLikelihood - penalized.totalDegreesOfFreedom
    for theta in [0.3, 0.8, 0.99] {
      let other = try fit(
        reference, spline, [CoxTerm(name: "s", columns: all)],
        CoxPenalty(columns: all, kind: .spline, amount: .theta(theta)))
      #expect(best >= other.logLikelihood - (other.penalized?.totalDegreesOfFreedom ?? 0) - 1e-6)
    }
  }
}
