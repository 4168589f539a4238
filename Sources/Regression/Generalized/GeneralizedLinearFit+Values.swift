// Predictors and means of all rows, without what else is known of a row.

import NumericalMethods

extension GeneralizedLinearFit {
  /// η of every row, offset included: `linearPredictors` of which nothing is kept. Cost: one pass over the design.
  public var predictorValues: [Double] {
    pearson == nil ? linearPredictors : FittedRows.predictors(basis, centered, kept, data)
  }

  /// μ of every row: `means` of which nothing is kept. Cost: as `predictorValues`, and one inverse link a row.
  public var meanValues: [Double] {
    guard pearson != nil else { return means.map(\.mean) }
    var values = predictorValues
    let chunks = FixedChunks(count: values.count)
    let link = family.link
    values.withUnsafeMutableBufferPointer { values in
      nonisolated(unsafe) let values = values
      Parallel.forEach(chunks: chunks.count, threads: data.threads) { chunk in
        let part = UnsafeMutableBufferPointer(rebasing: values[chunks[chunk]])
        if link == .log {
          Elementary.exp(UnsafeBufferPointer(part), into: part)
        } else {
          for row in part.indices { part[row] = link.mean(part[row]) }
        }
      }
    }
    return values
  }
}
