// The Kaplan–Meier estimator by group: the way in.

import NumericalMethods

/// Kaplan–Meier survival curves by group.
///
/// S(t) = Π (1 − d/n) over the event times up to t, with d events among n at risk; rows are at risk in entry < t ≤ time, and
/// censored rows count as at risk at their own time. Cumulative hazard: Nelson–Aalen Σ d/n. Standard errors: Greenwood, or
/// the infinitesimal jackknife with clusters or weights that are not whole.
public struct KaplanMeier: Sendable {
  /// One curve per group, in the order of the groups' names; an empty group has a curve without times.
  public let curves: [SurvivalCurve]
  /// What was chosen.
  public let options: KaplanMeierOptions
  /// Whether the standard errors are those of the infinitesimal jackknife.
  public let isRobust: Bool

  /// Estimates one curve per group.
  ///
  /// - Parameters:
  ///   - outcome: follow-up of n rows. Any cause counts as the event.
  ///   - groups: the group of each row; all in one when `nil`.
  ///   - clusters: rows that are not independent, for the robust variance.
  ///   - subjects: with (start, stop] data, the person behind each row: a row that the same subject's next row continues
  ///     is not counted as censored, and the robust variance is by subject unless clusters are given.
  ///   - options: intervals, estimators and variance. Defaults: log-log intervals (SAS and Stata; R takes log), product
  ///     limit, Nelson–Aalen, R's rule for the robust variance.
  /// - Returns: curves whose value beyond the last time is not estimable.
  /// - Throws: `SurvivalInputError` for `groups`, `clusters`, `subjects` (length) and `confidenceLevel`.
  ///
  /// Cost: O(n + times × groups); with clusters or delayed entry the robust variance is one more pass over the rows.
  ///
  /// Source: Kaplan and Meier 1958, doi:10.1080/01621459.1958.10501452; Therneau, R package survival.
  /// Checked against km-lung-sex-log-log, km-heart-startstop, km-kidney-cluster.
  public static func estimate(
    _ outcome: SurvivalOutcome, groups: GroupCodes? = nil, clusters: GroupCodes? = nil,
    subjects: GroupCodes? = nil, options: KaplanMeierOptions = KaplanMeierOptions()
  ) throws(SurvivalInputError) -> KaplanMeier {
    let options = try options.validated()
    let rowCount = outcome.rowCount
    let groups = try (groups ?? .single(rowCount: rowCount)).validated(rowCount: rowCount, role: .groups)
    let clusters = try clusters?.validated(rowCount: rowCount, role: .clusters)
    let subjects = try subjects?.validated(rowCount: rowCount, role: .subjects)

    let tally = EventTally.accumulate(
      outcome, units: TallyUnits(groups), map: .anyEvent, threads: options.threads)
    let isRobust = usesRobustVariance(options, outcome: outcome, hasClusters: clusters != nil)
    let jackknife = isRobust ? (clusters ?? subjects) : nil
    let varianceNeedsRows = isRobust && (jackknife != nil || outcome.entry != nil)
    let orders = varianceNeedsRows || outcome.entry != nil ? RowOrders(outcome, groups: groups) : nil
    let continued = outcome.entry == nil ? nil : subjects.map { ContinuedRows(outcome, subjects: $0) }
    let curves = groups.names.indices.map { group in
      let counts = tally.units[group]
      var solution = KaplanMeierSolution(counts, options: options)
      var rows: JackknifeRows?
      if varianceNeedsRows, let orders {
        let ofGroup = JackknifeRows(outcome: outcome, orders: orders, unit: group, clusters: jackknife)
        solution.replaceVariances(ofGroup, counts: counts, options: options)
        rows = ofGroup
      } else if isRobust {
        solution.replaceVariances(counts, options: options)
      }
      var curve = solution.curve(
        name: groups.names[group], times: tally.times, counts: counts, options: options)
      if isRobust {
        curve.areaInfluence = AreaInfluence(solution, counts: counts, rows: rows, options: options)
      }
      if let orders, let entries = orders.entries {
        curve.entries = DelayedEntries(outcome, rows: entries.rows(of: group))
        if let continued {
          curve.censored = continued.censored(
            outcome, rows: orders.exits.rows(of: group), timeIndex: counts.timeIndex)
        }
      }
      return curve
    }
    return KaplanMeier(curves: curves, options: options, isRobust: isRobust)
  }

  /// Estimates one curve per unit of a tally, of rows without weights, clusters and delayed entry.
  ///
  /// - Parameters:
  ///   - tally: any cause counts as the event.
  ///   - names: of the groups, one for each unit.
  ///   - options: level, scale and variance of the intervals.
  /// - Returns: the same curves as of the rows that were counted.
  /// - Throws: `SurvivalInputError` for `groups` (names) and `confidenceLevel`.
  ///
  /// Cost: O(times × groups).
  public static func estimate(
    _ tally: EventTally, names: [String] = [""], options: KaplanMeierOptions = KaplanMeierOptions()
  ) throws(SurvivalInputError) -> KaplanMeier {
    let options = try options.validated()
    guard names.count == tally.units.count else {
      throw SurvivalInputError(.groups, .lengthMismatch(expected: tally.units.count, found: names.count))
    }
    let isRobust = options.variance == .robust
    let tally = tally.anyEvent
    // Few times are solved before a thread would have started.
    let threads = tally.times.count > 512 ? options.threads : 1
    let curves = Parallel.map(chunks: names.count, threads: threads) { unit in
      let (name, counts) = (names[unit], tally.units[unit])
      var solution = KaplanMeierSolution(counts, options: options)
      if isRobust { solution.replaceVariances(counts, options: options) }
      return solution.curve(name: name, times: tally.times, counts: counts, options: options)
    }
    return KaplanMeier(curves: curves, options: options, isRobust: isRobust)
  }

  /// The estimate with censoring as the event and the event as censoring: its median is the median follow-up.
  ///
  /// With subjects, a row that the same subject's next row continues is no end of follow-up.
  ///
  /// - Throws: `SurvivalInputError` as `estimate`.
  ///
  /// **Source**: Schemper and Smith 1996 (the reverse Kaplan–Meier estimator of follow-up).
  public static func reverse(
    _ outcome: SurvivalOutcome, groups: GroupCodes? = nil, subjects: GroupCodes? = nil,
    options: KaplanMeierOptions = KaplanMeierOptions()
  ) throws(SurvivalInputError) -> KaplanMeier {
    let subjects = try subjects?.validated(rowCount: outcome.rowCount, role: .subjects)
    var reversed = outcome.reversed
    if let subjects, outcome.entry != nil {
      let continued = ContinuedRows(outcome, subjects: subjects)
      reversed = reversed.replacing(
        event: reversed.event.indices.map { continued.isContinued[$0] ? 0 : reversed.event[$0] })
    }
    return try estimate(reversed, groups: groups, subjects: subjects, options: options)
  }

  /// The same of rows that were counted: censoring becomes the event.
  public static func reverse(
    _ tally: EventTally, names: [String] = [""], options: KaplanMeierOptions = KaplanMeierOptions()
  ) throws(SurvivalInputError) -> KaplanMeier {
    try estimate(tally.reversed, names: names, options: options)
  }

  /// The curve of the group with this name.
  public subscript(name: String) -> SurvivalCurve? { curves.first { $0.name == name } }

  private static func usesRobustVariance(
    _ options: KaplanMeierOptions, outcome: SurvivalOutcome, hasClusters: Bool
  ) -> Bool {
    switch options.variance {
    case .greenwood: return false
    case .robust: return true
    case .automatic:
      return hasClusters || outcome.hasFractionalWeights
    }
  }
}
