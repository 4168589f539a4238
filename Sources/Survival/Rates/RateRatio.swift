// Ratios of event rates with exact conditional intervals.

import NumericalMethods

/// The rate of one group over that of another.
public struct RateRatio: Sendable, Hashable {
  /// As printed.
  public let name: String
  /// The group in the denominator.
  public let referenceName: String
  /// `nil` when the reference has no events or either has no person-time.
  public let ratio: Double?
  /// Exact limits, given the total number of events; the upper is `nil` when the reference has no events.
  public let confidenceInterval: ConfidenceInterval
  /// Exact two-sided p-value: the probability of all splits of the events that are no more likely than the one observed;
  /// `nil` without events.
  public let pValue: Double?

  /// Compares two Poisson rates given their total: events of the first among all are binomial with the share of its
  /// person-time. Interval after Clopper and Pearson. As R's `poisson.test` for two samples.
  public init(_ rate: EventRate, over reference: EventRate, confidenceLevel: Double) {
    name = rate.name
    referenceName = reference.name
    let (count, total) = (rate.eventCount, rate.eventCount + reference.eventCount)
    guard rate.personTime > 0, reference.personTime > 0, total > 0 else {
      (ratio, confidenceInterval, pValue) = (nil, .notEstimable, nil)
      return
    }
    let timeRatio = reference.personTime / rate.personTime
    ratio = reference.eventCount > 0 ? count / reference.eventCount * timeRatio : nil
    let tail = (1 - confidenceLevel) / 2
    func odds(_ share: Double) -> Double { share / (1 - share) * timeRatio }
    let lower =
      count > 0 ? odds(BetaDistribution.quantile(tail, alpha: count, beta: total - count + 1)) : 0
    let upper =
      count < total
      ? odds(BetaDistribution.upperQuantile(tail, alpha: count + 1, beta: total - count)) : nil
    confidenceInterval = ConfidenceInterval(lower: lower, upper: upper)
    pValue = Self.twoSided(
      count: count, total: total, share: rate.personTime / (rate.personTime + reference.personTime))
  }

  /// P of all counts no more probable than `count`, within a relative 1e-7.
  private static func twoSided(count: Double, total: Double, share: Double) -> Double {
    func probability(_ x: Double) -> Double {
      BinomialDistribution.probability(x, trials: total, success: share)
    }
    let mean = total * share
    if count == mean { return 1 }
    let limit = probability(count) * (1 + 1e-7)
    // Beyond the mean on the other side the probabilities fall: find the first that is small enough.
    if count < mean {
      var (low, high) = (mean.rounded(.up), total + 1)
      while low < high {
        let middle = ((low + high) / 2).rounded(.down)
        if probability(middle) <= limit { high = middle } else { low = middle + 1 }
      }
      let below = BinomialDistribution.cumulative(count, trials: total, success: share)
      let above = BinomialDistribution.upperTail(low - 1, trials: total, success: share)
      return min(below + (low > total ? 0 : above), 1)
    }
    var (low, high) = (-1.0, mean.rounded(.down))
    while low < high {
      let middle = ((low + high + 1) / 2).rounded(.down)
      if probability(middle) <= limit { low = middle } else { high = middle - 1 }
    }
    let above = BinomialDistribution.upperTail(count - 1, trials: total, success: share)
    let below = low < 0 ? 0 : BinomialDistribution.cumulative(low, trials: total, success: share)
    return min(below + above, 1)
  }
}

extension EventRates {
  /// Every other group's rate over that of one group.
  ///
  /// - Parameter reference: number of the reference group; default the first.
  /// - Throws: `SurvivalInputError` for `groups` when there is no such group.
  public func ratios(reference: Int = 0) throws(SurvivalInputError) -> [RateRatio] {
    guard groups.indices.contains(reference) else { throw SurvivalInputError(.groups, .outOfRange) }
    return groups.indices.filter { $0 != reference }.map {
      RateRatio(groups[$0], over: groups[reference], confidenceLevel: confidenceLevel)
    }
  }
}
