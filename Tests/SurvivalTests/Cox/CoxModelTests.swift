// Cox fits by hand, by property, and at the edges of the data.

import Foundation
import NumericalMethods
import Testing

@testable import Survival

@Suite struct CoxModelTests {
  /// Times 1 1 6 6 8 9, status 1 0 1 1 0 1, x 1 1 1 0 0 0.
  private let outcome: SurvivalOutcome
  private let design: CoxDesign

  init() throws {
    outcome = try SurvivalOutcome(time: [1, 1, 6, 6, 8, 9], event: [1, 0, 1, 1, 0, 1])
    design = try CoxDesign([("x", [1, 1, 1, 0, 0, 0])], rowCount: 6)
  }

  private func fit(_ ties: TiesMethod, _ change: (inout CoxOptions) -> Void = { _ in }) throws -> CoxFit {
    var options = CoxOptions()
    options.ties = ties
    change(&options)
    return try CoxModel.fit(outcome: outcome, covariates: design, options: options)
  }

  /// With r = e^β: l = 2β − log(3r + 3) − 2 log(r + 3), U = 0 where r² − 3r − 6 = 0.
  @Test func breslowByHand() throws {
    let fit = try fit(.breslow)
    let r = (3 + 33.0.squareRoot()) / 2
    #expect(abs(fit.coefficients[0] - log(r)) < 1e-13)
    #expect(abs(fit.nullLogLikelihood + log(6) + 2 * log(4)) < 1e-13)
    #expect(abs(fit.logLikelihood - (2 * log(r) - log(3 * r + 3) - 2 * log(r + 3))) < 1e-13)
    // I = r/(r + 1)² + 6r/(r + 3)²
    let information = r / ((r + 1) * (r + 1)) + 6 * r / ((r + 3) * (r + 3))
    #expect(abs(fit.modelVariance[0, 0] - 1 / information) < 1e-12)
    // At 0: U = 2 − 1/2 − 2/4 = 1, I = 1/4 + 6/16 = 5/8.
    #expect(abs((fit.scoreTest?.statistic ?? 0) - 1 / 0.625) < 1e-13)
    #expect(fit.convergence.status == .converged)
  }

  /// Efron: the second of the two events at 6 sees (r + 5)/2: l = 2β − log(3r + 3) − log(r + 3) − log(r/2 + 5/2).
  @Test func efronByHand() throws {
    let fit = try fit(.efron)
    #expect(abs(fit.coefficients[0] - 1.676857) < 1e-6)
    let r = Elementary.exp(fit.coefficients[0])
    // U = 2 − r/(r + 1) − r/(r + 3) − r/(r + 5) vanishes.
    #expect(abs(2 - r / (r + 1) - r / (r + 3) - r / (r + 5)) < 1e-12)
    let information = r / ((r + 1) * (r + 1)) + 3 * r / ((r + 3) * (r + 3)) + 5 * r / ((r + 5) * (r + 5))
    #expect(abs(fit.modelVariance[0, 0] - 1 / information) < 1e-11)
    // U(0) = 2 − 1/2 − 1/4 − 1/6 = 13/12, I(0) = 1/4 + 3/16 + 5/36 = 83/144.
    #expect(abs((fit.scoreTest?.statistic ?? 0) - (169.0 / 144) / (83.0 / 144)) < 1e-12)
    #expect(abs(fit.nullLogLikelihood + log(6) + log(4) + log(3)) < 1e-13)
  }

  /// The exact partial likelihood: at 6 the pairs of the risk set 1 0 0 0 weigh 3r + 3; l rises for ever.
  @Test func exactPartialDiverges() throws {
    let fit = try fit(.exactPartial)
    #expect(fit.convergence.status == .monotoneLikelihood)
    #expect(fit.infinite == [0])
    #expect(fit.coefficientTable[0].status == .infinite)
    #expect(fit.coefficientTable[0].confidenceInterval == .notEstimable)
    // l(0) = −log 6 − log 6, l(∞) = −2 log 3.
    #expect(abs(fit.nullLogLikelihood + 2 * log(6)) < 1e-12)
    #expect(abs(fit.logLikelihood + 2 * log(3)) < 1e-7)
    let profile = try #require(fit.profileInterval(column: 0))
    #expect(profile.confidenceInterval.lower != nil)
    #expect(profile.confidenceInterval.upper == nil)
  }

  /// (start, stop] data of the validation vignette of R's survival package.
  @Test func startStopByHand() throws {
    let outcome = try SurvivalOutcome(
      time: [2, 3, 6, 7, 8, 9, 9, 9, 14, 17], event: [1, 1, 1, 1, 1, 1, 1, 0, 0, 0],
      entry: [1, 2, 5, 2, 1, 7, 3, 4, 8, 8])
    let design = try CoxDesign([("x", [1, 0, 0, 1, 0, 1, 1, 1, 0, 0])], rowCount: 10)
    var options = CoxOptions()
    options.ties = .breslow
    let fit = try CoxModel.fit(outcome: outcome, covariates: design, options: options)
    #expect(abs(fit.coefficients[0] + 0.084526) < 1e-6)
    let score = (try #require(fit.scoreResiduals)).column(0).reduce(0, +)
    #expect(abs(score) < 1e-12)
  }

  @Test func scaleOfTimeDoesNotMatter() throws {
    let reference = try CoxReferenceCase.named("cox-lung-efron", in: "cox")
    let fit = try #require(try CoxReferenceTests().fitted(reference))
    let outcome = fit.model.outcome
    let other = try CoxModel.fit(
      outcome: SurvivalOutcome(time: outcome.time.map { $0 / 365.25 }, event: outcome.event),
      covariates: fit.model.design)
    #expect(other.coefficients == fit.coefficients)
    #expect(other.logLikelihood == fit.logLikelihood)
  }

  /// Follow-up cut into pieces is the same follow-up.
  @Test(arguments: [TiesMethod.efron, .breslow, .exactPartial])
  func splitFollowUpIsTheSame(_ ties: TiesMethod) throws {
    var random = RandomGenerator(seed: 17)
    let count = 50
    let time = (0..<count).map { _ in Double(2 + random.below(12)) }
    let event = (0..<count).map { _ in UInt8(random.below(2)) }
    let x = (0..<count).map { _ in random.normal() }
    var options = CoxOptions()
    options.ties = ties
    let whole = try CoxModel.fit(
      outcome: SurvivalOutcome(time: time, event: event), covariates: CoxDesign([("x", x)], rowCount: count),
      options: options)
    var pieces: (entry: [Double], time: [Double], event: [UInt8], x: [Double]) = ([], [], [], [])
    for row in 0..<count {
      let cut = Double(1 + random.below(Int(time[row]) - 1))
      pieces.entry += [0, cut]
      pieces.time += [cut, time[row]]
      pieces.event += [0, event[row]]
      pieces.x += [x[row], x[row]]
    }
    let split = try CoxModel.fit(
      outcome: SurvivalOutcome(time: pieces.time, event: pieces.event, entry: pieces.entry),
      covariates: CoxDesign([("x", pieces.x)], rowCount: 2 * count), options: options)
    #expect(abs(split.coefficients[0] - whole.coefficients[0]) < 1e-11)
    #expect(abs(split.logLikelihood - whole.logLikelihood) < 1e-9)
    #expect(abs(split.modelVariance[0, 0] - whole.modelVariance[0, 0]) < 1e-11)
  }

  /// Breslow: weight 2 is the row twice. Weight 0 is no row.
  @Test func weightsAreRows() throws {
    var options = CoxOptions()
    options.ties = .breslow
    let weighted = try CoxModel.fit(
      outcome: SurvivalOutcome(
        time: [1, 1, 6, 6, 8, 9, 4], event: [1, 0, 1, 1, 0, 1, 1], weights: [2, 2, 2, 2, 2, 2, 0]),
      covariates: CoxDesign([("x", [1, 1, 1, 0, 0, 0, 50])], rowCount: 7), options: options)
    let twice = try CoxModel.fit(
      outcome: SurvivalOutcome(
        time: [1, 1, 6, 6, 8, 9] + [1, 1, 6, 6, 8, 9], event: [1, 0, 1, 1, 0, 1] + [1, 0, 1, 1, 0, 1]),
      covariates: CoxDesign([("x", [1, 1, 1, 0, 0, 0] + [1, 1, 1, 0, 0, 0])], rowCount: 12), options: options)
    #expect(abs(weighted.coefficients[0] - twice.coefficients[0]) < 1e-12)
    #expect(abs(weighted.modelVariance[0, 0] - twice.modelVariance[0, 0]) < 1e-12)
    #expect(weighted.observationCount == 6)
    #expect(weighted.eventCount == 4)
    #expect(weighted.martingaleResiduals[6].isNaN)
  }

  @Test func oneStratumIsNone() throws {
    let plain = try fit(.efron)
    let stratified = try CoxModel.fit(
      outcome: outcome, covariates: design,
      strata: GroupCodes(codes: [1, 1, 1, 1, 1, 1], names: ["empty", "all", "also empty"]))
    #expect(stratified.coefficients == plain.coefficients)
    #expect(stratified.logLikelihood == plain.logLikelihood)
    #expect(stratified.baselineHazard().map(\.lastTime) == [nil, 9, nil])
  }

  @Test func constantAndRepeatedColumnsAreAliased() throws {
    let x = [1.0, 1, 1, 0, 0, 0]
    let fit = try CoxModel.fit(
      outcome: outcome,
      covariates: CoxDesign(
        [
          ("constant", [Double](repeating: 1e9, count: 6)), ("x", x), ("same", x.map { 7 - 3 * $0 }),
          ("age", [50, 60, 70, 40, 30, 55]),
        ], rowCount: 6))
    #expect(fit.aliased == [0, 2])
    #expect(fit.coefficients[0].isNaN && fit.coefficients[2].isNaN)
    #expect(fit.degreesOfFreedom == 2)
    #expect(fit.coefficientTable[2].status == .aliased)
    #expect(fit.waldTest?.degreesOfFreedom == 2)
  }

  /// A factor whose reference level has no event: every other level's coefficient grows.
  @Test func emptyReferenceLevelMakesAllLevelsInfinite() throws {
    var random = RandomGenerator(seed: 9)
    let count = 90
    let codes = (0..<count).map { Int32($0 % 3) }
    let event = codes.map { UInt8($0 == 0 ? 0 : random.below(2)) }
    let outcome = try SurvivalOutcome(
      time: (0..<count).map { _ in Double(1 + random.below(20)) }, event: event)
    let fit = try CoxModel.fit(
      outcome: outcome,
      covariates: CoxDesign(
        rowCount: count,
        columns: [
          .numeric("age", (0..<count).map { _ in random.normal() }),
          .indicator("b", codes: codes, level: 1, levelCount: 3),
          .indicator("c", codes: codes, level: 2, levelCount: 3),
        ]))
    #expect(fit.convergence.status == .monotoneLikelihood)
    #expect(fit.infinite == [1, 2])
    #expect(fit.coefficientTable[0].status == .estimated)
    // Other coefficients are those of the model on the levels with events.
    let kept = (0..<count).filter { codes[$0] != 0 }
    let smaller = try CoxModel.fit(
      outcome: SurvivalOutcome(time: kept.map { outcome.time[$0] }, event: kept.map { event[$0] }),
      covariates: CoxDesign(
        [
          ("age", kept.map { fit.model.design.columns[0].value($0) }),
          ("c", kept.map { codes[$0] == 2 ? 1 : 0 }),
        ], rowCount: kept.count))
    #expect(abs(fit.coefficients[0] - smaller.coefficients[0]) < 1e-5)
  }

  @Test func hugeOffsetsDoNotMatter() throws {
    let plain = try fit(.efron)
    let moved = try CoxModel.fit(
      outcome: outcome, covariates: design, offset: [Double](repeating: 1e9, count: 6))
    #expect(moved.coefficients == plain.coefficients)
    #expect(moved.logLikelihood == plain.logLikelihood)
  }

  @Test func faultsNameTheirRole() throws {
    #expect(throws: SurvivalInputError(.event, .empty)) {
      try CoxModel.fit(
        outcome: SurvivalOutcome(time: [1, 2, 3], event: [0, 0, 0]),
        covariates: CoxDesign([("x", [1, 2, 3])], rowCount: 3))
    }
    #expect(throws: SurvivalInputError(.covariate("x"), .notFinite, rows: [1])) {
      try CoxDesign([("x", [1, .nan, 3])], rowCount: 3)
    }
    #expect(throws: SurvivalInputError(.covariate("x"), .lengthMismatch(expected: 4, found: 3))) {
      try CoxDesign([("x", [1, 2, 3])], rowCount: 4)
    }
    #expect(throws: SurvivalInputError(.offset, .notFinite, rows: [2])) {
      try CoxModel.fit(outcome: outcome, covariates: design, offset: [0, 0, .infinity, 0, 0, 0])
    }
    #expect(throws: SurvivalInputError.self) {
      var options = CoxOptions()
      options.ties = .exactPartial
      return try CoxModel.fit(
        outcome: outcome.weighted(by: [1, 2, 1, 1, 1, 1]), covariates: design, options: options)
    }
  }

  /// No columns: the null likelihood, no tests, a baseline hazard.
  @Test func nullModel() throws {
    let fit = try CoxModel.fit(outcome: outcome, covariates: CoxDesign(rowCount: 6, columns: []))
    #expect(abs(fit.logLikelihood + log(6) + log(4) + log(3)) < 1e-13)
    #expect(fit.likelihoodRatioTest == nil)
    #expect(fit.waldTest == nil)
    #expect(fit.scoreTest == nil)
    #expect(fit.proportionalHazardsTest().global == nil)
    #expect(try fit.concordance().estimate == 0.5)
  }

  /// The exact partial likelihood of many events at one time against the sum over all subsets.
  @Test func exactAgreesWithAllSubsets() throws {
    var random = RandomGenerator(seed: 31)
    let count = 10
    let x = (0..<count).map { _ in random.normal() }
    for events in [2, 5, 8] {
      let outcome = try SurvivalOutcome(
        time: [Double](repeating: 1, count: count), event: (0..<count).map { $0 < events ? 1 : 0 })
      var options = CoxOptions()
      options.ties = .exactPartial
      let model = try CoxModel(
        outcome: outcome, design: CoxDesign([("x", x)], rowCount: count), options: options)
      let prepared = PreparedCox(model)
      let likelihood = prepared.likelihood(ties: .exactPartial, threads: 1)
      likelihood.move(to: prepared.scaled([0.7]))
      var (sum, first, second) = (0.0, 0.0, 0.0)
      for subset in 0..<(1 << count) where subset.nonzeroBitCount == events {
        let total = (0..<count).reduce(0.0) { $0 + (subset >> $1 & 1 == 1 ? x[$1] : 0) }
        let weight = Elementary.exp(0.7 * total)
        sum += weight
        first += weight * total
        second += weight * total * total
      }
      let observed = x[..<events].reduce(0, +)
      let derivatives = likelihood.derivatives()
      let spread = prepared.covariates.spread[0]
      #expect(abs(likelihood.logLikelihood - (0.7 * observed - log(sum))) < 1e-11)
      #expect(abs(derivatives.score[0] * spread - (observed - first / sum)) < 1e-11)
      let variance = second / sum - first / sum * (first / sum)
      #expect(abs(derivatives.information[0, 0] * spread * spread - variance) < 1e-10)
    }
  }
}
