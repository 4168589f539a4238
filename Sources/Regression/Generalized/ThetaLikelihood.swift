// The likelihood of the overdispersion of counts at given means.

import NumericalMethods

/// Score and information of θ, with means that do not change.
///
/// What depends on counts alone is a sum over the values that occur; the rest is one pass over the means. Where counts are whole numbers,
/// ψ(θ + y) − ψ(θ) is a sum of reciprocals, which keeps its digits however great θ is.
struct ThetaLikelihood: Sendable {
  private let response: [Double]
  private let means: [Double]
  private let weights: [Double]
  private let tally: CountTally
  private let above: [Double]
  private let threads: Int

  init(_ data: ResponseData, means: [Double]) {
    response = data.response
    weights = data.weights
    self.means = means
    tally = data.tally
    above = tally.weightsAbove
    threads = data.threads
  }

  /// The derivative of the log-likelihood by θ, and what is minus its second derivative.
  struct Value {
    let score: Double
    let information: Double
  }

  func evaluate(_ theta: Double) -> Value {
    var (score, information) = passOverRows(theta)
    for (count, weight) in above.enumerated() {
      let reciprocal = 1 / (theta + Double(count))
      score.add(weight * reciprocal)
      information.add(weight * reciprocal * reciprocal)
    }
    for (value, weight) in tally.others {
      score.add(weight * (SpecialFunctions.digamma(theta + value) - SpecialFunctions.digamma(theta)))
      information.add(weight * (SpecialFunctions.trigamma(theta) - SpecialFunctions.trigamma(theta + value)))
    }
    return Value(score: score.value, information: information.value)
  }

  /// Σ w [(μ − y)/(μ + θ) − log(1 + μ/θ)], and Σ w [2/(μ + θ) − (y + θ)/(μ + θ)² − 1/θ].
  private func passOverRows(_ theta: Double) -> (CompensatedSum, CompensatedSum) {
    let chunks = FixedChunks(count: means.count, size: WeightedGram.chunkSize)
    let parts = Parallel.map(chunks: chunks.count, threads: threads) { chunk in
      let rows = chunks[chunk]
      return withUnsafeTemporaryAllocation(of: Double.self, capacity: Swift.max(rows.count, 1)) { space in
        let logs = UnsafeMutableBufferPointer(rebasing: space[0..<rows.count])
        for (index, row) in rows.enumerated() { logs[index] = means[row] / theta }
        Elementary.log1p(UnsafeBufferPointer(logs), into: logs)
        var (score, information) = (CompensatedSum(), CompensatedSum())
        for (index, row) in rows.enumerated() where weights[row] > 0 {
          let (weight, total) = (weights[row], means[row] + theta)
          let distance = (means[row] - response[row]) / total
          score.add(weight * (distance - logs[index]))
          // 2/(μ + θ) − (y + θ)/(μ + θ)² − 1/θ without its parts that cancel.
          information.add(weight * (distance - means[row] / theta) / total)
        }
        return (score, information)
      }
    }
    var (score, information) = (CompensatedSum(), CompensatedSum())
    for part in parts {
      score.add(part.0)
      information.add(part.1)
    }
    return (score, information)
  }

  /// The information that `MASS::theta.ml` reports: its Newton steps from the moment estimate stop at a step below
  /// ε^¼, and the information is that of the point before the last step. Where they go elsewhere, that at θ.
  func informationOfMASS(near theta: Double) -> Double {
    var (squares, total) = (CompensatedSum(), CompensatedSum())
    for row in means.indices {
      total.add(weights[row])
      guard weights[row] > 0, means[row] > 0 else { continue }
      let ratio = response[row] / means[row] - 1
      squares.add(weights[row] * ratio * ratio)
    }
    var current = total.value / squares.value
    var found = Double.nan
    for _ in 0..<200 {
      current = current.magnitude
      let value = evaluate(current)
      found = value.information
      let step = value.score / found
      current += step
      guard step.isFinite else { break }
      if step.magnitude <= 1.220703125e-4 { break }
    }
    return abs(current - theta) <= 1e-4 * theta && found > 0 ? found : evaluate(theta).information
  }

  /// The root of the score in log θ, between θ = 1e-8 and a value where the variance is Poisson's.
  ///
  /// - Parameter known: a θ near which the root is looked for first.
  func maximize(near known: Double?) -> (theta: Double, isUnbounded: Bool) {
    if let known, let root = root(from: Elementary.log(known), within: 1) {
      return (Elementary.exp(root), false)
    }
    let scale = Swift.max(1, means.reduce(0, Swift.max))
    let high = Elementary.log(1e7 * scale)
    var previous = Elementary.log(1e-8)
    // The score is positive below the root; walk up in steps of a factor e² to bracket it.
    while previous < high {
      let next = Swift.min(previous + 2, high)
      if evaluate(Elementary.exp(next)).score <= 0 {
        let near = BrentRoot.find(low: previous, high: next, tolerance: 1e-6) {
          evaluate(Elementary.exp($0)).score
        }
        if near.status == .converged {
          return (Elementary.exp(root(from: near.x, within: 1e-3) ?? near.x), false)
        }
      }
      previous = next
    }
    return (Elementary.exp(high), true)
  }

  /// Newton's method for the score in log θ; `nil` where it does not settle near the start.
  private func root(from start: Double, within reach: Double) -> Double? {
    var current = start
    for _ in 0..<12 {
      let theta = Elementary.exp(current)
      let value = evaluate(theta)
      let step = value.score / (value.information * theta)
      current += step
      guard value.information > 0, step.isFinite, (current - start).magnitude <= reach else { return nil }
      // The error that is left is of the order of the step's square.
      if step.magnitude < 1e-9 { return current }
    }
    return nil
  }
}
