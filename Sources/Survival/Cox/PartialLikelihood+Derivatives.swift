// Score and information as one weighted Gram matrix over rows less one over event times.

import NumericalMethods

/// First and second derivatives of a log-likelihood, the second with its sign changed.
struct LikelihoodDerivatives: Sendable {
  var score: [Double]
  var information: Matrix
}

extension PartialLikelihood {
  /// Score X'(w∘δ − r∘A) and information X' diag(r∘A) X − Σ_t Σ_k h_tk x̄_tk x̄_tk'.
  ///
  /// - Parameter multipliers: one factor per event time, by which its contributions are multiplied.
  func derivatives(multipliers: [Double]? = nil) -> LikelihoodDerivatives {
    let exposure = CumulativeExposure(
      layout: layout, hazard: hazard, reference: reference, multipliers: multipliers)
    let layout = layout
    var (score, information) = risk.withUnsafeBufferPointer { risk in
      nonisolated(unsafe) let risk = risk
      // r A, and w δ − r A: the weighted martingale residuals.
      return covariates.sums(threads: threads) { rows, exposed, residuals in
        exposure.write(layout: layout, rows: rows, to: exposed)
        for index in 0..<rows.count {
          exposed[index] *= risk[rows.lowerBound + index]
          residuals[index] = -exposed[index]
        }
        layout.forEachEvent(in: rows) { row, event in
          residuals[row - rows.lowerBound] += layout.weight(row) * (multipliers.map { $0[event] } ?? 1)
        }
      }
    }
    information = information - eventGram(multipliers: multipliers)
    if let subsets {
      for row in score.indices {
        score[row] -= subsets.score[row]
        for column in 0...row {
          information[row, column] += subsets.information[row * (row + 1) / 2 + column]
          information[column, row] = information[row, column]
        }
      }
    }
    return LikelihoodDerivatives(score: score, information: information)
  }

  /// r A per row in scanning order.
  func exposedRisk(_ exposure: CumulativeExposure) -> [Double] {
    let (layout, chunks) = (layout, layout.chunks)
    return [Double](unsafeUninitializedCapacity: layout.rowCount) { buffer, count in
      count = layout.rowCount
      guard let base = buffer.baseAddress else { return }
      nonisolated(unsafe) let target = base
      risk.withUnsafeBufferPointer { risk in
        nonisolated(unsafe) let risk = risk
        Parallel.forEach(chunks: chunks.count, threads: threads) { chunk in
          let range = chunks[chunk]
          exposure.write(layout: layout, rows: range, to: target + range.lowerBound)
          for row in range { target[row] *= risk[row] }
        }
      }
    }
  }

  /// Σ_t Σ_k h x̄ x̄'. With a = Σ h/den², b = Σ h (k/d)/den², c = Σ h (k/d)²/den² it is
  /// a u u' + (c − b²/a) D1 D1' with u = S1 − (b/a) D1: two outer products per event time, whatever d.
  private func eventGram(multipliers: [Double]?) -> Matrix {
    let count = layout.eventTimeCount
    let factor = { (event: Int) in multipliers.map { $0[event] } ?? 1 }
    guard !sums.eventCovariates.isEmpty else {
      return gram(sums.atRiskCovariates, weights: (0..<count).map { factor($0) * hazard.square[$0] })
    }
    var mixed = sums.atRiskCovariates
    var weights = [Double](repeating: 0, count: count)
    var eventWeights = weights
    for event in 0..<count {
      let (a, b, c) = (hazard.square[event], hazard.cross[event], hazard.eventSquare[event])
      weights[event] = factor(event) * a
      guard layout.eventCount(event) > 1, a > 0 else { continue }
      let ratio = b / a
      eventWeights[event] = factor(event) * (c - b * ratio)
      for column in 0..<covariates.columnCount {
        mixed[column * count + event] -= ratio * sums.eventCovariates[column * count + event]
      }
    }
    return gram(mixed, weights: weights) + gram(sums.eventCovariates, weights: eventWeights)
  }

  /// Weighted Gram matrix of columns with one element per event time.
  private func gram(_ columns: [Double], weights: [Double]) -> Matrix {
    weights.withUnsafeBufferPointer { weights in
      ScaledCovariates.withColumns(
        columns, columnCount: covariates.columnCount, rowCount: layout.eventTimeCount
      ) {
        WeightedGram.matrix($0, weights: weights.baseAddress, threads: threads)
      }
    }
  }
}

extension RiskSetLayout {
  /// Calls `body` with position and event time of each row in `range` that has the event.
  func forEachEvent(in range: Range<Int>, _ body: (Int, Int) -> Void) {
    forEachBucket(in: range) { event, dying, _ in
      for row in dying { body(row, event) }
    }
  }
}
