// Observed over expected events and rate differences: by hand, and against R's poisson.test.

import Testing

@testable import Survival

@Suite struct StandardizedRatioTests {
  /// `poisson.test(d, E)`: ratio, limits, P.
  @Test(arguments: [
    (12.0, 7.3, [1.643835616438356295, 0.849393850509892689, 2.871450006599582938, 0.091687864682719777]),
    (3, 9.25, [0.324324324324324342, 0.066883472745470435, 0.947813304837007875, 0.031890580388073256]),
    (0, 2.5, [0, 0, 1.47555178164557410, 0.19090697970974757]),
    (40, 40.5, [0.98765432098765427, 0.70559472695775227, 1.34490486330824877, 1]),
    (7, 7, [1, 0.40205, 2.06038, 1]),
  ])
  func agreesWithR(count: Double, expected: Double, r: [Double]) {
    let own = StandardizedRatio(name: "", eventCount: count, expected: expected, confidenceLevel: 0.95)
    let found = [own.ratio, own.confidenceInterval.lower, own.confidenceInterval.upper, own.pValue]
    let tolerance = count == 7 ? 1e-5 : 1e-12
    for (value, wanted) in zip(found, r) { #expect(abs((value ?? 9) - wanted) <= tolerance * max(wanted, 1)) }
  }

  @Test func nothingExpectedIsNotEstimable() {
    let own = StandardizedRatio(name: "", eventCount: 2, expected: 0, confidenceLevel: 0.95)
    #expect(own.ratio == nil && own.pValue == nil && own.confidenceInterval == .notEstimable)
  }

  /// A probability stays one, and the two tails of a count far away are found, whatever the sizes.
  @Test func pValuesAreProbabilities() {
    for mean in [1e-9, 0.01, 0.5, 3.7, 250, 1e6] {
      for count in [0, 1, 2, 5, 200, 260, 1e6] {
        let p = StandardizedRatio(
          name: "", eventCount: count, expected: mean, confidenceLevel: 0.95
        ).pValue
        #expect(p.map { $0 >= 0 && $0 <= 1 } == true, "\(count) of \(mean)")
      }
    }
  }

  @Test func rowsAddUpByGroup() throws {
    let outcome = try SurvivalOutcome(time: [2, 5, 4], event: [1, 0, 1], weights: [1, 2, 1])
    let groups = try GroupCodes(codes: [0, 0, 1], names: ["a", "b"])
    let rates = try EventRates.estimate(outcome, groups: groups)
    let found = try rates.standardizedRatios(
      expected: [0.25, 0.5, 0.5], groups: groups, weights: outcome.weights)
    #expect(found.groups.map(\.expected) == [1.25, 0.5] && found.total.expected == 1.75)
    #expect(found.groups.map(\.ratio) == [0.8, 2])
  }

  /// 12/340.5 − 5/410.25, variance 12/340.5² + 5/410.25².
  @Test func differencesByHand() throws {
    func rate(_ count: Int, _ time: Double) -> [(Double, Int)] {
      (0..<20).map { (time / 20, $0 < count ? 1 : 0) }
    }
    let rows = rate(5, 410.25) + rate(12, 340.5)
    let rates = try EventRates.estimate(
      try SurvivalOutcome(time: rows.map(\.0), event: rows.map { UInt8($0.1) }),
      groups: try GroupCodes(codes: rows.indices.map { $0 < 20 ? 0 : 1 }, names: ["old", "new"]))
    let difference = try #require(try rates.differences().first)
    #expect(difference.name == "new" && difference.referenceName == "old")
    let found = [
      difference.difference, difference.confidenceInterval.lower, difference.confidenceInterval.upper,
    ]
    for (value, wanted) in zip(found, [0.0230546003162356711, 0.000433393626809466, 0.0456758070056618726]) {
      #expect(abs((value ?? 9) - wanted) < 1e-14)
    }
    #expect(throws: SurvivalInputError(.groups, .outOfRange)) { try rates.differences(reference: 2) }
  }
}
