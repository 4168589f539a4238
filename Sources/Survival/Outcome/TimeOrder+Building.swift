// Finding the distinct times: by table for whole numbers, otherwise by radix order; near-equal times are merged.

import NumericalMethods

/// Distinct times with each row's entry time set to the one it belongs to.
struct OrderedTimes {
  var entry: [Double]?
  var order: TimeOrder
}

extension TimeOrder {
  /// √ε: times nearer than this, absolutely or relative to the mean absolute time, are the same time.
  static let nearEqualTolerance = 1.4901161193847656e-8

  /// Whether whole numbers of that size are different times: beyond it a gap of one can fall under the relative tolerance.
  static func keepsApart(wholeNumbersUpTo largest: Double, merging: Bool) -> Bool {
    largest < (merging ? 1 / nearEqualTolerance / 2 : 0x1p52)
  }

  static func building(time: [Double], entry: [Double]?, mergesNearEqualTimes: Bool) -> OrderedTimes {
    if let table = WholeNumberTimes(time: time, entry: entry, mergesNearEqualTimes: mergesNearEqualTimes) {
      return OrderedTimes(entry: entry, order: table.order(time: time, entry: entry))
    }
    return sorting(time: time, entry: entry, mergesNearEqualTimes: mergesNearEqualTimes)
  }

  /// The general way: exit and entry times are sorted together, since a run of near-equal times may hold both.
  private static func sorting(time: [Double], entry: [Double]?, mergesNearEqualTimes: Bool) -> OrderedTimes {
    let pooled = time + (entry ?? [])
    let sorted = RadixOrder.ascending(pooled)
    let (distinct, pooledRank) = distinctTimes(pooled, sorted: sorted, merging: mergesNearEqualTimes)

    // Keep the exit times alone; an entry is placed at the first exit time later than it.
    var isExit = [Bool](repeating: false, count: distinct.count)
    for row in time.indices { isExit[Int(pooledRank[row])] = true }
    var exitsUpTo = [Int32](repeating: 0, count: distinct.count)
    var times: [Double] = []
    times.reserveCapacity(distinct.count)
    for index in distinct.indices {
      if isExit[index] { times.append(distinct[index]) }
      exitsUpTo[index] = Int32(truncatingIfNeeded: times.count)
    }
    let rank = time.indices.map { exitsUpTo[Int(pooledRank[$0])] - 1 }
    guard entry != nil else {
      return OrderedTimes(entry: nil, order: TimeOrder(times: times, rank: rank, entryRank: nil))
    }
    let entryRows = time.count..<pooled.count
    return OrderedTimes(
      entry: entryRows.map { distinct[Int(pooledRank[$0])] },
      order: TimeOrder(times: times, rank: rank, entryRank: entryRows.map { exitsUpTo[Int(pooledRank[$0])] }))
  }

  /// Distinct values and each value's index among them; a run of near-equal values takes its first.
  private static func distinctTimes(
    _ values: [Double], sorted: [Int32], merging: Bool
  ) -> (distinct: [Double], rank: [Int32]) {
    var unique: [Double] = []
    for position in sorted {
      let value = values[Int(position)]
      if unique.last != value { unique.append(value) }
    }
    var threshold = -1.0
    if merging, !unique.isEmpty {
      let count = Double(unique.count)
      let sum = unique.reduce(0) { $0 + abs($1) }
      let mean = sum.isFinite ? sum / count : unique.reduce(0) { $0 + abs($1) / count }
      threshold = mean > 1 ? nearEqualTolerance * mean : nearEqualTolerance
    }
    var rank = [Int32](repeating: 0, count: values.count)
    var distinct: [Double] = []
    var previous = -Double.infinity
    for position in sorted {
      let value = values[Int(position)]
      if value != previous || distinct.isEmpty {
        if distinct.isEmpty || value - previous > threshold { distinct.append(value) }
        previous = value
      }
      rank[Int(position)] = Int32(truncatingIfNeeded: distinct.count - 1)
    }
    return (distinct, rank)
  }
}

/// Times that are whole numbers in a range small enough for a table: no sort is needed.
struct WholeNumberTimes {
  private let lowest: Int
  private let range: Int

  /// `nil` unless every time is a whole number, the range is small and no two of them could be near-equal.
  init?(time: [Double], entry: [Double]?, mergesNearEqualTimes: Bool) {
    guard var (low, high) = Self.wholeRange(time) else { return nil }
    if let entry {
      guard let (entryLow, entryHigh) = Self.wholeRange(entry) else { return nil }
      low = min(low, entryLow)
      high = max(high, entryHigh)
    }
    guard TimeOrder.keepsApart(wholeNumbersUpTo: max(abs(low), abs(high)), merging: mergesNearEqualTimes),
      high - low < Double(max(4 * time.count, 1 << 16))
    else {
      return nil
    }
    lowest = Int(low)
    range = Int(high - low) + 1
  }

  private static func wholeRange(_ values: [Double]) -> (Double, Double)? {
    guard let first = values.first else { return nil }
    var low = first
    var high = first
    var allWhole = true
    for value in values {
      low = value < low ? value : low
      high = value > high ? value : high
      allWhole = allWhole && value == value.rounded(.towardZero)
    }
    return allWhole ? (low, high) : nil
  }

  func order(time: [Double], entry: [Double]?) -> TimeOrder {
    var occurs = [Bool](repeating: false, count: range)
    for value in time { occurs[Int(value) - lowest] = true }
    var exitsUpTo = [Int32](repeating: 0, count: range)
    var times: [Double] = []
    for offset in 0..<range {
      if occurs[offset] { times.append(Double(lowest + offset)) }
      exitsUpTo[offset] = Int32(truncatingIfNeeded: times.count)
    }
    return TimeOrder(
      times: times,
      rank: time.map { exitsUpTo[Int($0) - lowest] - 1 },
      entryRank: entry.map { $0.map { exitsUpTo[Int($0) - lowest] } })
  }
}
