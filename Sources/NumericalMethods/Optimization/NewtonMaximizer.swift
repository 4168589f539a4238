// Newton's method with step halving, which tells how it went.

/// Value, gradient and information (minus the second derivatives, or their expectation) at one point.
public struct Likelihood: Sendable {
  /// The function, for instance a log-likelihood.
  public let value: Double
  /// Its gradient, one element per parameter.
  public let score: [Double]
  /// Minus its second derivatives, or their expectation.
  public let information: Matrix

  /// At one point of p parameters: a score of p elements and a symmetric p×p information.
  public init(value: Double, score: [Double], information: Matrix) {
    self.value = value
    self.score = score
    self.information = information
  }
}

/// How an iteration ended.
public enum ConvergenceStatus: String, Sendable {
  /// The criteria on value and score were met.
  case converged
  /// The limit of iterations was reached first.
  case iterationLimit
  /// No step, however short, increased the value.
  case stepHalvingFailed
  /// The value or a derivative at the start was not finite.
  case notFinite
}

/// One accepted step.
public struct NewtonStep: Sendable {
  /// The function after the step.
  public let value: Double
  /// Greatest |score_j| / √information_jj before the step.
  public let scaledScore: Double
  /// How often the full Newton step was halved before the value rose.
  public let halvings: Int
}

/// Where Newton's method ended, and how it got there.
public struct NewtonResult: Sendable {
  /// The parameters, in the order of the start.
  public let parameters: [Double]
  /// Value, gradient and information there.
  public let likelihood: Likelihood
  /// The factorised information, which knows the aliased parameters.
  public let factorization: CholeskyFactorization
  /// How the iteration ended.
  public let status: ConvergenceStatus
  /// The accepted steps, in order.
  public let trace: [NewtonStep]
  /// Number of accepted steps.
  public var iterations: Int { trace.count }
}

/// Maximises a smooth function. Parameters whose information is a combination of others' stay where they are.
public enum NewtonMaximizer {
  /// Stops when the relative change of the value is at most `valueTolerance` and every score at most
  /// `scoreTolerance` in units of the square root of its information. `evaluate` may return nil for a point
  /// outside the domain: the step is halved.
  public static func maximize(
    from start: [Double], valueTolerance: Double = 1e-9, scoreTolerance: Double = 1e-8,
    iterationLimit: Int = 50, halvingLimit: Int = 30, choleskyTolerance: Double = 1.8e-12,
    _ evaluate: ([Double]) -> Likelihood?
  ) -> NewtonResult? {
    guard var current = evaluate(start) else { return nil }
    var parameters = start
    var factor = CholeskyFactorization(current.information, tolerance: choleskyTolerance)
    var trace: [NewtonStep] = []
    func result(_ status: ConvergenceStatus) -> NewtonResult {
      NewtonResult(
        parameters: parameters, likelihood: current, factorization: factor, status: status, trace: trace)
    }
    guard isFinite(current) else { return result(.notFinite) }
    var change = Double.infinity
    for _ in 0..<Swift.max(1, iterationLimit) {
      let score = scaledScore(current, factor)
      if score <= scoreTolerance, change <= valueTolerance || score == 0 { return result(.converged) }
      let direction = factor.solve(current.score)
      var length = 1.0
      var accepted: ([Double], Likelihood)?
      var halvings = 0
      while halvings <= halvingLimit {
        let candidate = zip(parameters, direction).map { $0 + length * $1 }
        if let next = evaluate(candidate), isFinite(next),
          next.value >= current.value - 1e-14 * current.value.magnitude
        {
          accepted = (candidate, next)
          break
        }
        length /= 2
        halvings += 1
      }
      guard let accepted else {
        return result(score <= scoreTolerance.squareRoot() ? .converged : .stepHalvingFailed)
      }
      change = (accepted.1.value - current.value).magnitude / Swift.max(1, accepted.1.value.magnitude)
      trace.append(NewtonStep(value: accepted.1.value, scaledScore: score, halvings: halvings))
      parameters = accepted.0
      current = accepted.1
      factor = CholeskyFactorization(current.information, tolerance: choleskyTolerance)
    }
    let score = scaledScore(current, factor)
    return result(score <= scoreTolerance && change <= valueTolerance ? .converged : .iterationLimit)
  }

  private static func isFinite(_ likelihood: Likelihood) -> Bool {
    likelihood.value.isFinite && likelihood.score.allSatisfy(\.isFinite) && likelihood.information.allFinite
  }

  private static func scaledScore(_ likelihood: Likelihood, _ factor: CholeskyFactorization) -> Double {
    var greatest = 0.0
    let aliased = Set(factor.aliased)
    for (index, value) in likelihood.score.enumerated() where !aliased.contains(index) {
      let spread = likelihood.information[index, index]
      if spread > 0 { greatest = Swift.max(greatest, value.magnitude / spread.squareRoot()) }
    }
    return greatest
  }
}
