// Arranging the rows of an outcome for scanning risk sets: two counting sorts and one pass.

extension RiskSetLayout {
  /// - Parameter strata: already checked to hold one code per row.
  init(outcome: SurvivalOutcome, strata: GroupCodes?) {
    let order = Self.order(outcome: outcome, strata: strata)
    let rank = outcome.order.rank
    var builder = Builder(outcome: outcome, codes: strata?.codes)
    var start = 0
    while start < order.count {
      // One stratum after the other, and in it one time after the other.
      let first = Int(order[start])
      var end = start
      var carriesEvent = false
      while end < order.count, builder.isTogether(first, Int(order[end])),
        rank[Int(order[end])] == rank[first]
      {
        carriesEvent = carriesEvent || builder.isEvent(Int(order[end]))
        end += 1
      }
      builder.addTime(rows: order[start..<end], carriesEvent: carriesEvent)
      start = end
    }
    self = builder.finished()
  }

  /// Rows by stratum, then by time, then as in the file.
  private static func order(outcome: SurvivalOutcome, strata: GroupCodes?) -> [Int32] {
    let byTime = outcome.order.ascending
    guard let strata, strata.count > 1 else { return byTime }
    let positions = TimeOrder.countingOrder(
      keys: byTime.map { strata.codes[Int($0)] }, keyCount: strata.count)
    return positions.map { byTime[Int($0)] }
  }

  private struct Builder {
    let outcome: SurvivalOutcome
    let codes: [Int32]?
    var rows: [Int32] = []
    var bucketStart: [Int32] = []
    var eventEnd: [Int32] = []
    var timeRank: [Int32] = []
    var stratumStart: [Int32] = []
    var stratumCode: [Int32] = []
    var entryBucket: [Int32] = []
    var bucketOfRow: [Int32] = []
    var openStratum: Int32 = -1

    init(outcome: SurvivalOutcome, codes: [Int32]?) {
      self.outcome = outcome
      self.codes = codes
      rows.reserveCapacity(outcome.rowCount)
      bucketOfRow.reserveCapacity(outcome.rowCount)
    }

    func code(_ row: Int) -> Int32 { codes.map { $0[row] } ?? 0 }
    func isTogether(_ one: Int, _ other: Int) -> Bool { code(one) == code(other) }
    func isUsed(_ row: Int) -> Bool { outcome.weights.map { $0[row] > 0 } ?? true }
    func isEvent(_ row: Int) -> Bool { outcome.event[row] != 0 && isUsed(row) }

    /// Adds the rows of one stratum that end at one time.
    mutating func addTime(rows group: ArraySlice<Int32>, carriesEvent: Bool) {
      guard let first = group.first else { return }
      let stratum = code(Int(first))
      if carriesEvent {
        if stratum != openStratum {
          openStratum = stratum
          stratumCode.append(stratum)
          stratumStart.append(Int32(truncatingIfNeeded: timeRank.count))
        }
        bucketStart.append(Int32(truncatingIfNeeded: rows.count))
        timeRank.append(outcome.order.rank[Int(first)])
        for row in group where isEvent(Int(row)) { add(row) }
        eventEnd.append(Int32(truncatingIfNeeded: rows.count))
        for row in group where !isEvent(Int(row)) { add(row) }
      } else if stratum == openStratum {
        for row in group { add(row) }
      }
    }

    private mutating func add(_ row: Int32) {
      guard isUsed(Int(row)) else { return }
      if let entryRank = outcome.order.entryRank {
        let entry = firstEventTime(from: entryRank[Int(row)])
        guard entry < timeRank.count else { return }
        entryBucket.append(Int32(truncatingIfNeeded: entry))
      }
      bucketOfRow.append(Int32(truncatingIfNeeded: timeRank.count - 1))
      rows.append(row)
    }

    /// First event time of the open stratum that is not before the given distinct time.
    private func firstEventTime(from rank: Int32) -> Int {
      var low = Int(stratumStart.last ?? 0)
      var high = timeRank.count
      while low < high {
        let middle = (low + high) / 2
        if timeRank[middle] < rank { low = middle + 1 } else { high = middle }
      }
      return low
    }

    func finished() -> RiskSetLayout {
      let count = Int32(truncatingIfNeeded: rows.count)
      return RiskSetLayout(
        rows: rows, bucketStart: bucketStart + [count], eventEnd: eventEnd, timeRank: timeRank,
        stratumStart: stratumStart + [Int32(truncatingIfNeeded: timeRank.count)], stratumCode: stratumCode,
        entryBucket: outcome.entry == nil ? nil : entryBucket,
        weights: outcome.weights.map { weights in rows.map { weights[Int($0)] } },
        bucketOfRow: bucketOfRow)
    }
  }
}
