// The groups of one stratum side by side, time after time.

/// Walks through the distinct times of several units together and says how many are at risk and how many leave.
///
/// Counts are whole numbers (frequency weights included), so that subtracting those who left is exact.
struct StratumScan {
  let unitCount: Int
  /// Number at risk in each unit just before the current time.
  private(set) var atRisk: [Double]
  /// Rows ending at the current time, `leaving[outcome * unitCount + unit]`.
  private(set) var leaving: [Double]

  private let units: [EventTally.Unit]
  private let outcomeCount: Int
  private var position: [Int]
  private var entryPosition: [Int]

  init(_ tally: EventTally, units indices: [Int]) {
    units = indices.map { tally.units[$0] }
    unitCount = indices.count
    outcomeCount = tally.outcomeCount
    position = [Int](repeating: 0, count: indices.count)
    entryPosition = position
    leaving = [Double](repeating: 0, count: tally.outcomeCount * indices.count)
    atRisk = units.map { unit in
      guard unit.entryIndex == nil else { return 0 }
      return unit.weights.map { $0.reduce(0, +) } ?? Double(unit.rowCount)
    }
  }

  /// Moves on to the next time; false when there is none.
  mutating func next() -> Bool {
    // Those who left at the last time are gone.
    for unit in 0..<unitCount {
      for outcome in 0..<outcomeCount { atRisk[unit] -= leaving[outcome * unitCount + unit] }
    }
    var time = Int32.max
    for unit in 0..<unitCount where position[unit] < units[unit].timeIndex.count {
      time = min(time, units[unit].timeIndex[position[unit]])
    }
    guard time < .max else { return false }
    for unit in 0..<unitCount {
      enter(unit: unit, upTo: time)
      let here = position[unit]
      let isHere = here < units[unit].timeIndex.count && units[unit].timeIndex[here] == time
      for outcome in 0..<outcomeCount {
        leaving[outcome * unitCount + unit] = isHere ? units[unit].weight(outcome: outcome, at: here) : 0
      }
      if isHere { position[unit] += 1 }
    }
    return true
  }

  private mutating func enter(unit: Int, upTo time: Int32) {
    guard let entryIndex = units[unit].entryIndex else { return }
    while entryPosition[unit] < entryIndex.count, entryIndex[entryPosition[unit]] <= time {
      let entry = entryPosition[unit]
      atRisk[unit] += units[unit].entryWeights.map { $0[entry] } ?? Double(units[unit].entryCounts[entry])
      entryPosition[unit] += 1
    }
  }
}
