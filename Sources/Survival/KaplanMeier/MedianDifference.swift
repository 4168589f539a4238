// Differences of medians with bootstrap intervals.

import NumericalMethods

/// The median of one group less that of another.
public struct MedianDifference: Sendable, Hashable {
  /// As printed.
  public let name: String
  /// The group that is subtracted.
  public let referenceName: String
  /// `nil` when either median is not reached.
  public let difference: Double?
  /// Percentile limits; a side is `nil` where so many replicates do not reach a median that the limit lies among them.
  public let confidenceInterval: ConfidenceInterval
  /// Bootstrap replicates.
  public let replicates: Int
  /// Replicates in which one of the two medians was not reached.
  public let notReached: Int

  /// Medians of all groups but one less that one's, by the bootstrap.
  ///
  /// Each replicate draws as many rows of each group as it has, with replacement, and takes the medians of their
  /// Kaplan–Meier curves by the same rule; the limits are percentiles (type 7) of the differences. A median that a
  /// replicate does not reach is later than any that is reached; where neither group reaches it, the difference may be
  /// anything and counts against both limits.
  ///
  /// **Inputs** follow-up of n rows, case weights and entry allowed; groups of each row. Replicate b of seed s uses
  /// stream b of `RandomGenerator`; rows are drawn from an order by content, so that the order of the file does not matter.
  /// **Cost** O(n) for each replicate. **Source** Efron 1981, Censored data and the bootstrap, JASA 76:312–9.
  /// **Throws** `SurvivalInputError` for `groups` when there is no such reference, and for `confidenceLevel`.
  public static func bootstrap(
    _ outcome: SurvivalOutcome, groups: GroupCodes, reference: Int = 0, rule: QuantileRule = .midpoint,
    repeats: Int = 2000, seed: UInt64, confidenceLevel: Double = 0.95, threads: Int = 1
  ) throws(SurvivalInputError) -> [MedianDifference] {
    let groups = try groups.validated(rowCount: outcome.rowCount, role: .groups)
    guard groups.names.indices.contains(reference) else { throw SurvivalInputError(.groups, .outOfRange) }
    guard confidenceLevel > 0, confidenceLevel < 1 else {
      throw SurvivalInputError(.confidenceLevel, .outOfRange)
    }
    let samples = groups.names.indices.map { GroupSample(outcome, groups, Int32(clamping: $0)) }
    let medians = samples.map { $0.median($0.once, rule: rule) }
    let count = max(repeats, 1)
    let drawn = Parallel.map(chunks: count, threads: threads) { replicate in
      var random = RandomGenerator(seed: seed, stream: UInt64(replicate))
      return samples.map { $0.median($0.drawn(&random), rule: rule) }
    }
    return groups.names.indices.filter { $0 != reference }.map { group in
      let pairs = drawn.map { ($0[group], $0[reference]) }
      return MedianDifference(
        name: groups.names[group], referenceName: groups.names[reference],
        difference: medians[group].flatMap { own in medians[reference].map { own - $0 } },
        confidenceInterval: interval(pairs, level: confidenceLevel), replicates: count,
        notReached: pairs.count { $0 == nil || $1 == nil })
    }
  }

  private static func interval(_ pairs: [(Double?, Double?)], level: Double) -> ConfidenceInterval {
    func sorted(_ undetermined: Double) -> [Double] {
      pairs.map { pair in
        switch pair {
        case (let own?, let reference?): own - reference
        case (nil, _?): .infinity
        case (_?, nil): -.infinity
        case (nil, nil): undetermined
        }
      }.sorted()
    }
    let tail = (1 - level) / 2
    return ConfidenceInterval(
      lower: percentile(sorted(-.infinity), tail), upper: percentile(sorted(.infinity), 1 - tail))
  }

  private static func percentile(_ values: [Double], _ share: Double) -> Double? {
    let place = share * Double(values.count - 1)
    let low = Int(place.rounded(.down))
    guard values.indices.contains(low) else { return nil }
    let high = min(low + 1, values.count - 1)
    let weight = place - Double(low)
    guard values[low].isFinite, weight == 0 || values[high].isFinite else { return nil }
    return weight == 0 ? values[low] : values[low] + weight * (values[high] - values[low])
  }
}

/// The rows of one group, ready for medians under any multiplicities.
private struct GroupSample: Sendable {
  /// Distinct times, ascending.
  private let times: [Double]
  /// By row: the place of its time, and how many times are not after its entry.
  private let place: [Int32]
  private let entryPlace: [Int32]?
  private let isEvent: [Bool]
  private let weights: [Double]?

  init(_ outcome: SurvivalOutcome, _ groups: GroupCodes, _ group: Int32) {
    let rows = groups.codes.indices.filter { groups.codes[$0] == group }.sorted { left, right in
      func key(_ row: Int) -> (Double, UInt8, Double, Double) {
        (outcome.time[row], outcome.event[row], outcome.entry?[row] ?? 0, outcome.weights?[row] ?? 1)
      }
      return key(left) < key(right)
    }
    var times: [Double] = []
    var place: [Int32] = []
    for row in rows {
      if times.last != outcome.time[row] { times.append(outcome.time[row]) }
      place.append(Int32(clamping: times.count - 1))
    }
    self.times = times
    self.place = place
    entryPlace = outcome.entry.map { entry in
      rows.map { row in Int32(clamping: times.partitioningIndex { $0 > entry[row] }) }
    }
    isEvent = rows.map { outcome.event[$0] != 0 }
    weights = outcome.weights.map { weights in rows.map { weights[$0] } }
  }

  var once: [Double] { weights ?? [Double](repeating: 1, count: place.count) }

  func drawn(_ random: inout RandomGenerator) -> [Double] {
    var drawn = [Double](repeating: 0, count: place.count)
    for _ in place.indices {
      let row = random.below(place.count)
      drawn[row] += weights?[row] ?? 1
    }
    return drawn
  }

  /// The median of the Kaplan–Meier curve in which each row counts as often as `counts` says; `nil` when not reached.
  func median(_ counts: [Double], rule: QuantileRule) -> Double? {
    var change = [Double](repeating: 0, count: times.count + 1)
    var events = [Double](repeating: 0, count: times.count)
    var last = -1
    for row in place.indices where counts[row] > 0 {
      let index = Int(place[row])
      change[Int(entryPlace?[row] ?? 0)] += counts[row]
      change[index + 1] -= counts[row]
      if isEvent[row] { events[index] += counts[row] }
      last = max(last, index)
    }
    let tolerance = TimeOrder.nearEqualTolerance
    var (atRisk, survival) = (0.0, 1.0)
    var flatSince: Double?
    for index in times.indices {
      atRisk += change[index]
      guard events[index] > 0 else { continue }
      if let flatSince { return rule == .firstTime ? flatSince : (flatSince + times[index]) / 2 }
      survival *= max(1 - events[index] / atRisk, 0)
      guard survival <= 0.5 + tolerance else { continue }
      guard survival >= 0.5 - tolerance, rule != .firstTime else { return times[index] }
      flatSince = times[index]
    }
    guard let flatSince, last >= 0, rule == .midpoint else { return nil }
    return (flatSince + times[last]) / 2
  }
}
