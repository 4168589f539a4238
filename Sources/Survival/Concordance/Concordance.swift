// The concordance index: how often the one with the higher risk has the event first.

import NumericalMethods

/// Concordance of a predictor with survival, with its standard error.
public struct Concordance: Sendable, Hashable {
  /// Weighted numbers of comparable pairs. A pair is comparable when one has the event while the other is at risk.
  public struct PairCounts: Sendable, Hashable {
    /// Pairs in which the one with the earlier event has the higher predicted risk.
    public var concordant: Double
    /// Pairs in which it has the lower.
    public var discordant: Double
    /// Comparable, with equal predictors.
    public var tiedPredictor: Double
    /// Both have the event at the same time, with different and with equal predictors: not used.
    public var tiedTime: Double
    /// Pairs tied in time and in the predictor.
    public var tiedBoth: Double

    /// Pairs whose order in time is known: the denominator.
    public var comparable: Double { concordant + discordant + tiedPredictor }
  }

  /// (concordant + tiedPredictor / 2) / comparable; `nil` without comparable pairs.
  public let estimate: Double?
  /// Infinitesimal-jackknife standard error, over clusters where given.
  public let standardError: Double?
  /// Weighted counts of pairs, over all strata.
  public let counts: PairCounts
  /// Rows that carry weight.
  public let observationCount: Int
  /// Change of the estimate per row (dfbeta), in the order of the outcome; only when asked for.
  public let influence: [Double]?

  /// estimate ± z · standard error, kept within 0 and 1.
  public func confidenceInterval(level: Double = 0.95) -> ConfidenceInterval {
    guard let estimate, let standardError, level > 0, level < 1 else { return .notEstimable }
    let margin = NormalDistribution.quantile(0.5 + level / 2) * standardError
    return ConfidenceInterval(lower: Swift.max(estimate - margin, 0), upper: Swift.min(estimate + margin, 1))
  }

  /// Somers' d, 2 C − 1.
  public var somersD: Double? { estimate.map { 2 * $0 - 1 } }
}

/// Choices for `Concordance.of`.
public struct ConcordanceOptions: Sendable, Hashable {
  /// How much a pair counts, by the time t of the event in it.
  public enum TimeWeight: String, Sendable, Hashable, CaseIterable {
    /// Every pair counts once: Harrell's C (R's default).
    case equal = "n"
    /// S(t−) over the number at risk, times n: as the Peto–Wilcoxon test.
    case survival = "S"
    /// S(t−) / G(t−) over the number at risk, times n, with G the censoring distribution: Schemper's.
    case survivalOverCensoring = "S/G"
    /// 1 / G(t−)²: Uno's C.
    case inverseCensoringSquared = "n/G2"
    /// 1 over the number at risk: as the Cox model's score.
    case inverseAtRisk = "I"
  }

  /// What a greater predictor stands for.
  public enum Direction: Sendable, Hashable {
    /// Earlier events, as a linear predictor does (R's `reverse = TRUE`).
    case risk
    /// Longer survival.
    case survival
  }

  /// How pairs are weighted by time; equally, as in R and Harrell.
  public var timeWeight: TimeWeight = .equal
  /// Whether a higher predictor means a higher risk (default) or a longer survival.
  public var direction: Direction = .risk
  /// Pairs whose event comes after this time do not count (R's `ymax`); none by default. Uno's C should have one: towards
  /// the end of follow-up its weights grow without bound.
  public var maximumTime: Double?
  /// Keep each row's influence on the estimate.
  public var keepsInfluence = false
  /// How many threads work; results do not depend on it.
  public var threads = 1

  /// Options with the stated defaults.
  public init() {}
}

extension CoxFit {
  /// Concordance of the fit's linear predictor, within strata, with clusters in its standard error.
  ///
  /// - Throws: `SurvivalInputError` as `Concordance.of`.
  public func concordance(options: ConcordanceOptions) throws(SurvivalInputError) -> Concordance {
    var plain = ConcordanceOptions()
    plain.threads = options.threads
    return options == plain ? try concordance() : try concordanceOfPredictor(options)
  }

  private func concordanceOfPredictor(
    _ options: ConcordanceOptions
  ) throws(SurvivalInputError) -> Concordance {
    try Concordance.of(
      linearPredictor, outcome: model.outcome, strata: model.strata, clusters: model.clusters,
      options: options)
  }

  /// Harrell's concordance of the linear predictor: computed once, whoever asks.
  ///
  /// - Throws: `SurvivalInputError` as `Concordance.of`; nothing for a converged fit.
  public func concordance() throws(SurvivalInputError) -> Concordance {
    try harrell.value { () throws(SurvivalInputError) in
      var options = ConcordanceOptions()
      options.threads = model.options.threads
      // The rows are arranged already, and the predictor needs no order of the file.
      let layout = prepared.layout
      guard let order = predictorOrder(threads: options.threads) else {
        return try concordanceOfPredictor(options)
      }
      let clusters = try model.clusters?.validated(rowCount: model.outcome.rowCount, role: .clusters)
      return Concordance.estimate(
        order, layout: layout, outcome: model.outcome, strata: model.strata, clusters: clusters,
        options: options)
    }
  }
  /// The rows of the layout by their linear predictor; `nil` where one is not finite.
  private func predictorOrder(threads: Int) -> PredictorOrder? {
    let layout = prepared.layout
    var predictor = prepared.offset ?? [Double](repeating: 0, count: layout.rowCount)
    prepared.covariates.addLinearPredictor(prepared.scaled(coefficients), to: &predictor, threads: threads)
    guard predictor.allSatisfy(\.isFinite) else { return nil }
    return PredictorOrder(predictor, layout: layout, threads: threads)
  }
}
