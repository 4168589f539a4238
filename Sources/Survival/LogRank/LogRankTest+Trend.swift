// A test for trend over ordered groups, and comparisons of the groups two by two.

import NumericalMethods

extension LogRankTest {
  /// Tests for a trend over the groups: (a'U)² / a'Va on one degree of freedom.
  ///
  /// - Parameter scores: one score a per group, in the order of the groups; default 1, 2, …, k (as SAS and Stata).
  /// - Returns: `nil` when the scores do not vary over the groups at risk.
  /// - Throws: `SurvivalInputError` for `scores`: length or not finite.
  ///
  /// Source: Klein and Moeschberger 2003, section 7.4. Checked against lr-lung-ecog.
  public func trend(scores: [Double]? = nil) throws(SurvivalInputError) -> TestStatistic? {
    let scores = scores ?? groups.indices.map { Double($0 + 1) }
    guard scores.count == groups.count else {
      throw SurvivalInputError(.scores, .lengthMismatch(expected: groups.count, found: scores.count))
    }
    guard scores.allSatisfy(\.isFinite) else { throw SurvivalInputError(.scores, .notFinite) }
    // The scores U add up to zero, so centring changes nothing but the rounding.
    let mean = CompensatedSum.of(scores) / Double(scores.count)
    let centred = scores.map { $0 - mean }
    let contrast = CompensatedSum.of(zip(centred, groups).map { $0 * $1.score })
    let spread = variance.quadraticForm(centred)
    let scale = zip(centred, variance.diagonalElements).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
    guard spread > 1e-12 * scale else { return nil }
    let statistic = contrast * contrast / spread
    return TestStatistic(
      statistic: statistic, degreesOfFreedom: 1,
      pValue: ChiSquaredDistribution.upperTail(statistic, degreesOfFreedom: 1))
  }

  /// Two groups compared on their own rows.
  public struct Comparison: Sendable, Hashable {
    /// The group that comes first in the order of the groups.
    public let first: String
    /// The group that comes later.
    public let second: String
    /// `nil` when the two cannot be compared.
    public let test: TestStatistic?
    /// The p-value adjusted for the number of comparisons; `nil` with the test.
    public let adjustedPValue: Double?
  }

  /// Compares the groups two by two, each pair on its own rows alone: risk sets and weights are the pair's.
  ///
  /// - Returns: the pairs (1, 2), (1, 3), …, (2, 3), …. Checked against lr-veteran-cell.
  public func pairwise(adjustment: MultiplicityAdjustment = .holm) -> [Comparison] {
    var pairs: [(Int, Int)] = []
    for first in groups.indices {
      for second in groups.indices where second > first { pairs.append((first, second)) }
    }
    let tests = pairs.map { first, second in
      LogRankSolution(tally, groupsPerStratum: groups.count, groups: [first, second], weight: weight).test
    }
    let adjusted = adjustment.adjust(tests.map { $0?.pValue })
    return pairs.indices.map { index in
      Comparison(
        first: groups[pairs[index].0].name, second: groups[pairs[index].1].name, test: tests[index],
        adjustedPValue: adjusted[index])
    }
  }
}
