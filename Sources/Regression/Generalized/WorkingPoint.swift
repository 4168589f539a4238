// Means, weights and scores of every row at one linear predictor.

import NumericalMethods

/// The data of a generalised linear model without its design.
struct ResponseData: Sendable {
  let family: Family
  let response: [Double]
  /// Prior weights (for proportions: trials × case weight).
  let weights: [Double]
  let offset: [Double]?
  let threads: Int
  private let knownTally: OnceValue<CountTally>

  init(
    family: Family, response: [Double], weights: [Double], offset: [Double]?, threads: Int,
    tally: OnceValue<CountTally> = OnceValue()
  ) {
    (self.family, self.response, self.weights) = (family, response, weights)
    (self.offset, self.threads, knownTally) = (offset, threads, tally)
  }

  var rowCount: Int { response.count }

  /// How much weight each response has; made when first asked for.
  var tally: CountTally { knownTally.value { CountTally(response, weights: weights) } }

  /// Weighted mean of the offset; 0 without one.
  var meanOffset: Double {
    guard let offset else { return 0 }
    return CompensatedSum.of(zip(weights, offset).map { $0 * $1 }) / CompensatedSum.of(weights)
  }

  func replacing(offset: [Double]?) -> ResponseData {
    ResponseData(
      family: family, response: response, weights: weights, offset: offset, threads: threads,
      tally: knownTally)
  }

  func replacing(family: Family) -> ResponseData {
    ResponseData(
      family: family, response: response, weights: weights, offset: offset, threads: threads,
      tally: knownTally)
  }
}

/// One evaluation of the model. Reused between iterations, so that large data are not allocated anew.
struct WorkingPoint {
  /// The linear predictor, offset included.
  var predictor: [Double]
  /// w (dμ/dη)² / V(μ).
  var weights: [Double]
  /// w (y − μ) (dμ/dη) / V(μ): the derivative of the log-likelihood by η, times the dispersion.
  var scores: [Double]
  var deviance = Double.infinity
  /// Every mean can occur and the deviance is finite.
  var isValid = false

  init(count: Int) {
    predictor = [Double](repeating: 0, count: count)
    weights = predictor
    scores = predictor
  }

  /// Fills weights, scores and deviance from the predictor. Chunks of rows in parallel; deviances add up in chunk
  /// order.
  mutating func evaluate(_ data: ResponseData) {
    let chunks = FixedChunks(count: data.rowCount)
    let parts = predictor.withUnsafeBufferPointer { predictor in
      weights.withUnsafeMutableBufferPointer { weights in
        scores.withUnsafeMutableBufferPointer { scores in
          nonisolated(unsafe) let rows = WorkingRows(predictor: predictor, weights: weights, scores: scores)
          return Parallel.map(chunks: chunks.count, threads: data.threads) { index in
            rows.part(data, chunks[index])
          }
        }
      }
    }
    var total = CompensatedSum()
    isValid = true
    for part in parts {
      total.add(part.deviance)
      if !part.isValid { isValid = false }
    }
    deviance = total.value
    if !deviance.isFinite { isValid = false }
  }
}
