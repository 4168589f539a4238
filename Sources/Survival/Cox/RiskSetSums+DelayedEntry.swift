// Risk sets that rows enter late: what has not entered yet is taken off again, in doubled precision.

import NumericalMethods

extension RiskSetSums {
  /// From sums over buckets to sums over risk sets, leaving out the rows that enter later.
  ///
  /// Subtracting a large score that was added before would leave its rounding error behind, so that both the
  /// running sum and what each row adds and takes are carried as an unevaluated pair of doubles.
  mutating func accumulateWithEntries(
    layout: RiskSetLayout, covariates: ScaledCovariates, risk: [Double], threads: Int
  ) {
    guard let entryBucket = layout.entryBucket else { return }
    let eventTimeCount = eventTimeCount
    let columnCount = columnCount
    var opensStratum = [Bool](repeating: false, count: eventTimeCount)
    for stratum in 0..<layout.stratumCount {
      opensStratum[layout.eventTimes(ofStratum: stratum).lowerBound] = true
    }
    atRisk.withUnsafeMutableBufferPointer { s0 in
      atRiskCovariates.withUnsafeMutableBufferPointer { s1 in
        nonisolated(unsafe) let (s0, s1) = (s0, s1)
        let opensStratum = opensStratum
        Parallel.forEach(chunks: columnCount + 1, threads: threads) { index in
          guard
            let base = index == columnCount
              ? s0.baseAddress : s1.baseAddress.map({ $0 + index * eventTimeCount })
          else { return }
          let column = index < columnCount ? covariates.column(index) : []
          var change = [PairedDouble](repeating: PairedDouble(), count: eventTimeCount)
          for row in 0..<layout.rowCount {
            var value = risk[row]
            var error = 0.0
            if index < columnCount {
              (value, error) = PairedDouble.product(value, column[row])
            }
            change[Int(layout.bucketOfRow[row])].add(value, error)
            let entry = Int(entryBucket[row])
            // Going backwards, it leaves at the event time preceding its entry, if its stratum has one.
            if !opensStratum[entry] { change[entry - 1].add(-value, -error) }
          }
          for stratum in 0..<layout.stratumCount {
            let events = layout.eventTimes(ofStratum: stratum)
            var sum = PairedDouble()
            for event in events.reversed() {
              sum.add(change[event].high, change[event].low)
              base[event] = sum.value
            }
          }
        }
        for event in s0.indices {
          // The risk set holds at least those who have the event.
          var least = 0.0
          for row in layout.events(event) { least += risk[row] }
          s0[event] = Swift.max(s0[event], least)
        }
      }
    }
  }
}

/// An unevaluated sum of two doubles: about 32 significant digits.
struct PairedDouble: Sendable {
  var high = 0.0
  var low = 0.0

  var value: Double { high + low }

  /// Adds a value with its own rounding error.
  @inline(__always)
  mutating func add(_ value: Double, _ error: Double = 0) {
    let sum = high + value
    let part = sum - high
    let lost = (high - (sum - part)) + (value - part)
    low += lost + error
    let total = sum + low
    low -= total - sum
    high = total
  }

  /// A product and its rounding error, without relying on a fused multiply–add.
  @inline(__always)
  static func product(_ one: Double, _ other: Double) -> (Double, Double) {
    let product = one * other
    guard product.isFinite, product.magnitude > 1e-280, one.magnitude < 1e150, other.magnitude < 1e150 else {
      return (product, 0)
    }
    let splitOne = 134_217_729.0 * one
    let highOne = splitOne - (splitOne - one)
    let lowOne = one - highOne
    let splitOther = 134_217_729.0 * other
    let highOther = splitOther - (splitOther - other)
    let lowOther = other - highOther
    let error =
      ((highOne * highOther - product) + highOne * lowOther + lowOne * highOther) + lowOne * lowOther
    return (product, error)
  }
}
