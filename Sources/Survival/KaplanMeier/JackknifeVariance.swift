// The infinitesimal-jackknife variance of survival and cumulative hazard.

import NumericalMethods

/// How the events at each time move the influence of a row: those at risk by −`atRisk`, those with the event by
/// `event` besides, per unit of weight.
struct InfluenceSteps: Sendable {
  var atRisk: [Double]
  var event: [Double]

  /// Steps of the cumulative hazard.
  static func hazard(
    _ counts: EventTally.Unit, riskSets: RiskSets, estimator: KaplanMeierOptions.HazardEstimator
  ) -> InfluenceSteps {
    steps(counts, riskSets: riskSets) { atRisk, events, rows, _ in
      let step = HazardStep(estimator, atRisk: atRisk, events: events, rows: rows)
      return (step.atRiskInfluence, step.eventInfluence)
    }
  }

  /// Steps of −log S of the product limit; where S drops to 0 there are none, and S has no variance from there on.
  static func negativeLogSurvival(_ counts: EventTally.Unit, riskSets: RiskSets) -> InfluenceSteps {
    steps(counts, riskSets: riskSets) { atRisk, events, _, survivors in
      survivors > 0 ? (events / (atRisk * survivors), 1 / survivors) : (0, 0)
    }
  }

  private static func steps(
    _ counts: EventTally.Unit, riskSets: RiskSets,
    step: (_ atRisk: Double, _ events: Double, _ rows: Int, _ survivors: Double) -> (Double, Double)
  ) -> InfluenceSteps {
    var result = InfluenceSteps(
      atRisk: [Double](repeating: 0, count: counts.timeIndex.count),
      event: [Double](repeating: 0, count: counts.timeIndex.count))
    for position in counts.timeIndex.indices {
      let rows = Int(counts.count(outcome: 1, at: position))
      let events = counts.weight(outcome: 1, at: position)
      guard rows > 0, events > 0 else { continue }
      (result.atRisk[position], result.event[position]) = step(
        riskSets.atRisk[position], events, rows, riskSets.survivors[position])
    }
    return result
  }

  /// Variance at each time when every row is its own cluster and all are at risk from the start: sums of squared weights
  /// suffice.
  func variances(_ counts: EventTally.Unit) -> [Double] {
    let timeCount = counts.timeIndex.count
    var laterSquares = [Double](repeating: 0, count: timeCount)
    var later = CompensatedSum()
    for position in stride(from: timeCount - 1, through: 0, by: -1) {
      laterSquares[position] = later.value
      later.add(counts.squaredWeight(outcome: 0, at: position))
      later.add(counts.squaredWeight(outcome: 1, at: position))
    }
    var common = CompensatedSum()
    var left = CompensatedSum()
    var variance = 0.0
    return (0..<timeCount).map { position in
      common.add(-atRisk[position])
      let shared = common.value
      let withEvent = shared + event[position]
      left.add(counts.squaredWeight(outcome: 0, at: position) * shared * shared)
      left.add(counts.squaredWeight(outcome: 1, at: position) * withEvent * withEvent)
      // Between events nothing changes: not even in the last bit, so that limits stay level.
      if hasEvent(at: position) { variance = left.value + laterSquares[position] * shared * shared }
      return variance
    }
  }

  /// Variance at each time over clusters, from the rows.
  func variances(
    _ rows: JackknifeRows, timeIndex: [Int32]
  ) -> [Double] {
    var pass = RowPass(rows, timeIndex: timeIndex)
    var variance = 0.0
    return timeIndex.indices.map { position in
      let sum = pass.step(
        at: position,
        entering: { weight, tracker, cluster in tracker.change(cluster, beta: weight) },
        advancing: { $0.advance(-atRisk[position]) },
        leaving: { weight, hadEvent, tracker, cluster in
          tracker.change(cluster, beta: -weight, jump: hadEvent == 0 ? 0 : weight * event[position])
        })
      if hasEvent(at: position) { variance = sum }
      return variance
    }
  }

  private func hasEvent(at position: Int) -> Bool { atRisk[position] != 0 || event[position] != 0 }
}

extension KaplanMeierSolution {
  /// Replaces Greenwood's standard errors by the jackknife's, from sums of squared weights.
  mutating func replaceVariances(_ counts: EventTally.Unit, options: KaplanMeierOptions) {
    let hazard = InfluenceSteps.hazard(counts, riskSets: riskSets, estimator: options.hazardEstimator)
    let survival = InfluenceSteps.negativeLogSurvival(counts, riskSets: riskSets)
    replace(hazard: hazard.variances(counts), survival: { survival.variances(counts) }, options: options)
  }

  /// Replaces Greenwood's standard errors by the jackknife's over clusters, from the rows.
  mutating func replaceVariances(
    _ rows: JackknifeRows, counts: EventTally.Unit, options: KaplanMeierOptions
  ) {
    let hazard = InfluenceSteps.hazard(counts, riskSets: riskSets, estimator: options.hazardEstimator)
    let survival = InfluenceSteps.negativeLogSurvival(counts, riskSets: riskSets)
    replace(
      hazard: hazard.variances(rows, timeIndex: counts.timeIndex),
      survival: { survival.variances(rows, timeIndex: counts.timeIndex) }, options: options)
  }

  private mutating func replace(
    hazard: [Double], survival variances: () -> [Double], options: KaplanMeierOptions
  ) {
    hazardError = hazard.map { $0.squareRoot() }
    if options.survivalEstimator == .exponential {
      survivalError = hazardError
      return
    }
    errorIsRelative = false
    survivalError = zip(survival, variances()).map { $0 == 0 ? 0 : $0 * $1.squareRoot() }
  }
}
