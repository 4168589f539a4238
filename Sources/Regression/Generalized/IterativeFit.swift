// Fisher scoring with step halving.

import NumericalMethods

/// How the iteration ended.
public enum FitStatus: String, Sendable, Hashable {
  /// The relative change of the deviance fell below the criterion.
  case converged
  /// The limit of iterations was reached first.
  case iterationLimit
  /// No shorter step lowered the deviance, short of the criterion.
  case stepHalvingFailed
  /// The likelihood has no maximum: some linear predictors run to infinity (complete or quasi-complete separation).
  case separated
  /// No starting point with means that can occur was found.
  case noValidStart
}

/// Iterations and criteria of iterated fits.
public struct FitOptions: Sendable, Hashable {
  /// Convergence is R's rule, |change| / (|deviance| + 0.1), at 1e-11 instead of 1e-8, so that coefficients hold to
  /// six digits or more where the iteration converges slowly and to all of them elsewhere.
  public var iterationLimit: Int
  /// How many threads work; results do not depend on it.
  public var threads: Int

  /// Options with the stated defaults.
  public init(iterationLimit: Int = 100, threads: Int = 1) {
    self.iterationLimit = iterationLimit
    self.threads = threads
  }
}

/// One run of Fisher scoring on given columns.
struct IterativeFit {
  var coefficients: [Double]
  var point: WorkingPoint
  var system: WeightedSystem
  var status: FitStatus
  var iterations: Int
  /// The last full step and what it does to each linear predictor.
  var direction: [Double]
  var predictorStep: [Double]
  /// The weights of the last regression, which `system` belongs to: one step behind `point`, as in R's `glm`.
  var informationWeights: [Double]
  /// The deviance after each step.
  var trace: [Double] = []
  var startingDeviance: Double
  /// Where only sums were kept to the end: the coefficients one step before the last, and Pearson's sum of squares.
  var previousCoefficients: [Double] = []
  var pearson: Double?
  /// X'Wz of the regression of the starting values, where only sums are kept.
  var startingSums: [Double] = []

  /// The regression of the starting values: its system says which columns are aliased.
  init(startingFrom columns: DesignColumns, _ data: ResponseData, tolerance: Double = 1e-11) {
    if case .compact(let compact) = columns, compact.rowCount > WeightedSystem.decompositionLimit {
      self.init(startingFrom: compact, data)
      return
    }
    self.init(empty: columns, data)
    // z = η − offset + (y − μ) dη/dμ at the starting means. Neighbours often have the same start (outcomes 0 and 1).
    var known: [(mean: Double, predictor: Double)] = [(.nan, .nan), (.nan, .nan)]
    for row in 0..<data.rowCount where data.weights[row] > 0 {
      let mean = data.family.startingMean(data.response[row], weight: data.weights[row])
      if mean != known[0].mean {
        known.swapAt(0, 1)
        if mean != known[0].mean { known[0] = (mean, data.family.link.predictor(mean)) }
      }
      point.predictor[row] = known[0].predictor
    }
    point.evaluate(data)
    informationWeights = point.weights
    startingDeviance = point.deviance
    system = WeightedSystem(columns, weights: point.weights, tolerance: tolerance, threads: data.threads)
  }

  init(empty columns: DesignColumns, _ data: ResponseData) {
    coefficients = [Double](repeating: 0, count: columns.columnCount)
    direction = coefficients
    var isCompact = false
    if case .compact = columns { isCompact = columns.rowCount > WeightedSystem.decompositionLimit }
    // Where only sums are kept, arrays by row are made at the end.
    point = WorkingPoint(count: isCompact ? 0 : data.rowCount)
    predictorStep = point.predictor
    informationWeights = []
    startingDeviance = .infinity
    status = .iterationLimit
    iterations = 0
    system = WeightedSystem.none
  }

  /// Iterates from the regression of the starting values, as R does.
  mutating func run(_ columns: DesignColumns, _ data: ResponseData, intercept: Int?, options: FitOptions) {
    if case .compact(let compact) = columns, compact.rowCount > WeightedSystem.decompositionLimit {
      run(compact, data, intercept: intercept, options: options)
      return
    }
    begin(columns, data, intercept: intercept)
    guard point.isValid else {
      status = .noValidStart
      return
    }
    iterate(columns, data, limit: options.iterationLimit)
  }

  /// Iterates from given coefficients; from the data where these do not make sense.
  static func run(
    _ columns: DesignColumns, _ data: ResponseData, start: [Double], intercept: Int?, options: FitOptions
  ) -> IterativeFit {
    var fit = IterativeFit(empty: columns, data)
    if start.count == fit.coefficients.count {
      fit.coefficients = start
      if case .compact(let compact) = columns, compact.rowCount > WeightedSystem.decompositionLimit {
        let evaluator = CompactEvaluator(compact, data)
        let value = evaluator.evaluate(start)
        if value.isValid {
          fit.iterate(evaluator, from: value, limit: options.iterationLimit)
          return fit
        }
        fit = IterativeFit(startingFrom: columns, data)
        fit.run(columns, data, intercept: intercept, options: options)
        return fit
      }
      fit.setPredictor(columns, data)
      fit.point.evaluate(data)
      if fit.point.isValid {
        fit.iterate(columns, data, limit: options.iterationLimit)
        return fit
      }
    }
    fit = IterativeFit(startingFrom: columns, data)
    fit.run(columns, data, intercept: intercept, options: options)
    return fit
  }

  private mutating func begin(_ columns: DesignColumns, _ data: ResponseData, intercept: Int?) {
    var target = point.scores
    for row in target.indices {
      target[row] += point.weights[row] * (point.predictor[row] - (data.offset.map { $0[row] } ?? 0))
    }
    iterations = 1
    coefficients = system.solve(columns, target, threads: data.threads)
    setPredictor(columns, data)
    point.evaluate(data)
    if point.isValid {
      trace.append(point.deviance)
      return
    }
    // The regression of the starting values left the range; the constant model is inside it.
    coefficients = constantModel(data, intercept: intercept)
    setPredictor(columns, data)
    point.evaluate(data)
    startingDeviance = .infinity
  }

  func constantModel(_ data: ResponseData, intercept: Int?) -> [Double] {
    var coefficients = [Double](repeating: 0, count: coefficients.count)
    if let intercept {
      let total = CompensatedSum.of(data.weights)
      let mean = CompensatedSum.of(zip(data.weights, data.response).map { $0 * $1 }) / total
      let center = CompensatedSum.of(zip(data.weights, data.offset ?? []).map { $0 * $1 }) / total
      coefficients[intercept] = data.family.link.predictor(mean) - center
    }
    return coefficients
  }

  private mutating func setPredictor(_ columns: DesignColumns, _ data: ResponseData) {
    point.predictor = data.offset ?? [Double](repeating: 0, count: data.rowCount)
    columns.addLinearPredictor(coefficients, to: &point.predictor, threads: data.threads)
  }

  private mutating func iterate(_ columns: DesignColumns, _ data: ResponseData, limit: Int) {
    var next = WorkingPoint(count: data.rowCount)
    var previousDecrement = Double.infinity
    // The regression of the starting values was the first step.
    var change = (point.deviance - startingDeviance).magnitude / (point.deviance.magnitude + 0.1)
    while change > 1e-11 || previousDecrement == .infinity {
      guard iterations < limit else {
        status = .iterationLimit
        return
      }
      system = WeightedSystem(columns, weights: point.weights, threads: data.threads)
      direction = system.solve(columns, point.scores, threads: data.threads)
      guard direction.allSatisfy(\.isFinite) else {
        status = .stepHalvingFailed
        return
      }
      for row in predictorStep.indices { predictorStep[row] = 0 }
      columns.addLinearPredictor(direction, to: &predictorStep, threads: data.threads)
      iterations += 1
      // The step in standard errors, squared (times the dispersion).
      let decrement = Swift.max(0, WeightedGram.dot(point.scores, predictorStep, threads: data.threads))
      guard step(data, into: &next) else {
        status = decrement <= 1e-8 * dispersionScale(data) ? .converged : .stepHalvingFailed
        return
      }
      change = (point.deviance - next.deviance).magnitude / (next.deviance.magnitude + 0.1)
      swap(&point, &next)
      trace.append(point.deviance)
      informationWeights = next.weights
      // Where the steps shrink by a constant factor only, the deviance settles first: go on until the step that
      // would follow is below 1e-4 standard errors.
      let following = decrement * decrement / previousDecrement
      if change <= 1e-11, following > 1e-8 * dispersionScale(data), previousDecrement.isFinite { change = 1 }
      previousDecrement = decrement
    }
    status = .converged
  }

  /// Moves along the direction, halved until the deviance does not rise; false if no length will do.
  private mutating func step(_ data: ResponseData, into next: inout WorkingPoint) -> Bool {
    var length = 1.0
    for _ in 0..<40 {
      for row in 0..<data.rowCount {
        next.predictor[row] = point.predictor[row] + length * predictorStep[row]
      }
      next.evaluate(data)
      if next.isValid, next.deviance <= point.deviance + 1e-10 * (point.deviance.magnitude + 0.1) {
        for index in coefficients.indices { coefficients[index] += length * direction[index] }
        return true
      }
      length /= 2
    }
    return false
  }

  /// A rough dispersion, to say what a small step is when the response has its own unit.
  func dispersionScale(_ data: ResponseData) -> Double {
    if data.family.hasFixedDispersion { return 1 }
    let positive = Double(data.weights.count { $0 > 0 })
    var pearson = CompensatedSum()
    for row in 0..<data.rowCount where point.weights[row] > 0 {
      pearson.add(point.scores[row] * point.scores[row] / point.weights[row])
    }
    return Swift.max(pearson.value / Swift.max(1, positive), Double.leastNormalMagnitude)
  }
}
