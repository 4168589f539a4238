// How much better a model looks on its own rows than it is, by the bootstrap.

import NumericalMethods

/// Optimism-corrected concordance and calibration slope of a Cox model, with percentile intervals of its coefficients.
public struct OptimismCorrection: Sendable, Hashable {
  /// One measure on the model's rows, its mean optimism, and the difference.
  public struct Measure: Sendable, Hashable {
    /// On the rows that the model was fitted to.
    public let apparent: Double
    /// Mean over the replicates of the measure on a replicate less that on the model's rows.
    public let optimism: Double
    /// What to expect on new rows of the same kind.
    public var corrected: Double { apparent - optimism }
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
  /// - Returns: `nil` when the model has no estimate, or fewer than half of the replicates have one.
  /// - Throws: `SurvivalInputError` for `option("repeats")` below 2.
  ///
  /// **Cost**: `repeats` fits, in parallel. **Source**: Harrell, Lee and Mark 1996,
  /// doi:10.1002/(SICI)1097-0258(19960229)15:4<361::AID-SIM168>3.0.CO;2-4.
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
    let coefficients = fit.coefficients.indices.map { column -> ConfidenceInterval in
      let values = kept.map { $0.coefficients[column] }.filter { !$0.isNaN }.sorted()
      guard values.count * 2 >= repeats, !fit.aliased.contains(column) else { return .notEstimable }
      return ConfidenceInterval(
        lower: SampleQuantile.quantile(ofSorted: values, tail),
        upper: SampleQuantile.quantile(ofSorted: values, 1 - tail))
    }
    return OptimismCorrection(
      concordance: Measure(apparent: apparent, optimism: mean(kept.map(\.optimism))),
      calibrationSlope: Measure(apparent: 1, optimism: 1 - mean(kept.map(\.slope))),
      coefficients: coefficients, replicates: repeats, failures: repeats - kept.count, seed: seed)
  }

  private struct Replicate: Sendable {
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
      optimism = own - original
      self.slope = value
      coefficients = fit.coefficients
    }
  }
}
