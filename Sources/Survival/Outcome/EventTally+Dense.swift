// Counting into a table of units × outcomes × times: no order of the rows is needed.

import NumericalMethods

/// The table's shape: cell (unit, outcome, time) at `(unit * outcomeCount + outcome) * timeCount + time`.
struct DenseLayout: Sendable {
  let unitCount: Int
  let outcomeCount: Int
  let timeCount: Int

  /// `Int.max` where the product overflows.
  var cellCount: Int {
    let (perUnit, firstOverflow) = outcomeCount.multipliedReportingOverflow(by: timeCount)
    let (cells, secondOverflow) = perUnit.multipliedReportingOverflow(by: unitCount)
    return firstOverflow || secondOverflow ? .max : cells
  }

  /// Chunks large enough that the tables cost less than the rows; their borders depend on sizes alone.
  private func chunks(rowCount: Int) -> FixedChunks {
    FixedChunks(count: rowCount, size: max(1 << 17, 4 * cellCount))
  }

  func units(
    _ outcome: SurvivalOutcome, unitCodes: [Int32], map: EventTally.OutcomeMap, threads: Int
  ) -> [EventTally.Unit] {
    let chunks = chunks(rowCount: outcome.rowCount)
    let exits = table(chunks: chunks, threads: threads, weights: outcome.weights, squares: true) {
      rows, add in
      let offsets = map.outcome.map { Int($0) * timeCount }
      let stride = outcomeCount * timeCount
      outcome.order.rank.withUnsafeBufferPointer { rank in
        outcome.event.withUnsafeBufferPointer { event in
          unitCodes.withUnsafeBufferPointer { unit in
            offsets.withUnsafeBufferPointer { offsets in
              for row in rows {
                add(row, Int(unit[row]) &* stride &+ offsets[Int(event[row])] &+ Int(rank[row]))
              }
            }
          }
        }
      }
    }
    var units = (0..<unitCount).map { compact(exits, unit: $0) }
    if let entryRank = outcome.order.entryRank {
      let shape = DenseLayout(unitCount: unitCount, outcomeCount: 1, timeCount: timeCount)
      let entries = table(chunks: chunks, threads: threads, weights: outcome.weights, squares: false) {
        rows, add in
        for row in rows { add(row, Int(unitCodes[row]) * timeCount + Int(entryRank[row])) }
      }
      for unit in 0..<unitCount { shape.placeEntries(entries, unit: unit, into: &units[unit]) }
    }
    return units
  }

  private struct Sums: Sendable {
    var counts: [Int32]
    var weights: [CompensatedSum]?
    var squares: [CompensatedSum]?
  }

  /// Sums per cell, chunk by chunk; `visit` names the cell of every row of a chunk.
  private func table(
    chunks: FixedChunks, threads: Int, weights: [Double]?, squares: Bool,
    visit: @Sendable (Range<Int>, (Int, Int) -> Void) -> Void
  ) -> Sums {
    let cellCount = cellCount
    let partial = Parallel.map(chunks: chunks.count, threads: threads) { chunk in
      var sums = Sums(counts: [Int32](repeating: 0, count: cellCount), weights: nil, squares: nil)
      sums.counts.withUnsafeMutableBufferPointer { counts in
        guard let weights else {
          visit(chunks[chunk]) { _, cell in counts[cell] &+= 1 }
          return
        }
        var weightSums = [CompensatedSum](repeating: CompensatedSum(), count: cellCount)
        var squareSums = [CompensatedSum](repeating: CompensatedSum(), count: squares ? cellCount : 0)
        visit(chunks[chunk]) { row, cell in
          counts[cell] &+= 1
          weightSums[cell].add(weights[row])
          if squares { squareSums[cell].add(weights[row] * weights[row]) }
        }
        sums.weights = weightSums
        sums.squares = squareSums
      }
      return sums
    }
    return combine(partial)
  }

  private func combine(_ partial: [Sums]) -> Sums {
    guard var total = partial.first else {
      return Sums(counts: [Int32](repeating: 0, count: cellCount), weights: nil, squares: nil)
    }
    for sums in partial.dropFirst() {
      for cell in total.counts.indices { total.counts[cell] &+= sums.counts[cell] }
      if let weights = sums.weights {
        for cell in weights.indices { total.weights?[cell].add(weights[cell]) }
      }
      if let squares = sums.squares {
        for cell in squares.indices { total.squares?[cell].add(squares[cell]) }
      }
    }
    return total
  }

  /// Keeps the times at which the unit has an exit.
  private func compact(_ sums: Sums, unit: Int) -> EventTally.Unit {
    let first = unit * outcomeCount * timeCount
    var result = EventTally.Unit()
    for time in 0..<timeCount {
      var here: Int32 = 0
      for outcome in 0..<outcomeCount { here &+= sums.counts[first + outcome * timeCount + time] }
      guard here > 0 else { continue }
      result.timeIndex.append(Int32(truncatingIfNeeded: time))
      result.rowCount += Int(here)
    }
    let cells = (0..<outcomeCount).flatMap { outcome in
      result.timeIndex.map { first + outcome * timeCount + Int($0) }
    }
    result.counts = cells.map { sums.counts[$0] }
    if let weights = sums.weights { result.weights = cells.map { weights[$0].value } }
    if let squares = sums.squares { result.squaredWeights = cells.map { squares[$0].value } }
    return result
  }

  private func placeEntries(_ sums: Sums, unit: Int, into result: inout EventTally.Unit) {
    let first = unit * timeCount
    let entered = (0..<timeCount).filter { sums.counts[first + $0] > 0 }
    result.entryIndex = entered.map { Int32(truncatingIfNeeded: $0) }
    result.entryCounts = entered.map { sums.counts[first + $0] }
    if let weights = sums.weights { result.entryWeights = entered.map { weights[first + $0].value } }
  }
}
