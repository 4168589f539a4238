// Events per person-time.

import NumericalMethods

/// A Poisson rate and its exact interval.
public struct EventRate: Sendable, Hashable {
  /// Events in it.
  public let events: Double
  /// Time at risk, summed.
  public let personTime: Double

  /// nil when events are negative or person-time is not positive.
  public init?(events: Double, personTime: Double) {
    guard events >= 0, events.isFinite, personTime > 0, personTime.isFinite else { return nil }
    self.events = events
    self.personTime = personTime
  }

  /// Events per unit of time.
  public var rate: Double { events / personTime }

  /// Garwood's exact interval: χ² quantiles with 2x and 2x + 2 degrees of freedom.
  public func exactLimits(confidenceLevel: Double = 0.95) -> Limits {
    guard confidenceLevel > 0, confidenceLevel < 1 else { return Limits(lower: nil, upper: nil) }
    let alpha = (1 - confidenceLevel) / 2
    return Limits(
      lower: events == 0 ? 0 : GammaDistribution.quantile(alpha, shape: events) / personTime,
      upper: GammaDistribution.upperQuantile(alpha, shape: events + 1) / personTime)
  }
}
