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

  var rowCount: Int { response.count }

  /// Weighted mean of the offset; 0 without one.
  var meanOffset: Double {
    guard let offset else { return 0 }
    return CompensatedSum.of(zip(weights, offset).map { $0 * $1 }) / CompensatedSum.of(weights)
  }

  func replacing(offset: [Double]?) -> ResponseData {
    ResponseData(family: family, response: response, weights: weights, offset: offset, threads: threads)
  }

  func replacing(family: Family) -> ResponseData {
    ResponseData(family: family, response: response, weights: weights, offset: offset, threads: threads)
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

struct WorkingRows {
  let predictor: UnsafeBufferPointer<Double>
  let weights: UnsafeMutableBufferPointer<Double>
  let scores: UnsafeMutableBufferPointer<Double>
  /// The row that stands first in the buffers.
  var origin = 0

  func part(_ data: ResponseData, _ rows: Range<Int>) -> Part {
    data.family.link == .logit && data.family.distribution == .binomial
      ? evaluateLogistic(data, rows) : evaluate(data, rows)
  }

  struct Part: Sendable {
    var deviance: Double
    var isValid: Bool
  }

  func evaluate(_ data: ResponseData, _ rows: Range<Int>) -> Part {
    let family = data.family
    var deviance = CompensatedSum()
    var isValid = true
    for row in rows {
      let prior = data.weights[row]
      guard prior > 0 else {
        weights[row - origin] = 0
        scores[row - origin] = 0
        continue
      }
      let point = family.link.point(predictor[row - origin])
      if !family.allows(point.mean, point.complement) { isValid = false }
      let y = data.response[row]
      deviance.add(prior * family.deviance(y, point.mean, point.complement))
      let variance = family.variance(point.mean, point.complement)
      // On the edge of the range slope and variance vanish together; such a row has no say.
      let ratio = variance > 0 ? point.slope / variance : 0
      // 1 − y and 1 − μ subtract without loss where μ is near 1.
      let difference =
        family.distribution == .binomial && point.mean > 0.5 ? point.complement - (1 - y) : y - point.mean
      weights[row - origin] = prior * point.slope * ratio
      scores[row - origin] = prior * difference * ratio
    }
    return Part(deviance: deviance.value, isValid: isValid)
  }

  /// The same for the logistic model, with exponentials and logarithms by arrays.
  func evaluateLogistic(_ data: ResponseData, _ rows: Range<Int>) -> Part {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * Swift.max(rows.count, 1)) { buffer in
      let small = UnsafeMutableBufferPointer(rebasing: buffer[0..<rows.count])
      let logs = UnsafeMutableBufferPointer(rebasing: buffer[rows.count..<(2 * rows.count)])
      for (index, row) in rows.enumerated() { small[index] = -predictor[row - origin].magnitude }
      Elementary.exp(UnsafeBufferPointer(small), into: small)
      Elementary.log1p(UnsafeBufferPointer(small), into: logs)
      var deviance = CompensatedSum()
      for (index, row) in rows.enumerated() {
        let prior = data.weights[row]
        guard prior > 0 else {
          weights[row - origin] = 0
          scores[row - origin] = 0
          continue
        }
        let eta = predictor[row - origin]
        let y = data.response[row]
        let near = 1 / (1 + small[index])
        let far = small[index] * near
        // −log of the likelier and of the less likely outcome.
        let lossNear = logs[index]
        let lossFar = logs[index] + eta.magnitude
        let isPositive = eta >= 0
        if y == 1 {
          deviance.add(2 * prior * (isPositive ? lossNear : lossFar))
        } else if y == 0 {
          deviance.add(2 * prior * (isPositive ? lossFar : lossNear))
        } else {
          deviance.add(
            prior * data.family.deviance(y, isPositive ? near : far, isPositive ? far : near))
        }
        weights[row - origin] = prior * near * far
        scores[row - origin] = prior * (isPositive ? far - (1 - y) : y - far)
      }
      return Part(deviance: deviance.value, isValid: deviance.value.isFinite)
    }
  }
}
