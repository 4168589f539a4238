// Counting through the time order, for many units or many distinct times: memory in proportion to the rows.

import NumericalMethods

extension EventTally {
  static func sortedUnits(_ outcome: SurvivalOutcome, units: TallyUnits, map: OutcomeMap) -> [Unit] {
    let exits = UnitOrder(rowsInTimeOrder: outcome.order.ascending, units: units)
    let entries = outcome.order.entryAscending.map { UnitOrder(rowsInTimeOrder: $0, units: units) }
    return (0..<units.count).map { unit in
      var result = exitCounts(outcome, rows: exits.rows(of: unit), map: map)
      if let entries, let entryRank = outcome.order.entryRank {
        placeEntries(
          entryRank, rows: entries.rows(of: unit), weights: outcome.weights, into: &result)
      }
      return result
    }
  }

  private static func exitCounts(
    _ outcome: SurvivalOutcome, rows: ArraySlice<Int32>, map: OutcomeMap
  ) -> Unit {
    var unit = Unit()
    unit.rowCount = rows.count
    let rank = outcome.order.rank
    for row in rows where unit.timeIndex.last != rank[Int(row)] { unit.timeIndex.append(rank[Int(row)]) }
    let timeCount = unit.timeIndex.count
    unit.counts = [Int32](repeating: 0, count: map.count * timeCount)
    let empty = [CompensatedSum](
      repeating: CompensatedSum(), count: outcome.weights == nil ? 0 : map.count * timeCount)
    var weightSums = empty
    var squareSums = empty
    var position = -1
    var previous: Int32 = -1
    for row in rows {
      if rank[Int(row)] != previous {
        position += 1
        previous = rank[Int(row)]
      }
      let cell = Int(map.outcome[Int(outcome.event[Int(row)])]) * timeCount + position
      unit.counts[cell] &+= 1
      if let weights = outcome.weights {
        let weight = weights[Int(row)]
        weightSums[cell].add(weight)
        squareSums[cell].add(weight * weight)
      }
    }
    if outcome.weights != nil {
      unit.weights = weightSums.map(\.value)
      unit.squaredWeights = squareSums.map(\.value)
    }
    return unit
  }

  private static func placeEntries(
    _ entryRank: [Int32], rows: ArraySlice<Int32>, weights: [Double]?, into unit: inout Unit
  ) {
    var index: [Int32] = []
    var counts: [Int32] = []
    var sums: [CompensatedSum] = []
    for row in rows {
      if index.last != entryRank[Int(row)] {
        index.append(entryRank[Int(row)])
        counts.append(0)
        sums.append(CompensatedSum())
      }
      counts[counts.count - 1] += 1
      if let weights { sums[sums.count - 1].add(weights[Int(row)]) }
    }
    unit.entryIndex = index
    unit.entryCounts = counts
    if weights != nil { unit.entryWeights = sums.map(\.value) }
  }
}

/// The rows unit by unit, within each in the order of time.
struct UnitOrder: Sendable {
  private let ordered: [Int32]
  private let first: [Int]

  init(rowsInTimeOrder: [Int32], units: TallyUnits) {
    var first = [Int](repeating: 0, count: units.count + 1)
    for code in units.codes { first[Int(code) + 1] += 1 }
    for unit in 0..<units.count { first[unit + 1] += first[unit] }
    self.first = first
    var next = first
    ordered = [Int32](unsafeUninitializedCapacity: rowsInTimeOrder.count) { buffer, count in
      for row in rowsInTimeOrder {
        let unit = Int(units.codes[Int(row)])
        buffer[next[unit]] = row
        next[unit] += 1
      }
      count = rowsInTimeOrder.count
    }
  }

  func rows(of unit: Int) -> ArraySlice<Int32> { ordered[first[unit]..<first[unit + 1]] }
}
