// How well a score tells those who have the event by a time from those who do not.

import NumericalMethods

/// The area under the time-dependent receiver operating characteristic: the probability that one who has the event by
/// time t has a greater score than one who is free of it at t; ties count half.
public struct TimeDependentAUC: Sendable, Hashable {
  /// Time, in the unit of the data.
  public let time: Double
  /// `nil` when there are no cases or no controls at the time.
  public let estimate: Double?
  /// Root of the sum of squared influences over n, that of the censoring weights included; `nil` with the estimate.
  public let standardError: Double?
  /// Rows with the event by the time, and rows followed beyond it.
  public let caseCount: Int
  /// Rows followed beyond the time without the event.
  public let controlCount: Int

  /// estimate ± z SE, kept within 0 and 1.
  public func confidenceInterval(level: Double = 0.95) -> ConfidenceInterval {
    guard let estimate, let standardError, level > 0, level < 1 else { return .notEstimable }
    let margin = NormalDistribution.criticalValue(confidenceLevel: level) * standardError
    return ConfidenceInterval(lower: Swift.max(estimate - margin, 0), upper: Swift.min(estimate + margin, 1))
  }

  /// Estimates the area at several times.
  ///
  /// Cumulative cases, dynamic controls: AUC(t) = Σ_i Σ_j W_i 1(T_j > t) K(M_i, M_j) / (Σ_i W_i · Σ_j 1(T_j > t)), with W_i =
  /// 1(T_i ≤ t, event) / G(T_i−), K = 1, ½, 0 for a greater, equal, smaller score of the case, and G the Kaplan–Meier estimate of
  /// censoring (events before censorings), assumed not to depend on the score.
  ///
  /// **Inputs**: one finite score per row, greater for earlier events; any non-zero event code is the event.
  /// **Returns** one entry per time, in their order.
  /// **Throws** `SurvivalInputError` for `covariate("score")` (length, not finite), `entry` (delayed entry) and `weights`.
  /// **Cost**: one sort, then O(n) per time. **Source**: Uno et al. 2007, doi:10.1198/016214507000000149; Blanche, Dartigues and
  /// Jacqmin-Gadda 2013, doi:10.1002/sim.5958. **Checked against** the definitions written out in R (prediction.R).
  public static func estimate(
    _ score: [Double], outcome: SurvivalOutcome, times: [Double]
  ) throws(SurvivalInputError) -> [TimeDependentAUC] {
    guard score.count == outcome.rowCount else {
      throw SurvivalInputError(
        .covariate("score"), .lengthMismatch(expected: outcome.rowCount, found: score.count))
    }
    let faulty = score.indices.filter { !score[$0].isFinite }
    guard faulty.isEmpty else { throw SurvivalInputError(.covariate("score"), .notFinite, rows: faulty) }
    let censoring = try CensoringDistribution(outcome)
    let order = RadixOrder.ascending(score)
    return times.map { Self(score, order: order, censoring: censoring, time: $0) }
  }

  private init(_ score: [Double], order: [Int32], censoring: CensoringDistribution, time: Double) {
    let outcome = censoring.outcome
    let (ranks, event) = (outcome.order.rank, outcome.event)
    let last = censoring.lastIndex(by: time)
    func isControl(_ row: Int) -> Bool { ranks[row] > last }
    func isCase(_ row: Int) -> Bool { ranks[row] <= last && event[row] != 0 }
    func weight(_ row: Int) -> Double { censoring.caseWeight(atRank: Int(ranks[row])) }
    self.time = time
    var allCases = CompensatedSum()
    var (cases, controls) = (0, 0)
    for row in ranks.indices {
      if isControl(row) {
        controls += 1
      } else if event[row] != 0 {
        cases += 1
        allCases.add(weight(row))
      }
    }
    (caseCount, controlCount) = (cases, controls)
    guard caseCount > 0, controlCount > 0 else {
      (estimate, standardError) = (nil, nil)
      return
    }
    let count = Double(outcome.rowCount)
    let caseShare = allCases.value / count
    let controlShare = Double(controlCount) / count
    // By ascending score: the share of controls below each case, and of case weight above each control.
    var opposed = [Double](repeating: 0, count: order.count)
    var (controlSum, caseSum) = (0.0, CompensatedSum())
    var start = 0
    while start < order.count {
      var end = start
      var (tiedControls, tiedCases) = (0.0, CompensatedSum())
      let value = score[Int(order[start])]
      while end < order.count, score[Int(order[end])] == value {
        let row = Int(order[end])
        if isControl(row) {
          tiedControls += 1
        } else if event[row] != 0 {
          tiedCases.add(weight(row))
        }
        end += 1
      }
      let below = (controlSum + tiedControls / 2) / count
      let above = (allCases.value - caseSum.value - tiedCases.value / 2) / count
      for place in start..<end {
        let row = Int(order[place])
        opposed[row] = isControl(row) ? above : below
      }
      controlSum += tiedControls
      caseSum.add(tiedCases)
      start = end
    }
    var pairs = CompensatedSum()
    for row in ranks.indices where isCase(row) { pairs.add(weight(row) * opposed[row]) }
    let area = pairs.value / count / (caseShare * controlShare)
    var sums = [Double](repeating: 0, count: outcome.order.times.count)
    for row in ranks.indices where isCase(row) {
      opposed[row] = weight(row) * (opposed[row] - area * controlShare)
      sums[Int(ranks[row])] += opposed[row]
    }
    let correction = censoring.correction(sums: sums, late: 0, by: time)
    var squares = CompensatedSum()
    for row in ranks.indices {
      var own = correction[Int(ranks[row]), event[row]]
      if isControl(row) {
        own += opposed[row] - area * caseShare
      } else if event[row] != 0 {
        own += opposed[row]
      }
      squares.add(own * own)
    }
    estimate = area
    standardError = squares.value.squareRoot() / count / (caseShare * controlShare)
  }
}
