// The log-rank family of tests: the way in and the result.

import NumericalMethods

/// A test of equal hazards in k groups, of the log-rank family.
///
/// Score U_g = Σ w(t) (d_g − d n_g / n) over the event times (of each stratum), with hypergeometric variance
/// Σ w² d (n − d) / (n − 1) (n_g/n) (δ_gh − n_h/n); χ² = U' V⁻ U on k − 1 degrees of freedom.
public struct LogRankTest: Sendable {
  /// One group's part of the test.
  public struct Group: Sendable, Hashable {
    /// As printed.
    public let name: String
    /// Rows.
    public let rowCount: Int
    /// Number of events.
    public let eventCount: Double
    /// Σ w d_g: the number of events where the weight is 1.
    public let observed: Double
    /// Σ w d n_g / n.
    public let expected: Double
    /// Observed minus expected.
    public var score: Double { observed - expected }
  }

  /// All groups in their order, empty ones included.
  public let groups: [Group]
  /// Covariance matrix of the scores, k × k, of rank k − 1.
  public let variance: Matrix
  /// The test; `nil` when fewer than two groups were ever at risk at an event time, or nothing can vary.
  public let test: TestStatistic?
  /// Weight of the times.
  public let weight: LogRankWeight
  /// Number of strata that hold rows, 1 without stratification.
  public let strataCount: Int

  let tally: EventTally

  /// Compares the groups' survival.
  ///
  /// - Parameters:
  ///   - outcome: follow-up of n rows, delayed entry allowed (the risk sets are then those of entry < t ≤ time); any cause
  ///     counts as the event. Weights are frequencies and must be whole numbers.
  ///   - groups: the group of each row.
  ///   - strata: risk sets, and for `flemingHarrington` the survival curves, are formed within strata; scores and variances are
  ///     summed.
  ///   - weight: default `logRank`, as in R, SAS and Stata.
  ///   - threads: how many may work at once; no result depends on it.
  /// - Throws: `SurvivalInputError` for `groups` (length; fewer than two groups with rows), `strata`, `weights` (not whole) and
  ///   `exponent`.
  ///
  /// Cost: O(n + times × k²).
  ///
  /// Source: Harrington and Fleming 1982, doi:10.1093/biomet/69.3.553; Klein and Moeschberger 2003, section 7.3.
  /// Checked against lr-lung-sex, lr-veteran-cell-rho1, lr-colon-rx-strata-rho1, lr-lung-gehan, lr-veteran-tw.
  public static func compare(
    _ outcome: SurvivalOutcome, groups: GroupCodes, strata: GroupCodes? = nil,
    weight: LogRankWeight = .logRank, threads: Int = 1
  ) throws(SurvivalInputError) -> LogRankTest {
    let groups = try groups.validated(rowCount: outcome.rowCount, role: .groups)
    let strata = try strata?.validated(rowCount: outcome.rowCount, role: .strata)
    let weight = try weight.validated()
    try FrequencyWeights.validate(outcome)
    let units = try TallyUnits(strata: strata, groups: groups)
    let tally = EventTally.accumulate(outcome, units: units, map: .anyEvent, threads: threads)
    return try solve(tally, names: groups.names, weight: weight)
  }

  /// Compares the groups of rows that were counted without weights.
  ///
  /// - Parameters:
  ///   - tally: one unit for each group; any cause counts as the event.
  ///   - names: of the groups.
  ///   - weight: of each time's difference between events and expectation; the log-rank test's by default.
  /// - Throws: `SurvivalInputError` for `groups` (names; fewer than two groups with rows) and `exponent`.
  ///
  /// Cost: O(times × k²).
  public static func compare(
    _ tally: EventTally, names: [String], weight: LogRankWeight = .logRank
  ) throws(SurvivalInputError) -> LogRankTest {
    guard names.count == tally.units.count else {
      throw SurvivalInputError(.groups, .lengthMismatch(expected: tally.units.count, found: names.count))
    }
    return try solve(tally.anyEvent, names: names, weight: try weight.validated())
  }

  /// The second half: needs the counts alone, with units `stratum * names.count + group`.
  static func solve(
    _ tally: EventTally, names: [String], weight: LogRankWeight
  ) throws(SurvivalInputError) -> LogRankTest {
    let rowCounts = names.indices.map { group in
      stride(from: group, to: tally.units.count, by: names.count).reduce(0) { $0 + tally.units[$1].rowCount }
    }
    let occupied = rowCounts.filter { $0 > 0 }.count
    guard occupied >= 2 else { throw SurvivalInputError(.groups, .tooFew(minimum: 2, found: occupied)) }
    let solution = LogRankSolution(
      tally, groupsPerStratum: names.count, groups: Array(names.indices), weight: weight)
    let strata = stride(from: 0, to: tally.units.count, by: names.count)
    return LogRankTest(
      groups: names.indices.map { group in
        Group(
          name: names[group], rowCount: rowCounts[group], eventCount: solution.events[group],
          observed: solution.observed[group], expected: solution.expected[group])
      },
      variance: solution.varianceMatrix, test: solution.test, weight: weight,
      strataCount: strata.filter { first in names.indices.contains { tally.units[first + $0].rowCount > 0 } }
        .count,
      tally: tally)
  }
}

/// Tests that count need weights that are numbers of subjects.
enum FrequencyWeights {
  static func validate(_ outcome: SurvivalOutcome) throws(SurvivalInputError) {
    guard let weights = outcome.weights else { return }
    let rows = weights.indices.filter { weights[$0] != weights[$0].rounded(.down) || weights[$0] > 0x1p31 }
    guard rows.isEmpty else {
      throw SurvivalInputError(.weights, .unsupported("weights that are not frequencies"), rows: rows)
    }
  }
}
