// The distribution of censoring, by which observed rows stand in for those that were censored.

import NumericalMethods

/// The Kaplan–Meier estimate G of remaining uncensored, events before censorings at one time, with what its own
/// uncertainty adds to an estimate that is weighted by 1/G.
struct CensoringDistribution: Sendable {
  let outcome: SurvivalOutcome
  /// G just before and at each of the outcome's distinct times.
  private let before: [Double]
  private let after: [Double]
  /// Number at risk of being censored and number censored at each distinct time.
  private let atRisk: [Double]
  private let censored: [Double]

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
    (self.before, self.after, self.atRisk, self.censored) = (before, after, atRisk, censored)
  }

  /// G at a time; `nil` where nobody is left.
  func probability(at time: Double) -> Double? {
    guard let index = StepIndex.last(in: outcome.order.times, notAfter: time) else { return 1 }
    return after[index] > 0 ? after[index] : nil
  }

  /// 1 / G(T−) for the rows that have the event by `time`, 0 for all others.
  func caseWeights(by time: Double) -> [Double] {
    outcome.order.rank.enumerated().map { row, rank in
      outcome.event[row] != 0 && outcome.order.times[Int(rank)] <= time ? 1 / before[Int(rank)] : 0
    }
  }

  /// What each row adds, through G, to the influence function of a mean of terms weighted by 1/G.
  ///
  /// - Parameters:
  ///   - terms: per row, weighted by 1/G(T−) already; 0 where a row has no such term.
  ///   - late: the sum of the terms that are weighted by 1/G(time).
  func correction(terms: [Double], late: Double, by time: Double) -> [Double] {
    let times = outcome.order.times
    let last = StepIndex.last(in: times, notAfter: time)
    var behind = [Double](repeating: late, count: times.count)
    var sums = [Double](repeating: 0, count: times.count)
    for (row, rank) in outcome.order.rank.enumerated() { sums[Int(rank)] += terms[row] }
    var sum = CompensatedSum(late)
    for index in times.indices.reversed() {
      behind[index] = sum.value
      sum.add(sums[index])
    }
    // Over times up to each, dΛ(s) · behind(s) / y(s), with y the share of rows at risk.
    let count = Double(outcome.rowCount)
    var compensator = [Double](repeating: 0, count: times.count)
    var running = CompensatedSum()
    for index in times.indices {
      if let last, index <= last, atRisk[index] > 0 {
        running.add(censored[index] / atRisk[index] * behind[index] / (atRisk[index] / count))
      }
      compensator[index] = running.value
    }
    return outcome.order.rank.enumerated().map { row, rank in
      let index = Int(rank)
      let isCensored = outcome.event[row] == 0
      // Who has the event is not at risk of being censored at that time.
      var value = isCensored ? -compensator[index] : -(index > 0 ? compensator[index - 1] : 0)
      if isCensored, let last, index <= last, atRisk[index] > 0 {
        value += behind[index] / (atRisk[index] / count)
      }
      return value / count
    }
  }
}
