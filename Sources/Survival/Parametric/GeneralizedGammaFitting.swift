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
    let shape = polished(minimum.x, fitted)
    guard var outcome = fitted(shape) else { return nil }
    if abs(shape) > 4.999 {
      outcome.convergence = Convergence(
        status: .notConverged, iterations: outcome.convergence.iterations,
        scaledScore: outcome.convergence.scaledScore)
    }
    return Profile(shape: shape, outcome: outcome)
  }

  /// A minimum known to √ε is sharpened by Newton steps on differences of the profile.
  private func polished(_ start: Double, _ fitted: (Double) -> NewtonIteration.Outcome?) -> Double {
    var shape = start
    let step = 1e-3
    for _ in 0..<3 {
      guard let low = fitted(shape - step)?.final.logLikelihood,
        let middle = fitted(shape)?.final.logLikelihood,
        let high = fitted(shape + step)?.final.logLikelihood
      else { return shape }
      let curvature = high - 2 * middle + low
      guard curvature < 0 else { return shape }
      let move = -(high - low) / 2 / curvature * step
      guard abs(move) < 0.1 else { return shape }
      shape += move
    }
    return shape
  }

  private func completedInformation(_ likelihood: ParametricLikelihood, _ best: Profile) -> Matrix {
    let size = best.outcome.coefficients.count
    let step = 1e-3
    let at = { (shape: Double) -> LikelihoodValue in
      var likelihood = likelihood
      likelihood.family = .locationScale(.logGamma(shape: shape))
      return likelihood.evaluate(best.outcome.coefficients)
    }
    let (low, middle, high) = (at(best.shape - step), at(best.shape), at(best.shape + step))
    var result = Matrix(rowCount: size + 1, columnCount: size + 1)
    for row in 0..<size {
      for column in 0..<size { result[row, column] = middle.derivatives.information[row, column] }
      let mixed = -(high.derivatives.score[row] - low.derivatives.score[row]) / (2 * step)
      result[row, size] = mixed
      result[size, row] = mixed
    }
    result[size, size] = -(high.logLikelihood - 2 * middle.logLikelihood + low.logLikelihood) / (step * step)
    return result
  }
}
