// Fits with quadratic penalties, their strength given or searched for.

import NumericalMethods

extension CoxModel {
  func penalizedFit(_ prepared: PreparedCox) throws(SurvivalInputError) -> CoxFit {
    let search = PenaltySearch(self, prepared: prepared)
    guard let first = search.run(), let best = search.fitted(search.theta) else { throw startError }
    let summary = search.summary(best.found, penalty: best.penalty)
    var found = best.found
    // The likelihood at the starting values, without the penalty there (as R).
    found.initial = first.found.initial
    found.initial.logLikelihood += search.startPenalty(first)
    return result(found, prepared: prepared, objective: best.objective, penalized: summary)
  }
}

/// Finds the strengths of penalties whose effective degrees of freedom, or whose criterion, are wanted.
private final class PenaltySearch {
  let model: CoxModel
  let prepared: PreparedCox
  private(set) var theta: [Double]
  private let start: [Double]
  /// Where the next fit begins: the last one's end is near.
  private var near: [Double]

  init(_ model: CoxModel, prepared: PreparedCox) {
    self.model = model
    self.prepared = prepared
    start = model.startingValues(prepared)
    near = start
    theta = model.options.penalties.map { penalty in
      if case .theta(let value) = penalty.amount { return value }
      return penalty.kind == .spline ? 0.5 : 1
    }
  }

  struct Fitted {
    var found: NewtonIteration.Outcome
    var objective: CoxObjective
    /// P on the design's scale.
    var penalty: Matrix
  }

  func fitted(_ theta: [Double]) -> Fitted? {
    var penalty = Matrix(rowCount: model.design.columnCount, columnCount: model.design.columnCount)
    for (index, term) in model.options.penalties.enumerated() {
      penalty = penalty + term.matrix(theta: theta[index], design: model.design)
    }
    let objective = CoxObjective(model, prepared: prepared, penalty: prepared.scaledPenalty(penalty))
    guard let found = objective.maximum(from: near) ?? objective.maximum(from: start) else { return nil }
    if found.convergence.status == .converged { near = found.coefficients }
    return Fitted(found: found, objective: objective, penalty: penalty)
  }

  /// Moves one strength after the other until none moves any more; returns the first fit, from the starting values, or
  /// `nil` when the likelihood is not finite there.
  func run() -> Fitted? {
    guard let first = fitted(theta) else { return nil }
    let searched = model.options.penalties.indices.filter {
      if case .theta = model.options.penalties[$0].amount { false } else { true }
    }
    for _ in 0..<(searched.count > 1 ? 20 : 1) where !searched.isEmpty {
      let before = theta
      for index in searched { theta = improved(index) }
      let moved = zip(before, theta).contains { abs($0 - $1) > 1e-8 * (abs($0) + 1e-8) }
      if !moved { break }
    }
    return first
  }

  func startPenalty(_ fitted: Fitted) -> Double {
    prepared.scaledPenalty(fitted.penalty).quadraticForm(start) / 2
  }

  /// The strengths with one of them brought to what is wanted.
  private func improved(_ index: Int) -> [Double] {
    let penalty = model.options.penalties[index]
    let isSpline = penalty.kind == .spline
    // Searched in the log of the multiplier: λ = θ / (1 − θ) for splines, θ for ridge.
    let current = theta
    let with = { (logMultiplier: Double) -> [Double] in
      var changed = current
      let multiplier = Elementary.exp(logMultiplier)
      changed[index] = isSpline ? multiplier / (1 + multiplier) : multiplier
      return changed
    }
    switch penalty.amount {
    case .theta: return theta
    case .degreesOfFreedom(let wanted):
      let excess = { (logMultiplier: Double) -> Double in
        guard let fit = self.fitted(with(logMultiplier)) else { return .nan }
        return self.degreesOfFreedom(fit, columns: penalty.columns) - wanted
      }
      // Stronger or weaker than this and the columns can no longer be told apart, or the penalty not be felt.
      let (low, high) = (-15.0, 15.0)
      let root = BrentRoot.find(low: low, high: high, tolerance: 1e-10, excess)
      return with(root.x.isFinite ? root.x : excess(high) > 0 ? high : low)
    case .akaike:
      let minimum = BrentMinimum.find(low: -10, high: 12, tolerance: 1e-3) { logMultiplier in
        guard let fit = fitted(with(logMultiplier)) else { return 1e300 }
        let part = summary(fit.found, penalty: fit.penalty)
        return -(fit.found.final.logLikelihood + part.penalty - part.totalDegreesOfFreedom)
      }
      return with(minimum.x)
    }
  }

  private func degreesOfFreedom(_ fit: Fitted, columns: [Int]) -> Double {
    let variances = variances(fit.found, penalty: fit.penalty)
    return Self.trace(variances, columns: columns, aliased: fit.found.aliased)
  }

  /// H⁻¹ and H⁻¹ I H⁻¹ on the scaled coefficients.
  private func variances(_ found: NewtonIteration.Outcome, penalty: Matrix) -> (Matrix, Matrix) {
    let penalized = found.final.derivatives.information.clearing(found.aliased)
    let inverse = CholeskyFactorization(penalized, tolerance: 1e-14).inverse
    let information = penalized - prepared.scaledPenalty(penalty).clearing(found.aliased)
    return (inverse, inverse * information * inverse)
  }

  /// tr(V⁻¹ V2) of a block.
  private static func trace(_ variances: (Matrix, Matrix), columns: [Int], aliased: [Int]) -> Double {
    let used = columns.filter { !aliased.contains($0) }
    guard !used.isEmpty else { return 0 }
    let factorization = CholeskyFactorization(variances.0.block(used), tolerance: 1e-14)
    let block = variances.1.block(used)
    return used.indices.reduce(0) { $0 + factorization.solve(block.column($1))[$1] }
  }

  func summary(_ found: NewtonIteration.Outcome, penalty: Matrix) -> PenalizedPart {
    let variances = variances(found, penalty: penalty)
    return PenalizedPart(
      penalty: prepared.scaledPenalty(penalty).quadraticForm(found.coefficients) / 2, theta: theta,
      degreesOfFreedom: model.design.terms.map {
        Self.trace(variances, columns: $0.columns, aliased: found.aliased)
      },
      frequentistVariance: prepared.unscaled(variances.1), matrix: penalty)
  }
}
