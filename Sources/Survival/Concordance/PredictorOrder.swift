// Rows in the order of a predictor, stratum by stratum, with equal predictors found.

import NumericalMethods

/// Positions of the scanning order sorted by stratum, then by predictor, then as they stand.
struct PredictorOrder: Sendable {
  /// Positions; those of a stratum fill the same range as in the scanning order.
  let positions: [Int32]
  /// Whether the predictor differs from that of the place before (also true at a stratum's start).
  let opensGroup: [Bool]

  /// - Parameter values: the predictor of each position.
  init(_ values: [Double], layout: RiskSetLayout, threads: Int) {
    var sorted = RadixOrder.ascending(values, threads: threads)
    if layout.stratumCount > 1 {
      var stratumOfPosition = [Int32](repeating: 0, count: layout.rowCount)
      for stratum in 0..<layout.stratumCount {
        for position in layout.rows(ofStratum: stratum) {
          stratumOfPosition[position] = Int32(truncatingIfNeeded: stratum)
        }
      }
      let byStratum = TimeOrder.countingOrder(
        keys: sorted.map { stratumOfPosition[Int($0)] }, keyCount: layout.stratumCount)
      sorted = byStratum.map { sorted[Int($0)] }
    }
    let chunks = FixedChunks(count: sorted.count, size: 1 << 14)
    var opens = [Bool](repeating: true, count: sorted.count)
    opens.withUnsafeMutableBufferPointer { opens in
      sorted.withUnsafeBufferPointer { sorted in
        values.withUnsafeBufferPointer { values in
          nonisolated(unsafe) let (opens, sorted, values) = (opens, sorted, values)
          Parallel.forEach(chunks: chunks.count, threads: threads) { chunk in
            for place in chunks[chunk] where place > 0 {
              opens[place] = values[Int(sorted[place])] != values[Int(sorted[place - 1])]
            }
          }
        }
      }
    }
    for stratum in 0..<layout.stratumCount { opens[layout.rows(ofStratum: stratum).lowerBound] = true }
    positions = sorted
    opensGroup = opens
  }
}
