// Modified scoring for Firth's penalised likelihood.

import NumericalMethods

/// One maximisation over the free coefficients; the others stay at their start.
struct FirthIteration {
  var coefficients: [Double]
  var point: WorkingPoint
  var qr: PivotedQR
  var penalized: Double
  var status: FitStatus
  var iterations: Int

  static func run(_ matrix: Matrix, _ data: ResponseData, start: [Double], free: [Int], limit: Int)
    -> FirthIteration
  {
    var state = FirthIteration(matrix, data, coefficients: start)
    let freeMatrix = matrix.selecting(columns: free)
    var current = state
    for iteration in 1...Swift.max(limit, 1) {
      state.iterations = iteration
      let scores = state.modifiedScores(data)
      let roots = state.point.weights.map { $0.squareRoot() }
      let qr = PivotedQR(LinearModel.scaled(freeMatrix, rows: roots), tolerance: 1e-13)
      var step = qr.solve(zip(scores, roots).map { $1 > 0 ? $0 / $1 : 0 })
      // A step in log-odds beyond 5 is cut, as far from the maximum the scoring overshoots.
      let greatest = step.reduce(0) { Swift.max($0, $1.magnitude) }
      if greatest > 5 { step = step.map { $0 * 5 / greatest } }
      let product = freeMatrix * step
      let decrement = CompensatedSum.of(zip(scores, product).map { $0 * $1 })
      if decrement.magnitude <= 1e-18 || free.isEmpty {
        state.status = .converged
        return state
      }
      var isAccepted = false
      var length = 1.0
      for _ in 0..<40 {
        var trial = state.coefficients
        for (place, column) in free.enumerated() { trial[column] += length * step[place] }
        current = FirthIteration(matrix, data, coefficients: trial)
        if current.penalized >= state.penalized - 1e-12 * state.penalized.magnitude {
          isAccepted = true
          break
        }
        length /= 2
      }
      guard isAccepted else {
        state.status = decrement <= 1e-12 ? .converged : .stepHalvingFailed
        return state
      }
      state = current
    }
    state.iterations = limit
    state.status = .iterationLimit
    return state
  }

  private init(_ matrix: Matrix, _ data: ResponseData, coefficients: [Double]) {
    self.coefficients = coefficients
    point = WorkingPoint(count: data.rowCount)
    point.predictor = matrix * coefficients
    if let offset = data.offset { for row in offset.indices { point.predictor[row] += offset[row] } }
    point.evaluate(data)
    qr = PivotedQR(
      LinearModel.scaled(matrix, rows: point.weights.map { $0.squareRoot() }), tolerance: 1e-13)
    // A proportion's own entropy does not depend on the coefficients: −deviance / 2 serves as log-likelihood.
    penalized = -0.5 * point.deviance + 0.5 * qr.logDeterminant
    status = .iterationLimit
    iterations = 0
  }

  /// w (y − π) + h (½ − π).
  private func modifiedScores(_ data: ResponseData) -> [Double] {
    let leverages = qr.leverages
    return point.scores.indices.map { row in
      point.scores[row] + leverages[row] * (0.5 - Link.logit.mean(point.predictor[row]))
    }
  }
}
