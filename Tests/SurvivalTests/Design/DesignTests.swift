// Sample sizes by hand; bootstrap streams and optimism.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct SampleSizeTests {
  /// (1.959964 + 0.841621)² = 7.848880; ln 2² = 0.480453.
  @Test func eventsByHand() throws {
    let half = try SurvivalSampleSize(hazardRatio: 0.5)
    let sum = 1.959963984540054 + 0.8416212335729143
    let logarithm = Elementary.log(2)
    #expect(abs(try half.events(power: 0.8) - 4 * sum * sum / (logarithm * logarithm)) < 1e-9)
    // Freedman: (1 + h)² / (1 − h)² = 9.
    let freedman = try SurvivalSampleSize(hazardRatio: 0.5, method: .freedman)
    #expect(abs(try freedman.events(power: 0.8) - 9 * sum * sum) < 1e-9)
    // Two to one: p (1 − p) = 2/9; a covariate of variance 1 with R² = 1/4.
    let unequal = try SurvivalSampleSize(hazardRatio: 0.5, allocation: 2)
    #expect(abs(try unequal.events(power: 0.8) - 4.5 * sum * sum / (logarithm * logarithm)) < 1e-9)
    let covariate = try SurvivalSampleSize(hazardRatio: 0.5, covariateVariance: 1, squaredCorrelation: 0.25)
    #expect(abs(try covariate.events(power: 0.8) - sum * sum / (0.75 * logarithm * logarithm)) < 1e-9)
  }

  @Test(arguments: SurvivalSampleSize.Method.allCases) func powerUndoesEvents(
    method: SurvivalSampleSize.Method
  ) throws {
    for ratio in [0.4, 0.8, 1.7] {
      let size = try SurvivalSampleSize(
        hazardRatio: ratio, alpha: 0.025, sides: 1, allocation: 1.5, method: method)
      #expect(abs(try size.power(events: try size.events(power: 0.9)) - 0.9) < 1e-12)
    }
    #expect(throws: SurvivalInputError.self) { try SurvivalSampleSize(hazardRatio: 1) }
    #expect(throws: SurvivalInputError.self) {
      try SurvivalSampleSize(hazardRatio: 2, method: .freedman, covariateVariance: 1)
    }
  }

  /// Without accrual 1 − exp(−λ f); with it the mean of that over follow-up; dropout takes its share.
  @Test func eventProbabilities() throws {
    #expect(
      abs(try EventProbability(followUp: 2).probability(hazard: 0.5) - (1 - Elementary.exp(-1))) < 1e-15)
    let accrual = try EventProbability(accrual: 2, followUp: 1)
    let mean = 1 - (Elementary.exp(-0.5) - Elementary.exp(-1.5)) / 1
    #expect(abs(accrual.probability(hazard: 0.5) - mean) < 1e-14)
    let lost = try EventProbability(followUp: 2, dropout: 0.5)
    #expect(abs(lost.probability(hazard: 0.5) - 0.5 * (1 - Elementary.exp(-2))) < 1e-15)
    let short = try EventProbability(accrual: 1e-9, followUp: 2)
    #expect(abs(short.probability(hazard: 0.5) - (1 - Elementary.exp(-1))) < 1e-8)
    #expect(throws: SurvivalInputError.self) { try EventProbability(followUp: 0) }
  }
}

@Suite struct OptimismCorrectionTests {
  private func fit(noise: Int, count: Int = 60, clusters: GroupCodes? = nil) throws -> CoxFit {
    var random = RandomGenerator(seed: 11)
    let effect = (0..<count).map { _ in random.normal() }
    let columns = (0..<noise).map { index in
      ("noise\(index)", (0..<count).map { _ in random.normal() })
    }
    let time = effect.map { random.exponential() * Elementary.exp(-0.7 * $0) }
    return try CoxModel.fit(
      outcome: try SurvivalOutcome(time: time, event: time.indices.map { $0 % 4 == 0 ? 0 : 1 }),
      covariates: try CoxDesign([("x", effect)] + columns, rowCount: count), clusters: clusters)
  }

  @Test func streamsAreTheSameForEveryNumberOfThreads() throws {
    let fit = try fit(noise: 3)
    let one = try #require(try OptimismCorrection.bootstrap(fit, repeats: 40, seed: 3))
    #expect(one == (try OptimismCorrection.bootstrap(fit, repeats: 40, seed: 3, threads: 3)))
    #expect(one != (try OptimismCorrection.bootstrap(fit, repeats: 40, seed: 4)))
    let sampler = BootstrapSampler(rowCount: 6)
    #expect(sampler.rows(seed: 1, replicate: 2) == sampler.rows(seed: 1, replicate: 2))
    #expect(sampler.rows(seed: 1, replicate: 2) != sampler.rows(seed: 1, replicate: 3))
  }

  @Test func noiseMakesForOptimism() throws {
    let plain = try #require(try OptimismCorrection.bootstrap(try fit(noise: 0), repeats: 60, seed: 1))
    let noisy = try #require(try OptimismCorrection.bootstrap(try fit(noise: 10), repeats: 60, seed: 1))
    #expect(noisy.concordance.optimism > plain.concordance.optimism + 0.02)
    #expect(noisy.calibrationSlope.corrected < 0.9 && noisy.calibrationSlope.corrected > 0.2)
    #expect(noisy.concordance.corrected < noisy.concordance.apparent)
    let interval = plain.coefficients[0]
    #expect((interval.lower ?? 9) < 0.7 && (interval.upper ?? -9) > 0.3)
  }

  @Test func clustersAreDrawnWhole() throws {
    let clusters = try GroupCodes(codes: [0, 0, 1, 1, 1, 2], names: ["a", "b", "c"])
    let sampler = BootstrapSampler(rowCount: 6, clusters: clusters)
    for replicate in 0..<20 {
      let rows = sampler.rows(seed: 9, replicate: replicate)
      let counts = (0..<6).map { row in rows.count { $0 == row } }
      #expect(counts[0] == counts[1] && counts[2] == counts[3] && counts[3] == counts[4])
      #expect(counts[0] + counts[2] + counts[5] == 3)
    }
  }
}
