// Risk sets that rows enter late: sums over intervals of event times, without subtracting anything.

import NumericalMethods

extension RiskSetSums {
  /// Sums over risk sets when rows are at risk at an interval of event times only.
  ///
  /// Taking off again what leaves would bury small risk scores under the rounding error of large ones. Each row is
  /// entered instead in the O(log m) blocks of event times that make up its interval.
  mutating func accumulateWithEntries(
    layout: RiskSetLayout, covariates: ScaledCovariates, risk: [Double], threads: Int
  ) {
    guard let entryBucket = layout.entryBucket else { return }
    let eventTimeCount = eventTimeCount
    let columnCount = columnCount
    atRisk.withUnsafeMutableBufferPointer { s0 in
      atRiskCovariates.withUnsafeMutableBufferPointer { s1 in
        nonisolated(unsafe) let (s0, s1) = (s0, s1)
        Parallel.forEach(chunks: columnCount + 1, threads: threads) { index in
          guard
            let target = index == columnCount
              ? s0.baseAddress : s1.baseAddress.map({ $0 + index * eventTimeCount })
          else { return }
          let column = index < columnCount ? covariates.column(index) : []
          let blocks = IntervalValues(count: eventTimeCount)
          for row in 0..<layout.rowCount {
            blocks.add(
              index < columnCount ? risk[row] * column[row] : risk[row], from: Int(entryBucket[row]),
              through: Int(layout.bucketOfRow[row]))
          }
          blocks.writeTotals(to: target)
        }
      }
    }
  }
}
