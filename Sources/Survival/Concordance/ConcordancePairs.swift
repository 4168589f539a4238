// Counting concordant and discordant pairs through trees of partial sums over event times.

import NumericalMethods

/// Numbers of pairs and each row's part in them; a pair is concordant here when the greater predictor lives longer.
struct PairInfluence: Sendable {
  var counts = Concordance.PairCounts(
    concordant: 0, discordant: 0, tiedPredictor: 0, tiedTime: 0, tiedBoth: 0)
  /// Per place of the predictor order: Σ over concordant pairs of the other's weight, less the discordant ones.
  let difference: PairSums
  /// Σ over all comparable pairs of the row of the other's weight.
  let comparable: PairSums
}

/// One sum per row, as a whole number where rows are counted.
enum PairSums: Sendable {
  case counts([Int32])
  case weights([Double])

  var count: Int {
    switch self {
    case .counts(let values): values.count
    case .weights(let values): values.count
    }
  }

  @inline(__always)
  subscript(place: Int) -> Double {
    switch self {
    case .counts(let values): Double(values[place])
    case .weights(let values): values[place]
    }
  }
}

/// Rows are taken by ascending predictor; one tree holds when those taken so far leave, another their events.
struct ConcordancePairs: Sendable {
  let layout: RiskSetLayout
  let order: PredictorOrder
  let timeWeights: EventTimeWeights

  func count(threads: Int) -> PairInfluence {
    let pieces = StratumPiece.all(of: layout, order: order, timeWeights: timeWeights)
    var difference = [Double](repeating: 0, count: layout.rowCount)
    var comparable = difference
    let counts = difference.withUnsafeMutableBufferPointer { difference in
      comparable.withUnsafeMutableBufferPointer { comparable in
        guard let difference = difference.baseAddress, let comparable = comparable.baseAddress else {
          return [Concordance.PairCounts]()
        }
        nonisolated(unsafe) let (first, second) = (difference, comparable)
        return Parallel.map(chunks: pieces.count, threads: threads) { index in
          PieceCounter(self, pieces[index], difference: first, comparable: second).run()
        }
      }
    }
    var result = PairInfluence(difference: .weights(difference), comparable: .weights(comparable))
    for part in counts {
      result.counts.concordant += part.concordant
      result.counts.discordant += part.discordant
      result.counts.tiedPredictor += part.tiedPredictor
    }
    return result
  }
}

/// Sums over a stratum that do not depend on the predictor.
struct StratumTotals: Sendable {
  /// Per event time, the weight of those who are compared with its events.
  let atRisk: [Double]
  /// Weight of the events before each event time.
  let eventsBefore: [Double]

  init(layout: RiskSetLayout, timeWeights: EventTimeWeights, stratum: Int) {
    let events = layout.eventTimes(ofStratum: stratum)
    let first = events.lowerBound
    var change = [Double](repeating: 0, count: events.count + 1)
    for event in events {
      // Those with the event leave at it, the others of its bucket after it.
      let dying = layout.totalWeight(layout.events(event))
      let staying = layout.totalWeight(Int(layout.eventEnd[event])..<layout.bucket(event).upperBound)
      change[event - first] -= dying
      change[event - first + 1] -= staying
      if layout.entryBucket == nil { change[0] += dying + staying }
    }
    if let entry = layout.entryBucket {
      for position in layout.rows(ofStratum: stratum) {
        change[Int(entry[position]) - first] += layout.weight(position)
      }
    }
    var sum = 0.0
    atRisk = change.dropLast().map {
      sum += $0
      return sum
    }
    var total = 0.0
    eventsBefore =
      [0]
      + events.map { event in
        if layout.weights == nil, timeWeights.areOne {
          total += Double(layout.eventCount(event))
        } else {
          for row in layout.events(event) { total += layout.weight(row) * timeWeights[event] }
        }
        return total
      }
  }
}

extension RiskSetLayout {
  /// Σ of the weights of some rows.
  fileprivate func totalWeight(_ rows: Range<Int>) -> Double {
    guard let weights else { return Double(rows.count) }
    return rows.reduce(0) { $0 + weights[$1] }
  }
}
