// Covariances that do not trust the model's variance.

import NumericalMethods

/// Some rows as a sandwich needs them.
struct SandwichRows {
  /// In a basis in which sums of their products keep their digits.
  let design: Matrix
  /// One per row: the derivative of the log-likelihood (times the dispersion) by the linear predictor, in that basis.
  let scores: [Double]
  /// Diagonal of the hat matrix.
  let leverages: () -> [Double]

  init(design: Matrix, scores: [Double], leverages: @escaping () -> [Double]) {
    self.design = design
    self.scores = scores
    self.leverages = leverages
  }
}

/// Bread · meat · bread, where the meat sums squared scores over rows or clusters, block by block.
struct SandwichVariance: Sendable {
  let estimator: VarianceEstimator
  let observationCount: Int
  let rank: Int
  let residualAdjustment: Bool
  let threads: Int

  /// - Parameters:
  ///   - blocks: the rows.
  ///   - columnCount: columns of every block's design.
  ///   - bread: makes of the meat in the basis of the rows the covariance of the coefficients.
  ///   - rows: the rows of the block of a number.
  func covariance(
    blocks: FixedChunks, columnCount: Int, bread: (Matrix) -> Matrix, rows: @Sendable (Int) -> SandwichRows
  ) throws -> Matrix? {
    let (n, k) = (Double(observationCount), Double(rank))
    switch estimator {
    case .model:
      return nil
    case .robust(let kind):
      if kind == .hc1, n <= k { return nil }
      let factor = kind == .hc1 ? n / (n - k) : 1
      let parts = Parallel.map(chunks: blocks.count, threads: threads) { Self.meat(rows($0), kind, factor) }
      var total = Matrix(rowCount: columnCount, columnCount: columnCount)
      for part in parts {
        guard let part else { return nil }
        total = total + part
      }
      return bread(total)
    case .clustered(let codes):
      guard codes.count == blocks.rowCount else { throw RegressionInputError.clusters }
      let sums = ClusterSums(codes, blocks, columnCount: columnCount, threads: threads, rows)
      guard sums.count > 1 else { throw RegressionInputError.clusters }
      var factor = Double(sums.count) / Double(sums.count - 1)
      if residualAdjustment {
        guard n > k else { return nil }
        factor *= (n - 1) / (n - k)
      }
      return factor * bread(WeightedGram.matrix(sums.matrix, threads: threads))
    }
  }

  /// nil where a row is fitted whatever its value, and has no residual to correct: R gives not-a-number.
  private static func meat(_ rows: SandwichRows, _ kind: RobustKind, _ factor: Double) -> Matrix? {
    var weights = rows.scores.map { $0 * $0 }
    switch kind {
    case .hc0: break
    case .hc1: for row in weights.indices { weights[row] *= factor }
    case .hc2, .hc3:
      for (row, leverage) in rows.leverages().enumerated() {
        let rest = 1 - leverage
        guard rest > 1e-13 else { return nil }
        weights[row] /= kind == .hc2 ? rest : rest * rest
      }
    }
    return WeightedGram.matrix(rows.design, weights: weights)
  }
}

/// Scores times design, added up within clusters.
private struct ClusterSums {
  /// Clusters that have rows.
  let count: Int
  /// One row for each of them, in the order of their codes.
  let matrix: Matrix

  /// A few blocks at a time are made at once; they are added in the order of the rows.
  init(
    _ codes: [Int32], _ blocks: FixedChunks, columnCount: Int, threads: Int,
    _ rows: @Sendable (Int) -> SandwichRows
  ) {
    let found = RadixOrder.ascending(codes)
    var places = [Int32](repeating: 0, count: codes.count)
    var (count, previous): (Int, Int32?) = (0, nil)
    for row in found {
      let code = codes[Int(row)]
      if code != previous { (count, previous) = (count + 1, code) }
      places[Int(row)] = Int32(count - 1)
    }
    var sums = Matrix(rowCount: count, columnCount: columnCount)
    let batch = 16
    for first in stride(from: 0, to: blocks.count, by: batch) {
      let end = Swift.min(first + batch, blocks.count)
      let products = Parallel.map(chunks: end - first, threads: threads) { index in
        let block = rows(first + index)
        return LinearModel.scaled(block.design, rows: block.scores)
      }
      sums.withUnsafeMutableElements { target in
        for (block, product) in zip(first..<end, products) {
          product.withUnsafeElements { source in
            for (index, row) in blocks[block].enumerated() {
              let place = Int(places[row])
              for column in 0..<columnCount {
                target[place + column * count] += source[index + column * product.rowCount]
              }
            }
          }
        }
      }
    }
    self.count = count
    matrix = sums
  }
}
