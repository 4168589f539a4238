// What must not change a survival curve, on seeded random data.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct KaplanMeierPropertyTests {
  struct Sample {
    var time: [Double]
    var event: [UInt8]
    var weights: [Double]
    var clusters: [Int32]

    init(seed: UInt64, rows: Int = 120) {
      var generator = RandomGenerator(seed: seed)
      time = (0..<rows).map { _ in Double(1 + generator.below(25)) / 4 }
      event = (0..<rows).map { _ in generator.uniform() < 0.6 ? 1 : 0 }
      weights = (0..<rows).map { _ in generator.uniform() < 0.1 ? 0 : 0.1 + 2 * generator.uniform() }
      clusters = (0..<rows).map { _ in Int32(generator.below(30)) }
    }

    func outcome(weighted: Bool = true) throws -> SurvivalOutcome {
      try SurvivalOutcome(time: time, event: event, weights: weighted ? weights : nil)
    }

    func codes() throws -> GroupCodes { try GroupCodes(codes: clusters, names: (0..<30).map(String.init)) }

    func permuted(_ order: [Int]) -> Sample {
      var copy = self
      copy.time = order.map { time[$0] }
      copy.event = order.map { event[$0] }
      copy.weights = order.map { weights[$0] }
      copy.clusters = order.map { clusters[$0] }
      return copy
    }
  }

  private func curve(
    _ outcome: SurvivalOutcome, clusters: GroupCodes? = nil, subjects: GroupCodes? = nil,
    _ variance: KaplanMeierOptions.Variance = .automatic
  ) throws -> SurvivalCurve {
    try #require(
      try KaplanMeier.estimate(
        outcome, clusters: clusters, subjects: subjects, options: KaplanMeierOptions(variance: variance)
      ).curves.first)
  }

  private func agree(_ one: [Double], _ other: [Double], _ tolerance: Double = 1e-13) -> Bool {
    one.count == other.count
      && zip(one, other).allSatisfy { abs($0 - $1) <= tolerance * max(abs($0), 1e-3) || $0.isNaN && $1.isNaN }
  }

  @Test(arguments: 1...5)
  func orderOfRowsDoesNotMatter(seed: UInt64) throws {
    let sample = Sample(seed: seed)
    var generator = RandomGenerator(seed: seed + 100)
    let shuffled = sample.permuted(generator.permutation(sample.time.count).map { Int($0) })
    let plain = try curve(try sample.outcome(weighted: false))
    let other = try curve(try shuffled.outcome(weighted: false))
    #expect(
      plain.survival == other.survival && agree(plain.lower, other.lower, 0)
        && plain.censored == other.censored)
    let clustered = try curve(try sample.outcome(), clusters: try sample.codes())
    let shuffledClustered = try curve(try shuffled.outcome(), clusters: try shuffled.codes())
    #expect(agree(clustered.survival, shuffledClustered.survival, 1e-15))
    #expect(agree(clustered.standardError, shuffledClustered.standardError))
  }

  @Test(arguments: 1...5)
  func unitOfTimeDoesNotMatter(seed: UInt64) throws {
    let sample = Sample(seed: seed)
    let months = try curve(try sample.outcome())
    let days = try curve(
      try SurvivalOutcome(
        time: sample.time.map { $0 * 30.4375 }, event: sample.event, weights: sample.weights))
    #expect(months.survival == days.survival && months.standardError == days.standardError)
    #expect(days.time == months.time.map { $0 * 30.4375 })
  }

  @Test(arguments: 1...5)
  func splittingFollowUpDoesNotMatter(seed: UInt64) throws {
    let sample = Sample(seed: seed)
    let whole = try sample.outcome()
    var (time, entry, weights): ([Double], [Double], [Double]) = ([], [], [])
    var event: [UInt8] = []
    var subject: [Int32] = []
    for row in sample.time.indices {
      let cuts = [0, 1.1, 2.6, 4].filter { $0 < sample.time[row] } + [sample.time[row]]
      for (start, end) in zip(cuts, cuts.dropFirst()) {
        entry.append(start)
        time.append(end)
        event.append(end == sample.time[row] ? sample.event[row] : 0)
        weights.append(sample.weights[row])
        subject.append(Int32(row))
      }
    }
    let split = try SurvivalOutcome(time: time, event: event, entry: entry, weights: weights)
    let subjects = try GroupCodes(codes: subject, names: sample.time.indices.map(String.init))
    for variance in [KaplanMeierOptions.Variance.greenwood, .robust] {
      let one = try curve(whole, variance)
      let two = try curve(split, subjects: subjects, variance)
      for (position, time) in one.time.enumerated() {
        let other = two.at(time)
        #expect(agree([one.survival[position]], [other.survival ?? -1]))
        #expect(agree([one.standardError[position]], [other.standardError ?? .nan], 1e-10))
        #expect(
          agree(
            [one.cumulativeHazardStandardError[position]], [other.cumulativeHazardStandardError ?? -1], 1e-10)
        )
        #expect(agree([one.atRisk[position]], [other.atRisk], 1e-12))
      }
      #expect(agree(one.censored.filter { $0 > 0 }, two.censored.filter { $0 > 0 }))
    }
  }

  @Test(arguments: 1...5)
  func doublingTheWeightsHalvesGreenwoodAndLeavesTheJackknife(seed: UInt64) throws {
    let sample = Sample(seed: seed)
    let outcome = try sample.outcome()
    let doubled = try outcome.weighted(by: sample.weights.map { $0 * 2 })
    let (one, two) = (try curve(outcome, .greenwood), try curve(doubled, .greenwood))
    #expect(one.survival == two.survival)
    #expect(agree(one.standardError, two.standardError.map { $0 * 2.0.squareRoot() }))
    #expect(agree(try curve(outcome, .robust).standardError, try curve(doubled, .robust).standardError))
  }

  @Test func wholeWeightsAreRepeatedRows() throws {
    let sample = Sample(seed: 9)
    let counts = sample.weights.map { Int($0.rounded()) }
    let rows = counts.indices.flatMap { [Int](repeating: $0, count: counts[$0]) }
    let weighted = try curve(
      try SurvivalOutcome(time: sample.time, event: sample.event, weights: counts.map(Double.init)))
    let repeated = try curve(
      try SurvivalOutcome(time: rows.map { sample.time[$0] }, event: rows.map { sample.event[$0] }))
    for (position, time) in repeated.time.enumerated() {
      let estimate = weighted.at(time)
      #expect(
        estimate.survival == repeated.survival[position] && estimate.atRisk == repeated.atRisk[position])
      #expect(agree([estimate.standardError ?? .nan], [repeated.standardError[position]]))
    }
  }

  @Test func everyRowItsOwnClusterIsNoCluster() throws {
    let sample = Sample(seed: 11)
    let outcome = try sample.outcome()
    let own = try GroupCodes(codes: (0..<120).map { Int32($0) }, names: (0..<120).map(String.init))
    let plain = try curve(outcome, .robust)
    let clustered = try curve(outcome, clusters: own, .robust)
    #expect(agree(plain.standardError, clustered.standardError, 1e-12))
    #expect(agree(plain.cumulativeHazardStandardError, clustered.cumulativeHazardStandardError, 1e-12))
  }

  @Test func twoCopiesInOneClusterAreOneRowOfDoubleWeight() throws {
    let sample = Sample(seed: 12)
    let order = Array(0..<120) + Array(0..<120)
    let twice = sample.permuted(order)
    let pairs = try GroupCodes(codes: order.map { Int32($0) }, names: (0..<120).map(String.init))
    let single = try curve(try sample.outcome(), .robust)
    let paired = try curve(try twice.outcome(), clusters: pairs, .robust)
    #expect(agree(single.standardError, paired.standardError, 1e-12))
  }
}
