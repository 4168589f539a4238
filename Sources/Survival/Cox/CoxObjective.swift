// What is maximised: the partial likelihood, plain or penalised, as a function of scaled coefficients.

import NumericalMethods

/// The function that a fit maximises, on the scale of the scaled covariates.
final class CoxObjective {
  let likelihood: PartialLikelihood
  private let options: CoxOptions
  private let monotone: MonotoneLikelihood
  /// P of a quadratic penalty, on the scaled coefficients.
  private let penalty: Matrix?
  /// Columns that cannot be estimated; known once the likelihood has been seen.
  private var aliased: [Int] = []

  init(_ model: CoxModel, prepared: PreparedCox, penalty: Matrix? = nil) {
    likelihood = prepared.likelihood(ties: model.options.ties, threads: model.options.threads)
    options = model.options
    monotone = MonotoneLikelihood(layout: prepared.layout, covariates: prepared.covariates)
    self.penalty = penalty
  }

  func evaluate(_ coefficients: [Double]) -> LikelihoodValue {
    likelihood.move(to: coefficients)
    var value = LikelihoodValue(
      logLikelihood: likelihood.logLikelihood, derivatives: likelihood.derivatives())
    if options.usesFirthPenalty {
      return FirthPenalty(likelihood: likelihood).penalized(value, aliased: aliased)
    }
    guard let penalty else { return value }
    let pull = penalty * coefficients
    value.logLikelihood -= CompensatedSum.of(zip(pull, coefficients).lazy.map { $0 * $1 }) / 2
    for index in pull.indices { value.derivatives.score[index] -= pull[index] }
    value.derivatives.information = value.derivatives.information + penalty
    return value
  }

  /// The maximum, or `nil` when the function is not finite at the start.
  func maximum(from start: [Double]) -> NewtonIteration.Outcome? {
    if options.usesFirthPenalty {
      likelihood.move(to: start)
      aliased =
        CholeskyFactorization(likelihood.derivatives().information, tolerance: options.aliasTolerance).aliased
      return iteration.run(from: start, aliased: aliased, evaluate: evaluate, isRecession: { _ in false })
    }
    guard var found = iteration.run(from: start, evaluate: evaluate, isRecession: monotone.holds) else {
      return nil
    }
    aliased = found.aliased
    if penalty == nil { flagLostPrecision(&found) }
    return found
  }

  /// The maximum with some coefficients held where they are.
  func maximum(from start: [Double], holding held: [Int], aliased: [Int]) -> NewtonIteration.Outcome? {
    self.aliased = aliased
    return iteration.run(
      from: start, aliased: (aliased + held).sorted(), evaluate: evaluate,
      isRecession: options.usesFirthPenalty ? { _ in false } : monotone.holds)
  }

  private var iteration: NewtonIteration {
    var iteration = NewtonIteration(options)
    // Firth's steps use the information of the likelihood alone: they shrink by a factor, not a power.
    if options.usesFirthPenalty { iteration.maximumIterations *= 5 }
    return iteration
  }

  /// Share of a coefficient's precision at the start below which it is as good as infinite at the end.
  private static let lostPrecision = 1e-9

  /// A likelihood so flat at the end that nothing is known of a coefficient any more is monotone, however the
  /// iteration saw its end.
  private func flagLostPrecision(_ found: inout NewtonIteration.Outcome) {
    guard found.convergence.status == .converged else { return }
    let before = CholeskyFactorization(
      found.initial.derivatives.information.clearing(found.aliased), tolerance: options.aliasTolerance
    ).inverse
    let after = CholeskyFactorization(
      found.final.derivatives.information.clearing(found.aliased), tolerance: 1e-300
    ).inverse
    let lost = found.coefficients.indices.filter { index in
      !found.aliased.contains(index)
        && !(after[index, index] > 0 && after[index, index] * Self.lostPrecision < before[index, index])
    }
    guard !lost.isEmpty else { return }
    found.lastStep = found.coefficients.indices.map { lost.contains($0) ? 1e3 : 0 }
    found.convergence = Convergence(
      status: .monotoneLikelihood, iterations: found.convergence.iterations,
      scaledScore: found.convergence.scaledScore)
  }

  /// Columns that still moved when a diverging fit was stopped.
  func infinite(_ found: NewtonIteration.Outcome) -> [Int] {
    found.convergence.status == .converged || options.usesFirthPenalty
      ? [] : monotone.columns(of: found.lastStep)
  }
}
