// Maximising the likelihood of a parametric model.

import NumericalMethods

extension ParametricModel {
  /// Maximises the likelihood by Newton's method with observed information.
  ///
  /// - Returns: the fit; aliased columns, infinite coefficients and a failure to converge are fields of it.
  ///
  /// **Cost**: O(n p²) per iteration, in one pass that keeps nothing by row; parallel, with equal bits for every number of threads; generalised gamma some thirty times that. **Source**: Kalbfleisch and Prentice 2002.
  /// **Checked against** aft-lung-weibull, aft-lung-exponential, aft-lung-lognormal, aft-lung-loglogistic, aft-lung-gaussian,
  /// aft-lung-logistic, aft-lung-strata, aft-lung-weights (R's `survreg`).
  ///
  /// - Throws: `SurvivalInputError` for `time` when no starting value has a finite likelihood.
  public func fit() throws(SurvivalInputError) -> ParametricFit {
    let data = StandardizedData(self)
    let full = data.likelihood
    let aliased = CholeskyFactorization(full.crossProduct).aliased
    if distribution == .generalizedGamma { return try generalizedGammaFit(data, aliased: aliased) }
    guard let null = run(full.withoutCovariates, from: data.start, aliased: []),
      let found = run(full, from: Self.extended(null.coefficients, by: design.columnCount), aliased: aliased)
    else { throw SurvivalInputError(.time, .outOfRange) }
    return ParametricFit(
      self, data: data, found: found, nullLogLikelihood: null.final.logLikelihood, shape: nil,
      information: found.final.derivatives.information)
  }

  /// Starting values of the full model: those of the model without covariates, coefficients 0.
  static func extended(_ parameters: [Double], by columnCount: Int) -> [Double] {
    Array(parameters.prefix(1)) + [Double](repeating: 0, count: columnCount) + Array(parameters.dropFirst())
  }

  func run(_ likelihood: ParametricLikelihood, from start: [Double], aliased: [Int]) -> NewtonIteration
    .Outcome?
  {
    NewtonIteration(
      maximumIterations: options.maximumIterations, logLikelihoodTolerance: options.logLikelihoodTolerance,
      scoreTolerance: options.scoreTolerance, aliasTolerance: 1e-12
    ).run(from: start, aliased: aliased, evaluate: likelihood.evaluate, isRecession: likelihood.isRecession)
  }
}

extension ParametricLikelihood {
  /// Whether the likelihood rises for ever along a direction of the location: no event is moved, and no censored row
  /// towards its time.
  func isRecession(_ direction: [Double]) -> Bool {
    var moves = [Double](repeating: 0, count: rowCount)
    columns.addLinearPredictor(unscaled(direction), to: &moves, threads: threads)
    let greatest = moves.reduce(0) { Swift.max($0, abs($1)) }
    guard greatest > 1e-6, greatest.isFinite else { return false }
    // A rate that falls is a time that moves away.
    let sign: Double
    if case .gompertz = family { sign = -1 } else { sign = 1 }
    for row in 0..<rowCount {
      let move = sign * moves[row] / greatest
      if move < -0.02 || (hasEvent[row] && move > 0.02) { return false }
    }
    return true
  }
}
