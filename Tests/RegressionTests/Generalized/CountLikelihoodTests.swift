// Likelihoods of counts by how often each occurs.

import NumericalMethods
import Testing

@testable import Regression

@Suite struct CountLikelihoodTests {
  private static func data(_ response: [Double], weights: [Double]? = nil, theta: Double) -> ResponseData {
    ResponseData(
      family: Family(.negativeBinomial(theta: theta)), response: response,
      weights: weights ?? [Double](repeating: 1, count: response.count), offset: nil, threads: 1)
  }

  @Test func talliesCountWeights() {
    let tally = CountTally([2, 0, 2.5, 2, 7, 2.5, 1e9], weights: [1, 2, 3, 0.5, 0, 1, 1])
    #expect(tally.counts == [2, 0, 1.5])
    #expect(tally.others.map(\.value) == [2.5, 1e9] && tally.others.map(\.weight) == [4, 1])
    #expect(tally.weightsAbove == [1.5, 1.5])
    #expect(tally.sum { $0 } == 3 + 10 + 1e9)
  }

  /// At θ = 2 with counts 0, 1, 3 and means 1, 2, 2: ψ(2 + y) − ψ(2) are 0, 1/2 and 1/2 + 1/3 + 1/4.
  @Test func scoreAndInformationOfThetaByHand() {
    let found = ThetaLikelihood(Self.data([0, 1, 3], theta: 2), means: [1, 2, 2]).evaluate(2)
    let logs = Elementary.log(1.5) + 2 * Elementary.log(2)
    let score: Double = 0.5 + (0.5 + 1.0 / 3 + 0.25) - logs + 1.0 / 3 + 0.25 - 0.25
    let rows: Double = (2.0 / 3 - 2.0 / 9 - 0.5) + (0.5 - 3.0 / 16 - 0.5) + (0.5 - 5.0 / 16 - 0.5)
    let information: Double = 0.25 + (0.25 + 1.0 / 9 + 1.0 / 16) + rows
    #expect(abs(found.score - score) < 1e-15)
    #expect(abs(found.information - information) < 1e-15)
  }

  /// Whole numbers by sums of reciprocals, others by the digamma function.
  @Test func wholeAndOtherCountsAgree() {
    let (y, means) = ([0.0, 4, 2, 11], [1.5, 3, 2, 6])
    let whole = ThetaLikelihood(Self.data(y, theta: 1), means: means).evaluate(0.7)
    let near = ThetaLikelihood(Self.data(y.map { $0 + 1e-9 }, theta: 1), means: means).evaluate(0.7)
    #expect(abs(whole.score - near.score) < 1e-7 && abs(whole.information - near.information) < 1e-7)
  }

  /// The likelihood by way of the deviance against the sum over rows.
  @Test func likelihoodsAreTheSumsOverRows() throws {
    var random = RandomGenerator(seed: 9)
    let x = (0..<200).map { _ in random.normal() }
    let weights = (0..<200).map { 1 + Double($0 % 3) / 2 }
    let y = x.map { (random.exponential() * 4 * Elementary.exp($0 / 3)).rounded(.down) }
    let design = RegressionDesign(columns: [("x", x)])
    let poisson = try GeneralizedLinearModel.fit(
      design: design, response: y, family: .poisson, weights: weights)
    let joint = try NegativeBinomial.fit(design: design, response: y, weights: weights)
    let amounts = y.map { $0 + 0.25 }
    let gamma = try GeneralizedLinearModel.fit(
      design: design, response: amounts, family: Family(.gamma, link: .log), weights: weights)
    let dispersion = gamma.deviance / weights.reduce(0, +)
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: 3)
    for row in y.indices {
      sums[0].add(
        weights[row] * PoissonDistribution.logProbability(y[row], mean: poisson.means[row].mean))
      sums[1].add(
        weights[row]
          * NegativeBinomial.logProbability(y[row], mean: joint.fit.means[row].mean, theta: joint.theta))
      sums[2].add(
        weights[row]
          * GammaDistribution.logDensity(
            amounts[row], shape: 1 / dispersion, scale: gamma.means[row].mean * dispersion))
    }
    let found = [poisson.logLikelihood, joint.logLikelihood, gamma.logLikelihood]
    for (value, sum) in zip(found, sums) {
      #expect(abs(try #require(value) / sum.value - 1) < 1e-13)
    }
  }

  /// Counts that vary less than Poisson's, on rows enough for sums alone: said at once, not after a hundred rounds.
  @Test func manyRowsWithoutOverdispersionAreUnbounded() throws {
    let count = 30_000
    let x = (0..<count).map { Double($0 % 7) }
    let y = (0..<count).map { Double(1 + $0 % 5) }
    let design = RegressionDesign(
      rowCount: count, columns: [.narrow(codes: [UInt8](repeating: 0, count: count), table: [1]), .dense(x)],
      interceptColumn: 0)
    let joint = try NegativeBinomial.fit(design: design, response: y)
    #expect(joint.thetaStatus == .unbounded && joint.thetaStandardError == nil)
    #expect(abs(joint.fit.means[0].mean - 3) < 0.01)
  }

  /// Sums alone and arrays by row find the same; threads do not show.
  @Test func manyRowsAgreeWithFew() throws {
    var random = RandomGenerator(seed: 2)
    let few = (0..<1500).map { _ in random.normal() }
    let counts = few.map { (random.exponential() * 3 * Elementary.exp($0 / 4)).rounded(.down) }
    let many = (0..<15).flatMap { _ in few }
    let responses = (0..<15).flatMap { _ in counts }
    let small = try NegativeBinomial.fit(
      design: RegressionDesign(columns: [("x", few)]), response: counts)
    let design = RegressionDesign(
      rowCount: many.count,
      columns: [.narrow(codes: [UInt8](repeating: 0, count: many.count), table: [1]), .dense(many)],
      interceptColumn: 0)
    let large = try [1, 2].map {
      try NegativeBinomial.fit(design: design, response: responses, options: FitOptions(threads: $0))
    }
    #expect(small.thetaStatus == .converged && large[0].thetaStatus == .converged)
    #expect(large[0].theta == large[1].theta && large[0].logLikelihood == large[1].logLikelihood)
    #expect(abs(large[0].theta / small.theta - 1) < 1e-9)
    #expect(abs(large[0].logLikelihood / (15 * small.logLikelihood) - 1) < 1e-12)
    for (one, other) in zip(large[0].fit.coefficients, small.fit.coefficients) {
      #expect(abs(one - other) < 1e-9)
    }
    for (one, other) in zip(large[0].fit.meanValues, large[0].fit.means) {
      #expect(abs(one - other.mean) <= 1e-14 * one)
    }
  }
}
