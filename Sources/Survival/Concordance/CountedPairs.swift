// Counting pairs where every row counts once and is at risk from the start: whole numbers throughout.

import NumericalMethods

/// Rows taken by ascending predictor; one table of counts holds when those taken so far leave, another their events.
struct CountedPairs: Sendable {
  /// Beyond so many rows a row's sums may need more than four bytes.
  static let greatestRowCount = 1 << 29

  let layout: RiskSetLayout
  let order: PredictorOrder
  /// Per place of the order: twice the first event time of the stratum that no longer compares the row, plus one for
  /// rows that have the event, which is then at that time.
  private let keys: [Int32]

  init(layout: RiskSetLayout, order: PredictorOrder, threads: Int) {
    self.layout = layout
    self.order = order
    let byPosition = [Int32](unsafeUninitializedCapacity: layout.rowCount) { keys, count in
      count = layout.rowCount
      for stratum in 0..<layout.stratumCount {
        let events = layout.eventTimes(ofStratum: stratum)
        for event in events {
          let key = Int32(truncatingIfNeeded: 2 * (event - events.lowerBound))
          for position in layout.events(event) { keys[position] = key + 1 }
          for position in Int(layout.eventEnd[event])..<layout.bucket(event).upperBound {
            keys[position] = key + 2
          }
        }
      }
    }
    let chunks = FixedChunks(count: layout.rowCount, size: 1 << 14)
    keys = [Int32](unsafeUninitializedCapacity: layout.rowCount) { keys, count in
      count = layout.rowCount
      byPosition.withUnsafeBufferPointer { source in
        order.positions.withUnsafeBufferPointer { positions in
          nonisolated(unsafe) let (keys, source, positions) = (keys, source, positions)
          Parallel.forEach(chunks: chunks.count, threads: threads) { chunk in
            for place in chunks[chunk] { keys[place] = source[Int(positions[place])] }
          }
        }
      }
    }
  }

  func count(threads: Int) -> PairInfluence {
    let pieces = StratumPiece.all(of: layout, order: order, timeWeights: .one)
    // Every element is written before it is read.
    var difference = [Int32](unsafeUninitializedCapacity: layout.rowCount) { $1 = layout.rowCount }
    var comparable = [Int32](unsafeUninitializedCapacity: layout.rowCount) { $1 = layout.rowCount }
    let counts = difference.withUnsafeMutableBufferPointer { difference in
      comparable.withUnsafeMutableBufferPointer { comparable in
        guard let difference = difference.baseAddress, let comparable = comparable.baseAddress else {
          return [Concordance.PairCounts]()
        }
        nonisolated(unsafe) let (first, second) = (difference, comparable)
        return Parallel.map(chunks: pieces.count, threads: threads) {
          Scan(self, pieces[$0], difference: first, comparable: second).run()
        }
      }
    }
    var result = PairInfluence(difference: .counts(difference), comparable: .counts(comparable))
    for part in counts {
      result.counts.concordant += part.concordant
      result.counts.discordant += part.discordant
      result.counts.tiedPredictor += part.tiedPredictor
      result.counts.tiedBoth += part.tiedBoth
    }
    let tied = (0..<layout.eventTimeCount).reduce(0.0) { sum, event in
      let count = Double(layout.eventCount(event))
      return sum + count * (count - 1) / 2
    }
    result.counts.tiedTime = tied - result.counts.tiedBoth
    return result
  }

  /// The loop over the rows of one piece, with the counts as the rows before it have left them.
  private struct Scan {
    private let places: Range<Int>
    private let totals: StratumTotals
    private let keys: [Int32]
    private let opens: [Bool]
    private let exits: RankCounts
    private let events: RankCounts
    private let taken: Int32
    private let difference: UnsafeMutablePointer<Int32>
    private let comparable: UnsafeMutablePointer<Int32>

    /// Those at risk at the row's event, and events while it was at risk, among the rows taken so far.
    private typealias Part = (atRisk: Int32, events: Int32)

    init(
      _ pairs: CountedPairs, _ piece: StratumPiece, difference: UnsafeMutablePointer<Int32>,
      comparable: UnsafeMutablePointer<Int32>
    ) {
      places = piece.places
      totals = piece.totals
      keys = pairs.keys
      opens = pairs.order.opensGroup
      self.difference = difference
      self.comparable = comparable
      let first = pairs.layout.rows(ofStratum: piece.stratum).lowerBound
      var left = [Int32](repeating: 0, count: pairs.layout.eventTimes(ofStratum: piece.stratum).count + 1)
      var died = left
      left.withUnsafeMutableBufferPointer { left in
        died.withUnsafeMutableBufferPointer { died in
          for place in first..<piece.places.lowerBound {
            let key = pairs.keys[place]
            left[Int(key >> 1)] += 1
            died[Int(key >> 1)] += key & 1
          }
        }
      }
      exits = RankCounts(left)
      events = RankCounts(died)
      taken = Int32(truncatingIfNeeded: piece.places.lowerBound - first)
    }

    func run() -> Concordance.PairCounts {
      var counts = Concordance.PairCounts(
        concordant: 0, discordant: 0, tiedPredictor: 0, tiedTime: 0, tiedBoth: 0)
      var taken = taken
      var below: [Part] = []
      keys.withUnsafeBufferPointer { keys in
        opens.withUnsafeBufferPointer { opens in
          totals.atRisk.withUnsafeBufferPointer { atRisk in
            totals.eventsBefore.withUnsafeBufferPointer { eventsBefore in
              var start = places.lowerBound
              while start < places.upperBound {
                var end = start + 1
                while end < places.upperBound, !opens[end] { end += 1 }
                if end == start + 1 {
                  let less = part(keys[start], taken)
                  enter(keys[start])
                  taken += 1
                  record(start, keys[start], less, less, atRisk, eventsBefore, &counts)
                } else {
                  below.removeAll(keepingCapacity: true)
                  for place in start..<end { below.append(part(keys[place], taken)) }
                  var run = 0
                  for place in start..<end {
                    enter(keys[place])
                    // Rows of one predictor stand by event time.
                    let isTied = place > start && keys[place] & 1 == 1 && keys[place] == keys[place - 1]
                    run = isTied ? run + 1 : 0
                    counts.tiedBoth += Double(run)
                  }
                  taken += Int32(truncatingIfNeeded: end - start)
                  // Those entered in between share the predictor; nobody is paired with oneself.
                  for place in start..<end {
                    record(
                      place, keys[place], below[place - start], part(keys[place], taken), atRisk,
                      eventsBefore,
                      &counts)
                  }
                }
                start = end
              }
            }
          }
        }
      }
      return counts
    }

    @inline(__always)
    private func enter(_ key: Int32) {
      exits.add(at: Int(key >> 1))
      if key & 1 == 1 { events.add(at: Int(key >> 1)) }
    }

    @inline(__always)
    private func part(_ key: Int32, _ taken: Int32) -> Part {
      let exit = Int(key >> 1)
      return (key & 1 == 1 ? taken - exits.sum(through: exit) : 0, events.sum(through: exit - 1))
    }

    @inline(__always)
    private func record(
      _ place: Int, _ key: Int32, _ less: Part, _ upTo: Part, _ atRisk: UnsafeBufferPointer<Double>,
      _ eventsBefore: UnsafeBufferPointer<Double>, _ counts: inout Concordance.PairCounts
    ) {
      let exit = Int(key >> 1)
      let allEvents = eventsBefore[exit]
      // As the one who outlives: events with a smaller predictor are concordant.
      var difference = Double(less.events) - (allEvents - Double(upTo.events))
      var comparable = allEvents
      if key & 1 == 1 {
        let greater = atRisk[exit] - Double(upTo.atRisk)
        difference += greater - Double(less.atRisk)
        comparable += atRisk[exit]
        counts.concordant += greater
        counts.discordant += Double(less.atRisk)
        counts.tiedPredictor += Double(upTo.atRisk - less.atRisk)
      }
      self.difference[place] = Int32(truncatingIfNeeded: Int(difference))
      self.comparable[place] = Int32(truncatingIfNeeded: Int(comparable))
    }
  }
}
