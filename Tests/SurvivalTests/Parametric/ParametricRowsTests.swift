// Parametric likelihoods in one pass: threads, the order of rows, and arrays against rows.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct ParametricRowsTests {
  struct Sample {
    var time: [Double] = []
    var event: [UInt8] = []
    var x: [Double] = []
    var level: [Int32] = []
    var stratum: [Int32] = []

    init(count: Int) {
      var random = RandomGenerator(seed: 8)
      for _ in 0..<count {
        x.append(2000 + random.normal())
        level.append(Int32(random.below(4)))
        stratum.append(Int32(random.below(2)))
        time.append(1 + (random.exponential() * 900).rounded())
        event.append(random.below(3) > 0 ? 1 : 0)
      }
    }

    func model(
      _ distribution: ParametricDistribution, rows: [Int], threads: Int
    ) throws -> ParametricModel {
      let codes = rows.map { level[$0] }
      var options = ParametricOptions()
      options.threads = threads
      return try ParametricModel(
        outcome: try SurvivalOutcome(time: rows.map { time[$0] }, event: rows.map { event[$0] }),
        distribution: distribution,
        design: try CoxDesign(
          rowCount: rows.count,
          columns: [.numeric("x", rows.map { x[$0] })]
            + (1...3).map { .indicator("level \($0)", codes: codes, level: $0, levelCount: 4) }),
        strata: try GroupCodes(codes: rows.map { stratum[$0] }, names: ["a", "b"]), options: options)
    }
  }

  @Test(arguments: [ParametricDistribution.weibull, .lognormal])
  func noOrderAndNoThreadShows(_ distribution: ParametricDistribution) throws {
    let sample = Sample(count: 6000)
    let rows = Array(sample.x.indices)
    let found = try [(rows, 1), (rows, 2), (rows.reversed(), 2)].map {
      try sample.model(distribution, rows: Array($0.0), threads: $0.1).fit()
    }
    for other in found[1...] {
      #expect(found[0].coefficients == other.coefficients)
      #expect(found[0].logLikelihood == other.logLikelihood)
    }
  }

  /// Weibull's contributions by arrays against those of single rows, score against differences.
  @Test func arraysAreRows() throws {
    let sample = Sample(count: 700)
    let likelihood = StandardizedData(
      try sample.model(.weibull, rows: Array(sample.x.indices), threads: 1)
    ).likelihood
    let at = [0.3, 0.2, -0.1, 0.4, 0.1, -0.2, 0.3]
    let found = likelihood.evaluate(at)
    var sum = CompensatedSum()
    let own = likelihood.unscaled(at)
    for row in 0..<likelihood.rowCount {
      let location = own.indices.reduce(0) { $0 + own[$1] * likelihood.columns[row, $1] }
      let group = Int(likelihood.stratum?[row] ?? 0)
      sum.add(likelihood.rowTerms(row, location: location, ancillary: at[5 + group]).value)
    }
    #expect(abs(found.logLikelihood / sum.value - 1) < 1e-13)
    for index in at.indices {
      let value = { (step: Double) in
        var moved = at
        moved[index] += step
        return likelihood.evaluate(moved)
      }
      let difference = (value(1e-4).logLikelihood - value(-1e-4).logLikelihood) / 2e-4
      #expect(abs(found.derivatives.score[index] - difference) < 1e-3)
      for other in at.indices {
        let slope =
          (value(1e-4).derivatives.score[other] - value(-1e-4).derivatives.score[other]) / 2e-4
        #expect(abs(found.derivatives.information[index, other] + slope) < 1e-3)
      }
    }
  }
}
