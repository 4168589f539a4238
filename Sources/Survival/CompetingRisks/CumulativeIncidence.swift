// The Aalen–Johansen estimator of cumulative incidence: the way in.

import NumericalMethods

/// Cumulative incidence by cause and group, in the presence of competing risks (Aalen–Johansen).
///
/// F_j(t) = Σ S(s−) d_j / n over the event times s ≤ t, with S the probability of being free of every event. Unlike one minus
/// a Kaplan–Meier curve that censors the other causes, the causes' incidences and S add up to 1.
public struct CumulativeIncidence: Sendable {
  /// One set of curves per group, in the order of the groups' names; an empty group has curves without times.
  public let groups: [GroupIncidence]
  /// Causes that compete, k; they are numbered 1…k.
  public let causeCount: Int
  /// What was chosen.
  public let options: CumulativeIncidenceOptions

  /// Estimates the cumulative incidence of each cause in each group.
  ///
  /// - Parameters:
  ///   - outcome: follow-up of n rows; event 0 censored, 1…`causeCount` the causes. Weights and delayed entry are allowed.
  ///   - causeCount: number of causes; default the largest code that occurs. Larger codes are refused.
  ///   - groups: the group of each row; all in one when `nil`.
  ///   - clusters: rows that are not independent, or the rows of the same subject, for the jackknife.
  ///   - options: kinds of interval and standard error, with their defaults.
  /// - Returns: step functions that are not estimable beyond the group's last observed time.
  /// - Throws: `SurvivalInputError` for `event` (a code above `causeCount`), `cause` (no event of any cause and no
  ///   `causeCount`), `groups`, `clusters`, `confidenceLevel`.
  ///
  /// Cost: O(n + times × causes × groups); with clusters or delayed entry one more pass over the rows per cause.
  ///
  /// Source: Aalen 1978, doi:10.1214/aos/1176344198; Aalen and Johansen 1978.
  /// Checked against cif-pbc-trt, cif-pbc-stage-loglog (R survfit, cmprsk::cuminc).
  public static func estimate(
    _ outcome: SurvivalOutcome, causeCount: Int? = nil, groups: GroupCodes? = nil,
    clusters: GroupCodes? = nil, options: CumulativeIncidenceOptions = CumulativeIncidenceOptions()
  ) throws(SurvivalInputError) -> CumulativeIncidence {
    guard options.confidenceLevel > 0, options.confidenceLevel < 1 else {
      throw SurvivalInputError(.confidenceLevel, .outOfRange)
    }
    let rowCount = outcome.rowCount
    let groups = try (groups ?? .single(rowCount: rowCount)).validated(rowCount: rowCount, role: .groups)
    let clusters = try clusters?.validated(rowCount: rowCount, role: .clusters)
    let causes = try checkedCauseCount(outcome, causeCount)
    let tally = EventTally.accumulate(
      outcome, units: TallyUnits(groups), map: .causes(causes), threads: options.threads)
    let needsRows = clusters != nil || outcome.entry != nil
    let rows = needsRows ? RowOrders(outcome, groups: groups) : nil
    let estimates = groups.names.indices.map { group in
      GroupIncidence(
        name: groups.names[group], times: tally.times, counts: tally.units[group], causeCount: causes,
        rows: rows.map { JackknifeRows(outcome: outcome, orders: $0, unit: group, clusters: clusters) },
        options: options)
    }
    return CumulativeIncidence(groups: estimates, causeCount: causes, options: options)
  }

  /// Estimates the cumulative incidence of each cause in each unit of a tally, of rows without weights, clusters and
  /// delayed entry.
  ///
  /// - Parameters:
  ///   - tally: its outcomes are the causes.
  ///   - names: of the groups, one for each unit.
  ///   - options: level, scale and variance of the intervals.
  /// - Returns: the same curves as of the rows that were counted.
  /// - Throws: `SurvivalInputError` for `groups` (names) and `confidenceLevel`.
  ///
  /// Cost: O(times × causes × groups).
  public static func estimate(
    _ tally: EventTally, names: [String] = [""],
    options: CumulativeIncidenceOptions = CumulativeIncidenceOptions()
  ) throws(SurvivalInputError) -> CumulativeIncidence {
    guard options.confidenceLevel > 0, options.confidenceLevel < 1 else {
      throw SurvivalInputError(.confidenceLevel, .outOfRange)
    }
    guard names.count == tally.units.count, tally.outcomeCount > 1 else {
      throw SurvivalInputError(.groups, .lengthMismatch(expected: tally.units.count, found: names.count))
    }
    let causes = tally.outcomeCount - 1
    let estimates = zip(names, tally.units).map { name, counts in
      GroupIncidence(
        name: name, times: tally.times, counts: counts, causeCount: causes, rows: nil, options: options)
    }
    return CumulativeIncidence(groups: estimates, causeCount: causes, options: options)
  }

  /// The curves of the group with this name.
  public subscript(name: String) -> GroupIncidence? { groups.first { $0.name == name } }

  static func checkedCauseCount(
    _ outcome: SurvivalOutcome, _ causeCount: Int?
  ) throws(SurvivalInputError) -> Int {
    let largest = Int(outcome.event.max() ?? 0)
    let count = causeCount ?? largest
    guard count >= 1, count <= 255 else { throw SurvivalInputError(.cause, .outOfRange) }
    guard largest <= count else {
      throw SurvivalInputError(
        .event, .codeOutOfRange, rows: outcome.event.indices.filter { Int(outcome.event[$0]) > count })
    }
    return count
  }
}
