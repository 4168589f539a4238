// The distribution of censoring, by which observed rows stand in for those that were censored.

import NumericalMethods

/// The Kaplan–Meier estimate G of remaining uncensored, events before censorings at one time, with what its own
/// uncertainty adds to an estimate that is weighted by 1/G.
struct CensoringDistribution: Sendable {
  let outcome: SurvivalOutcome
  /// G just before and at each of the outcome's distinct times.
  private let before: [Double]
  private let after: [Double]
  /// Number at risk of being censored, number censored and number of events at each distinct time.
  private let atRisk: [Double]
  private let censored: [Double]
  private let events: [Double]

  /// - Throws: `SurvivalInputError` for `entry` and `weights`, for which the weighting is not defined here.
  init(_ outcome: SurvivalOutcome) throws(SurvivalInputError) {
    guard outcome.entry == nil else { throw SurvivalInputError(.entry, .unsupported("delayed entry")) }
    if let weights = outcome.weights, weights.contains(where: { $0 != 1 }) {
      throw SurvivalInputError(.weights, .unsupported("case weights"))
    }
    self.outcome = outcome
    let size = outcome.order.times.count
    var events = [Double](repeating: 0, count: size)
    var censored = events
    for (row, rank) in outcome.order.rank.enumerated() {
      if outcome.event[row] == 0 { censored[Int(rank)] += 1 } else { events[Int(rank)] += 1 }
    }
    var left = Double(outcome.rowCount)
    var survival = 1.0
    var (before, after, atRisk) = ([Double](), [Double](), [Double]())
    for time in 0..<size {
      let exposed = left - events[time]
      before.append(survival)
      if censored[time] > 0, exposed > 0 { survival *= (exposed - censored[time]) / exposed }
      after.append(survival)
      atRisk.append(exposed)
      left = exposed - censored[time]
    }
    (self.before, self.after, self.atRisk) = (before, after, atRisk)
    (self.censored, self.events) = (censored, events)
  }

  /// G at a time; `nil` where nobody is left.
  func probability(at time: Double) -> Double? {
    guard let index = StepIndex.last(in: outcome.order.times, notAfter: time) else { return 1 }
    return after[index] > 0 ? after[index] : nil
  }

  /// Index of the last distinct time not after `time`; −1 where all are later. Rows of a greater rank are followed beyond it.
  func lastIndex(by time: Double) -> Int { StepIndex.last(in: outcome.order.times, notAfter: time) ?? -1 }

  /// 1 / G(T−) of a row that has the event at the distinct time of this index.
  func caseWeight(atRank rank: Int) -> Double { 1 / before[rank] }

  /// Σ 1 / G(T−) over the rows with the event up to each distinct time.
  var cumulativeCaseWeights: [Double] {
    var sum = CompensatedSum()
    return events.indices.map { rank in
      if events[rank] > 0 { sum.add(events[rank] * caseWeight(atRank: rank)) }
      return sum.value
    }
  }

  /// Number of rows followed beyond each distinct time.
  var followedBeyond: [Double] {
    var left = Double(outcome.rowCount)
    return events.indices.map { rank in
      left -= events[rank] + censored[rank]
      return left
    }
  }

  /// What a row adds, through G, to the influence function of a mean of terms weighted by 1/G.
  struct Correction {
    fileprivate let ofCensored: [Double]
    fileprivate let ofEvents: [Double]

    subscript(rank: Int, event: UInt8) -> Double { event == 0 ? ofCensored[rank] : ofEvents[rank] }
  }

  /// The corrections of rows by their distinct time.
  ///
  /// - Parameters:
  ///   - sums: terms added up by distinct time, weighted by 1/G(T−) already.
  ///   - late: the sum of the terms that are weighted by 1/G(time).
  func correction(sums: [Double], late: Double, by time: Double) -> Correction {
    let times = outcome.order.times
    let last = lastIndex(by: time)
    var behind = [Double](repeating: late, count: times.count)
    var sum = CompensatedSum(late)
    for index in times.indices.reversed() {
      behind[index] = sum.value
      sum.add(sums[index])
    }
    // Over times up to each, dΛ(s) · behind(s) / y(s), with y the share of rows at risk.
    let count = Double(outcome.rowCount)
    var running = CompensatedSum()
    var (ofCensored, ofEvents) = ([Double](), [Double]())
    for index in times.indices {
      // Who has the event is not at risk of being censored at that time.
      ofEvents.append(-running.value / count)
      let isKnown = index <= last && atRisk[index] > 0
      let share = isKnown ? behind[index] / (atRisk[index] / count) : 0
      if isKnown { running.add(censored[index] / atRisk[index] * share) }
      ofCensored.append((share - running.value) / count)
    }
    return Correction(ofCensored: ofCensored, ofEvents: ofEvents)
  }
}
