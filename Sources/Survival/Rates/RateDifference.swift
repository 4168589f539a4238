// Differences of event rates.

import NumericalMethods

/// The rate of one group minus that of another.
public struct RateDifference: Sendable, Hashable {
  /// As printed.
  public let name: String
  /// The group that is taken away.
  public let referenceName: String
  /// Events per unit of person-time; `nil` when either group has no person-time.
  public let difference: Double?
  /// Wald limits; not estimable without events in both groups, where the variance is 0.
  public let confidenceInterval: ConfidenceInterval

  /// d₁/T₁ − d₀/T₀ with variance d₁/T₁² + d₀/T₀², that of Poisson counts.
  ///
  /// Interval: difference ± z √variance, as Stata's `ir`. Source: Rothman, Greenland, Lash, Modern Epidemiology 2008, ch. 14.
  public init(_ rate: EventRate, minus reference: EventRate, confidenceLevel: Double) {
    name = rate.name
    referenceName = reference.name
    guard let own = rate.rate, let other = reference.rate else {
      (difference, confidenceInterval) = (nil, .notEstimable)
      return
    }
    let difference = own - other
    self.difference = difference
    let variance = own / rate.personTime + other / reference.personTime
    let half = NormalDistribution.criticalValue(confidenceLevel: confidenceLevel) * variance.squareRoot()
    confidenceInterval =
      variance > 0
      ? ConfidenceInterval(lower: difference - half, upper: difference + half) : .notEstimable
  }
}

extension EventRates {
  /// Every other group's rate minus that of one group.
  ///
  /// - Parameter reference: number of the reference group; default the first.
  /// - Throws: `SurvivalInputError` for `groups` when there is no such group.
  public func differences(reference: Int = 0) throws(SurvivalInputError) -> [RateDifference] {
    guard groups.indices.contains(reference) else { throw SurvivalInputError(.groups, .outOfRange) }
    return groups.indices.filter { $0 != reference }.map {
      RateDifference(groups[$0], minus: groups[reference], confidenceLevel: confidenceLevel)
    }
  }
}
