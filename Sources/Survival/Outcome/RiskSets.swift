// Numbers at risk at each time of a unit, from what left and what entered.

import NumericalMethods

/// Numbers at risk just before each time of a unit, and those of them who have no event then.
///
/// Summed from the last time backwards, so that small risk sets are sums of few numbers and not what is left of many;
/// `survivors` is summed, not subtracted, so that it is exactly 0 when nobody with weight remains.
struct RiskSets: Sendable {
  /// Weighted number at risk.
  var atRisk: [Double]
  /// Weighted number at risk without an event at this time.
  var survivors: [Double]
  /// Number of rows at risk.
  var rowsAtRisk: [Int]

  init(_ unit: EventTally.Unit, outcomeCount: Int) {
    let timeCount = unit.timeIndex.count
    atRisk = [Double](repeating: 0, count: timeCount)
    survivors = atRisk
    rowsAtRisk = [Int](repeating: 0, count: timeCount)
    // Rows that end later and have entered: the weighted sum is exact as long as it only grows.
    var remaining = CompensatedSum()
    var remainingRows = 0
    var entry = (unit.entryIndex?.count ?? 0) - 1
    for position in stride(from: timeCount - 1, through: 0, by: -1) {
      if let entryIndex = unit.entryIndex {
        while entry >= 0, entryIndex[entry] > unit.timeIndex[position] {
          let count = unit.entryCounts[entry]
          remainingRows -= Int(count)
          remaining.add(-(unit.entryWeights.map { $0[entry] } ?? Double(count)))
          entry -= 1
        }
        if remainingRows <= 0 { remaining = CompensatedSum() }
      }
      var eventRows = 0
      var events = CompensatedSum()
      for outcome in 1..<max(outcomeCount, 1) {
        eventRows += Int(unit.count(outcome: outcome, at: position))
        events.add(unit.weight(outcome: outcome, at: position))
      }
      remaining.add(unit.weight(outcome: 0, at: position))
      remainingRows += Int(unit.count(outcome: 0, at: position))
      survivors[position] = max(remaining.value, 0)
      remaining.add(events)
      remainingRows += eventRows
      atRisk[position] = max(remaining.value, 0)
      rowsAtRisk[position] = remainingRows
    }
  }
}
