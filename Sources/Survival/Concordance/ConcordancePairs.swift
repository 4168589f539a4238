// Counting concordant and discordant pairs through trees of partial sums over event times.

import NumericalMethods

/// Numbers of pairs and each row's part in them; a pair is concordant here when the greater predictor lives longer.
struct PairInfluence: Sendable {
  var counts: Concordance.PairCounts
  /// Per position of the scanning order: Σ over its concordant pairs of the other's weight, less its discordant ones.
  var difference: [Double]
  /// Σ over all comparable pairs of the row of the other's weight.
  var comparable: [Double]
}

/// What a tree adds up: whole numbers when all pairs count once, which is exact and fast.
protocol PairWeight: AdditiveArithmetic, Sendable {
  init(pairWeight: Double)
  var pairWeight: Double { get }
}

extension Int32: PairWeight {
  init(pairWeight: Double) { self = pairWeight >= 1 ? 1 : 0 }
  var pairWeight: Double { Double(self) }
}

extension Double: PairWeight {
  init(pairWeight: Double) { self = pairWeight }
  var pairWeight: Double { self }
}

/// Rows are taken by ascending predictor; one tree holds when those taken so far leave, another their events.
struct ConcordancePairs<Weight: PairWeight> {
  let layout: RiskSetLayout
  let order: PredictorOrder
  let timeWeights: EventTimeWeights

  func count(threads: Int) -> PairInfluence {
    var result = PairInfluence(
      counts: Concordance.PairCounts(
        concordant: 0, discordant: 0, tiedPredictor: 0, tiedTime: 0, tiedBoth: 0),
      difference: [Double](repeating: 0, count: layout.rowCount),
      comparable: [Double](repeating: 0, count: layout.rowCount))
    for stratum in 0..<layout.stratumCount { add(stratum: stratum, to: &result) }
    return result
  }

  private func add(stratum: Int, to result: inout PairInfluence) {
    let events = layout.eventTimes(ofStratum: stratum)
    let rows = layout.rows(ofStratum: stratum)
    let totals = Totals(layout: layout, timeWeights: timeWeights, stratum: stratum)
    let trees = Trees(eventTimeCount: events.count)
    let first = events.lowerBound
    var below: [Part] = []
    var start = rows.lowerBound
    while start < rows.upperBound {
      var end = start + 1
      while end < rows.upperBound, !order.opensGroup[end] { end += 1 }
      below.removeAll(keepingCapacity: true)
      for place in start..<end { below.append(part(place, trees, first)) }
      for place in start..<end { enter(place, first, into: trees) }
      for place in start..<end {
        let less = below[place - start]
        // Those entered in between share the predictor; nobody is paired with oneself.
        let upTo = end - start > 1 ? part(place, trees, first) : less
        record(place, less: less, upTo: upTo, totals, first, to: &result)
      }
      start = end
    }
  }

  /// What the trees hold about one row: those at risk at its event, and events while it was at risk.
  private typealias Part = (atRisk: Double, events: Double)

  /// First event time, counted from the first of all, at which a row no longer serves for comparison.
  @inline(__always)
  private func exit(_ position: Int) -> Int {
    Int(layout.bucketOfRow[position]) + (layout.isEvent(position) ? 0 : 1)
  }

  @inline(__always)
  private func enter(_ place: Int, _ first: Int, into trees: Trees) {
    let position = Int(order.positions[place])
    let weight = layout.weight(position)
    trees.taken += Weight(pairWeight: weight)
    trees.exits.add(Weight(pairWeight: weight), at: exit(position) - first)
    if let entry = layout.entryBucket {
      trees.entries.add(Weight(pairWeight: weight), at: Int(entry[position]) - first)
    }
    if layout.isEvent(position) {
      let event = Int(layout.bucketOfRow[position])
      trees.events.add(Weight(pairWeight: weight * timeWeights[event]), at: event - first)
    }
  }

  @inline(__always)
  private func part(_ place: Int, _ trees: Trees, _ first: Int) -> Part {
    let position = Int(order.positions[place])
    var atRisk = 0.0
    if layout.isEvent(position) {
      let event = Int(layout.bucketOfRow[position]) - first
      let entered = layout.entryBucket == nil ? trees.taken : trees.entries.sum(through: event)
      atRisk = (entered - trees.exits.sum(through: event)).pairWeight
    }
    var events = trees.events.sum(through: exit(position) - first - 1)
    if let entry = layout.entryBucket {
      events -= trees.events.sum(through: Int(entry[position]) - first - 1)
    }
    return (atRisk, events.pairWeight)
  }

  @inline(__always)
  private func record(
    _ place: Int, less: Part, upTo: Part, _ totals: Totals, _ first: Int, to result: inout PairInfluence
  ) {
    let position = Int(order.positions[place])
    let entry = layout.entryBucket.map { Int($0[position]) - first } ?? 0
    let allEvents = totals.events(from: entry, to: exit(position) - first)
    // As the one who outlives: events with a smaller predictor are concordant.
    var difference = less.events - (allEvents - upTo.events)
    var comparable = allEvents
    if layout.isEvent(position) {
      let event = Int(layout.bucketOfRow[position])
      let atRisk = totals.atRisk[event - first]
      let greater = atRisk - upTo.atRisk
      let factor = timeWeights[event]
      difference += factor * (greater - less.atRisk)
      comparable += factor * atRisk
      let weight = layout.weight(position) * factor
      result.counts.concordant += weight * greater
      result.counts.discordant += weight * less.atRisk
      result.counts.tiedPredictor += weight * (upTo.atRisk - less.atRisk)
    }
    result.difference[position] = difference
    result.comparable[position] = comparable
  }
}

extension ConcordancePairs {
  /// The trees of one stratum.
  final class Trees {
    /// Weight of all rows taken so far.
    var taken = Weight.zero
    let exits: PartialSumTree<Weight>
    let entries: PartialSumTree<Weight>
    let events: PartialSumTree<Weight>

    init(eventTimeCount: Int) {
      exits = PartialSumTree(count: eventTimeCount + 1)
      entries = PartialSumTree(count: eventTimeCount + 1)
      events = PartialSumTree(count: eventTimeCount + 1)
    }
  }
}

/// Sums over a stratum that do not depend on the predictor.
private struct Totals {
  /// Per event time, the weight of those who are compared with its events.
  let atRisk: [Double]
  /// Weight of the events before each event time.
  private let eventsBefore: [Double]

  init(layout: RiskSetLayout, timeWeights: EventTimeWeights, stratum: Int) {
    let events = layout.eventTimes(ofStratum: stratum)
    let first = events.lowerBound
    var change = [Double](repeating: 0, count: events.count + 1)
    for position in layout.rows(ofStratum: stratum) {
      let weight = layout.weight(position)
      change[layout.entryBucket.map { Int($0[position]) - first } ?? 0] += weight
      change[Int(layout.bucketOfRow[position]) - first + (layout.isEvent(position) ? 0 : 1)] -= weight
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
        for row in layout.events(event) { total += layout.weight(row) * timeWeights[event] }
        return total
      }
  }

  func events(from start: Int, to end: Int) -> Double { eventsBefore[end] - eventsBefore[start] }
}
