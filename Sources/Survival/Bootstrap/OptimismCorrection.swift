// How much better a model looks on its own rows than it is, by the bootstrap.

import NumericalMethods

/// Optimism-corrected concordance and calibration slope of a Cox model with intervals, and percentile intervals of its coefficients.
public struct OptimismCorrection: Sendable, Hashable {
  /// One measure on the model's rows, its mean optimism, and the difference.
  public struct Measure: Sendable, Hashable {
    /// On the rows that the model was fitted to.
    public let apparent: Double
    /// Mean over the replicates of the measure on a replicate less that on the model's rows.
    public let optimism: Double
    /// What to expect on new rows of the same kind.
    public var corrected: Double { apparent - optimism }
    /// Of `corrected`.
    public let confidenceInterval: ConfidenceInterval
  }

  /// Harrell's concordance, 0 to 1.
  public let concordance: Measure
  /// Of the linear predictor: 1 on the model's rows; its correction is the factor by which predictions should shrink.
  public let calibrationSlope: Measure
  /// Percentile interval of each coefficient; not estimable where too few replicates have it.
  public let coefficients: [ConfidenceInterval]
  /// Bootstrap samples drawn, those without an estimate included.
  public let replicates: Int
  /// Replicates whose model had no maximum or no events: they are left out.
  public let failures: Int
  /// Seed of the stream that drew them.
  public let seed: UInt64

  /// Validates a fit by Harrell's bootstrap.
  ///
  /// Each replicate draws n rows (or clusters) with replacement, fits the model, and takes its concordance there less its
  /// concordance on the original rows; the mean difference is the optimism. The slope of a replicate is that of its linear
  /// predictor in a Cox model on the original rows. Which terms the model has is not chosen anew, nor are the knots of its splines.
  ///
  /// The interval of the corrected concordance is that of the apparent one, percentiles of the replicates' own concordances, moved by
  /// the optimism and kept within 0 and 1; that of the slope is made of percentiles of the replicates' slopes (apparent ones are all 1).
  ///
  /// - Returns: `nil` when the model has no estimate, or fewer than half of the replicates have one.
  /// - Throws: `SurvivalInputError` for `option("repeats")` below 2.
  ///
  /// **Cost**: `repeats` fits, in parallel. **Source**: Harrell, Lee and Mark 1996,
  /// doi:10.1002/(SICI)1097-0258(19960229)15:4<361::AID-SIM168>3.0.CO;2-4; the interval: Noma et al. 2021, doi:10.1002/sim.9148
  /// (location-shifted bootstrap interval).
  /// **Checked against** properties alone (OptimismCorrectionTests): one stream for
  /// every number of threads, optimism that grows with noise.
  public static func bootstrap(
    _ fit: CoxFit, repeats: Int, seed: UInt64, confidenceLevel: Double = 0.95, threads: Int = 1
  ) throws(SurvivalInputError) -> OptimismCorrection? {
    guard repeats >= 2 else { throw SurvivalInputError(.option("repeats"), .outOfRange) }
    guard fit.infinite.isEmpty, let apparent = try fit.concordance().estimate else { return nil }
    let model = fit.model
    let sampler = BootstrapSampler(rowCount: model.outcome.rowCount, clusters: model.clusters)
    let runs = Parallel.map(chunks: repeats, threads: threads) { index in
      try? Replicate(model, rows: sampler.rows(seed: seed, replicate: index))
    }
    let kept = runs.compactMap { $0 ?? nil }
    guard kept.count * 2 >= repeats else { return nil }
    func mean(_ values: [Double]) -> Double { CompensatedSum.of(values) / Double(values.count) }
    let tail = (1 - confidenceLevel) / 2
    func percentiles(_ values: [Double]) -> ConfidenceInterval {
      let sorted = values.sorted()
      return ConfidenceInterval(
        lower: SampleQuantile.quantile(ofSorted: sorted, tail),
        upper: SampleQuantile.quantile(ofSorted: sorted, 1 - tail))
    }
    let coefficients = fit.coefficients.indices.map { column -> ConfidenceInterval in
      let values = kept.map { $0.coefficients[column] }.filter { !$0.isNaN }
      guard values.count * 2 >= repeats, !fit.aliased.contains(column) else { return .notEstimable }
      return percentiles(values)
    }
    let optimism = mean(kept.map(\.optimism))
    let own = percentiles(kept.map(\.concordance))
    func moved(_ limit: Double?) -> Double? { limit.map { Swift.min(Swift.max($0 - optimism, 0), 1) } }
    return OptimismCorrection(
      concordance: Measure(
        apparent: apparent, optimism: optimism,
        confidenceInterval: ConfidenceInterval(lower: moved(own.lower), upper: moved(own.upper))),
      calibrationSlope: Measure(
        apparent: 1, optimism: 1 - mean(kept.map(\.slope)), confidenceInterval: percentiles(kept.map(\.slope))
      ),
      coefficients: coefficients, replicates: repeats, failures: repeats - kept.count, seed: seed)
  }

  private struct Replicate: Sendable {
    /// On its own rows.
    let concordance: Double
    let optimism: Double
    let slope: Double
    let coefficients: [Double]

    init?(_ model: CoxModel, rows: [Int]) throws(SurvivalInputError) {
      let fit = try model.resampled(rows).fit()
      guard fit.infinite.isEmpty, fit.convergence.status == .converged,
        let own = try fit.concordance().estimate
      else { return nil }
      var predictor = model.design.linearPredictor(fit.coefficients)
      if let offset = model.offset { for row in predictor.indices { predictor[row] += offset[row] } }
      guard
        let original = try Concordance.of(predictor, outcome: model.outcome, strata: model.strata).estimate
      else { return nil }
      var options = model.options
      options.penalties = []
      options.usesFirthPenalty = false
      options.isRobust = false
      options.threads = 1
      let slope = try CoxModel.fit(
        outcome: model.outcome,
        covariates: try CoxDesign([("linear predictor", predictor)], rowCount: predictor.count),
        strata: model.strata, options: options)
      guard let value = slope.coefficients.first, !value.isNaN, slope.infinite.isEmpty else { return nil }
      concordance = own
      optimism = own - original
      self.slope = value
      coefficients = fit.coefficients
    }
  }
}
