// Newton's method with step halving for concave log-likelihoods, which says how it ended.

import NumericalMethods

/// How an iterative fit ended.
public struct Convergence: Sendable, Hashable {
  /// How the iteration ended.
  public enum Status: String, Sendable, Hashable {
    /// Likelihood and score settled.
    case converged
    /// The likelihood settles only as one or more coefficients grow without limit (`CoxFit.infinite`).
    case monotoneLikelihood = "monotone likelihood"
    /// The allowed number of iterations was used up, or no step improved the likelihood any more.
    case notConverged = "not converged"
  }

  /// How it ended.
  public let status: Status
  /// Steps taken.
  public let iterations: Int
  /// Length of the score at the end in units of its standard deviation, √(s' I⁻¹ s): how many standard errors the
  /// coefficients are from the maximum.
  public let scaledScore: Double
  /// Where the fit stood after each iteration, the start first; empty where nothing was iterated.
  public let trace: [Step]

  /// One iteration.
  public struct Step: Sendable, Hashable {
    /// Log (partial) likelihood at the estimate.
    public let logLikelihood: Double
    /// √(s' I⁻¹ s), as `Convergence.scaledScore`.
    public let scaledScore: Double
  }

  /// The end of an iteration.
  public init(status: Status, iterations: Int, scaledScore: Double, trace: [Step] = []) {
    self.status = status
    self.iterations = iterations
    self.scaledScore = scaledScore
    self.trace = trace
  }
}

/// A log-likelihood with its derivatives at one point.
struct LikelihoodValue: Sendable {
  var logLikelihood: Double
  var derivatives: LikelihoodDerivatives

  var isFinite: Bool {
    logLikelihood.isFinite && derivatives.score.allSatisfy(\.isFinite) && derivatives.information.allFinite
  }
}

/// Newton's method with step halving.
struct NewtonIteration {
  var maximumIterations: Int
  var logLikelihoodTolerance: Double
  var scoreTolerance: Double
  var aliasTolerance: Double
  var criterion = ConvergenceCriterion.logLikelihoodAndScore

  struct Outcome: Sendable {
    var coefficients: [Double]
    var initial: LikelihoodValue
    var final: LikelihoodValue
    /// Columns that are combinations of earlier ones; their coefficients stay as they began.
    var aliased: [Int]
    /// The Newton step at the end: the direction in which coefficients still move.
    var lastStep: [Double]
    var trace: [Convergence.Step] = []
    var convergence: Convergence
  }

  /// - Parameters:
  ///   - aliased: columns to leave alone; by default those that the information at the start cannot tell apart.
  ///   - evaluate: log-likelihood and derivatives at given coefficients.
  ///   - isRecession: whether the likelihood rises for ever along a direction, given per step; asked when it has
  ///     settled although the score has not.
  /// - Returns: `nil` when the likelihood is not finite at the starting values.
  func run(
    from start: [Double], aliased known: [Int]? = nil, evaluate: ([Double]) -> LikelihoodValue,
    isRecession: ([Double]) -> Bool
  ) -> Outcome? {
    let initial = evaluate(start)
    guard initial.isFinite else { return nil }
    let aliased =
      known ?? CholeskyFactorization(initial.derivatives.information, tolerance: aliasTolerance).aliased
    let active = start.indices.filter { !aliased.contains($0) }
    var outcome = Outcome(
      coefficients: start, initial: initial, final: initial, aliased: aliased,
      lastStep: step(at: initial, active: active),
      convergence: Convergence(status: .converged, iterations: 0, scaledScore: 0))
    guard !active.isEmpty, maximumIterations > 0 else { return outcome }

    var history = [start]
    outcome.trace = [
      Convergence.Step(logLikelihood: initial.logLikelihood, scaledScore: scaledScore(outcome))
    ]
    for iteration in 1...maximumIterations {
      let previous = outcome.final.logLikelihood
      guard let accepted = search(from: outcome, previous: previous, evaluate: evaluate) else {
        // No shorter step is better: settled as far as rounding allows, or stuck.
        let score = scaledScore(outcome)
        if let direction = recession(outcome, history, isRecession) {
          outcome.lastStep = direction
          return finished(outcome, .monotoneLikelihood, iteration, score)
        }
        return finished(outcome, score <= 1e3 * scoreTolerance ? .converged : .notConverged, iteration, score)
      }
      outcome.coefficients = accepted.coefficients
      outcome.final = accepted.value
      history.append(accepted.coefficients)
      outcome.lastStep = step(at: accepted.value, active: active)
      let score = scaledScore(outcome)
      let logLikelihood = accepted.value.logLikelihood
      outcome.trace.append(Convergence.Step(logLikelihood: logLikelihood, scaledScore: score))
      let isSettled = abs(logLikelihood - previous) <= logLikelihoodTolerance * (abs(logLikelihood) + 0.1)
      let isFlat = score * score <= 1e-8 * (abs(logLikelihood) + 1e-6)
      guard isSettled || (criterion == .gradient && isFlat) else { continue }
      if criterion != .logLikelihoodAndScore, criterion == .logLikelihood || isFlat, score > scoreTolerance {
        // Where the other program would stop: but never without having looked for a likelihood that keeps rising.
        if let direction = recession(outcome, history, isRecession) {
          outcome.lastStep = direction
          return finished(outcome, .monotoneLikelihood, iteration, score)
        }
        return finished(outcome, .converged, iteration, score)
      }
      if score <= scoreTolerance {
        // A last step costs nothing and leaves the coefficients exact to rounding.
        for index in active { outcome.coefficients[index] += outcome.lastStep[index] }
        return finished(outcome, .converged, iteration, score)
      }
      if let direction = recession(outcome, history, isRecession) {
        outcome.lastStep = direction
        return finished(outcome, .monotoneLikelihood, iteration, score)
      }
    }
    let score = scaledScore(outcome)
    guard let direction = recession(outcome, history, isRecession) else {
      return finished(outcome, .notConverged, maximumIterations, score)
    }
    outcome.lastStep = direction
    return finished(outcome, .monotoneLikelihood, maximumIterations, score)
  }

  /// A direction in which the likelihood rises for ever: the last step, or, where the steps still turn, the mean of
  /// the later half of them.
  private func recession(
    _ outcome: Outcome, _ history: [[Double]], _ isRecession: ([Double]) -> Bool
  ) -> [Double]? {
    if isRecession(outcome.lastStep) { return outcome.lastStep }
    let middle = history.count / 2
    let steps = Double(history.count - 1 - middle)
    guard steps > 1 else { return nil }
    let mean = outcome.coefficients.indices.map { (outcome.coefficients[$0] - history[middle][$0]) / steps }
    return isRecession(mean) ? mean : nil
  }

  private func finished(
    _ outcome: Outcome, _ status: Convergence.Status, _ iterations: Int, _ score: Double
  ) -> Outcome {
    var outcome = outcome
    outcome.convergence = Convergence(
      status: status, iterations: iterations, scaledScore: score, trace: outcome.trace)
    return outcome
  }

  /// The first of the full step and its halves that does not lower the likelihood.
  private func search(
    from outcome: Outcome, previous: Double, evaluate: ([Double]) -> LikelihoodValue
  ) -> (coefficients: [Double], value: LikelihoodValue, isFullStep: Bool)? {
    var fraction = 1.0
    // Rounding of the likelihood itself must not be mistaken for a fall.
    let slack = 1e-13 * (abs(previous) + 1)
    for _ in 0..<40 {
      var trial = outcome.coefficients
      for index in trial.indices { trial[index] += fraction * outcome.lastStep[index] }
      let value = evaluate(trial)
      if value.isFinite, value.logLikelihood >= previous - slack { return (trial, value, fraction == 1) }
      fraction /= 2
    }
    return nil
  }

  private func step(at value: LikelihoodValue, active: [Int]) -> [Double] {
    let information = value.derivatives.information.block(active)
    let solution = Self.factorization(information).solve(active.map { value.derivatives.score[$0] })
    var step = [Double](repeating: 0, count: value.derivatives.score.count)
    for (position, index) in active.enumerated() { step[index] = solution[position] }
    return step
  }

  /// Far from the maximum an information can be indefinite: its diagonal is then raised until a step leads uphill.
  private static func factorization(_ information: Matrix) -> CholeskyFactorization {
    var factorization = CholeskyFactorization(information, tolerance: 1e-14)
    var raised = information
    var share = 1e-3
    while !factorization.isNonNegativeDefinite, share < 1e12 {
      for index in 0..<information.rowCount {
        raised[index, index] = information[index, index] + share * (abs(information[index, index]) + 1e-8)
      }
      factorization = CholeskyFactorization(raised, tolerance: 1e-14)
      share *= 10
    }
    return factorization
  }

  /// √(s' I⁻¹ s), from the score and the step that it leads to.
  private func scaledScore(_ outcome: Outcome) -> Double {
    let products = zip(outcome.final.derivatives.score, outcome.lastStep).lazy.map { $0 * $1 }
    return Swift.max(CompensatedSum.of(products), 0).squareRoot()
  }
}

extension Matrix {
  /// The matrix with the given rows and columns set to zero.
  func clearing(_ indices: [Int]) -> Matrix {
    var result = self
    for index in indices {
      for other in 0..<rowCount {
        result[other, index] = 0
        result[index, other] = 0
      }
    }
    return result
  }
}

extension NewtonIteration {
  init(_ options: CoxOptions) {
    self.init(
      maximumIterations: options.maximumIterations, logLikelihoodTolerance: options.logLikelihoodTolerance,
      scoreTolerance: options.scoreTolerance, aliasTolerance: options.aliasTolerance,
      criterion: options.convergence)
  }
}
