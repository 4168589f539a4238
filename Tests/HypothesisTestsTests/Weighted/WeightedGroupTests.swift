// Design-based tests of weighted groups against R's survey package, and by property.

import Foundation
import HypothesisTests
import Testing

@Suite struct WeightedGroupTests {
  /// `weighted.csv` by column.
  static func column(_ name: String) throws -> [String] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/weighted.csv")
    let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: ",").map(String.init)
    }
    let index = try #require(rows.first?.firstIndex(of: name))
    return rows.dropFirst().map { $0[index] }
  }

  static func numbers(_ name: String) throws -> [Double] { try column(name).compactMap(Double.init) }

  static func codes(_ name: String) throws -> [Int32] {
    let texts = try column(name)
    let levels = Set(texts).sorted()
    return texts.map { Int32(levels.firstIndex(of: $0) ?? -1) }
  }

  static func groups(_ name: String, clustered: Bool = false) throws -> WeightedGroups {
    try WeightedGroups(
      groups: codes(name), groupCount: 3, weights: numbers("w"), clusters: clustered ? codes("id") : nil)
  }

  /// F, both degrees of freedom and P.
  static func agrees(_ test: WeightedGroupTest, _ expected: [Double]) -> Bool {
    let found = [
      test.statistic, test.numeratorDegreesOfFreedom, test.denominatorDegreesOfFreedom, test.pValue,
    ]
    return zip(found, expected).allSatisfy { abs(($0 ?? .nan) / $1 - 1) < 1e-9 }
  }

  @Test func meansAgreeWithR() throws {
    let (x, y) = (try Self.numbers("x"), try Self.numbers("y"))
    #expect(
      Self.agrees(
        try Self.groups("g2").compareMeans(x), [5.6283374126598318, 1, 118, 0.019289571763403759]))
    #expect(
      Self.agrees(
        try Self.groups("g3").compareMeans(y), [1.0769407339343235, 2, 117, 0.34398820669644564]))
    #expect(
      Self.agrees(
        try Self.groups("g2", clustered: true).compareMeans(x),
        [6.8601410704136434, 1, 58, 0.01122904994553519]))
    #expect(
      Self.agrees(
        try Self.groups("g3", clustered: true).compareMeans(y),
        [1.0582236723231793, 2, 57, 0.35379042192406934]))
    // Numbers far from zero keep their digits.
    let far = try Self.groups("g2").compareMeans(x.map { $0 + 1e6 }).statistic ?? 0
    #expect(abs(far / 5.6283374126598318 - 1) < 1e-8)
  }

  @Test func ranksAgreeWithR() throws {
    let (x, y) = (try Self.numbers("x"), try Self.numbers("y"))
    #expect(
      Self.agrees(
        try Self.groups("g2").compareRanks(x), [6.2604626569819235, 1, 118, 0.013715818487739735]))
    #expect(
      Self.agrees(
        try Self.groups("g3").compareRanks(y), [1.6719982105382656, 2, 117, 0.19232856071988763]))
    #expect(
      Self.agrees(
        try Self.groups("g2", clustered: true).compareRanks(x),
        [7.809595388077569, 1, 58, 0.0070331190146818174]))
    #expect(
      Self.agrees(
        try Self.groups("g3", clustered: true).compareRanks(y),
        [1.7460212156432056, 2, 57, 0.18366792323226269]))
  }

  @Test func sharesAgreeWithR() throws {
    let k = try Self.codes("k")
    #expect(
      Self.agrees(
        try Self.groups("g2").compareShares(k, levelCount: 4),
        [0.99344337063795518, 2.9342584711533086, 349.17675806724372, 0.39473189625464644]))
    #expect(
      Self.agrees(
        try Self.groups("g3").compareShares(k, levelCount: 9),
        [1.273995750940323, 5.8440921143907278, 695.44696161249658, 0.26795966867736298]))
    #expect(
      Self.agrees(
        try Self.groups("g2", clustered: true).compareShares(k, levelCount: 4),
        [0.99067852344475293, 2.8901082096658408, 170.51638437028461, 0.39645819980898345]))
    #expect(
      Self.agrees(
        try Self.groups("g3", clustered: true).compareShares(k, levelCount: 4),
        [1.2816213907106044, 5.6423595089625165, 332.8992110287885, 0.26735721547109181]))
    #expect(
      Self.agrees(
        try Self.groups("g2").compareShares(k.map { $0 == 0 ? 1 : 0 }, levelCount: 2),
        [1.6322357638953044, 1, 119, 0.20388090261706421]))
  }

  @Test func samplesAgreeWithR() throws {
    let (x, w) = (try Self.numbers("x"), try Self.numbers("w"))
    let sample = try WeightedSample(x, weights: w)
    #expect(abs(sample.mean / 61.432924489404478 - 1) < 1e-14)
    #expect(abs(sample.variance / 95.579701814200035 - 1) < 1e-13)
    #expect(abs(sample.effectiveSize / 88.763539484990417 - 1) < 1e-13)
    let probabilities = [0.1, 0.25, 0.5, 0.75, 0.9, 1]
    #expect(
      probabilities.map { sample.quantile($0) } == [
        48.4182, 54.4167, 62.1068, 70.0158, 74.0534, 86.2535,
      ])
    let counted = try WeightedSample(x, weights: try Self.numbers("count"))
    #expect(
      probabilities.map { counted.quantile($0) } == [
        49.3118, 53.8693, 62.5768, 69.8146, 74.09, 86.2535,
      ])
    let groups = try Self.codes("g2")
    let k = try Self.codes("k")
    let samples = try [Int32(0), 1].map { group in
      let rows = groups.indices.filter { groups[$0] == group }
      return try WeightedSample(rows.map { x[$0] }, weights: rows.map { w[$0] })
    }
    #expect(
      abs(StandardisedDifference.ofMeans(samples[0], samples[1]) / 0.47214843772430692 - 1) < 1e-12)
    let sums = [Int32(0), 1].map { group in
      (0..<4).map { level in
        groups.indices.filter { groups[$0] == group && k[$0] == level }.reduce(0) { $0 + w[$1] }
      }
    }
    #expect(abs(StandardisedDifference.ofLevels(sums[0], sums[1]) / 0.35642197046305879 - 1) < 1e-12)
    let share = StandardisedDifference.ofProportions(
      sums[0][0], of: sums[0].reduce(0, +), sums[1][0], of: sums[1].reduce(0, +))
    #expect(abs(share / 0.27520301496896399 - 1) < 1e-12)
  }

  @Test func tiedRanksKnowNoOrderOfRows() throws {
    let values: [Double] = [1, 1, 1, 2, 2, 3, 3, 3]
    let groups: [Int32] = [0, 1, 1, 0, 1, 0, 0, 1]
    let weights: [Double] = [1, 3, 2, 5, 1, 2, 2, 7]
    let test = try WeightedGroups(groups: groups, groupCount: 2, weights: weights).compareRanks(values)
    let reversed = try WeightedGroups(groups: groups.reversed(), groupCount: 2, weights: weights.reversed())
      .compareRanks(values.reversed())
    #expect(test.statistic != nil)
    #expect(abs((test.statistic ?? 0) - (reversed.statistic ?? 1)) < 1e-12)
  }

  @Test func whatCannotBeTestedHasNoNumbers() throws {
    let one = try WeightedGroups(groups: [0, 0, 0], groupCount: 2, weights: [1, 1, 1])
    #expect(one.compareMeans([1, 2, 3]).pValue == nil)
    #expect(one.compareShares([0, 1, 0], levelCount: 2).pValue == nil)
    let constant = try WeightedGroups(groups: [0, 0, 1, 1], groupCount: 2, weights: [1, 1, 1, 1])
    #expect(constant.compareMeans([5, 5, 5, 5]).pValue == nil)
    #expect(constant.compareRanks([5, 5, 5, 5]).pValue == nil)
    #expect(constant.compareShares([0, 0, 0, 0], levelCount: 3).pValue == nil)
    let clusters = try WeightedGroups(
      groups: [0, 0, 1, 1], groupCount: 2, weights: [1, 1, 1, 1], clusters: [0, 0, 0, 0])
    #expect(clusters.compareMeans([1, 2, 3, 4]).pValue == nil)
    #expect(clusters.compareShares([0, 1, 1, 1], levelCount: 2).pValue == nil)
  }
}
