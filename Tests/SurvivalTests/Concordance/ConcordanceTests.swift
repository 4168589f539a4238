// Concordance: by hand, by counting all pairs, and against R.

import Foundation
import NumericalMethods
import Testing

@testable import Survival

@Suite struct ConcordanceTests {
  /// Times 1 to 4, one censored: comparable pairs are (1,2) (1,3) (1,4) (3,4).
  @Test func smallSampleByHand() throws {
    let outcome = try SurvivalOutcome(time: [1, 2, 3, 4], event: [1, 0, 1, 1])
    let result = try Concordance.of([4, 3, 1, 2], outcome: outcome)
    #expect(result.counts.concordant == 3)
    #expect(result.counts.discordant == 1)
    #expect(result.counts.comparable == 4)
    #expect(result.estimate == 0.75)
    var options = ConcordanceOptions()
    options.direction = .survival
    #expect(try Concordance.of([4, 3, 1, 2], outcome: outcome, options: options).estimate == 0.25)
  }

  /// Who is censored at the time of an event outlives it; events at one time are not compared.
  @Test func tiesInTimeByHand() throws {
    let outcome = try SurvivalOutcome(time: [2, 2, 2, 2], event: [1, 1, 1, 0])
    let result = try Concordance.of([1, 1, 3, 2], outcome: outcome)
    #expect(result.counts.tiedTime == 2)
    #expect(result.counts.tiedBoth == 1)
    // Of the censored row's three pairs, only the event with predictor 3 is concordant.
    #expect(result.counts.concordant == 1)
    #expect(result.counts.discordant == 2)
  }

  @Test func withoutComparablePairs() throws {
    let outcome = try SurvivalOutcome(time: [1, 2], event: [0, 1])
    let result = try Concordance.of([1, 2], outcome: outcome)
    #expect(result.estimate == nil)
    #expect(result.standardError == nil)
  }

  @Test func agreesWithR() throws {
    for reference in try CoxReferenceCase.all("concordance") {
      let outcome = try reference.outcome()
      var options = ConcordanceOptions()
      options.timeWeight = try #require(
        ConcordanceOptions.TimeWeight(rawValue: reference.spec["timewt"] as? String ?? "n"))
      let isReversed = (reference.spec["reverse"] as? NSNumber)?.boolValue ?? false
      options.direction = isReversed ? .risk : .survival
      let name = try #require(reference.spec["predictor"] as? String)
      let result = try Concordance.of(
        reference.numbers(name), outcome: outcome,
        clusters: (reference.spec["cluster"] as? String).map { try reference.codes([$0]) }, options: options)
      reference.check("n", [], Double(result.observationCount))
      reference.check("concordance", [], result.estimate)
      reference.check("concordance.se", [], result.standardError)
      reference.check("concordant", [], result.counts.concordant)
      reference.check("discordant", [], result.counts.discordant)
      reference.check("tied.x", [], result.counts.tiedPredictor)
      reference.check("tied.y", [], result.counts.tiedTime)
      reference.check("tied.xy", [], result.counts.tiedBoth)
    }
  }

  @Test(arguments: ["cox", "ph-baseline", "clogit"])
  func ofFittedModelsAgreesWithR(_ analysis: String) throws {
    for reference in try CoxReferenceCase.all(analysis) where !reference.id.hasPrefix("behave") {
      guard let fit = try CoxReferenceTests().fitted(reference) else { continue }
      let result = try fit.concordance()
      reference.check("concordance", [], result.estimate)
      reference.check("concordance.se", [], result.standardError)
    }
  }

  /// concordance(Surv(time, status) ~ age + strata(sex), lung, timewt = "S/G", keepstrata = FALSE)
  @Test func stratifiedSchemperWeightsAgreeWithR() throws {
    let reference = try CoxReferenceCase.named("conc-lung-S", in: "concordance")
    var options = ConcordanceOptions()
    options.timeWeight = .survivalOverCensoring
    options.direction = .survival
    let result = try Concordance.of(
      reference.numbers("age"), outcome: reference.outcome(), strata: reference.codes(["sex"]),
      options: options)
    #expect(abs((result.estimate ?? 0) - 0.4527) < 5e-5)
    #expect(abs((result.standardError ?? 0) - 0.02362) < 5e-6)
    #expect(abs(result.counts.concordant - 5840.04) < 0.005)
    #expect(abs(result.counts.tiedTime - 18.02) < 0.005)
  }

  /// All pairs one by one, on random data full of ties, with weights, strata, delayed entry and time weights.
  @Test(arguments: 0..<24)
  func agreesWithCountingAllPairs(_ seed: Int) throws {
    var random = RandomGenerator(seed: UInt64(seed))
    let count = 60
    let hasEntry = seed % 2 == 1
    let hasWeights = seed % 3 == 1
    let time = (0..<count).map { _ in Double(2 + Int(random.uniform() * 9)) }
    let entry = hasEntry ? time.map { Double(Int(random.uniform() * $0)) } : nil
    let event = (0..<count).map { _ in UInt8(random.uniform() < 0.5 ? 1 : 0) }
    let weights = hasWeights ? (0..<count).map { _ in Double(1 + Int(random.uniform() * 3)) / 2 } : nil
    let predictor = (0..<count).map { _ in Double(Int(random.uniform() * 7)) }
    let codes = (0..<count).map { _ in Int32(random.uniform() * (seed % 4 == 3 ? 3 : 1)) }
    let outcome = try SurvivalOutcome(time: time, event: event, entry: entry, weights: weights)
    var options = ConcordanceOptions()
    options.timeWeight = seed % 5 == 2 ? .inverseAtRisk : .equal
    options.keepsInfluence = true
    let strata = try GroupCodes(codes: codes, names: ["a", "b", "c"])
    let result = try Concordance.of(predictor, outcome: outcome, strata: strata, options: options)

    let weight = { (row: Int) in weights?[row] ?? 1 }
    var counts = [0.0, 0, 0]
    var influence = [[Double]](repeating: [0, 0, 0], count: count)
    for i in 0..<count where event[i] == 1 {
      let atRisk = (0..<count).filter {
        codes[$0] == codes[i] && time[$0] >= time[i] && (entry?[$0] ?? -1) < time[i]
      }
      let isSingle = (0..<count).filter { codes[$0] == codes[i] && event[$0] == 1 }.count < 2
      let factor = options.timeWeight == .equal || isSingle ? 1 : 1 / atRisk.reduce(0) { $0 + weight($1) }
      for j in atRisk where time[j] > time[i] || event[j] == 0 {
        let kind = predictor[i] > predictor[j] ? 0 : predictor[i] < predictor[j] ? 1 : 2
        counts[kind] += factor * weight(i) * weight(j)
        influence[i][kind] += factor * weight(j)
        influence[j][kind] += factor * weight(i)
      }
    }
    let total = counts[0] + counts[1] + counts[2]
    let somer = (counts[0] - counts[1]) / total
    #expect(abs(result.counts.concordant - counts[0]) < 1e-9 * total)
    #expect(abs(result.counts.discordant - counts[1]) < 1e-9 * total)
    #expect(abs(result.counts.tiedPredictor - counts[2]) < 1e-9 * total)
    #expect(abs((result.estimate ?? 0) - (somer + 1) / 2) < 1e-12)
    var squares = 0.0
    for row in 0..<count {
      let part = influence[row]
      let change = weight(row) * (part[0] - part[1] - somer * (part[0] + part[1] + part[2])) / total
      squares += change * change
      #expect(abs((result.influence?[row] ?? 0) - change / 2) < 1e-12)
    }
    #expect(abs((result.standardError ?? 0) - squares.squareRoot() / 2) < 1e-12)
  }

  /// Against all pairs counted one by one.
  @Test(arguments: [1, 2, 3]) func eventsAfterTheMaximumTimeDoNotCount(seed: UInt64) throws {
    var random = RandomGenerator(seed: seed)
    let time = (0..<40).map { _ in Double(1 + random.below(12)) }
    let event = (0..<40).map { _ in UInt8(random.below(2)) }
    let score = (0..<40).map { _ in Double(random.below(6)) }
    var options = ConcordanceOptions()
    options.maximumTime = 7
    let found = try Concordance.of(
      score, outcome: try SurvivalOutcome(time: time, event: event), options: options)
    var (concordant, discordant, tied) = (0.0, 0.0, 0.0)
    for i in 0..<40 where event[i] == 1 && time[i] <= 7 {
      for j in 0..<40 where time[j] > time[i] || (time[j] == time[i] && event[j] == 0) {
        if score[i] > score[j] {
          concordant += 1
        } else if score[i] < score[j] {
          discordant += 1
        } else {
          tied += 1
        }
      }
    }
    #expect(found.counts.concordant == concordant && found.counts.discordant == discordant)
    #expect(found.counts.tiedPredictor == tied)
  }
}
