// The hazard that each row was exposed to, optionally with each event time counted by a multiplier.

import NumericalMethods

/// Sums of hazard increments within strata, and the share of them that a row was exposed to; relative to the reference
/// of the row's bucket, as its risk score is.
struct CumulativeExposure: Sendable {
  /// Sum before each event time and up to and including it, from the stratum's start.
  private var before: [Double]
  private var through: [Double]
  /// What those who have the event are exposed to at their own event time.
  private var eventIncrement: [Double]
  /// With delayed entry, sums over any interval: no difference of two large sums.
  private let intervals: IntervalSums?

  /// - Parameter multipliers: one factor per event time, such as a function of time; 1 by default.
  init(
    layout: RiskSetLayout, hazard: EventHazards, reference: RiskReference?, multipliers: [Double]? = nil
  ) {
    var increment = hazard.increment
    eventIncrement = hazard.eventIncrement
    if let multipliers {
      for event in increment.indices {
        increment[event] *= multipliers[event]
        eventIncrement[event] *= multipliers[event]
      }
    }
    before = [Double](repeating: 0, count: layout.eventTimeCount)
    through = before
    for stratum in 0..<layout.stratumCount {
      var sum = CompensatedSum()
      let events = layout.eventTimes(ofStratum: stratum)
      for event in events {
        if let reference, event > events.lowerBound {
          sum = CompensatedSum(sum.value * reference.decay[event - 1])
        }
        before[event] = sum.value
        sum.add(increment[event])
        through[event] = sum.value
      }
    }
    intervals = layout.entryBucket == nil ? nil : IntervalSums(increment)
  }

  /// The exposure of the rows of `range` (positions in scanning order), written from its start.
  func write(layout: RiskSetLayout, rows range: Range<Int>, to output: UnsafeMutablePointer<Double>) {
    if let intervals, let entryBucket = layout.entryBucket {
      for row in range {
        let event = Int(layout.bucketOfRow[row])
        let entry = Int(entryBucket[row])
        output[row - range.lowerBound] =
          layout.isEvent(row)
          ? intervals.sum(from: entry, through: event - 1) + eventIncrement[event]
          : intervals.sum(from: entry, through: event)
      }
      return
    }
    layout.forEachBucket(in: range) { event, dying, staying in
      let eventValue = before[event] + eventIncrement[event]
      let value = through[event]
      for row in dying { output[row - range.lowerBound] = eventValue }
      for row in staying { output[row - range.lowerBound] = value }
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
