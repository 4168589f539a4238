// What must hold for Gray's test; its numbers are held to cmprsk elsewhere.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct GrayTestTests {
  private func sample(seed: UInt64) throws -> (time: [Double], event: [UInt8], codes: [Int32]) {
    var generator = RandomGenerator(seed: seed)
    return (
      (0..<150).map { _ in Double(1 + generator.below(25)) },
      (0..<150).map { _ in UInt8(generator.below(3)) },
      (0..<150).map { _ in Int32(generator.below(3)) }
    )
  }

  @Test(arguments: 1...5)
  func invariances(seed: UInt64) throws {
    let (time, event, codes) = try sample(seed: seed)
    let names = ["a", "b", "c"]
    let groups = try GroupCodes(codes: codes, names: names)
    let outcome = try SurvivalOutcome(time: time, event: event)
    let result = try GrayTest.compare(outcome, groups: groups)
    for cause in result.causes {
      #expect(abs(cause.scores.reduce(0, +)) < 1e-11)
      #expect(cause.test?.degreesOfFreedom == 2)
    }
    var generator = RandomGenerator(seed: seed + 50)
    let order = generator.permutation(150).map { Int($0) }
    let shuffled = try GrayTest.compare(
      try SurvivalOutcome(time: order.map { time[$0] }, event: order.map { event[$0] }),
      groups: try GroupCodes(codes: order.map { codes[$0] }, names: names))
    let renamed = try GrayTest.compare(
      outcome, groups: try GroupCodes(codes: codes.map { 2 - $0 }, names: names))
    let oneStratum = try GrayTest.compare(outcome, groups: groups, strata: .single(rowCount: 150))
    for index in result.causes.indices {
      #expect(result.causes[index].test == shuffled.causes[index].test)
      #expect(result.causes[index].test == oneStratum.causes[index].test)
      let (one, other) = (
        result.causes[index].test?.statistic ?? 0, renamed.causes[index].test?.statistic ?? 1
      )
      #expect(abs(one - other) < 1e-9 * one)
    }
  }

  @Test func frequenciesAreRepeatedRows() throws {
    let (time, event, codes) = try sample(seed: 4)
    let weights = time.indices.map { $0 % 3 }
    let rows = time.indices.flatMap { [Int](repeating: $0, count: weights[$0]) }
    let names = ["a", "b", "c"]
    let weighted = try GrayTest.compare(
      try SurvivalOutcome(time: time, event: event, weights: weights.map(Double.init)),
      groups: try GroupCodes(codes: codes, names: names))
    let repeated = try GrayTest.compare(
      try SurvivalOutcome(time: rows.map { time[$0] }, event: rows.map { event[$0] }),
      groups: try GroupCodes(codes: rows.map { codes[$0] }, names: names))
    #expect(weighted.causes.map(\.test) == repeated.causes.map(\.test))
  }

  @Test func reportsEmptyGroupsAndCausesWithoutEvents() throws {
    let outcome = try SurvivalOutcome(time: [1, 2, 3, 4], event: [1, 0, 1, 1])
    let groups = try GroupCodes(codes: [0, 2, 0, 2], names: ["a", "nobody", "b"])
    let result = try GrayTest.compare(outcome, causeCount: 2, groups: groups)
    #expect(result.groupNames == ["a", "b"] && result.emptyGroupNames == ["nobody"])
    #expect(result.causes[0].test != nil && result.causes[1].test == nil)
  }

  @Test func refusesDelayedEntryAndOneGroup() throws {
    let delayed = try SurvivalOutcome(time: [1, 2], event: [1, 2], entry: [0, 1])
    let groups = try GroupCodes(codes: [0, 1], names: ["a", "b"])
    #expect(throws: SurvivalInputError(.entry, .unsupported("delayed entry"))) {
      try GrayTest.compare(delayed, groups: groups)
    }
    #expect(throws: SurvivalInputError(.groups, .tooFew(minimum: 2, found: 1))) {
      try GrayTest.compare(try SurvivalOutcome(time: [1, 2], event: [1, 2]), groups: .single(rowCount: 2))
    }
  }
}
