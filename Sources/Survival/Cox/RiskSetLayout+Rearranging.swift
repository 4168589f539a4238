// Rows of a risk set in an order that does not depend on that of the file.

import NumericalMethods

extension RiskSetLayout {
  /// The rows of an outcome in scanning order, those that no likelihood tells apart by their keys.
  static func arranged(
    _ outcome: SurvivalOutcome, strata: GroupCodes?, keys: [UInt64], threads: Int
  ) -> RiskSetLayout {
    if strata == nil, outcome.entry == nil {
      return RiskSetLayout(counting: outcome, keys: keys, threads: threads)
    }
    let layout = RiskSetLayout(outcome: outcome, strata: strata)
    var content = ContentOrder(
      keys: keys.withUnsafeBufferPointer { keys in layout.rows.map { keys[Int($0)] } }, threads: threads)
    if let entry = layout.entryBucket { content.add { UInt64(UInt32(bitPattern: entry[$0])) } }
    return layout.rearranged(content.order(within: layout.interchangeable))
  }

  /// Rows that no likelihood tells apart: those that have the event at one time, and the others of its bucket.
  var interchangeable: [Range<Int>] {
    (0..<eventTimeCount).flatMap { event -> [Range<Int>] in
      let bucket = bucket(event)
      let end = Int(eventEnd[event])
      return [bucket.lowerBound..<end, end..<bucket.upperBound]
    }
  }

  /// The layout with its rows rearranged within buckets.
  func rearranged(_ order: [Int32]) -> RiskSetLayout {
    RiskSetLayout(
      rows: order.map { rows[Int($0)] }, bucketStart: bucketStart, eventEnd: eventEnd, timeRank: timeRank,
      stratumStart: stratumStart, stratumCode: stratumCode,
      entryBucket: entryBucket.map { entry in order.map { entry[Int($0)] } },
      weights: weights.map { weights in order.map { weights[Int($0)] } })
  }
}
