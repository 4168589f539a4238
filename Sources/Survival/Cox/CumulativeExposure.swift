// The hazard that each row was exposed to, optionally with each event time counted by a multiplier.

import NumericalMethods

/// Cumulative sums of hazard increments within strata, and the share of them that a row was exposed to.
struct CumulativeExposure: Sendable {
  /// Sum before each event time and up to and including it, from the stratum's start.
  private var before: [PairedDouble]
  private var through: [PairedDouble]
  /// What those who have the event are exposed to at their own event time.
  private var eventIncrement: [Double]

  /// - Parameter multipliers: one factor per event time, such as a function of time; 1 by default.
  init(layout: RiskSetLayout, hazard: EventHazards, multipliers: [Double]? = nil) {
    before = [PairedDouble](repeating: PairedDouble(), count: layout.eventTimeCount)
    through = before
    eventIncrement = hazard.eventIncrement
    for stratum in 0..<layout.stratumCount {
      var sum = PairedDouble()
      for event in layout.eventTimes(ofStratum: stratum) {
        before[event] = sum
        let factor = multipliers.map { $0[event] } ?? 1
        sum.add(factor * hazard.increment[event])
        through[event] = sum
        if multipliers != nil { eventIncrement[event] *= factor }
      }
    }
  }

  /// Cumulative hazard up to and including an event time.
  func cumulative(_ event: Int) -> Double { through[event].value }

  /// The exposure of the rows of `range` (positions in scanning order), written from its start.
  func write(layout: RiskSetLayout, rows range: Range<Int>, to output: UnsafeMutablePointer<Double>) {
    layout.bucketOfRow.withUnsafeBufferPointer { buckets in
      layout.eventEnd.withUnsafeBufferPointer { eventEnd in
        var position = range.lowerBound
        while position < range.upperBound {
          // Rows of one bucket stand together: those with the event, then the others.
          let event = Int(buckets[position])
          let end = Swift.min(Int(layout.bucketStart[event + 1]), range.upperBound)
          let dying = Swift.min(Swift.max(Int(eventEnd[event]), position), end)
          let eventValue = before[event].value + eventIncrement[event]
          let value = through[event].value
          for row in position..<dying { output[row - range.lowerBound] = eventValue }
          for row in dying..<end { output[row - range.lowerBound] = value }
          position = end
        }
      }
    }
    guard let entryBucket = layout.entryBucket else { return }
    for row in range {
      let event = Int(layout.bucketOfRow[row])
      let entry = before[Int(entryBucket[row])]
      let end = layout.isEvent(row) ? before[event] : through[event]
      let span = (end.high - entry.high) + (end.low - entry.low)
      output[row - range.lowerBound] = layout.isEvent(row) ? span + eventIncrement[event] : span
    }
  }

  /// The exposure of every row in scanning order.
  func values(layout: RiskSetLayout) -> [Double] {
    [Double](unsafeUninitializedCapacity: layout.rowCount) { buffer, count in
      if let base = buffer.baseAddress { write(layout: layout, rows: 0..<layout.rowCount, to: base) }
      count = layout.rowCount
    }
  }
}
