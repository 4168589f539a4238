// Gray's test of equal cumulative incidence: the way in and the result.

import NumericalMethods

/// Gray's test that the groups have the same cumulative incidence of a cause.
///
/// A log-rank test on the hazard of the subdistribution: those who had another event stay in the risk set, in the share that
/// would not yet have been censored. χ² on k − 1 degrees of freedom.
public struct GrayTest: Sendable {
  /// The test for one cause.
  public struct Cause: Sendable {
    /// The event code, from 1.
    public let cause: Int
    /// Scores of the groups that have rows, in their order; they add up to 0.
    public let scores: [Double]
    /// Covariance of the scores, (k − 1) × (k − 1) for k groups with rows.
    public let variance: Matrix
    /// `nil` when the groups cannot be compared: no event of the cause, or no variance.
    public let test: TestStatistic?
  }

  /// One test per cause, in the order of the causes’ numbers.
  public let causes: [Cause]
  /// Names of the groups compared, those without rows left out.
  public let groupNames: [String]
  /// Groups without rows: they take no part in the test.
  public let emptyGroupNames: [String]
  /// Power ρ of the weight (1 − F)^ρ; 0 weighs all times alike.
  public let rho: Double

  /// Compares the groups' cumulative incidence, cause by cause.
  ///
  /// - Parameters:
  ///   - outcome: right-censored follow-up of n rows; event 0 censored, 1…`causeCount` the causes. Weights are frequencies
  ///     and must be whole numbers.
  ///   - causeCount: number of causes; default the largest code that occurs.
  ///   - groups: the group of each row.
  ///   - strata: risk sets are formed within strata; scores and variances are summed.
  ///   - rho: the weight is (1 − F(t−))^ρ with F the pooled incidence; default 0, as R's `cmprsk::cuminc`.
  ///   - threads: how many may work at once; no result depends on it.
  /// - Throws: `SurvivalInputError` for `groups` (length; fewer than two with rows), `strata`, `cause`, `event`, `exponent`,
  ///   `weights` (not whole) and `entry` (delayed entry: Gray's test needs all from the start).
  ///
  /// Cost: O(n + times × causes × k³).
  ///
  /// Source: Gray 1988, doi:10.1214/aos/1176350951. Checked against gray-pbc-stage, gray-pbc-sex-strata, gray-pbc-sex-rho1.
  public static func compare(
    _ outcome: SurvivalOutcome, causeCount: Int? = nil, groups: GroupCodes, strata: GroupCodes? = nil,
    rho: Double = 0, threads: Int = 1
  ) throws(SurvivalInputError) -> GrayTest {
    let groups = try groups.validated(rowCount: outcome.rowCount, role: .groups)
    let strata = try strata?.validated(rowCount: outcome.rowCount, role: .strata)
    guard rho.isFinite else { throw SurvivalInputError(.exponent, .outOfRange) }
    guard outcome.entry == nil else { throw SurvivalInputError(.entry, .unsupported("delayed entry")) }
    try FrequencyWeights.validate(outcome)
    let causes = try CumulativeIncidence.checkedCauseCount(outcome, causeCount)
    let sizes = groups.sizes
    let tally = EventTally.accumulate(
      outcome, units: try TallyUnits(strata: strata, groups: groups), map: .causes(causes), threads: threads)
    return try solve(tally, names: groups.names, sizes: sizes, rho: rho)
  }

  /// Compares the groups of rows that were counted without weights, strata and delayed entry.
  ///
  /// - Parameters:
  ///   - tally: one unit for each group; its outcomes are the causes.
  ///   - names: of the groups.
  ///   - rho: as above.
  /// - Throws: `SurvivalInputError` for `groups` (names; fewer than two with rows) and `exponent`.
  ///
  /// Cost: O(times × causes × k³).
  public static func compare(
    _ tally: EventTally, names: [String], rho: Double = 0
  ) throws(SurvivalInputError) -> GrayTest {
    guard rho.isFinite else { throw SurvivalInputError(.exponent, .outOfRange) }
    guard names.count == tally.units.count, tally.outcomeCount > 1 else {
      throw SurvivalInputError(.groups, .lengthMismatch(expected: tally.units.count, found: names.count))
    }
    return try solve(tally, names: names, sizes: tally.units.map(\.rowCount), rho: rho)
  }

  /// The second half: needs the counts alone, with units `stratum * names.count + group`.
  private static func solve(
    _ tally: EventTally, names: [String], sizes: [Int], rho: Double
  ) throws(SurvivalInputError) -> GrayTest {
    let occupied = sizes.indices.filter { sizes[$0] > 0 }
    guard occupied.count >= 2 else {
      throw SurvivalInputError(.groups, .tooFew(minimum: 2, found: occupied.count))
    }
    return GrayTest(
      causes: (1..<tally.outcomeCount).map { cause in
        let solution = GraySolution(
          tally, groupsPerStratum: names.count, groups: occupied, cause: cause, rho: rho)
        return Cause(
          cause: cause, scores: solution.scores, variance: solution.variance, test: solution.test)
      },
      groupNames: occupied.map { names[$0] },
      emptyGroupNames: sizes.indices.filter { sizes[$0] == 0 }.map { names[$0] }, rho: rho)
  }
}
