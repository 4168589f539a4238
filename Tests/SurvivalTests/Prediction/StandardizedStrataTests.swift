// Standardisation over rows that keep their own strata.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct StandardizedStrataTests {
  static func fit() throws -> CoxFit {
    var random = RandomGenerator(seed: 5)
    let count = 80
    var (time, event, x, codes): ([Double], [UInt8], [Double], [Int32]) = ([], [], [], [])
    for row in 0..<count {
      x.append(Double(random.below(5)))
      codes.append(Int32(row % 3))
      time.append(1 + (10 * random.exponential()).rounded() + Double(row % 3))
      event.append(random.below(4) > 0 ? 1 : 0)
    }
    return try CoxModel.fit(
      outcome: try SurvivalOutcome(time: time, event: event),
      covariates: try CoxDesign([(name: "x", values: x)], rowCount: count),
      strata: try GroupCodes(codes: codes, names: ["a", "b", "c"]))
  }

  static let times = [2.0, 5, 9]

  /// Everybody in one stratum: what the fit says of that stratum.
  @Test(arguments: 0..<3) func oneStratumIsThatStratum(_ stratum: Int) throws {
    let fit = try Self.fit()
    let design = fit.model.design
    let own = try fit.standardizedSurvival(
      StratifiedPopulation(design: design, strata: Array(repeating: stratum, count: design.rowCount)),
      times: Self.times)
    let known = try fit.standardizedSurvival(design, stratum: stratum, times: Self.times)
    #expect(own.compactMap(\.self).count == known.count)
    for (one, other) in zip(own.compactMap(\.self), known) {
      #expect(abs(one.survival - other.survival) < 1e-14)
      #expect(abs(one.standardError - other.standardError) < 1e-13)
    }
  }

  /// The mean over rows of the survival that each is predicted in its own stratum.
  @Test func theMeanIsThatOfPredictions() throws {
    let fit = try Self.fit()
    let strata = try #require(fit.model.strata).codes.map { Int($0) }
    let curves = try fit.predictedSurvival(fit.model.design, strata: strata)
    let found = try fit.standardizedSurvival(
      StratifiedPopulation(design: fit.model.design, strata: strata), times: Self.times)
    for (time, point) in zip(Self.times, found) {
      let mean = CompensatedSum.of(curves.map { $0.at(time)?.survival ?? .nan }) / Double(curves.count)
      #expect(abs(try #require(point).survival - mean) < 1e-13)
    }
  }

  /// Two halves in different strata have independent hazards; a population less itself is nothing, with no error.
  @Test func differences() throws {
    let fit = try Self.fit()
    let strata = try #require(fit.model.strata).codes.map { Int($0) }
    let own = StratifiedPopulation(design: fit.model.design, strata: strata)
    for contrast in try fit.standardizedDifference(own, minus: own, times: Self.times) {
      #expect(try #require(contrast).estimate == 0)
      #expect(try #require(contrast).standardError == 0)
    }
    func all(_ stratum: Int) -> StratifiedPopulation {
      StratifiedPopulation(design: own.design, strata: Array(repeating: stratum, count: own.design.rowCount))
    }
    let found = try fit.standardizedDifference(all(0), minus: all(1), times: Self.times)
    let known = try fit.standardizedDifference(
      StandardPopulation(design: own.design, stratum: 0),
      minus: StandardPopulation(design: own.design, stratum: 1),
      times: Self.times)
    for (one, other) in zip(found, known) {
      #expect(abs(try #require(one).estimate - #require(other).estimate) < 1e-13)
      #expect(abs(try #require(one).standardError - #require(other).standardError) < 1e-13)
    }
  }
}
