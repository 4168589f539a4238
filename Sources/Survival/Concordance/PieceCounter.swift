// The loop over rows by ascending predictor.

import NumericalMethods

/// Works through one piece of a stratum, with the trees as the rows before it have left them.
struct PieceCounter {
  private let piece: StratumPiece
  private let order: PredictorOrder
  private let factors: [Double]?
  private let difference: UnsafeMutablePointer<Double>
  private let comparable: UnsafeMutablePointer<Double>
  /// Per place of the stratum up to the piece's end: twice the first event time that no longer compares the row, counted
  /// from the stratum's first, plus one for rows that have the event, which is then at that time.
  private let keys: [Int32]
  private let entries: [Int32]?
  private let weights: [Double]?
  /// First place of the stratum.
  private let origin: Int
  private let eventTimeCount: Int

  init(
    _ pairs: ConcordancePairs, _ piece: StratumPiece,
    difference: UnsafeMutablePointer<Double>, comparable: UnsafeMutablePointer<Double>
  ) {
    let layout = pairs.layout
    let events = layout.eventTimes(ofStratum: piece.stratum)
    let places = layout.rows(ofStratum: piece.stratum).lowerBound..<piece.places.upperBound
    let first = Int32(truncatingIfNeeded: events.lowerBound)
    self.piece = piece
    self.difference = difference
    self.comparable = comparable
    order = pairs.order
    origin = places.lowerBound
    eventTimeCount = events.count
    let positions = pairs.order.positions
    keys = layout.bucketOfRow.withUnsafeBufferPointer { buckets in
      layout.eventEnd.withUnsafeBufferPointer { eventEnd in
        places.map { place in
          let position = Int(positions[place])
          let bucket = buckets[position]
          return position < Int(eventEnd[Int(bucket)]) ? (bucket - first) * 2 + 1 : (bucket - first + 1) * 2
        }
      }
    }
    entries = layout.entryBucket.map { entry in places.map { entry[Int(positions[$0])] - first } }
    weights = layout.weights.map { weights in places.map { weights[Int(positions[$0])] } }
    factors = pairs.timeWeights.areOne ? nil : events.map { pairs.timeWeights[$0] }
  }

  /// Pairs in which the row with the event is one of the piece.
  func run() -> Concordance.PairCounts {
    let trees = Trees(eventTimeCount: eventTimeCount)
    for index in 0..<(piece.places.lowerBound - origin) { enter(index, trees) }
    trees.finish()
    var counts = Concordance.PairCounts(
      concordant: 0, discordant: 0, tiedPredictor: 0, tiedTime: 0, tiedBoth: 0)
    var below: [Part] = []
    var start = piece.places.lowerBound
    while start < piece.places.upperBound {
      var end = start + 1
      while end < piece.places.upperBound, !order.opensGroup[end] { end += 1 }
      if end == start + 1 {
        let less = part(start - origin, trees)
        enter(start - origin, trees)
        record(start - origin, less: less, upTo: less, &counts)
      } else {
        below.removeAll(keepingCapacity: true)
        for place in start..<end { below.append(part(place - origin, trees)) }
        for place in start..<end { enter(place - origin, trees) }
        // Those entered in between share the predictor; nobody is paired with oneself.
        for place in start..<end {
          record(place - origin, less: below[place - start], upTo: part(place - origin, trees), &counts)
        }
      }
      start = end
    }
    return counts
  }

  /// What the trees hold about one row: those at risk at its event, and events while it was at risk.
  private typealias Part = (atRisk: Double, events: Double)

  /// The trees of one stratum, first filled place by place, then summed up.
  private final class Trees {
    /// Weight of all rows taken so far.
    var taken = 0.0
    let exits: PartialSumTree<Double>
    let entries: PartialSumTree<Double>
    let events: PartialSumTree<Double>

    init(eventTimeCount: Int) {
      exits = PartialSumTree(count: eventTimeCount + 1)
      entries = PartialSumTree(count: eventTimeCount + 1)
      events = PartialSumTree(count: eventTimeCount + 1)
    }

    func finish() {
      exits.finish()
      entries.finish()
      events.finish()
    }
  }

  @inline(__always)
  private func enter(_ index: Int, _ trees: Trees) {
    let key = keys[index]
    let weight = weights.map { $0[index] } ?? 1
    let exit = Int(key >> 1)
    trees.taken += weight
    trees.exits.add(weight, at: exit)
    if let entries { trees.entries.add(weight, at: Int(entries[index])) }
    if key & 1 == 1 {
      trees.events.add(weight * (factors.map { $0[exit] } ?? 1), at: exit)
    }
  }

  @inline(__always)
  private func part(_ index: Int, _ trees: Trees) -> Part {
    let key = keys[index]
    let exit = Int(key >> 1)
    var atRisk = 0.0
    if key & 1 == 1 {
      let entered = entries == nil ? trees.taken : trees.entries.sum(through: exit)
      atRisk = entered - trees.exits.sum(through: exit)
    }
    var events = trees.events.sum(through: exit - 1)
    if let entries { events -= trees.events.sum(through: Int(entries[index]) - 1) }
    return (atRisk, events)
  }

  @inline(__always)
  private func record(_ index: Int, less: Part, upTo: Part, _ counts: inout Concordance.PairCounts) {
    let key = keys[index]
    let exit = Int(key >> 1)
    let before = entries.map { piece.totals.eventsBefore[Int($0[index])] } ?? 0
    let allEvents = piece.totals.eventsBefore[exit] - before
    // As the one who outlives: events with a smaller predictor are concordant.
    var difference = less.events - (allEvents - upTo.events)
    var comparable = allEvents
    if key & 1 == 1 {
      let atRisk = piece.totals.atRisk[exit]
      let greater = atRisk - upTo.atRisk
      let factor = factors.map { $0[exit] } ?? 1
      difference += factor * (greater - less.atRisk)
      comparable += factor * atRisk
      let weight = (weights.map { $0[index] } ?? 1) * factor
      counts.concordant += weight * greater
      counts.discordant += weight * less.atRisk
      counts.tiedPredictor += weight * (upTo.atRisk - less.atRisk)
    }
    self.difference[origin + index] = difference
    self.comparable[origin + index] = comparable
  }
}
