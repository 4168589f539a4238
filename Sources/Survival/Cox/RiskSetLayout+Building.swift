// Arranging the rows of an outcome for scanning risk sets: two counting sorts and one pass.

extension RiskSetLayout {
  /// - Parameter strata: already checked to hold one code per row.
  init(outcome: SurvivalOutcome, strata: GroupCodes?) {
    let order = Self.order(outcome: outcome, strata: strata)
    let events = Self.marks(outcome)
    var builder = Builder(outcome: outcome)
    order.withUnsafeBufferPointer { order in
      outcome.order.rank.withUnsafeBufferPointer { rank in
        events.withUnsafeBufferPointer { events in
          let codes = strata?.codes
          var start = 0
          while start < order.count {
            // One stratum after the other, and in it one time after the other.
            let row = Int(order[start])
            let (time, code) = (rank[row], codes?[row] ?? 0)
            var end = start
            var carriesEvent = false
            while end < order.count {
              let next = Int(order[end])
              guard rank[next] == time, codes.map({ $0[next] == code }) ?? true else { break }
              if events[next] == .event { carriesEvent = true }
              end += 1
            }
            builder.add(
              UnsafeBufferPointer(rebasing: order[start..<end]), rank: time, stratum: code, marks: events,
              carriesEvent: carriesEvent)
            start = end
          }
        }
      }
    }
    self = builder.finished()
  }

  /// What a row is to the likelihood.
  private enum Mark: UInt8 { case left, censored, event }

  private static func marks(_ outcome: SurvivalOutcome) -> [Mark] {
    guard let weights = outcome.weights else { return outcome.event.map { $0 == 0 ? .censored : .event } }
    return outcome.event.indices.map { weights[$0] > 0 ? outcome.event[$0] == 0 ? .censored : .event : .left }
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
    private let weights: [Double]?
    private let entryRank: [Int32]?
    private var rows: [Int32] = []
    private var bucketStart: [Int32] = []
    private var eventEnd: [Int32] = []
    private var timeRank: [Int32] = []
    private var stratumStart: [Int32] = []
    private var stratumCode: [Int32] = []
    private var entryBucket: [Int32] = []

    init(outcome: SurvivalOutcome) {
      weights = outcome.weights
      entryRank = outcome.order.entryRank
      rows.reserveCapacity(outcome.rowCount)
    }

    /// Adds the rows of one stratum that end at one time; before the first event they are in no risk set.
    mutating func add(
      _ group: UnsafeBufferPointer<Int32>, rank: Int32, stratum: Int32, marks: UnsafeBufferPointer<Mark>,
      carriesEvent: Bool
    ) {
      if carriesEvent {
        if stratumCode.last != stratum {
          stratumCode.append(stratum)
          stratumStart.append(Int32(truncatingIfNeeded: timeRank.count))
        }
        bucketStart.append(Int32(truncatingIfNeeded: rows.count))
        timeRank.append(rank)
        add(group, marked: .event, marks)
        eventEnd.append(Int32(truncatingIfNeeded: rows.count))
      }
      if stratumCode.last == stratum { add(group, marked: .censored, marks) }
    }

    private mutating func add(
      _ group: UnsafeBufferPointer<Int32>, marked wanted: Mark, _ marks: UnsafeBufferPointer<Mark>
    ) {
      let bucket = Int32(truncatingIfNeeded: timeRank.count - 1)
      for row in group where marks[Int(row)] == wanted {
        if let entryRank {
          let entry = firstEventTime(from: entryRank[Int(row)])
          guard entry <= Int(bucket) else { continue }
          entryBucket.append(Int32(truncatingIfNeeded: entry))
        }
        rows.append(row)
      }
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
        entryBucket: entryRank == nil ? nil : entryBucket,
        weights: weights.map { weights in rows.map { weights[Int($0)] } })
    }
  }
}
