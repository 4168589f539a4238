// The choices of a Kaplan–Meier analysis, with their defaults.

/// The choices of a Kaplan–Meier analysis.
public struct KaplanMeierOptions: Sendable, Hashable {
  /// How survival is estimated.
  public enum SurvivalEstimator: String, Sendable, Hashable, CaseIterable {
    /// The product of 1 − d/n (R `stype = 1`).
    case productLimit = "kaplan-meier"
    /// exp(−H), with the cumulative hazard of `hazardEstimator` (R `stype = 2`).
    case exponential = "fleming-harrington"
  }

  /// How the cumulative hazard is estimated.
  public enum HazardEstimator: String, Sendable, Hashable, CaseIterable {
    /// Σ d/n (R `ctype = 1`).
    case nelsonAalen = "nelson-aalen"
    /// Σ (1/n + 1/(n − 1) + … + 1/(n − d + 1)): tied events one after another (R `ctype = 2`).
    case tieCorrected = "tie-corrected"
  }

  /// How the variance is estimated.
  public enum Variance: String, Sendable, Hashable, CaseIterable {
    /// `robust` when clusters are given or a weight is not a whole number (R's rule), otherwise `greenwood`.
    case automatic
    /// Greenwood's formula for log S, Σ d / (n (n − d)); Σ d/n² for the cumulative hazard.
    case greenwood
    /// The infinitesimal jackknife, by cluster if there are clusters.
    case robust
  }

  /// Level of the intervals.
  public var confidenceLevel = 0.95
  /// Scale on which the interval of S(t) is symmetric; log-log, as SAS and Stata take, R takes log.
  public var transform = ConfidenceTransform.logLog
  /// Product limit, or exp(−H).
  public var survivalEstimator = SurvivalEstimator.productLimit
  /// Nelson–Aalen, or its correction for ties.
  public var hazardEstimator = HazardEstimator.nelsonAalen
  /// Greenwood’s, or the infinitesimal jackknife.
  public var variance = Variance.automatic
  /// Threads for the pass over the rows; the result does not depend on it.
  public var threads = 1

  /// Options with the stated choices.
  public init(
    confidenceLevel: Double = 0.95, transform: ConfidenceTransform = .logLog,
    survivalEstimator: SurvivalEstimator = .productLimit, hazardEstimator: HazardEstimator = .nelsonAalen,
    variance: Variance = .automatic, threads: Int = 1
  ) {
    self.confidenceLevel = confidenceLevel
    self.transform = transform
    self.survivalEstimator = survivalEstimator
    self.hazardEstimator = hazardEstimator
    self.variance = variance
    self.threads = threads
  }

  func validated() throws(SurvivalInputError) -> KaplanMeierOptions {
    guard confidenceLevel > 0, confidenceLevel < 1 else {
      throw SurvivalInputError(.confidenceLevel, .outOfRange)
    }
    return self
  }
}
