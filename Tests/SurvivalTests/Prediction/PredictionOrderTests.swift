// Means over a population and scores over follow-up, whatever the order of rows and the number of threads.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct PredictionOrderTests {
  struct Sample {
    var time: [Double] = []
    var event: [UInt8] = []
    var x: [Double] = []
    var level: [Int32] = []

    init(seed: UInt64, count: Int) {
      var random = RandomGenerator(seed: seed)
      for _ in 0..<count {
        x.append(1900 + Double(random.below(30)) / 4)
        level.append(Int32(random.below(3)))
        time.append(1 + Double(random.below(60)))
        event.append(random.below(3) > 0 ? 1 : 0)
      }
    }

    func reordered(_ rows: [Int]) -> Sample {
      var result = self
      result.time = rows.map { time[$0] }
      result.event = rows.map { event[$0] }
      result.x = rows.map { x[$0] }
      result.level = rows.map { level[$0] }
      return result
    }

    func fit(threads: Int) throws -> CoxFit {
      var options = CoxOptions()
      options.threads = threads
      return try CoxModel.fit(
        outcome: try SurvivalOutcome(time: time, event: event), covariates: try design(), options: options)
    }

    func design() throws -> CoxDesign {
      try CoxDesign(
        rowCount: x.count,
        columns: [.numeric("x", x)]
          + (1...2).map { .indicator("level \($0)", codes: level, level: $0, levelCount: 3) })
    }
  }

  /// Rows reversed, and two threads: the same bits.
  @Test func noOrderAndNoThreadShows() throws {
    let sample = Sample(seed: 3, count: 9000)
    let other = sample.reordered(Array(sample.x.indices.reversed()))
    var found: [[Double]] = []
    for (sample, threads) in [(sample, 1), (sample, 2), (other, 2)] {
      let fit = try sample.fit(threads: threads)
      let means = try fit.standardizedSurvival(
        StandardPopulation(design: try sample.design()), times: [5, 20, 40])
      let score = try #require(
        try BrierScore.integrated(
          outcome: fit.model.outcome, upTo: 50, predictor: try fit.survivalPredictor(sample.design())))
      found.append(
        means.flatMap { [$0.survival, $0.standardError] } + [score.score, score.reference])
    }
    #expect(found[0] == found[1])
    #expect(found[0] == found[2])
  }

  /// Rows merged and cells against the mean of single predictions; weights count as rows do.
  @Test func meansAreThoseOfSinglePredictions() throws {
    let sample = Sample(seed: 4, count: 300)
    let fit = try sample.fit(threads: 1)
    let design = try sample.design()
    let single = try fit.predictedSurvival(design).compactMap { $0.at(20)?.survival }
    let weights = sample.x.indices.map { Double($0 % 3) }
    let plain = try #require(try fit.standardizedSurvival(design, times: [20]).first)
    let weighted = try #require(try fit.standardizedSurvival(design, weights: weights, times: [20]).first)
    #expect(abs(plain.survival - single.reduce(0, +) / 300) < 1e-13)
    let expected = zip(single, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    #expect(abs(weighted.survival - expected) < 1e-13)
    let rows = sample.x.indices.flatMap { Array(repeating: $0, count: $0 % 3) }
    let repeated = try #require(
      try fit.standardizedSurvival(try sample.reordered(rows).design(), times: [20]).first)
    #expect(abs(weighted.survival - repeated.survival) < 1e-14)
    #expect(abs(weighted.standardError - repeated.standardError) < 1e-14)
  }

  /// The score in one pass against scores at each time.
  @Test func theIntegralIsThatOfTheScores() throws {
    let sample = Sample(seed: 5, count: 400)
    let fit = try sample.fit(threads: 1)
    let predictor = try fit.survivalPredictor(sample.design())
    let outcome = fit.model.outcome
    let found = try #require(try BrierScore.integrated(outcome: outcome, upTo: 30, predictor: predictor))
    var (own, reference) = (0.0, 0.0)
    for time in 0..<30 {
      let score = try BrierScore.estimate(
        predictor.survival(at: Double(time)), outcome: outcome, time: Double(time))
      own += try #require(score.estimate) / 30
      reference += try #require(score.reference) / 30
    }
    #expect(abs(found.score - own) < 1e-13)
    #expect(abs(found.reference - reference) < 1e-13)
  }
}
