// Distribution functions against values of 60 digits, and at the edges of their domains.

import NumericalMethods
import Testing

struct DistributionTests {
  @Test func normalTails() {
    for row in DistributionValues.normalUpper {
      expectClose(NormalDistribution.upperTail(row[0]), row[1], relative: 1e-15, "x = \(row[0])")
      expectClose(NormalDistribution.cumulative(-row[0]), row[1], relative: 1e-15)
    }
    #expect(NormalDistribution.upperTail(.infinity) == 0)
    #expect(NormalDistribution.upperTail(-.infinity) == 1)
    #expect(NormalDistribution.upperTail(.nan).isNaN)
    #expect(NormalDistribution.twoSidedTail(0) == 1)
  }

  @Test func normalQuantiles() {
    for row in DistributionValues.normalQuantile {
      expectClose(NormalDistribution.quantile(row[0]), row[1], relative: 2e-15, absolute: 1e-17)
    }
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
    #expect(NormalDistribution.quantile(1.1).isNaN)
    expectClose(NormalDistribution.criticalValue(confidenceLevel: 0.95), 1.959963984540054, relative: 3e-16)
  }

  @Test func chiSquared() {
    for row in DistributionValues.chiSquared {
      expectClose(ChiSquaredDistribution.cumulative(row[0], degreesOfFreedom: row[1]), row[2])
      expectClose(ChiSquaredDistribution.upperTail(row[0], degreesOfFreedom: row[1]), row[3])
      if row[3] > 1e-300, row[3] < 0.99 {
        expectClose(
          ChiSquaredDistribution.upperQuantile(row[3], degreesOfFreedom: row[1]), row[0], relative: 1e-12)
      }
    }
    #expect(ChiSquaredDistribution.upperTail(.infinity, degreesOfFreedom: 2) == 0)
    #expect(ChiSquaredDistribution.upperTail(-1, degreesOfFreedom: 2) == 1)
    #expect(ChiSquaredDistribution.upperTail(0, degreesOfFreedom: 0) == 0)
    #expect(ChiSquaredDistribution.upperTail(1, degreesOfFreedom: -1).isNaN)
    #expect(ChiSquaredDistribution.quantile(0.5, degreesOfFreedom: 0) == 0)
  }

  @Test func student() {
    for row in DistributionValues.student {
      expectClose(StudentTDistribution.upperTail(row[0], degreesOfFreedom: row[1]), row[2])
      expectClose(StudentTDistribution.twoSidedTail(-row[0], degreesOfFreedom: row[1]), 2 * row[2])
      expectClose(StudentTDistribution.quantile(row[2], degreesOfFreedom: row[1]), -row[0], absolute: 1e-15)
    }
    #expect(StudentTDistribution.upperTail(3, degreesOfFreedom: 0).isNaN)
    #expect(StudentTDistribution.upperTail(.infinity, degreesOfFreedom: 4) == 0)
    #expect(
      StudentTDistribution.upperTail(2, degreesOfFreedom: .infinity) == NormalDistribution.upperTail(2))
    // 12.7062047361747 = tan(0.475 π): the t distribution with one degree of freedom is Cauchy's.
    expectClose(
      StudentTDistribution.criticalValue(confidenceLevel: 0.95, degreesOfFreedom: 1), 12.706204736174694)
  }

  @Test func fisherF() {
    for row in DistributionValues.fUpper {
      let upper = FDistribution.upperTail(row[0], numerator: row[1], denominator: row[2])
      expectClose(upper, row[3])
      expectClose(
        FDistribution.cumulative(row[0], numerator: row[1], denominator: row[2]), 1 - row[3], relative: 1e-10)
    }
    #expect(FDistribution.upperTail(.infinity, numerator: 1, denominator: 1) == 0)
    #expect(FDistribution.upperTail(-1, numerator: 1, denominator: 1) == 1)
    #expect(FDistribution.upperTail(2, numerator: 0, denominator: 1).isNaN)
    expectClose(
      FDistribution.quantile(0.95, numerator: 1, denominator: 1), 161.44763879758827, relative: 1e-12)
  }

  @Test func beta() {
    for row in DistributionValues.beta {
      expectClose(BetaDistribution.cumulative(row[0], alpha: row[1], beta: row[2]), row[3])
      expectClose(BetaDistribution.upperTail(row[0], alpha: row[1], beta: row[2]), row[4])
      expectClose(BetaDistribution.quantile(row[3], alpha: row[1], beta: row[2]), row[0], relative: 1e-12)
    }
    #expect(BetaDistribution.cumulative(-0.1, alpha: 1, beta: 1) == 0)
    #expect(BetaDistribution.cumulative(1.1, alpha: 1, beta: 1) == 1)
    #expect(BetaDistribution.quantile(0.5, alpha: 0, beta: 1).isNaN)
  }

  @Test func gammaFunctions() {
    for row in DistributionValues.logGamma {
      expectClose(SpecialFunctions.logGamma(row[0]), row[1], relative: 3e-15)
    }
    for row in DistributionValues.digammas {
      expectClose(SpecialFunctions.digamma(row[0]), row[1], relative: 1e-14, absolute: 4e-16)
      expectClose(SpecialFunctions.trigamma(row[0]), row[2], relative: 1e-14)
    }
    for row in DistributionValues.logBeta {
      expectClose(SpecialFunctions.logBeta(row[0], row[1]), row[2], relative: 2e-15)
    }
    for row in DistributionValues.gammaLogDensity {
      expectClose(GammaDistribution.logDensity(row[0], shape: row[1], scale: row[2]), row[3])
    }
    // 2 log 2 − 1 and its cancelled neighbour (x − m)² / 2m.
    expectClose(SpecialFunctions.deviancePart(2, 1), 2 * Elementary.log(2) - 1)
    expectClose(SpecialFunctions.deviancePart(1e8 + 1, 1e8), 0.5e-8, relative: 1e-7)
    #expect(SpecialFunctions.deviancePart(0, 3) == 3)
    #expect(SpecialFunctions.deviancePart(1, 0).isNaN)
    #expect(SpecialFunctions.logGamma(0) == .infinity)
    #expect(SpecialFunctions.digamma(-3).isNaN)
    expectClose(SpecialFunctions.logChoose(5, 2), Elementary.log(10), relative: 1e-14)
  }

  @Test func discrete() {
    for row in DistributionValues.binomialLog {
      expectClose(
        BinomialDistribution.logProbability(row[0], trials: row[1], success: row[2]), row[3], relative: 1e-14)
    }
    for row in DistributionValues.poissonLog {
      expectClose(PoissonDistribution.logProbability(row[0], mean: row[1]), row[2], relative: 1e-14)
    }
    for row in DistributionValues.hypergeometricLog {
      expectClose(
        HypergeometricDistribution.logProbability(
          Int(row[0]), marked: Int(row[1]), unmarked: Int(row[2]), draws: Int(row[3])), row[4])
    }
    // Three of five coins: C(5,0) + … + C(5,3) = 26 of 32.
    expectClose(BinomialDistribution.cumulative(3, trials: 5, success: 0.5), 26.0 / 32)
    expectClose(BinomialDistribution.upperTail(3, trials: 5, success: 0.5), 6.0 / 32)
    // 2 of 4 aces in 4 of 8 cards: C(4,2)² / C(8,4) = 36/70, and 1 + 16 of 70 below.
    expectClose(HypergeometricDistribution.probability(2, marked: 4, unmarked: 4, draws: 4), 36.0 / 70)
    expectClose(HypergeometricDistribution.cumulative(1, marked: 4, unmarked: 4, draws: 4), 17.0 / 70)
    expectClose(HypergeometricDistribution.upperTail(1, marked: 4, unmarked: 4, draws: 4), 53.0 / 70)
    expectClose(PoissonDistribution.cumulative(1, mean: 2), 3 * Elementary.exp(-2))
    #expect(PoissonDistribution.probability(0, mean: 0) == 1)
    #expect(PoissonDistribution.upperTail(0, mean: 0) == 0)
    #expect(BinomialDistribution.logProbability(1, trials: 1, success: 0) == -.infinity)
    #expect(BinomialDistribution.cumulative(-1, trials: 4, success: 0.5) == 0)
  }
}
