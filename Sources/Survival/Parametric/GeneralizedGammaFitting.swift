// The generalised gamma family: location, scale and shape together.

import NumericalMethods

extension ParametricModel {
  /// For a given shape Q the family is one of location and scale, fitted by Newton's method; Q itself is found by
  /// minimising the profile likelihood. The information is completed by central differences of the score in Q.
  func generalizedGammaFit(
    _ data: StandardizedData, aliased: [Int]
  ) throws(SurvivalInputError) -> ParametricFit {
    let null = profile(data.likelihood.withoutCovariates, start: data.start, aliased: [])
    guard let null else { throw SurvivalInputError(.time, .outOfRange) }
    let start = Self.extended(null.outcome.coefficients, by: design.columnCount)
    guard let best = profile(data.likelihood, start: start, aliased: aliased) else {
      throw SurvivalInputError(.time, .outOfRange)
    }
    return ParametricFit(
      self, data: data, found: best.outcome, nullLogLikelihood: null.outcome.final.logLikelihood,
      shape: best.shape, information: completedInformation(data.likelihood, best))
  }

  private struct Profile {
    var shape: Double
    var outcome: NewtonIteration.Outcome
  }

  /// The greatest likelihood over shapes between −5 and 5.
  private func profile(
    _ likelihood: ParametricLikelihood, start: [Double], aliased: [Int]
  ) -> Profile? {
    var from = start
    let fitted = { (shape: Double) -> NewtonIteration.Outcome? in
      var likelihood = likelihood
      likelihood.family = .locationScale(.logGamma(shape: shape))
      let outcome =
        run(likelihood, from: from, aliased: aliased) ?? run(likelihood, from: start, aliased: aliased)
      if let outcome { from = outcome.coefficients }
      return outcome
    }
    // A coarse look finds the right valley; then the bracket shrinks.
    let grid = [-3.0, -2, -1.25, -0.6, 0, 0.6, 1.25, 2, 3]
    let values = grid.map { fitted($0)?.final.logLikelihood ?? -.infinity }
    guard let peak = values.indices.max(by: { values[$0] < values[$1] }), values[peak] > -.infinity else {
      return nil
    }
    let low = peak == 0 ? -5 : grid[peak - 1]
    let high = peak == grid.count - 1 ? 5 : grid[peak + 1]
    let minimum = BrentMinimum.find(low: low, high: high, tolerance: 1e-7) { shape in
      -(fitted(shape)?.final.logLikelihood ?? -1e300)
    }
    guard var outcome = fitted(minimum.x) else { return nil }
    var shape = minimum.x
    polish(&outcome, &shape, likelihood)
    if abs(shape) > 4.999 {
      outcome.convergence = Convergence(
        status: .notConverged, iterations: outcome.convergence.iterations,
        scaledScore: outcome.convergence.scaledScore)
    }
    return Profile(shape: shape, outcome: outcome)
  }

  /// A minimum is known to √ε: a few Newton steps on all parameters together sharpen it.
  private func polish(
    _ outcome: inout NewtonIteration.Outcome, _ shape: inout Double, _ likelihood: ParametricLikelihood
  ) {
    for _ in 0..<4 {
      let differences = ShapeDifferences(likelihood, outcome.coefficients, shape: shape)
      let factorization = CholeskyFactorization(
        differences.information.clearing(outcome.aliased), tolerance: 1e-14)
      guard factorization.isNonNegativeDefinite else { return }
      let step = factorization.solve(differences.score)
      guard let shapeStep = step.last, abs(shapeStep) < 0.05 else { return }
      let coefficients = outcome.coefficients.indices.map { outcome.coefficients[$0] + step[$0] }
      var moved = likelihood
      moved.family = .locationScale(.logGamma(shape: shape + shapeStep))
      let value = moved.evaluate(coefficients)
      guard value.isFinite, value.logLikelihood >= outcome.final.logLikelihood - 1e-9 else { return }
      outcome.coefficients = coefficients
      outcome.final = value
      shape += shapeStep
    }
  }

  private func completedInformation(_ likelihood: ParametricLikelihood, _ best: Profile) -> Matrix {
    ShapeDifferences(likelihood, best.outcome.coefficients, shape: best.shape).information
  }
}

/// Score and information with the shape as last parameter, its derivatives by fourth-order central differences.
private struct ShapeDifferences {
  let score: [Double]
  let information: Matrix

  init(_ likelihood: ParametricLikelihood, _ coefficients: [Double], shape: Double) {
    let step = 2e-3
    let at = { (steps: Double) -> LikelihoodValue in
      var likelihood = likelihood
      likelihood.family = .locationScale(.logGamma(shape: shape + steps * step))
      return likelihood.evaluate(coefficients)
    }
    let (farLow, low, middle, high, farHigh) = (at(-2), at(-1), at(0), at(1), at(2))
    let first = { (pick: (LikelihoodValue) -> Double) in
      (8 * (pick(high) - pick(low)) - (pick(farHigh) - pick(farLow))) / (12 * step)
    }
    let size = coefficients.count
    var result = Matrix(rowCount: size + 1, columnCount: size + 1)
    for row in 0..<size {
      for column in 0..<size { result[row, column] = middle.derivatives.information[row, column] }
      let mixed = -first { $0.derivatives.score[row] }
      result[row, size] = mixed
      result[size, row] = mixed
    }
    let outer = farHigh.logLikelihood + farLow.logLikelihood
    let inner = high.logLikelihood + low.logLikelihood
    result[size, size] = -(16 * inner - outer - 30 * middle.logLikelihood) / (12 * step * step)
    information = result
    score = middle.derivatives.score + [first { $0.logLikelihood }]
  }
}
