// Rows in the order of a predictor, stratum by stratum, with equal predictors found.

import NumericalMethods

/// Positions of the scanning order sorted by stratum, then by predictor, then as they stand.
struct PredictorOrder: Sendable {
  /// Positions; those of a stratum fill the same range as in the scanning order.
  let positions: [Int32]
  /// Whether the predictor differs from that of the place before (also true at a stratum's start).
  let opensGroup: [Bool]

  init(_ predictor: [Double], layout: RiskSetLayout) {
    let values = layout.rows.map { predictor[Int($0)] }
    var sorted = RadixOrder.ascending(values)
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
    var opens = [Bool](repeating: true, count: sorted.count)
    for index in sorted.indices.dropFirst() {
      opens[index] = values[Int(sorted[index])] != values[Int(sorted[index - 1])]
    }
    for stratum in 0..<layout.stratumCount { opens[layout.rows(ofStratum: stratum).lowerBound] = true }
    positions = sorted
    opensGroup = opens
  }
}
