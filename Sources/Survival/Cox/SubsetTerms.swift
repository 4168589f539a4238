// The exact partial likelihood of tied events: sums over all subsets of a risk set, by recursion.

import NumericalMethods

/// What the tied event times contribute to the exact partial likelihood: log Σ over subsets of size d of the risk set
/// of the product of their risk scores, with its first and second derivatives.
///
/// The subsets are those of independent draws with odds c exp(η), conditional on d of them being taken; c makes d the
/// expected number, so that no term can over- or underflow. The recursion over the risk set carries, for each count k
/// up to d, the probability and the first two moments of the covariate sum: n d p² steps per event time.
/// Source: Gail, Lubin and Rubinstein 1981; Chen, Dempster and Liu 1994.
struct SubsetTerms: Sendable {
  var logSums = 0.0
  var score: [Double]
  /// Packed lower triangle.
  var information: [Double]

  init(columnCount: Int) {
    score = [Double](repeating: 0, count: columnCount)
    information = [Double](repeating: 0, count: columnCount * (columnCount + 1) / 2)
  }

  init(
    layout: RiskSetLayout, covariates: ScaledCovariates, linearPredictor: [Double], reference: RiskReference?,
    sums: RiskSetSums, threads: Int
  ) {
    let size = covariates.columnCount
    let tied = (0..<layout.eventTimeCount).filter { layout.eventCount($0) > 1 }
    let stratumEnd = Self.stratumEnds(layout)
    let all = covariates.rows(0..<layout.rowCount)
    let terms = Parallel.map(chunks: tied.count, threads: threads) { index in
      let event = tied[index]
      let mean = (0..<size).map {
        sums.atRiskCovariates[$0 * sums.eventTimeCount + event] / sums.atRisk[event]
      }
      var rows = Array(Int(layout.bucketStart[event])..<stratumEnd[event])
      if let entry = layout.entryBucket { rows.removeAll { Int(entry[$0]) > event } }
      return SubsetTerms(
        size: layout.eventCount(event),
        predictors: rows.map { row in
          // All relative to this event time.
          let levels = reference?.levels
          return linearPredictor[row] + (levels.map { $0[Int(layout.bucketOfRow[row])] - $0[event] } ?? 0)
        },
        covariates: rows.map { row in all[row].indices.map { all[row][$0] - mean[$0] } }, origin: mean)
    }
    self.init(columnCount: size)
    for term in terms {
      logSums += term.logSums
      for index in score.indices { score[index] += term.score[index] }
      for index in information.indices { information[index] += term.information[index] }
    }
  }

  private static func stratumEnds(_ layout: RiskSetLayout) -> [Int] {
    (0..<layout.stratumCount).flatMap { stratum in
      [Int](
        repeating: layout.rows(ofStratum: stratum).upperBound,
        count: layout.eventTimes(ofStratum: stratum).count)
    }
  }

  /// One risk set: `size` of its members have the event.
  ///
  /// - Parameters:
  ///   - covariates: one row per member, relative to `origin`.
  private init(size: Int, predictors: [Double], covariates: [[Double]], origin: [Double]) {
    self.init(columnCount: origin.count)
    let members = predictors.count
    for column in score.indices { score[column] = Double(size) * origin[column] }
    guard size < members else {
      // Everybody at risk has the event: there is one subset.
      for row in covariates {
        for column in score.indices { score[column] += row[column] }
      }
      logSums = CompensatedSum.of(predictors)
      return
    }
    let shift = Self.logOdds(predictors, expecting: Double(size))
    // Taking d is leaving n − d: the recursion is over the smaller.
    let leaves = 2 * size > members
    let recursion = Recursion(
      count: leaves ? members - size : size, columnCount: origin.count,
      logOdds: predictors.map { leaves ? -($0 + shift) : $0 + shift }, covariates: covariates)
    var logs = CompensatedSum()
    for predictor in predictors {
      let value = predictor + shift
      logs.add(
        value > 0 ? value + Elementary.log1p(Elementary.exp(-value)) : Elementary.log1p(Elementary.exp(value))
      )
    }
    logSums = logs.value + Elementary.log(recursion.probability) - Double(size) * shift
    let total = leaves ? Self.columnTotals(covariates, columnCount: origin.count) : []
    for column in score.indices {
      score[column] += leaves ? total[column] - recursion.mean[column] : recursion.mean[column]
    }
    information = recursion.covariance
  }

  private static func columnTotals(_ rows: [[Double]], columnCount: Int) -> [Double] {
    (0..<columnCount).map { column in CompensatedSum.of(rows.lazy.map { $0[column] }) }
  }

  /// The shift of all log odds at which `expected` members are taken on average, by bisection.
  private static func logOdds(_ predictors: [Double], expecting expected: Double) -> Double {
    let least = predictors.min() ?? 0
    let greatest = predictors.max() ?? 0
    let average = Elementary.log(expected / (Double(predictors.count) - expected))
    var low = average - greatest
    var high = average - least
    for _ in 0..<60 where high - low > 0.01 {
      let middle = (low + high) / 2
      var sum = 0.0
      for predictor in predictors { sum += Elementary.logistic(predictor + middle) }
      if sum < expected { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

extension SubsetTerms {
  /// Moments of the covariate sum over subsets of a given size, from independent draws.
  private struct Recursion {
    /// Probability that exactly `count` are drawn.
    let probability: Double
    let mean: [Double]
    /// Packed lower triangle.
    let covariance: [Double]

    init(count: Int, columnCount p: Int, logOdds: [Double], covariates: [[Double]]) {
      let packed = p * (p + 1) / 2
      var q = [Double](repeating: 0, count: count + 1)
      var m = [Double](repeating: 0, count: (count + 1) * p)
      var s = [Double](repeating: 0, count: (count + 1) * packed)
      q[0] = 1
      let members = logOdds.count
      for (index, (odds, x)) in zip(logOdds, covariates).enumerated() {
        let taken = Elementary.logistic(odds)
        let left = Elementary.logistic(-odds)
        // Counts from which `count` can no longer be reached need not be carried.
        let least = Swift.max(1, count - (members - index - 1))
        var k = Swift.min(index + 1, count)
        while k >= least {
          let previous = q[k - 1]
          var entry = k * packed
          var old = (k - 1) * packed
          for i in 0..<p {
            for j in 0...i {
              let grown =
                s[old] + x[i] * m[(k - 1) * p + j] + x[j] * m[(k - 1) * p + i] + x[i] * x[j] * previous
              s[entry] = left * s[entry] + taken * grown
              entry += 1
              old += 1
            }
          }
          for i in 0..<p {
            m[k * p + i] = left * m[k * p + i] + taken * (m[(k - 1) * p + i] + x[i] * previous)
          }
          q[k] = left * q[k] + taken * previous
          k -= 1
        }
        q[0] *= left
      }
      probability = q[count]
      let probability = probability
      let mean = (0..<p).map { m[count * p + $0] / probability }
      var covariance = [Double](repeating: 0, count: packed)
      var entry = 0
      for i in 0..<p {
        for j in 0...i {
          covariance[entry] = s[count * packed + entry] / probability - mean[i] * mean[j]
          entry += 1
        }
      }
      self.mean = mean
      self.covariance = covariance
    }
  }
}
