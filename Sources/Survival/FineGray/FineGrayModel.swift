// The Fine–Gray model: proportional hazards of the subdistribution of one cause.

import NumericalMethods

/// Fine and Gray's model for the cumulative incidence of one cause: F(t | x) = 1 − exp(−Λ0(t) exp(x'β)).
///
/// **Inputs**: a right-censored outcome whose events are causes 1…255, the cause of interest (every other cause competes),
/// a design, optionally clusters for the variance and an offset. Who has a competing event stays in the risk sets
/// with weight G(t−) / G(T−), G being the Kaplan–Meier estimator of the censoring distribution; the weights enter the
/// sums over risk sets, no row is expanded.
public struct FineGrayModel: Sendable {
  /// Times and events.
  public let outcome: SurvivalOutcome
  /// Number of the cause of interest, from 1.
  public let cause: UInt8
  /// The covariates, n×p, without an intercept.
  public let design: CoxDesign
  /// Rows that are not independent of one another; `nil` when all are.
  public let clusters: GroupCodes?
  /// A known part of the linear predictor, one per row; `nil` for none.
  public let offset: [Double]?
  /// What was chosen.
  public let options: CoxOptions

  /// - Parameters:
  ///   - outcome: right-censored follow-up of n rows; event 0 censored, other codes the causes.
  ///   - cause: code of the cause of interest.
  ///   - design: the covariates, n rows.
  ///   - clusters: rows that are not independent of one another; `nil` when all are.
  ///   - offset: a known part of the linear predictor, one per row; `nil` for none.
  ///   - options: ties are handled as by Breslow whatever they say (as `cmprsk::crr`); penalties do not apply.
  /// - Throws: `SurvivalInputError` for role `entry` or `weights` (not supported), `cause` (no such event), `covariate`,
  ///   `clusters`, `offset`, `confidenceLevel`, `option("initial")`.
  public init(
    outcome: SurvivalOutcome, cause: UInt8, design: CoxDesign, clusters: GroupCodes? = nil,
    offset: [Double]? = nil, options: CoxOptions = CoxOptions()
  ) throws(SurvivalInputError) {
    guard outcome.entry == nil else { throw SurvivalInputError(.entry, .unsupported("delayed entry")) }
    guard outcome.weights == nil else { throw SurvivalInputError(.weights, .unsupported("case weights")) }
    guard cause != 0, outcome.event.contains(cause) else { throw SurvivalInputError(.cause, .empty) }
    self.outcome = outcome
    self.cause = cause
    self.design = design
    self.clusters = clusters
    self.offset = offset
    self.options = options
  }

  /// Fits the model: see `fit()`.
  ///
  /// - Throws: `SurvivalInputError` as the initializer.
  public static func fit(
    outcome: SurvivalOutcome, cause: UInt8, covariates: CoxDesign, clusters: GroupCodes? = nil,
    offset: [Double]? = nil, options: CoxOptions = CoxOptions()
  ) throws(SurvivalInputError) -> FineGrayFit {
    try FineGrayModel(
      outcome: outcome, cause: cause, design: covariates, clusters: clusters, offset: offset, options: options
    ).fit()
  }

  /// Maximises the weighted partial likelihood by Newton's method; the variance is the sandwich that also counts the
  /// estimation of G.
  ///
  /// **Cost**: O(n p²) per iteration. **Source**: Fine and Gray 1999. **Checked against** fg-pbc-death, fg-pbc-tx,
  /// fg-pbc-stage (the values of `cmprsk::crr`).
  ///
  /// - Throws: `SurvivalInputError` as the initializer.
  public func fit() throws(SurvivalInputError) -> FineGrayFit {
    let weights = CensoringWeights(outcome: outcome, cause: cause)
    let prepared = PreparedCox(
      try coxModel(try weights.causeOutcome(outcome)), distinguishing: weights.distinguishing(outcome))
    let layout = FineGrayLayout(
      weights, outcome: outcome, riskSets: prepared.layout, threads: options.threads)
    let likelihood = SubdistributionLikelihood(
      layout: layout, covariates: prepared.covariates, offset: prepared.offset, threads: options.threads)
    // Who has a competing event is never censored: for this question the rows are arranged so, when it comes up.
    let monotone = OnceValue<MonotoneLikelihood?>()
    let found = NewtonIteration(options).run(
      from: prepared.scaled(options.initialCoefficients ?? [Double](repeating: 0, count: design.columnCount)),
      evaluate: { coefficients in
        likelihood.move(to: coefficients)
        return LikelihoodValue(logLikelihood: likelihood.logLikelihood, derivatives: likelihood.derivatives())
      },
      isRecession: { direction in
        monotone.value { self.extendedLikelihood() }?.holds(along: direction) ?? false
      })
    guard let found else {
      throw SurvivalInputError(options.initialCoefficients == nil ? .offset : .option("initial"), .outOfRange)
    }
    likelihood.move(to: found.coefficients)
    return FineGrayFit(self, found: found, prepared: prepared, likelihood: likelihood)
  }

  /// The Cox model behind the computation, whose ties are Breslow's.
  private func coxModel(_ outcome: SurvivalOutcome) throws(SurvivalInputError) -> CoxModel {
    var options = options
    options.ties = .breslow
    options.penalties = []
    options.usesFirthPenalty = false
    return try CoxModel(
      outcome: outcome, design: design, clusters: clusters, offset: offset, options: options)
  }

  /// The risk sets in which a competing event does not end the follow-up.
  private func extendedLikelihood() -> MonotoneLikelihood? {
    let last = outcome.order.times.last ?? 0
    let extended = try? SurvivalOutcome(
      time: outcome.time.indices.map {
        outcome.event[$0] != 0 && outcome.event[$0] != cause ? last : outcome.time[$0]
      }, event: outcome.event.map { $0 == cause ? 1 : 0 }, mergesNearEqualTimes: false,
      allowsNegativeTimes: true)
    guard let extended, let model = try? coxModel(extended) else { return nil }
    let arranged = PreparedCox(model)
    return MonotoneLikelihood(layout: arranged.layout, covariates: arranged.covariates)
  }
}
