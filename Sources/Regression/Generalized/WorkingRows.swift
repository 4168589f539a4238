// Weights, scores and deviance of some rows at given linear predictors.

import NumericalMethods

/// Rows whose weights and scores are being made.
struct WorkingRows {
  let predictor: UnsafeBufferPointer<Double>
  let weights: UnsafeMutableBufferPointer<Double>
  let scores: UnsafeMutableBufferPointer<Double>
  /// The row that stands first in the buffers.
  var origin = 0

  func part(_ data: ResponseData, _ rows: Range<Int>) -> Part {
    switch (data.family.link, data.family.distribution) {
    case (.logit, .binomial): evaluateLogistic(data, rows)
    case (.log, .poisson), (.log, .negativeBinomial), (.log, .gamma): evaluateLog(data, rows)
    default: evaluate(data, rows)
    }
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

  /// The same for means exp η of counts and amounts, with exponentials and logarithms by arrays.
  func evaluateLog(_ data: ResponseData, _ rows: Range<Int>) -> Part {
    let count = rows.count
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 3 * Swift.max(count, 1)) { buffer in
      let means = UnsafeMutableBufferPointer(rebasing: buffer[0..<count])
      let logs = UnsafeMutableBufferPointer(rebasing: buffer[count..<(2 * count)])
      let totals = UnsafeMutableBufferPointer(rebasing: buffer[(2 * count)..<(3 * count)])
      let first = rows.lowerBound - origin
      Elementary.exp(UnsafeBufferPointer(rebasing: predictor[first..<(first + count)]), into: means)
      // log(y/μ) by way of (y − μ)/μ, so that a y near μ costs no digits.
      for index in 0..<count {
        logs[index] = (data.response[rows.lowerBound + index] - means[index]) / means[index]
      }
      Elementary.log1p(UnsafeBufferPointer(logs), into: logs)
      var size = Double.infinity
      if case .negativeBinomial(let theta) = data.family.distribution {
        size = theta
        for index in 0..<count {
          totals[index] = (data.response[rows.lowerBound + index] - means[index]) / (means[index] + theta)
        }
        Elementary.log1p(UnsafeBufferPointer(totals), into: totals)
      }
      let isGamma = data.family.distribution == .gamma
      var deviance = CompensatedSum()
      var isValid = true
      for index in 0..<count {
        let row = rows.lowerBound + index
        let (prior, mean, y) = (data.weights[row], means[index], data.response[row])
        guard prior > 0 else {
          weights[row - origin] = 0
          scores[row - origin] = 0
          continue
        }
        if !mean.isFinite { isValid = false }
        let difference = y - mean
        let lead = y == 0 ? 0 : (isGamma ? -logs[index] : y * logs[index])
        // What the mean's slope over the variance leaves of μ: 1/μ, 1, or θ/(μ + θ).
        let ratio: Double
        if isGamma {
          deviance.add(2 * prior * (lead + difference / mean))
          ratio = mean > 0 ? 1 / mean : 0
        } else if size == .infinity {
          deviance.add(2 * prior * (lead - difference))
          ratio = mean > 0 ? 1 : 0
        } else {
          deviance.add(2 * prior * (lead - (y + size) * totals[index]))
          ratio = mean > 0 ? mean / (mean + mean * mean / size) : 0
        }
        weights[row - origin] = prior * mean * ratio
        scores[row - origin] = prior * difference * ratio
      }
      return Part(deviance: deviance.value, isValid: isValid)
    }
  }
}
