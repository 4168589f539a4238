// Rank tests by hand and against R.

import HypothesisTests
import Testing

struct RankTestTests {
  @Test func rankSumByHand() throws {
    // 1, 2 below 3, 4, 5: the least of C(5, 2) = 10 rank sums, so p = 2 / 10.
    let test = try WilcoxonRankSum.test([1, 2], [3, 4, 5], confidenceLevel: 0.8)
    #expect(test.statistic == 0 && test.isExact)
    expectClose(test.pValue, 0.2)
    // Differences −4, −3, −3, −2, −2, −1: median −2.5.
    expectClose(test.estimate, -2.5)
    #expect(try WilcoxonRankSum.test([], [1]).pValue == nil)
    #expect(try WilcoxonRankSum.test([1, 1], [1, 1, 1]).pValue == nil)
    #expect(throws: TestInputError.notFinite(.second, row: 1)) { try WilcoxonRankSum.test([1], [2, .nan]) }
    #expect(try WilcoxonRankSum.test([.infinity, 2], [1, -.infinity]).statistic == 4)
  }

  @Test func rankSumMeetsR() throws {
    for row in RValues.rankSum {
      let exact = try WilcoxonRankSum.test(row[0], row[1], confidenceLevel: 0.95)
      let plain = try WilcoxonRankSum.test(row[0], row[1], exact: false, continuityCorrection: false)
      expectClose(exact.statistic, row[2][0])
      expectClose(exact.pValue, row[2][1])
      expectClose(plain.pValue, row[2][2])
      // R finds limits of the approximate test by a root search to 1e-4.
      let tolerance = exact.isExact ? 1e-12 : 2e-4
      expectClose(exact.limits.lower, row[2][3], relative: 1e-12, absolute: tolerance)
      expectClose(exact.limits.upper, row[2][4], relative: 1e-12, absolute: tolerance)
      if exact.isExact { expectClose(exact.estimate, row[2][5], absolute: 1e-12) }
    }
  }

  @Test func signedRankByHand() throws {
    // Ranks 1, 2, 3, the first negative: V = 5; P(V ≥ 5) = 2/8.
    let test = try WilcoxonSignedRank.test(differences: [-1, 2, 3])
    #expect(test.statistic == 5 && test.isExact)
    expectClose(test.pValue, 0.5)
    let zeros = try WilcoxonSignedRank.test([1, 2], [1, 2])
    #expect(zeros.pValue == nil && zeros.zeroCount == 2)
    #expect(throws: TestInputError.lengthMismatch(.second, expected: 2, got: 1)) {
      try WilcoxonSignedRank.test([1, 2], [1])
    }
  }

  @Test func signedRankMeetsR() throws {
    for row in RValues.signedRank {
      let test = try WilcoxonSignedRank.test(differences: row[0], confidenceLevel: 0.95)
      let plain = try WilcoxonSignedRank.test(differences: row[0], exact: false, continuityCorrection: false)
      expectClose(test.statistic, row[1][0])
      expectClose(test.pValue, row[1][1])
      expectClose(plain.pValue, row[1][2])
      guard test.isExact else { continue }
      expectClose(test.limits.lower, row[1][3], absolute: 1e-12)
      expectClose(test.limits.upper, row[1][4], absolute: 1e-12)
      expectClose(test.estimate, row[1][5], absolute: 1e-12)
    }
  }

  @Test func groupsMeetR() throws {
    for row in RValues.groups {
      let count = Int(row[1].max() ?? 0)
      let groups = (1...count).map { code in zip(row[0], row[1]).filter { $1 == Double(code) }.map(\.0) }
      let ranks = try KruskalWallis.test(groups)
      expectClose(ranks.statistic, row[2][0])
      expectClose(ranks.pValue, row[2][1])
      let plain = try AnalysisOfVariance.oneWay(groups)
      expectClose(plain.statistic, row[2][2], relative: 1e-9)
      expectClose(plain.pValue, row[2][3], relative: 1e-9)
      let welch = try AnalysisOfVariance.welch(groups)
      expectClose(welch.statistic, row[2][4], relative: 1e-9)
      expectClose(welch.denominatorDegreesOfFreedom, row[2][5], relative: 1e-9)
      expectClose(welch.pValue, row[2][6], relative: 1e-9)
      for (index, pair) in try TukeyHonestDifferences.pairs(groups).enumerated() {
        expectClose(pair.difference, row[3][4 * index], absolute: 1e-14)
        expectClose(pair.limits.lower, row[3][4 * index + 1], relative: 1e-6)
        expectClose(pair.limits.upper, row[3][4 * index + 2], relative: 1e-6)
        expectClose(pair.pValue, row[3][4 * index + 3], relative: 1e-8, absolute: 1e-9)
      }
    }
  }

  @Test func emptyAndConstantGroups() throws {
    let withEmpty = try KruskalWallis.test([[1, 2, 5], [], [3, 4]])
    #expect(withEmpty.degreesOfFreedom == 1)
    #expect(withEmpty.pValue == (try KruskalWallis.test([[1, 2, 5], [3, 4]]).pValue))
    #expect(try KruskalWallis.test([[1, 1], [1]]).statistic == nil)
    #expect(try KruskalWallis.test([[1, 2]]).pValue == nil)
    #expect(try AnalysisOfVariance.oneWay([[1, 1], [2, 2]]).pValue == nil)
    #expect(try AnalysisOfVariance.welch([[1, 2], [3]]).pValue == nil)
    // A group of one value is enough for equal variances: groups 1, 3 and 5: F = 6 / 2 on 1 and 1.
    expectClose(try AnalysisOfVariance.oneWay([[1, 3], [5]]).statistic, 3)
    #expect(try AnalysisOfVariance.oneWay([]).statistic == nil)
  }
}
