// Cumulative incidence by hand, and what must hold for it on random data.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct CumulativeIncidenceTests {
  private func near(_ value: Double?, _ expected: Double, _ tolerance: Double = 1e-15) -> Bool {
    abs((value ?? .nan) - expected) <= tolerance * max(1, abs(expected))
  }

  @Test func byHand() throws {
    // Cause 1 at 1 and 4, cause 2 at 2, censored at 3.
    let outcome = try SurvivalOutcome(time: [1, 2, 3, 4], event: [1, 2, 0, 1])
    let group = try #require(try CumulativeIncidence.estimate(outcome).groups.first)
    #expect(group.causes.count == 2)
    for (found, expected) in zip(group.causes[0].cumulativeIncidence, [0.25, 0.25, 0.25, 0.75]) {
      #expect(near(found, expected))
    }
    for (found, expected) in zip(group.causes[1].cumulativeIncidence, [0, 0.25, 0.25, 0.25]) {
      #expect(near(found, expected))
    }
    #expect(group.eventFree.survival.last == 0)
    #expect(near(group.causes[0].cumulativeHazard.last, 1.25))
    // At the first time F is a proportion of 4: Aalen d/n² = 1/16, jackknife F(1 − F)/n = 3/64.
    #expect(near(group.causes[0].aalenStandardError[0], 0.25))
    #expect(near(group.causes[0].jackknifeStandardError[0], (3.0 / 64).squareRoot()))
    #expect(group.causes[0].eventCount == 2)
  }

  @Test func readsAtGivenTimes() throws {
    let outcome = try SurvivalOutcome(time: [1, 2, 3, 4], event: [1, 2, 0, 1])
    let cause = try #require(try CumulativeIncidence.estimate(outcome).groups.first?.causes[1])
    let start = cause.at(1.5)
    #expect(
      start.cumulativeIncidence == 0 && start.standardError == 0 && start.confidenceInterval == .notEstimable)
    #expect(near(cause.at(2.5).cumulativeIncidence, 0.25) && cause.at(2.5).cumulativeEvents == 1)
    #expect(cause.at(4.1).cumulativeIncidence == nil && cause.at(4.1).standardError == nil)
    #expect(cause.at(0).cumulativeEvents == 0)
  }

  @Test func refusesCodesThatAreNoCause() throws {
    let outcome = try SurvivalOutcome(time: [1, 2, 3], event: [1, 3, 0])
    #expect(throws: SurvivalInputError(.event, .codeOutOfRange, rows: [1])) {
      try CumulativeIncidence.estimate(outcome, causeCount: 2)
    }
    let censored = try SurvivalOutcome(time: [1, 2], event: [0, 0])
    #expect(throws: SurvivalInputError(.cause, .outOfRange)) { try CumulativeIncidence.estimate(censored) }
    let none = try CumulativeIncidence.estimate(censored, causeCount: 2)
    #expect(none.groups[0].causes[1].cumulativeIncidence == [0, 0])
  }

  private struct Sample {
    var time: [Double]
    var event: [UInt8]
    var weights: [Double]

    init(seed: UInt64) {
      var generator = RandomGenerator(seed: seed)
      time = (0..<200).map { _ in Double(1 + generator.below(40)) }
      event = (0..<200).map { _ in UInt8(generator.below(4)) }
      weights = (0..<200).map { _ in 0.2 + generator.uniform() }
    }
  }

  @Test(arguments: 1...5)
  func causesAndEventFreeAddUpToOne(seed: UInt64) throws {
    let sample = Sample(seed: seed)
    for weights in [nil, sample.weights] {
      let outcome = try SurvivalOutcome(time: sample.time, event: sample.event, weights: weights)
      let group = try #require(try CumulativeIncidence.estimate(outcome).groups.first)
      for position in group.eventFree.time.indices {
        let sum = group.causes.reduce(group.eventFree.survival[position]) {
          $0 + $1.cumulativeIncidence[position]
        }
        #expect(near(sum, 1, 1e-14))
      }
    }
  }

  @Test(arguments: 1...5)
  func withOneCauseItIsOneMinusKaplanMeier(seed: UInt64) throws {
    let sample = Sample(seed: seed)
    let outcome = try SurvivalOutcome(time: sample.time, event: sample.event, weights: sample.weights)
      .anyEvent
    let cause = try #require(try CumulativeIncidence.estimate(outcome).groups.first?.causes.first)
    let curve = try #require(try KaplanMeier.estimate(outcome).curves.first)
    for position in curve.time.indices {
      #expect(near(cause.cumulativeIncidence[position], 1 - curve.survival[position], 1e-14))
      #expect(near(cause.jackknifeStandardError[position], curve.standardError[position], 1e-12))
    }
  }

  @Test(arguments: 1...5)
  func splittingFollowUpDoesNotMatter(seed: UInt64) throws {
    let sample = Sample(seed: seed)
    let whole = try #require(
      try CumulativeIncidence.estimate(
        try SurvivalOutcome(time: sample.time, event: sample.event, weights: sample.weights)
      ).groups.first)
    let later = sample.time.indices.filter { sample.time[$0] > 15 }
    let split = try SurvivalOutcome(
      time: sample.time.map { min($0, 15) } + later.map { sample.time[$0] },
      event: sample.time.indices.map { sample.time[$0] > 15 ? 0 : sample.event[$0] }
        + later.map { sample.event[$0] },
      entry: sample.time.map { _ in 0 } + later.map { _ in 15 },
      weights: sample.weights + later.map { sample.weights[$0] })
    let subjects = try GroupCodes(
      codes: (0..<200).map { Int32($0) } + later.map { Int32($0) }, names: (0..<200).map(String.init))
    let parts = try #require(try CumulativeIncidence.estimate(split, clusters: subjects).groups.first)
    for (one, other) in zip(whole.causes, parts.causes) {
      for (position, time) in one.time.enumerated() {
        let estimate = other.at(time)
        #expect(near(estimate.cumulativeIncidence, one.cumulativeIncidence[position], 1e-14))
        #expect(near(estimate.aalenStandardError, one.aalenStandardError[position], 1e-12))
        #expect(near(estimate.jackknifeStandardError, one.jackknifeStandardError[position], 1e-12))
      }
    }
  }

  @Test func orderOfRowsDoesNotMatter() throws {
    let sample = Sample(seed: 8)
    var generator = RandomGenerator(seed: 99)
    let order = generator.permutation(200).map { Int($0) }
    let one = try CumulativeIncidence.estimate(try SurvivalOutcome(time: sample.time, event: sample.event))
    let other = try CumulativeIncidence.estimate(
      try SurvivalOutcome(time: order.map { sample.time[$0] }, event: order.map { sample.event[$0] }))
    for (first, second) in zip(one.groups[0].causes, other.groups[0].causes) {
      #expect(first.cumulativeIncidence == second.cumulativeIncidence)
      #expect(first.jackknifeStandardError == second.jackknifeStandardError)
    }
  }
}
