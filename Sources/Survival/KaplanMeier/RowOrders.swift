// The rows group by group in the order of time, for what counts alone cannot tell.

import NumericalMethods

/// The rows of each unit in the order of exit and of entry.
struct RowOrders: Sendable {
  let exits: UnitOrder
  let entries: UnitOrder?

  init(_ outcome: SurvivalOutcome, groups: GroupCodes) {
    let units = TallyUnits(groups)
    exits = UnitOrder(rowsInTimeOrder: outcome.order.ascending, units: units)
    entries = outcome.order.entryAscending.map { UnitOrder(rowsInTimeOrder: $0, units: units) }
  }
}

/// Which rows are continued by the next row of the same subject: their end is no censoring.
struct ContinuedRows: Sendable {
  let isContinued: [Bool]

  init(_ outcome: SurvivalOutcome, subjects: GroupCodes) {
    var isContinued = [Bool](repeating: false, count: outcome.rowCount)
    if let entry = outcome.entry {
      let bySubject = UnitOrder(rowsInTimeOrder: outcome.order.ascending, units: TallyUnits(subjects))
      for subject in 0..<subjects.count {
        let rows = bySubject.rows(of: subject)
        for (row, next) in zip(rows, rows.dropFirst())
        where outcome.event[Int(row)] == 0 && entry[Int(next)] == outcome.time[Int(row)] {
          isContinued[Int(row)] = true
        }
      }
    }
    self.isContinued = isContinued
  }

  /// Weighted number of rows of a unit whose follow-up ends without event at each of the unit's times.
  func censored(
    _ outcome: SurvivalOutcome, rows: ArraySlice<Int32>, timeIndex: [Int32]
  ) -> [Double] {
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: timeIndex.count)
    var position = 0
    for row in rows.map(Int.init) where outcome.event[row] == 0 && !isContinued[row] {
      while position + 1 < timeIndex.count, timeIndex[position] < outcome.order.rank[row] { position += 1 }
      sums[position].add(outcome.weights.map { $0[row] } ?? 1)
    }
    return sums.map(\.value)
  }
}
