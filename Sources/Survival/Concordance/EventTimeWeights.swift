// How much the pairs of each event time count.

import NumericalMethods

/// One weight per event time.
struct EventTimeWeights: Sendable {
  private let values: [Double]?

  var areOne: Bool { values == nil }

  /// Every pair counts once.
  static let one = EventTimeWeights(values: nil)

  private init(values: [Double]?) { self.values = values }

  subscript(event: Int) -> Double { values.map { $0[event] } ?? 1 }

  /// - Parameter maximumTime: event times after it have no weight.
  init(
    _ weight: ConcordanceOptions.TimeWeight, maximumTime: Double? = nil, outcome: SurvivalOutcome,
    strata: GroupCodes?,
    layout: RiskSetLayout
  ) {
    let isUsed = { (event: Int) in
      maximumTime.map { outcome.order.times[Int(layout.timeRank[event])] <= $0 } ?? true
    }
    guard weight != .equal else {
      values =
        maximumTime == nil ? nil : (0..<layout.eventTimeCount).map { isUsed($0) ? 1 : 0 }
      return
    }
    var values = [Double](repeating: 1, count: layout.eventTimeCount)
    let curves = Curves(outcome: outcome, strata: strata)
    for stratum in 0..<layout.stratumCount {
      let events = layout.eventTimes(ofStratum: stratum)
      // A single event leaves nothing to weigh (as R).
      guard events.reduce(0, { $0 + layout.eventCount($1) }) > 1 else { continue }
      let code = Int(layout.stratumCode[stratum])
      var event = events.lowerBound - 1
      curves.forEachTime(stratum: code) { atRisk, survival, censoring, total in
        event += 1
        guard event < events.upperBound else { return }
        values[event] =
          switch weight {
          case .equal: 1
          case .survival: total * survival / atRisk
          case .survivalOverCensoring: total * survival / (censoring * atRisk)
          case .inverseCensoringSquared: 1 / (censoring * censoring)
          case .inverseAtRisk: 1 / atRisk
          }
      }
    }
    for event in values.indices where !isUsed(event) { values[event] = 0 }
    self.values = values
  }

  /// S(t−) and G(t−) by stratum; at one time the events come before the censorings.
  private struct Curves {
    let outcome: SurvivalOutcome
    let rowsByStratum: [[Int32]]

    init(outcome: SurvivalOutcome, strata: GroupCodes?) {
      self.outcome = outcome
      var rows = [[Int32]](repeating: [], count: Swift.max(strata?.count ?? 1, 1))
      for row in outcome.order.ascending { rows[strata.map { Int($0.codes[Int(row)]) } ?? 0].append(row) }
      rowsByStratum = rows
    }

    /// Calls `body` with number at risk, S(t−), G(t−) and total weight at each distinct time with an event, ascending.
    func forEachTime(stratum: Int, _ body: (Double, Double, Double, Double) -> Void) {
      let rows = rowsByStratum[stratum]
      let weights = outcome.weights
      let weight = { (row: Int32) in weights.map { $0[Int(row)] } ?? 1 }
      let rank = outcome.order.rank
      let total = CompensatedSum.of(rows.lazy.map(weight))
      let entries = entryWeights(rows, weight)
      var entered = outcome.entry == nil ? total : 0
      var nextEntry = 0
      var left = 0.0
      var survival = 1.0
      var censoring = 1.0
      var start = 0
      while start < rows.count {
        let time = rank[Int(rows[start])]
        var events = 0.0
        var censored = 0.0
        var end = start
        while end < rows.count, rank[Int(rows[end])] == time {
          if outcome.event[Int(rows[end])] != 0 {
            events += weight(rows[end])
          } else {
            censored += weight(rows[end])
          }
          end += 1
        }
        while nextEntry < entries.count, entries[nextEntry].rank <= time {
          entered += entries[nextEntry].weight
          nextEntry += 1
        }
        let atRisk = entered - left
        if events > 0 { body(atRisk, survival, censoring, total) }
        if atRisk > 0 { survival *= (atRisk - events) / atRisk }
        if censored > 0, atRisk > events { censoring *= (atRisk - events - censored) / (atRisk - events) }
        left += events + censored
        start = end
      }
    }

    private func entryWeights(_ rows: [Int32], _ weight: (Int32) -> Double) -> [(rank: Int32, weight: Double)]
    {
      guard let entryRank = outcome.order.entryRank else { return [] }
      return rows.map { (entryRank[Int($0)], weight($0)) }.sorted { $0.0 < $1.0 }
    }
  }
}
