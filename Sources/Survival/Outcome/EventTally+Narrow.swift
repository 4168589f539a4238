// Counting narrow columns in one pass: no order, no copy, one table a thread.

import NumericalMethods

extension EventTally {
  /// Counts rows by time, outcome and group, straight from the columns.
  ///
  /// - Parameters:
  ///   - followUp: times, events.
  ///   - groups: the group of each row, the unit of the result; all in one when `nil`.
  ///   - mergesNearEqualTimes: as of `SurvivalOutcome`; whole numbers too large to be told apart by it are not counted.
  ///   - threads: for the pass over the rows.
  /// - Returns: the same counts as of the outcome with these rows, whatever the number of threads; `nil` where the rows are
  ///   better looked at one by one: an event that is none of the outcomes, a negative time, lengths that differ, more times
  ///   × outcomes × groups than four times the rows.
  ///
  /// Cost: O(n).
  public static func counting(
    _ followUp: NarrowFollowUp, groups: GroupCodes? = nil, mergesNearEqualTimes: Bool = true, threads: Int = 1
  ) -> EventTally? {
    guard let table = NarrowTable(followUp, groups, mergesNearEqualTimes: mergesNearEqualTimes) else {
      return nil
    }
    let counts = table.counts(followUp, groups, threads: threads)
    return table.tally(counts)
  }

  /// All units counted as one; of tallies without weights and delayed entry.
  public var pooled: EventTally {
    guard units.count != 1 else { return self }
    var cells = [Int32](repeating: 0, count: outcomeCount * times.count)
    for unit in units {
      for outcome in 0..<outcomeCount {
        for (position, time) in unit.timeIndex.enumerated() {
          cells[outcome * times.count + Int(time)] &+= unit.counts[outcome * unit.timeIndex.count + position]
        }
      }
    }
    var result = self
    result.units = [Unit(cells: cells[...], outcomeCount: outcomeCount, timeCount: times.count)]
    return result
  }

  /// The same rows with any of the causes as the one event.
  var anyEvent: EventTally {
    guard outcomeCount > 2 else { return self }
    var result = EventTally(times: times, outcomeCount: 2, units: units)
    result.units = units.map { $0.merged(causeCount: outcomeCount - 1) }
    return result
  }

  /// The same rows with censoring as the event and any event as censoring.
  var reversed: EventTally {
    var result = anyEvent
    result.units = result.units.map { unit in
      var unit = unit
      let timeCount = unit.timeIndex.count
      unit.counts = Array(unit.counts[timeCount...] + unit.counts[..<timeCount])
      return unit
    }
    return result
  }

  /// Events of each outcome in all units; the first element counts the censored.
  public var outcomeTotals: [Int] {
    (0..<outcomeCount).map { outcome in
      units.reduce(0) { sum, unit in
        let first = outcome * unit.timeIndex.count
        return sum + unit.counts[first..<first + unit.timeIndex.count].reduce(0) { $0 + Int($1) }
      }
    }
  }
}

extension EventTally.Unit {
  /// - Parameter cells: rows by outcome and time, `cells[outcome * timeCount + time]`.
  fileprivate init(cells: ArraySlice<Int32>, outcomeCount: Int, timeCount: Int) {
    let first = cells.startIndex
    for time in 0..<timeCount {
      var here: Int32 = 0
      for outcome in 0..<outcomeCount { here &+= cells[first + outcome * timeCount + time] }
      guard here > 0 else { continue }
      timeIndex.append(Int32(truncatingIfNeeded: time))
      rowCount += Int(here)
    }
    counts.reserveCapacity(outcomeCount * timeIndex.count)
    for outcome in 0..<outcomeCount {
      for time in timeIndex { counts.append(cells[first + outcome * timeCount + Int(time)]) }
    }
  }
}

/// The table in which narrow rows are counted: units × outcomes × whole numbers between the first and the last time.
private struct NarrowTable {
  private let lowest: Int
  private let timeCount: Int
  private let unitCount: Int
  private let outcomeCount: Int
  /// Where the counts of each event code begin within a unit; codes that stand for nothing have a place of their own.
  private let offsets: [Int]

  private var unitSize: Int { (outcomeCount + 1) * timeCount }

  init?(_ followUp: NarrowFollowUp, _ groups: GroupCodes?, mergesNearEqualTimes: Bool) {
    let rowCount = followUp.time.count
    guard rowCount > 0, rowCount <= Int(Int32.max), followUp.event.count == rowCount,
      groups.map({ $0.rowCount == rowCount }) ?? true, followUp.outcomes.count == 256,
      (2...255).contains(followUp.outcomeCount), let range = followUp.time.range, range.lowerBound >= 0,
      TimeOrder.keepsApart(wholeNumbersUpTo: Double(range.upperBound), merging: mergesNearEqualTimes)
    else { return nil }
    lowest = range.lowerBound
    timeCount = range.count
    unitCount = groups?.count ?? 1
    outcomeCount = followUp.outcomeCount
    let timeCount = timeCount
    let outcomeCount = outcomeCount
    offsets = followUp.outcomes.map { min(Int($0), outcomeCount) * timeCount }
    let (cells, overflow) = unitCount.multipliedReportingOverflow(by: (outcomeCount + 1) * timeCount)
    guard unitCount > 0, !overflow, cells <= max(1 << 16, min(4 * rowCount, 1 << 24)) else { return nil }
  }

  /// Counts are whole numbers: who counts which rows does not matter.
  func counts(_ followUp: NarrowFollowUp, _ groups: GroupCodes?, threads: Int) -> [Int32] {
    let rowCount = followUp.time.count
    let cellCount = unitCount * unitSize
    let pieces = max(1, min(threads, rowCount / max(1 << 16, 2 * cellCount)))
    let chunks = FixedChunks(count: rowCount, size: (rowCount + pieces - 1) / pieces)
    let partial = Parallel.map(chunks: chunks.count, threads: threads) { chunk in
      var counts = [Int32](repeating: 0, count: cellCount)
      counts.withUnsafeMutableBufferPointer { counts in
        followUp.event.withUnsafeBufferPointer { event in
          offsets.withUnsafeBufferPointer { offsets in
            let rows = Rows(range: chunks[chunk], event: event, offsets: offsets, counts: counts)
            switch followUp.time {
            case .uint8(let time): time.withUnsafeBufferPointer { count(rows, $0, groups) }
            case .int16(let time): time.withUnsafeBufferPointer { count(rows, $0, groups) }
            case .int32(let time): time.withUnsafeBufferPointer { count(rows, $0, groups) }
            }
          }
        }
      }
      return counts
    }
    guard var total = partial.first else { return [] }
    for counts in partial.dropFirst() {
      for cell in total.indices { total[cell] &+= counts[cell] }
    }
    return total
  }

  private struct Rows {
    let range: Range<Int>
    let event: UnsafeBufferPointer<UInt8>
    let offsets: UnsafeBufferPointer<Int>
    let counts: UnsafeMutableBufferPointer<Int32>
  }

  @inline(__always)
  private func count<Time: FixedWidthInteger>(
    _ rows: Rows, _ time: UnsafeBufferPointer<Time>, _ groups: GroupCodes?
  ) {
    let lowest = lowest
    let unitSize = unitSize
    switch groups?.content {
    case nil, .single:
      for row in rows.range {
        rows.counts[rows.offsets[Int(rows.event[row])] &+ Int(time[row]) &- lowest] &+= 1
      }
    case .bytes(let bytes, let groups):
      let units = groups.map { max(Int($0), 0) * unitSize - lowest }
      units.withUnsafeBufferPointer { units in
        bytes.withUnsafeBufferPointer { bytes in
          for row in rows.range {
            let first = units[Int(bytes[row])] &+ rows.offsets[Int(rows.event[row])]
            rows.counts[first &+ Int(time[row])] &+= 1
          }
        }
      }
    case .wide(let codes):
      codes.withUnsafeBufferPointer { codes in
        for row in rows.range {
          let first = Int(codes[row]) &* unitSize &+ rows.offsets[Int(rows.event[row])]
          rows.counts[first &+ Int(time[row]) &- lowest] &+= 1
        }
      }
    }
  }

  /// `nil` where some event is none of the outcomes.
  func tally(_ counts: [Int32]) -> EventTally? {
    var occurs = [Bool](repeating: false, count: timeCount)
    for unit in 0..<unitCount {
      let first = unit * unitSize
      for outcome in 0...outcomeCount {
        for time in 0..<timeCount where counts[first + outcome * timeCount + time] > 0 {
          if outcome == outcomeCount { return nil }
          occurs[time] = true
        }
      }
    }
    let days = occurs.indices.filter { occurs[$0] }
    let units = (0..<unitCount).map { unit in
      let first = unit * unitSize
      guard days.count < timeCount else {
        return EventTally.Unit(
          cells: counts[first..<first + outcomeCount * timeCount], outcomeCount: outcomeCount,
          timeCount: timeCount)
      }
      let cells = (0..<outcomeCount).flatMap { outcome in
        days.map { counts[first + outcome * timeCount + $0] }
      }
      return EventTally.Unit(cells: cells[...], outcomeCount: outcomeCount, timeCount: days.count)
    }
    return EventTally(times: days.map { Double(lowest + $0) }, outcomeCount: outcomeCount, units: units)
  }
}
