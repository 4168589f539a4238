// Measures of prediction: by hand, by property, and against their definitions written out in R.

import Foundation
import NumericalMethods
import Testing

@testable import Survival

@Suite struct PredictionTests {
  // MARK: By hand

  /// Nobody censored: cases by 3 are the rows 1, 2, 3 with scores 5, 2, 4; controls have 3, 1, 2.
  @Test func withoutCensoringTheAreaCountsPairs() throws {
    let outcome = try SurvivalOutcome(time: [1, 2, 3, 4, 5, 6], event: [1, 1, 1, 1, 1, 1])
    let area = try TimeDependentAUC.estimate([5, 2, 4, 3, 1, 2], outcome: outcome, times: [3, 7])
    // 5 beats all, 2 beats 1 and ties with 2, 4 beats all: (3 + 1.5 + 3) / 9.
    #expect(abs((area[0].estimate ?? 0) - 7.5 / 9) < 1e-15)
    #expect(area[0].caseCount == 3 && area[0].controlCount == 3)
    #expect(area[1].estimate == nil && area[1].standardError == nil)
  }

  /// Censored at 2 among three at risk: G = 1/2 from then on, and later cases count twice.
  @Test func censoredRowsAreStoodInFor() throws {
    let outcome = try SurvivalOutcome(time: [1, 2, 3, 4], event: [1, 0, 1, 1])
    // At risk of censoring at 2: rows 2, 3, 4; G(3−) = 2/3.
    let area = try TimeDependentAUC.estimate([1, 9, 3, 2], outcome: outcome, times: [3])
    // Cases 1 (weight 1, score 1) and 3 (weight 3/2, score 3); control 4 (score 2).
    #expect(abs((area[0].estimate ?? 0) - 1.5 / 2.5) < 1e-15)
    let score = try BrierScore.estimate([0.5, 0.5, 0.25, 0.75], outcome: outcome, time: 3)
    let expected = (0.25 + 1.5 * 0.0625 + 1.5 * 0.0625) / 4
    #expect(abs((score.estimate ?? 0) - expected) < 1e-15)
    #expect(try BrierScore.estimate([1, 1, 1, 1], outcome: outcome, time: 9).estimate == nil)
  }

  @Test func groupsKeepTiesTogether() throws {
    let outcome = try SurvivalOutcome(time: [1, 2, 3, 4, 5, 6], event: [1, 0, 1, 1, 0, 1])
    let found = try SurvivalCalibration.estimate(
      [0.9, 0.9, 0.9, 0.9, 0.2, 0.2], outcome: outcome, time: 3, groupCount: 3)
    #expect(found.groups.map(\.rowCount) == [4, 2])
    #expect(abs(found.groups[0].predicted - 0.1) < 1e-15)
    // Rows 1 to 4: S(3) = 3/4 · 1/2.
    #expect(abs((found.groups[0].observed ?? 0) - (1 - 0.375)) < 1e-15)
  }

  @Test func refusesWhatItIsNotDefinedFor() throws {
    let late = try SurvivalOutcome(time: [2, 3], event: [1, 1], entry: [0, 1])
    #expect(throws: SurvivalInputError.self) {
      try TimeDependentAUC.estimate([1, 2], outcome: late, times: [2])
    }
    let plain = try SurvivalOutcome(time: [2, 3], event: [1, 1])
    #expect(throws: SurvivalInputError.self) { try BrierScore.estimate([.nan, 1], outcome: plain, time: 2) }
    #expect(throws: SurvivalInputError.self) {
      try SurvivalCalibration.estimate([1.5, 0], outcome: plain, time: 2)
    }
  }

  // MARK: By property

  private static func sample(_ seed: UInt64, count: Int) throws -> (outcome: SurvivalOutcome, score: [Double])
  {
    var random = RandomGenerator(seed: seed)
    let score = (0..<count).map { _ in (random.normal() * 4).rounded() / 4 }
    let time = score.map { 1 + (random.exponential() * Elementary.exp(-$0) * 10).rounded() }
    return (
      try SurvivalOutcome(time: time, event: score.map { _ in UInt8(random.below(3) == 0 ? 0 : 1) }), score
    )
  }

  /// The infinitesimal jackknife against leaving out one row at a time.
  @Test(arguments: [1, 2]) func standardErrorsAreThoseOfTheJackknife(seed: UInt64) throws {
    let count = 150
    let (outcome, score) = try Self.sample(seed, count: count)
    func left(_ row: Int) throws -> (Double, Double) {
      let kept = (0..<count).filter { $0 != row }
      let smaller = try SurvivalOutcome(
        time: kept.map { outcome.time[$0] }, event: kept.map { outcome.event[$0] })
      let area = try TimeDependentAUC.estimate(kept.map { score[$0] }, outcome: smaller, times: [6])
      let brier = try BrierScore.estimate(
        kept.map { 1 / (1 + Elementary.exp(score[$0])) }, outcome: smaller, time: 6)
      return (area[0].estimate ?? .nan, brier.estimate ?? .nan)
    }
    let values = try (0..<count).map(left)
    func error(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / Double(count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (squares * Double(count - 1) / Double(count)).squareRoot()
    }
    let area = try TimeDependentAUC.estimate(score, outcome: outcome, times: [6])[0].standardError ?? 0
    let brier =
      try BrierScore.estimate(score.map { 1 / (1 + Elementary.exp($0)) }, outcome: outcome, time: 6)
      .standardError ?? 0
    #expect(abs(area / error(values.map(\.0)) - 1) < 0.03)
    #expect(abs(brier / error(values.map(\.1)) - 1) < 0.03)
  }

  @Test func onlyTheOrderOfTheScoreCounts() throws {
    let (outcome, score) = try Self.sample(7, count: 80)
    let first = try TimeDependentAUC.estimate(score, outcome: outcome, times: [3, 6])
    let second = try TimeDependentAUC.estimate(
      score.map { Elementary.exp($0) }, outcome: outcome, times: [3, 6])
    #expect(first == second)
  }

  // MARK: Against R

  private struct Fixture: Decodable {
    let age, sex, karno, time, auc, aucSE, brier, brierSE, brierKM, ici, e50, e90: [Double]
    let adjusted1, adjusted2, differenceSE: [Double]
    let event: [UInt8]
    let ibs, uno, unoSE: [Double]
  }

  private static func fixture() throws -> Fixture {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/prediction.json")
    return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
  }

  private func agree(_ found: Double?, _ expected: Double, _ tolerance: Double = 1e-8) -> Bool {
    found.map { abs($0 - expected) <= tolerance * max(abs(expected), 1e-3) } ?? false
  }

  @Test func agreesWithTheDefinitionsInR() throws {
    let data = try Self.fixture()
    let outcome = try SurvivalOutcome(time: data.time, event: data.event)
    let design = try CoxDesign(
      [("age", data.age), ("sex", data.sex), ("karno", data.karno)], rowCount: data.time.count)
    let fit = try CoxModel.fit(outcome: outcome, covariates: design)
    let predictor = try fit.survivalPredictor(design)
    let times = [180.0, 365, 700]
    let areas = try TimeDependentAUC.estimate(fit.linearPredictor, outcome: outcome, times: times)
    for (index, time) in times.enumerated() {
      #expect(agree(areas[index].estimate, data.auc[index]))
      #expect(agree(areas[index].standardError, data.aucSE[index]))
      let survival = predictor.survival(at: time)
      let score = try BrierScore.estimate(survival, outcome: outcome, time: time)
      #expect(agree(score.estimate, data.brier[index]) && agree(score.standardError, data.brierSE[index]))
      #expect(agree(score.reference, data.brierKM[index]))
      let smooth = try SurvivalCalibration.estimate(survival, outcome: outcome, time: time).smooth
      #expect(agree(smooth?.meanDistance, data.ici[index], 1e-6))
      #expect(agree(smooth?.medianDistance, data.e50[index], 1e-6))
      #expect(agree(smooth?.ninetiethPercentile, data.e90[index], 1e-6))
    }
    let integrated = try BrierScore.integrated(outcome: outcome, upTo: 700, predictor: predictor)
    #expect(agree(integrated?.score, data.ibs[0]))
    var options = ConcordanceOptions()
    options.timeWeight = .inverseCensoringSquared
    options.maximumTime = 700
    let uno = try Concordance.of(fit.linearPredictor, outcome: outcome, options: options)
    #expect(agree(uno.estimate, data.uno[0]) && agree(uno.standardError, data.unoSE[0]))
  }

  @Test func standardisedDifferencesAgreeWithR() throws {
    let data = try Self.fixture()
    let outcome = try SurvivalOutcome(time: data.time, event: data.event)
    func design(_ sex: [Double]) throws -> CoxDesign {
      try CoxDesign([("age", data.age), ("sex", sex), ("karno", data.karno)], rowCount: data.time.count)
    }
    let fit = try CoxModel.fit(outcome: outcome, covariates: try design(data.sex))
    let men = StandardPopulation(design: try design(data.sex.map { _ in 1 }))
    let women = StandardPopulation(design: try design(data.sex.map { _ in 2 }))
    let times = [180.0, 365, 700]
    let found = try fit.standardizedDifference(women, minus: men, times: times + [5000])
    for index in times.indices {
      let expected = data.adjusted2[index] - data.adjusted1[index]
      #expect(agree(found[index]?.estimate, expected, 1e-7))
      #expect(agree(found[index]?.standardError, data.differenceSE[index], 1e-7))
    }
    #expect(found[3] == nil)
  }
}
