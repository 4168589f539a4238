// Which weight each row has in which risk set of the subdistribution.

import NumericalMethods

/// Rows in scanning order with what the censoring weights need.
struct FineGrayLayout: Sendable {
  /// Risk sets in which rows with a competing event stay for ever.
  let riskSets: RiskSetLayout
  /// Per position, the last event time not after the row's own time; −1 before the first.
  let ownBucket: [Int32]
  /// Per position, 1 / G(T−) for rows with a competing event, 0 for the others.
  let inverseCensoring: [Double]
  /// G(t−) at each event time.
  let censoring: [Double]
  /// Number at risk at each distinct time of the outcome, and number censored there.
  let atRisk: [Double]
  let censored: [Double]

  init(outcome: SurvivalOutcome, cause: UInt8, riskSets: RiskSetLayout) {
    let order = outcome.order
    let timeCount = order.times.count
    var ending = [Double](repeating: 0, count: timeCount)
    var censored = ending
    for row in 0..<outcome.rowCount {
      ending[Int(order.rank[row])] += 1
      if outcome.event[row] == 0 { censored[Int(order.rank[row])] += 1 }
    }
    var atRisk = ending
    for index in (0..<timeCount).dropLast().reversed() { atRisk[index] += atRisk[index + 1] }
    var before = [Double](repeating: 1, count: timeCount)
    var censoring = 1.0
    for index in 0..<timeCount {
      before[index] = censoring
      censoring *= (atRisk[index] - censored[index]) / atRisk[index]
    }
    // The extended outcome shares no times with this one: find event times by value.
    var eventTime = [Int32](repeating: -1, count: timeCount)
    var hasEvent = [Bool](repeating: false, count: timeCount)
    for row in 0..<outcome.rowCount where outcome.event[row] == cause {
      hasEvent[Int(order.rank[row])] = true
    }
    var last: Int32 = -1
    var weights: [Double] = []
    for index in 0..<timeCount {
      if hasEvent[index] {
        last += 1
        weights.append(before[index])
      }
      eventTime[index] = last
    }
    self.riskSets = riskSets
    self.atRisk = atRisk
    self.censored = censored
    self.censoring = weights
    ownBucket = riskSets.rows.map { eventTime[Int(order.rank[Int($0)])] }
    inverseCensoring = riskSets.rows.map { row in
      let event = outcome.event[Int(row)]
      return event != 0 && event != cause ? 1 / before[Int(order.rank[Int(row)])] : 0
    }
  }

  var rowCount: Int { riskSets.rowCount }
  var eventTimeCount: Int { riskSets.eventTimeCount }
}
