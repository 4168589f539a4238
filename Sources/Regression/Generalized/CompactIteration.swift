// Fisher scoring on many rows: each evaluation is one pass that leaves sums, not arrays.

import NumericalMethods

/// A model at given coefficients, as far as the iteration needs it.
struct CompactEvaluation {
  var deviance = Double.infinity
  /// X' diag(w) X and X's, with w and s as in `WorkingPoint`.
  var information = Matrix(rowCount: 0, columnCount: 0)
  var score: [Double] = []

  var isValid: Bool { deviance.isFinite }
}

/// Evaluates a model on compact columns.
struct CompactEvaluator {
  let columns: CompactColumns
  let data: ResponseData
  /// Outcomes 0 and 1 with a logit link, which have a kernel of their own.
  private let isPlainLogistic: Bool

  init(_ columns: CompactColumns, _ data: ResponseData) {
    self.columns = columns
    self.data = data
    isPlainLogistic =
      data.family.link == .logit && data.family.distribution == .binomial
      && data.response.allSatisfy { $0 == 0 || $0 == 1 }
  }

  /// The regression of the starting values: its information, X'Wz, and the deviance at them.
  func start() -> CompactEvaluation {
    let data = data
    return pass { rows, predictor in
      var known: [(mean: Double, predictor: Double)] = [(.nan, .nan), (.nan, .nan)]
      for row in rows where data.weights[row] > 0 {
        let mean = data.family.startingMean(data.response[row], weight: data.weights[row])
        if mean != known[0].mean {
          known.swapAt(0, 1)
          if mean != known[0].mean { known[0] = (mean, data.family.link.predictor(mean)) }
        }
        predictor[row - rows.lowerBound] = known[0].predictor
      }
    } adjust: { rows, predictor, weights, scores in
      for index in 0..<rows.count {
        let offset = data.offset.map { $0[rows.lowerBound + index] } ?? 0
        scores[index] += weights[index] * (predictor[index] - offset)
      }
    }
  }

  func evaluate(_ coefficients: [Double]) -> CompactEvaluation {
    columns.withPredictor(coefficients) { addPredictor in
      pass {
        addPredictor($0, $1)
      } adjust: { _, _, _, _ in
      }
    }
  }

  /// Predictor, weights and scores of every row.
  func fill(_ point: inout WorkingPoint, at coefficients: [Double]) {
    if point.predictor.count != data.rowCount { point = WorkingPoint(count: data.rowCount) }
    point.predictor = data.offset ?? [Double](repeating: 0, count: data.rowCount)
    columns.addLinearPredictor(coefficients, to: &point.predictor, threads: data.threads)
    point.evaluate(data)
  }

  /// The greatest magnitude among X b, of rows that count.
  func greatestStep(_ coefficients: [Double]) -> Double {
    let chunks = FixedChunks(count: data.rowCount, size: DesignSums.chunkSize)
    return columns.withPredictor(coefficients) { addPredictor in
      Parallel.map(chunks: chunks.count, threads: data.threads) { chunk in
        let rows = chunks[chunk]
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count) { space in
          guard let step = space.baseAddress else { return 0 }
          step.update(repeating: 0, count: rows.count)
          addPredictor(rows, step)
          var greatest = 0.0
          for (index, row) in rows.enumerated() where data.weights[row] > 0 {
            // Not-a-number must be seen.
            greatest = step[index].magnitude <= greatest ? greatest : step[index].magnitude
          }
          return greatest
        }
      }.reduce(0) { $1 <= $0 ? $0 : $1 }
    }
  }

  /// Σ s² / w, with w and s as in `WorkingPoint`: no mean is needed.
  func sumOfSquaredPearsonResiduals(_ coefficients: [Double]) -> Double {
    let chunks = FixedChunks(count: data.rowCount, size: DesignSums.chunkSize)
    let parts = columns.withPredictor(coefficients) { addPredictor in
      Parallel.map(chunks: chunks.count, threads: data.threads) { chunk in
        let rows = chunks[chunk]
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * rows.count) { space in
          guard let weights = space.baseAddress else { return CompensatedSum() }
          let scores = weights + rows.count
          _ = evaluate(rows, weights, scores, predict: addPredictor) { _, _, _, _ in
          }
          var sum = CompensatedSum()
          for index in 0..<rows.count where weights[index] > 0 {
            sum.add(scores[index] * scores[index] / weights[index])
          }
          return sum
        }
      }
    }
    var total = CompensatedSum()
    for part in parts { total.add(part) }
    return total.value
  }

  private func pass(
    predict: @Sendable (Range<Int>, UnsafeMutablePointer<Double>) -> Void,
    adjust:
      @Sendable (
        Range<Int>, UnsafePointer<Double>, UnsafePointer<Double>, UnsafeMutablePointer<Double>
      ) -> Void
  ) -> CompactEvaluation {
    let found = columns.sums(threads: data.threads) { rows, weights, scores in
      evaluate(rows, weights, scores, predict: predict, adjust: adjust)
    }
    return CompactEvaluation(
      deviance: CompensatedSum.of(found.extras), information: found.gram, score: found.vector)
  }

  /// Writes weights and scores of some rows, from their first on, and returns what they add to the deviance.
  private func evaluate(
    _ rows: Range<Int>, _ weights: UnsafeMutablePointer<Double>, _ scores: UnsafeMutablePointer<Double>,
    predict: (Range<Int>, UnsafeMutablePointer<Double>) -> Void,
    adjust: (Range<Int>, UnsafePointer<Double>, UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Void
  ) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: Swift.max(rows.count, 1)) { space in
      guard let predictor = space.baseAddress else { return .infinity }
      for index in 0..<rows.count {
        predictor[index] = data.offset.map { $0[rows.lowerBound + index] } ?? 0
      }
      predict(rows, predictor)
      var deviance = Double.infinity
      if isPlainLogistic {
        data.response.withUnsafeBufferPointer { response in
          data.weights.withUnsafeBufferPointer { prior in
            guard let response = response.baseAddress, let prior = prior.baseAddress else { return }
            deviance = LogisticRows.evaluate(
              predictor: predictor, response: response + rows.lowerBound, prior: prior + rows.lowerBound,
              count: rows.count, weights: weights, scores: scores)
          }
        }
      } else {
        let part = WorkingRows(
          predictor: UnsafeBufferPointer(start: predictor, count: rows.count),
          weights: UnsafeMutableBufferPointer(start: weights, count: rows.count),
          scores: UnsafeMutableBufferPointer(start: scores, count: rows.count), origin: rows.lowerBound
        ).part(data, rows)
        if part.isValid { deviance = part.deviance }
      }
      adjust(rows, predictor, weights, scores)
      return deviance
    }
  }
}

extension IterativeFit {
  /// The regression of the starting values, of which the sums are kept.
  init(startingFrom columns: CompactColumns, _ data: ResponseData) {
    self.init(empty: .compact(columns), data)
    let start = CompactEvaluator(columns, data).start()
    system = WeightedSystem(information: start.information)
    startingDeviance = start.deviance
    startingSums = start.score
  }

  /// Iterates from the regression of the starting values.
  mutating func run(
    _ columns: CompactColumns, _ data: ResponseData, intercept: Int?, options: FitOptions
  ) {
    let evaluator = CompactEvaluator(columns, data)
    iterations = 1
    coefficients = system.solve(sums: startingSums)
    var value = evaluator.evaluate(coefficients)
    if value.isValid {
      trace.append(value.deviance)
    } else {
      coefficients = constantModel(data, intercept: intercept)
      value = evaluator.evaluate(coefficients)
      startingDeviance = .infinity
    }
    guard value.isValid else {
      status = .noValidStart
      evaluator.fill(&point, at: coefficients)
      informationWeights = point.weights
      predictorStep = [Double](repeating: 0, count: data.rowCount)
      return
    }
    iterate(evaluator, from: value, limit: options.iterationLimit)
  }

  /// The same iteration as on arrays, with every quantity by sums.
  mutating func iterate(_ evaluator: CompactEvaluator, from first: CompactEvaluation, limit: Int) {
    let data = evaluator.data
    var value = first
    var previous = coefficients
    var previousDecrement = Double.infinity
    var change = (value.deviance - startingDeviance).magnitude / (value.deviance.magnitude + 0.1)
    status = .converged
    while change > 1e-11 || previousDecrement == .infinity {
      guard iterations < limit else {
        status = .iterationLimit
        break
      }
      system = WeightedSystem(information: value.information)
      direction = system.solve(sums: value.score)
      guard direction.allSatisfy(\.isFinite) else {
        status = .stepHalvingFailed
        break
      }
      iterations += 1
      // The step in standard errors, squared (times the dispersion).
      let decrement = Swift.max(0, WeightedGram.dot(value.score, direction))
      var length = 1.0
      var next: CompactEvaluation?
      let start = coefficients
      for _ in 0..<40 {
        let trial = zip(start, direction).map { $0 + length * $1 }
        let found = evaluator.evaluate(trial)
        if found.isValid, found.deviance <= value.deviance + 1e-10 * (value.deviance.magnitude + 0.1) {
          next = found
          coefficients = trial
          break
        }
        length /= 2
      }
      guard let next else {
        evaluator.fill(&point, at: coefficients)
        status = decrement <= 1e-8 * dispersionScale(data) ? .converged : .stepHalvingFailed
        break
      }
      previous = start
      change = (value.deviance - next.deviance).magnitude / (next.deviance.magnitude + 0.1)
      value = next
      trace.append(value.deviance)
      let following = decrement * decrement / previousDecrement
      if change <= 1e-11, previousDecrement.isFinite {
        // Without a dispersion to estimate the scale is 1, and no row needs to be looked at.
        if !data.family.hasFixedDispersion { evaluator.fill(&point, at: coefficients) }
        if following > 1e-8 * dispersionScale(data) { change = 1 }
      }
      previousDecrement = decrement
    }
    previousCoefficients = previous
    // A step that moves no predictor needs to be looked at by nobody, nor do the rows unless somebody asks for them.
    let greatest = evaluator.greatestStep(direction)
    if greatest <= Separation.greatestSettledStep, data.family.hasFixedDispersion {
      point = WorkingPoint(count: 0)
      (point.deviance, point.isValid) = (value.deviance, value.isValid)
      pearson = evaluator.sumOfSquaredPearsonResiduals(coefficients)
      return
    }
    evaluator.fill(&point, at: previous)
    informationWeights = point.weights
    evaluator.fill(&point, at: coefficients)
    predictorStep = [Double](repeating: 0, count: data.rowCount)
    evaluator.columns.addLinearPredictor(direction, to: &predictorStep, threads: data.threads)
  }
}
