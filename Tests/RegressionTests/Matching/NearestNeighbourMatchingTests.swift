// Nearest-neighbour matching by hand, against the definition written out in R, and by property.

import Foundation
import NumericalMethods
import Testing

@testable import Regression

@Suite struct NearestNeighbourMatchingTests {
  // Scores 0.1 … 0.9; treated 0.5 and 0.8.
  static let scores = [0.5, 0.8, 0.4, 0.62, 0.75, 0.1, 0.9]
  static let isTreated = [true, true, false, false, false, false, false]

  static func match(_ change: (inout MatchingOptions) -> Void = { _ in }) throws -> NearestNeighbourMatching {
    var options = MatchingOptions()
    change(&options)
    return try NearestNeighbourMatching.match(scores: scores, isTreated: isTreated, options: options)
  }

  @Test func byHand() throws {
    let plain = try Self.match()
    #expect(plain.sets == [MatchedSet(treated: 0, controls: [2]), MatchedSet(treated: 1, controls: [4])])
    #expect(plain.weights == [1, 1, 1, 0, 1, 0, 0] && plain.setIndex == [0, 1, 0, -1, 1, -1, -1])
    // Two each: 0.8 chooses first in both rounds: 0.75, then 0.9; 0.5 takes 0.4, then 0.62.
    let two = try Self.match { $0.ratio = 2 }
    #expect(two.sets.map(\.controls) == [[2, 3], [4, 6]])
    // Four controls for two sets: each weighs ½ · 4/2 = 1.
    #expect(two.weights == [1, 1, 1, 1, 1, 0, 1])
    // Within 0.11 only the first choices and 0.9 remain; the lone control of a set weighs twice that of a pair.
    let narrow = try Self.match {
      $0.ratio = 2
      $0.caliper = 0.11
    }
    #expect(narrow.sets.map(\.controls) == [[2], [4, 6]])
    #expect(narrow.weights == [1, 1, 1.5, 0, 0.75, 0, 0.75])
    let none = try Self.match { $0.caliper = 0.01 }
    #expect(none.sets.isEmpty && none.unmatched == [0, 1] && none.weights.allSatisfy { $0 == 0 })
  }

  @Test func everybodyMayWantTheSameControl() throws {
    let scores = [0.5, 0.52, 0.51, 0.9]
    let isTreated = [true, true, false, false]
    var options = MatchingOptions()
    let once = try NearestNeighbourMatching.match(scores: scores, isTreated: isTreated, options: options)
    // 0.52 is the largest and chooses first.
    #expect(once.sets.map(\.controls) == [[3], [2]])
    options.order = .smallest
    let reversed = try NearestNeighbourMatching.match(scores: scores, isTreated: isTreated, options: options)
    #expect(reversed.sets.map(\.controls) == [[2], [3]])
    options.allowsReplacement = true
    let again = try NearestNeighbourMatching.match(scores: scores, isTreated: isTreated, options: options)
    #expect(again.sets.map(\.controls) == [[2], [2]])
    // Serves two sets, is one control: scaled to weigh 1.
    #expect(again.weights == [1, 1, 1, 0])
  }

  @Test func groupsAreNotCrossed() throws {
    let matching = try NearestNeighbourMatching.match(
      scores: Self.scores, isTreated: Self.isTreated, groups: [0, 1, 1, 0, 0, 0, -1])
    #expect(matching.sets.map(\.controls) == [[3], [2]])
  }

  @Test func faultsAreThrown() {
    #expect(throws: RegressionInputError.self) {
      try NearestNeighbourMatching.match(scores: [.nan, 1], isTreated: [true, false])
    }
    #expect(throws: RegressionInputError.self) {
      try NearestNeighbourMatching.match(scores: [1], isTreated: [true, false])
    }
    #expect(throws: RegressionInputError.self) {
      try NearestNeighbourMatching.match(scores: [], isTreated: [])
    }
  }

  // MARK: Against R

  struct Patients {
    var scores: [Double] = []
    var isTreated: [Bool] = []
    var sites: [Int32] = []

    init() throws {
      let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/matching.csv")
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst() {
        let cells = line.split(separator: ",")
        scores.append(try #require(Double(cells[6])))
        isTreated.append(cells[3] == "1")
        sites.append(cells[2] == "a" ? 0 : 1)
      }
    }
  }

  /// Row numbers from 1, as R prints them.
  static func sets(_ matching: NearestNeighbourMatching) -> [Int: [Int]] {
    Dictionary(uniqueKeysWithValues: matching.sets.map { ($0.treated + 1, $0.controls.map { $0 + 1 }) })
  }

  static let plain: [Int: [Int]] = [
    9: [30], 12: [48], 13: [60], 15: [18], 16: [3], 20: [70], 29: [76], 31: [89], 42: [10], 45: [35],
    46: [90],
    51: [21], 56: [4], 57: [41], 58: [44], 69: [62], 74: [40], 78: [19], 79: [72], 80: [54], 84: [86],
    85: [14],
  ]
  static let two: [Int: [Int]] = [
    9: [30, 71], 12: [35], 13: [60], 15: [18], 16: [3], 20: [70], 29: [76], 42: [10], 46: [90], 51: [21, 49],
    56: [4], 57: [41, 81], 58: [44], 69: [48], 74: [40, 11], 79: [72], 80: [54, 7], 85: [14, 39],
  ]
  static let replaced: [Int: [Int]] = [
    9: [30, 71], 12: [35], 13: [60], 15: [18], 16: [44, 4], 20: [70, 14], 29: [76], 42: [10], 46: [90],
    51: [21, 49],
    56: [44, 4], 57: [41, 81], 58: [44, 4], 69: [35, 48], 74: [44, 4], 79: [72], 80: [54, 7], 84: [72],
    85: [14, 39],
  ]
  static let within: [Int: [Int]] = [
    9: [71], 13: [60], 16: [3], 20: [70], 42: [10], 46: [90], 51: [21], 56: [40], 57: [41], 58: [44],
    69: [35],
    74: [4], 79: [72], 80: [87],
  ]
  static let inOrder: [Int: [Int]] = [
    9: [30], 12: [35], 13: [60], 15: [18], 16: [44], 20: [70], 29: [76], 42: [10], 46: [90], 51: [21],
    56: [4],
    57: [41], 69: [48], 74: [40], 79: [72], 80: [54], 85: [14],
  ]

  @Test func setsOfTheDefinitionInR() throws {
    let data = try Patients()
    func sets(_ groups: [Int32]? = nil, _ change: (inout MatchingOptions) -> Void) throws -> [Int: [Int]] {
      var options = MatchingOptions()
      change(&options)
      return Self.sets(
        try NearestNeighbourMatching.match(
          scores: data.scores, isTreated: data.isTreated, groups: groups, options: options))
    }
    #expect(try sets { _ in } == Self.plain)
    let ratio = try sets {
      $0.ratio = 2
      $0.caliper = 0.004
    }
    #expect(ratio == Self.two)
    let replacement = try sets {
      $0.ratio = 2
      $0.caliper = 0.004
      $0.allowsReplacement = true
    }
    #expect(replacement == Self.replaced)
    #expect(try sets(data.sites) { $0.caliper = 0.004 } == Self.within)
    let order = try sets {
      $0.caliper = 0.004
      $0.order = .data
    }
    #expect(order == Self.inOrder)
  }

  @Test func weightsOfTheDefinitionInR() throws {
    let data = try Patients()
    var options = MatchingOptions()
    options.ratio = 2
    options.caliper = 0.004
    options.allowsReplacement = true
    let matching = try NearestNeighbourMatching.match(
      scores: data.scores, isTreated: data.isTreated, options: options)
    let controls = zip(matching.weights, data.isTreated).filter { !$1 && $0 > 0 }.map(\.0)
    #expect(controls.count == 21)
    #expect(abs(controls.reduce(0) { $0 + $1 * $1 } - 28.09695290858727) < 1e-12)
    #expect(abs((controls.max() ?? 0) - 2.2105263157894739) < 1e-14)
  }

  // MARK: Property

  @Test(arguments: [1, 2, 3] as [UInt64]) func theOrderOfTheRowsDoesNotMatter(_ seed: UInt64) throws {
    var random = RandomGenerator(seed: seed)
    let count = 60
    // Few distinct scores: most are tied.
    let scores = (0..<count).map { _ in Double(Int(random.uniform() * 8)) / 8 }
    let isTreated = (0..<count).map { _ in random.uniform() < 0.3 }
    let order = (0..<count).map { (random.uniform(), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    var options = MatchingOptions()
    options.ratio = 2
    let first = try NearestNeighbourMatching.match(
      scores: scores, isTreated: isTreated, precedence: Array(0..<count), options: options)
    let second = try NearestNeighbourMatching.match(
      scores: order.map { scores[$0] }, isTreated: order.map { isTreated[$0] }, precedence: order,
      options: options)
    let renamed = second.sets.map {
      MatchedSet(treated: order[$0.treated], controls: $0.controls.map { order[$0] })
    }
    #expect(Set(first.sets) == Set(renamed))
    #expect(order.indices.allSatisfy { second.weights[$0] == first.weights[order[$0]] })
  }
}
