// The choices of a competing-risks analysis, with their defaults.

/// The choices of a cumulative-incidence analysis.
public struct CumulativeIncidenceOptions: Sendable, Hashable {
  /// How the variance of a cumulative incidence is estimated.
  public enum Variance: String, Sendable, Hashable, CaseIterable {
    /// Aalen's estimate with a correction for ties, as R's `cmprsk`, Stata and SAS.
    case aalen
    /// The infinitesimal jackknife, as R's `survfit`; by cluster if there are clusters.
    case infinitesimalJackknife = "infinitesimal-jackknife"
  }

  /// Level of the pointwise intervals; 0.95, as in every program.
  public var confidenceLevel = 0.95
  /// Default log-log: it stays within 0 and 1 (R takes the scale that `survfit` is told, SAS log-log too).
  public var transform = ConfidenceTransform.logLog
  /// The variance behind the intervals; both are reported.
  public var variance = Variance.aalen
  /// Threads for the pass over the rows; the result does not depend on it.
  public var threads = 1

  /// Options with the stated choices.
  public init(
    confidenceLevel: Double = 0.95, transform: ConfidenceTransform = .logLog, variance: Variance = .aalen,
    threads: Int = 1
  ) {
    self.confidenceLevel = confidenceLevel
    self.transform = transform
    self.variance = variance
    self.threads = threads
  }
}
