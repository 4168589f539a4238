// Firth's penalty: half the log determinant of the information, with its gradient.

import NumericalMethods

/// Firth's modification of a partial likelihood (Heinze and Schemper 2001): finite estimates where the likelihood is
/// monotone, and less bias in small samples.
struct FirthPenalty {
  let likelihood: PartialLikelihood

  /// log L + ½ log |I| with the modified score U_j + ½ tr(I⁻¹ ∂I/∂β_j); the information stays that of log L.
  func penalized(_ value: LikelihoodValue, aliased: [Int]) -> LikelihoodValue {
    let size = value.derivatives.score.count
    let active = (0..<size).filter { !aliased.contains($0) }
    let factorization = CholeskyFactorization(value.derivatives.information.block(active), tolerance: 1e-14)
    // Risk scores without a common scale belong to a step that went too far.
    guard factorization.rank == active.count, likelihood.reference == nil else {
      var failed = value
      failed.logLikelihood = -.infinity
      return failed
    }
    let block = factorization.inverse
    var inverse = Matrix(rowCount: size, columnCount: size)
    for (i, row) in active.enumerated() {
      for (j, column) in active.enumerated() { inverse[row, column] = block[i, j] }
    }
    var result = value
    // On the design's scale, so that the penalised likelihood does not depend on the spread divided by here.
    let spread = likelihood.covariates.spread
    result.logLikelihood +=
      factorization.logDeterminant / 2 + CompensatedSum.of(active.lazy.map { Elementary.log(spread[$0]) })
    for (index, change) in gradient(inverse).enumerated() { result.derivatives.score[index] += change }
    for index in aliased { result.derivatives.score[index] = value.derivatives.score[index] }
    return result
  }

  /// ½ tr(I⁻¹ ∂I/∂β_j): third central moments over risk sets. With q = x' I⁻¹ x, a risk set contributes
  /// cov(q, x_j) − 2 Σ_l (I⁻¹ x̄)_l cov(x_l, x_j).
  private func gradient(_ inverse: Matrix) -> [Double] {
    let layout = likelihood.layout
    let size = likelihood.covariates.columnCount
    let rows = likelihood.covariates.rows(0..<layout.rowCount)
    let forms = rows.map { inverse.quadraticForm($0) }
    var total = [Double](repeating: 0, count: size)
    for stratum in 0..<layout.stratumCount {
      let range = layout.rows(ofStratum: stratum)
      let byEntry = layout.entryBucket.map { entry in range.sorted { entry[$0] > entry[$1] } } ?? []
      var next = 0
      var atRisk = Moments(size: size)
      for event in layout.eventTimes(ofStratum: stratum).reversed() {
        for row in layout.bucket(event) { atRisk.add(rows[row], forms[row], likelihood.risk[row]) }
        while next < byEntry.count, let entry = layout.entryBucket, Int(entry[byEntry[next]]) > event {
          let row = byEntry[next]
          atRisk.add(rows[row], forms[row], -likelihood.risk[row])
          next += 1
        }
        let dying = layout.events(event)
        var events = Moments(size: size)
        var weight = 0.0
        for row in dying {
          weight += layout.weight(row)
          events.add(rows[row], forms[row], likelihood.risk[row])
        }
        let steps = likelihood.ties == .efron ? dying.count : 1
        for step in 0..<steps {
          let share = Double(step) / Double(steps)
          let part = atRisk.less(events, times: share).thirdMoments(inverse)
          for index in total.indices { total[index] += weight / Double(steps) * part[index] / 2 }
        }
      }
    }
    return total
  }

  /// Weighted sums of 1, x, xx', q and qx.
  private struct Moments {
    var weight = 0.0
    var form = 0.0
    var first: [Double]
    var formFirst: [Double]
    var second: Matrix

    init(size: Int) {
      first = [Double](repeating: 0, count: size)
      formFirst = first
      second = Matrix(rowCount: size, columnCount: size)
    }

    mutating func add(_ x: [Double], _ q: Double, _ risk: Double) {
      weight += risk
      form += risk * q
      for i in x.indices {
        first[i] += risk * x[i]
        formFirst[i] += risk * q * x[i]
        for j in x.indices { second[i, j] += risk * x[i] * x[j] }
      }
    }

    func less(_ other: Moments, times share: Double) -> Moments {
      guard share != 0 else { return self }
      var result = self
      result.weight -= share * other.weight
      result.form -= share * other.form
      for i in first.indices {
        result.first[i] -= share * other.first[i]
        result.formFirst[i] -= share * other.formFirst[i]
      }
      result.second = second - share * other.second
      return result
    }

    func thirdMoments(_ inverse: Matrix) -> [Double] {
      let mean = first.map { $0 / weight }
      let meanForm = form / weight
      let direction = inverse * mean
      return mean.indices.map { j in
        var value = formFirst[j] / weight - meanForm * mean[j]
        for l in mean.indices { value -= 2 * direction[l] * (second[l, j] / weight - mean[l] * mean[j]) }
        return value
      }
    }
  }
}
