// What one thread counts of a stratum.

/// Places of one stratum that are worked through together, with the sums that they share.
struct StratumPiece: Sendable {
  let stratum: Int
  let places: Range<Int>
  let totals: StratumTotals

  /// All strata; a large one is cut into a fixed number of pieces, between rows of different predictors.
  static func all(
    of layout: RiskSetLayout, order: PredictorOrder, timeWeights: EventTimeWeights
  ) -> [StratumPiece] {
    (0..<layout.stratumCount).flatMap { stratum -> [StratumPiece] in
      let rows = layout.rows(ofStratum: stratum)
      let totals = StratumTotals(layout: layout, timeWeights: timeWeights, stratum: stratum)
      let count =
        rows.count < 1 << 15 ? 1 : layout.eventTimes(ofStratum: stratum).count < rows.count / 8 ? 4 : 2
      var pieces: [StratumPiece] = []
      var start = rows.lowerBound
      for index in 1...count {
        var end = rows.lowerBound + rows.count * index / count
        while end < rows.upperBound, !order.opensGroup[end] { end += 1 }
        if end > start {
          pieces.append(StratumPiece(stratum: stratum, places: start..<end, totals: totals))
          start = end
        }
      }
      return pieces
    }
  }
}
