// Whole counts of pairs, and tables of counts, against the ways that know weights and against plain loops.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct CountedPairsTests {
  @Test(arguments: [1, 15, 16, 17, 300, 5_000]) func countsAreThoseOfAPlainLoop(_ size: Int) {
    var random = RandomGenerator(seed: 8)
    var plain = (0..<size).map { _ in Int32(random.below(4)) }
    let counts = RankCounts(plain)
    for _ in 0..<50 {
      let place = random.below(size)
      counts.add(at: place)
      plain[place] += 1
      let asked = random.below(size)
      #expect(counts.sum(through: asked) == plain[...asked].reduce(0, +))
    }
    #expect(counts.sum(through: -1) == 0)
    #expect(counts.sum(through: size - 1) == plain.reduce(0, +))
  }

  /// Weights of 1 go the general way, which adds up doubles through other trees.
  @Test(arguments: [60, 40_000]) func wholeCountsAreThoseOfWeights(_ rowCount: Int) throws {
    var random = RandomGenerator(seed: 12)
    let time = (0..<rowCount).map { _ in Double(1 + random.below(200)) }
    let event = (0..<rowCount).map { _ in UInt8(random.below(3) == 0 ? 0 : 1) }
    let predictor = (0..<rowCount).map { _ in (random.normal() * 40).rounded() }
    let strata = try GroupCodes(codes: (0..<rowCount).map { Int32($0 % 2) }, names: ["a", "b"])
    for strata in [nil, strata] {
      var results: [Concordance] = []
      for weights in [nil, [Double](repeating: 1, count: rowCount)] {
        for threads in [1, 2] {
          var options = ConcordanceOptions()
          options.threads = threads
          options.keepsInfluence = true
          results.append(
            try Concordance.of(
              predictor, outcome: SurvivalOutcome(time: time, event: event, weights: weights),
              strata: strata, options: options))
        }
      }
      #expect(results[0] == results[1])
      for result in results.dropFirst() {
        #expect(result.counts == results[0].counts)
        #expect(result.estimate == results[0].estimate)
        let error = try #require(result.standardError)
        let expected = try #require(results[0].standardError)
        #expect(abs(error - expected) <= 1e-13 * expected)
      }
    }
  }
}
