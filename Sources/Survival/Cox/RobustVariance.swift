// The robust (sandwich) variance: score residuals summed over clusters, between two inverse informations.

import NumericalMethods

extension CoxModel {
  struct RobustParts {
    /// On the scale of the scaled covariates.
    let variance: Matrix
    let scoreTest: TestStatistic?
  }

  /// V (Σ_c u_c u_c') V with u_c the weighted sum of the score residuals of a cluster (Lin and Wei 1989); and the
  /// score test at the starting values with Σ_c u_c u_c' there as the variance of the score.
  func robustVariance(
    _ found: NewtonIteration.Outcome, variance: Matrix, prepared: PreparedCox,
    likelihood known: PartialLikelihood
  ) -> RobustParts {
    // The exact partial likelihood has no score residuals of its own: Breslow's are taken (as R refuses to).
    let ties = options.ties == .exactPartial ? .breslow : options.ties
    let likelihood = known.ties == ties ? known : prepared.likelihood(ties: ties, threads: options.threads)
    likelihood.move(to: found.coefficients)
    let middle = clusteredGram(
      likelihood, active: found.coefficients.indices.filter { !found.aliased.contains($0) })
    let start = prepared.scaled(
      options.initialCoefficients ?? [Double](repeating: 0, count: design.columnCount))
    likelihood.move(to: start)
    let active = start.indices.filter { !found.aliased.contains($0) }
    let atStart = clusteredGram(likelihood, active: active)
    let score = found.initial.derivatives.score
    let test =
      active.isEmpty
      ? nil
      : CoxFit.wald(estimate: active.map { score[$0] }, variance: atStart.block(active))
    return RobustParts(variance: variance * middle * variance, scoreTest: test)
  }

  /// Σ_c u_c u_c'.
  private func clusteredGram(_ likelihood: PartialLikelihood, active: [Int]) -> Matrix {
    let residuals = ScoreResiduals(likelihood)
    let layout = likelihood.layout
    let size = design.columnCount
    let clusterOfRow = clusters.map { clusters in
      clusters.codes.withUnsafeBufferPointer { codes in layout.rows.map { codes[Int($0)] } }
    }
    let count = clusters.map(\.count) ?? layout.rowCount
    let columns = Parallel.map(chunks: active.count, threads: options.threads) { index in
      var sums = [Double](repeating: 0, count: count)
      sums.withUnsafeMutableBufferPointer { sums in
        residuals.forEachChunk(active[index]) { rows, values in
          if let weights = layout.weights {
            for row in rows { values[row - rows.lowerBound] *= weights[row] }
          }
          if let clusterOfRow {
            clusterOfRow.withUnsafeBufferPointer { clusters in
              for row in rows { sums[Int(clusters[row])] += values[row - rows.lowerBound] }
            }
          } else {
            for row in rows { sums[row] = values[row - rows.lowerBound] }
          }
        }
      }
      return sums
    }
    let block = ContentOrder.crossProduct(columns, threads: options.threads)
    var result = Matrix(rowCount: size, columnCount: size)
    for (i, row) in active.enumerated() {
      for (j, column) in active.enumerated() { result[row, column] = block[i, j] }
    }
    return result
  }
}
