// Generalised linear models.

import NumericalMethods

/// Generalised linear models by iteratively reweighted least squares.
public enum GeneralizedLinearModel {
  /// Fits g(E y) = offset + X β with variance φ V(μ) / weight.
  ///
  /// **Inputs** n × p design; response in the range of the family (proportions for a binomial with `trials`);
  /// `weights` ≥ 0 are case weights; `trials` the numbers behind proportions; offset on the scale of η.
  /// **Returns** a fit; columns that are combinations of earlier ones are set aside (pivot 1e-11, as R's `glm`).
  /// Whether it converged, hit its limit or is separated is a field, not an error.
  /// **Throws** `RegressionInputError`. **Cost** about 2 n p² per iteration, fewer than ten of them; parallel over
  /// rows, with equal bits for every number of threads. **Source** McCullagh and Nelder 1989.
  /// **Checked against** logit-infert, pois-warp, gamma-warp and the other glm cases.
  public static func fit(
    design: RegressionDesign, response: [Double], family: Family, weights: [Double]? = nil,
    trials: [Double]? = nil, offset: [Double]? = nil, options: FitOptions = FitOptions()
  ) throws -> GeneralizedLinearFit {
    let data = try responseData(
      design: design, response: response, family: family, weights: weights, trials: trials, offset: offset,
      options: options)
    return fit(
      design: design, data: data, trials: trials, start: start(design, data, options), options: options)
  }

  /// Where scoring from the response itself would run away: the inverse Gaussian likelihood with a logarithmic link is
  /// flat where means grow without bound. The gamma model's is not, and has its maximum near by.
  private static func start(
    _ design: RegressionDesign, _ data: ResponseData, _ options: FitOptions
  ) -> (values: [Double], aliased: [Int])? {
    guard data.family.distribution == .inverseGaussian, data.family.link == .log else { return nil }
    let near = fit(
      design: design, data: data.replacing(family: Family(.gamma, link: .log)), trials: nil, options: options)
    return near.status == .converged ? (near.coefficients, near.aliased) : nil
  }

  /// The binomial family on counts of successes and failures; a row without trials has weight 0.
  ///
  /// - Throws: `RegressionInputError`: as above, and `responseOutsideRange` for a negative count.
  public static func fit(
    design: RegressionDesign, successes: [Double], failures: [Double], family: Family = .logistic,
    weights: [Double]? = nil, offset: [Double]? = nil, options: FitOptions = FitOptions()
  ) throws -> GeneralizedLinearFit {
    try InputCheck.finite(successes, .successes, count: design.rowCount)
    try InputCheck.finite(failures, .failures, count: design.rowCount)
    for row in successes.indices where successes[row] < 0 || failures[row] < 0 {
      throw RegressionInputError.responseOutsideRange(row: row, requirement: .notNegative)
    }
    let trials = zip(successes, failures).map { $0 + $1 }
    let proportions = zip(successes, trials).map { $1 > 0 ? $0 / $1 : 0 }
    return try fit(
      design: design, response: proportions, family: family, weights: weights, trials: trials, offset: offset,
      options: options)
  }

  static func responseData(
    design: RegressionDesign, response: [Double], family: Family, weights: [Double]?, trials: [Double]?,
    offset: [Double]?, options: FitOptions
  ) throws -> ResponseData {
    let n = design.rowCount
    try InputCheck.weights(weights, count: n)
    try InputCheck.weights(trials, count: n)
    try InputCheck.finite(response, .response, count: n)
    if let offset { try InputCheck.finite(offset, .offset, count: n) }
    try InputCheck.design(design, threads: options.threads)
    var prior = weights ?? [Double](repeating: 1, count: n)
    if let trials { for row in prior.indices { prior[row] *= trials[row] } }
    guard prior.contains(where: { $0 > 0 }) else { throw RegressionInputError.noObservations }
    for row in response.indices where prior[row] > 0 {
      if let requirement = family.requirement(response[row]) {
        throw RegressionInputError.responseOutsideRange(row: row, requirement: requirement)
      }
    }
    return ResponseData(
      family: family, response: response, weights: prior, offset: offset, threads: options.threads)
  }

  /// `start` holds coefficients of all columns, of which those in `aliased` take no part.
  static func fit(
    design: RegressionDesign, data: ResponseData, trials: [Double]?,
    start: (values: [Double], aliased: [Int])? = nil,
    options: FitOptions
  ) -> GeneralizedLinearFit {
    // Only a leading intercept is sure to be estimable, so only it can carry what others are shifted by.
    let carrier = design.interceptColumn == 0 ? 0 : nil as Int?
    let centered = CenteredColumns(design, intercept: carrier, threads: options.threads)
    // A large offset would cost every linear predictor its digits; the intercept can carry its mean.
    let shift = carrier == nil ? 0 : data.meanOffset
    let near = shift == 0 ? data : data.replacing(offset: data.offset.map { $0.map { $0 - shift } })
    let all = Array(0..<design.columnCount)

    func finish(_ columns: DesignColumns, _ kept: [Int], _ finished: IterativeFit) -> GeneralizedLinearFit {
      var run = finished
      let diverging = Separation.directions(run, columns, near) ?? [:]
      if !diverging.isEmpty { run.status = .separated }
      // Where means run away the inverse Gaussian likelihood is flat: no information is left, and every step looks small.
      if run.status == .converged, data.family.distribution == .inverseGaussian, data.family.link == .log,
        run.predictorStep.contains(where: { $0.magnitude > 0.01 })
      {
        run.status = .stepHalvingFailed
      }
      return GeneralizedLinearFit(
        design: design, data: data, trials: trials, centered: centered, offsetShift: shift, kept: kept,
        run: run,
        diverging: Dictionary(uniqueKeysWithValues: diverging.map { (kept[$0.key], $0.value) }),
        options: options)
    }
    func intercept(_ kept: [Int]) -> Int? { design.interceptColumn.flatMap { kept.firstIndex(of: $0) } }

    if let start {
      var values = centered.shift(start.values)
      if let carrier { values[carrier] += shift }
      let kept = all.filter { !start.aliased.contains($0) }
      return centered.with(keeping: kept) { columns in
        let run = IterativeFit.run(
          columns, near, start: kept.map { values[$0] }, intercept: intercept(kept), options: options)
        return finish(columns, kept, run)
      }
    }
    let first = centered.with(keeping: all) { columns in
      var run = IterativeFit(startingFrom: columns, near)
      let aliased = run.system.aliased
      guard aliased.isEmpty else { return (aliased, nil as GeneralizedLinearFit?) }
      run.run(columns, near, intercept: intercept(all), options: options)
      return (aliased, finish(columns, all, run))
    }
    if let fit = first.1 { return fit }
    let kept = all.filter { !first.0.contains($0) }
    return centered.with(keeping: kept) { columns in
      var run = IterativeFit(startingFrom: columns, near)
      run.run(columns, near, intercept: intercept(kept), options: options)
      return finish(columns, kept, run)
    }
  }
}
