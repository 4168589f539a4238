// From one group's counts to its curve.

import NumericalMethods

/// One group's estimates while they are being computed.
struct KaplanMeierSolution {
  let riskSets: RiskSets
  var survival: [Double]
  var cumulativeHazard: [Double]
  /// Standard error of log S, or of S itself for the jackknife of the product limit.
  var survivalError: [Double]
  var errorIsRelative = true
  var hazardError: [Double]

  /// - Parameter counts: a unit with the outcomes censored and event.
  init(_ counts: EventTally.Unit, options: KaplanMeierOptions) {
    let riskSets = RiskSets(counts, outcomeCount: 2)
    let timeCount = counts.timeIndex.count
    self.riskSets = riskSets
    survival = [Double](repeating: 1, count: timeCount)
    cumulativeHazard = [Double](repeating: 0, count: timeCount)
    survivalError = cumulativeHazard
    hazardError = cumulativeHazard

    var product = 1.0
    var hazard = CompensatedSum()
    var greenwood = CompensatedSum()
    var hazardVariance = CompensatedSum()
    for position in 0..<timeCount {
      let rows = counts.count(outcome: 1, at: position)
      let events = counts.weight(outcome: 1, at: position)
      if rows > 0, events > 0 {
        let atRisk = riskSets.atRisk[position]
        let survivors = riskSets.survivors[position]
        product *= survivors / atRisk
        greenwood.add(events / (atRisk * survivors))
        let step = HazardStep(
          options.hazardEstimator, atRisk: atRisk, events: events, rows: Int(rows))
        hazard.add(step.increment)
        hazardVariance.add(step.variance)
      }
      cumulativeHazard[position] = hazard.value
      hazardError[position] = hazardVariance.value.squareRoot()
      switch options.survivalEstimator {
      case .productLimit:
        survival[position] = product
        survivalError[position] = greenwood.value.squareRoot()
      case .exponential:
        survival[position] = Elementary.exp(-hazard.value)
        survivalError[position] = hazardError[position]
      }
    }
  }

  func curve(
    name: String, times: [Double], counts: EventTally.Unit, options: KaplanMeierOptions
  ) -> SurvivalCurve {
    let positions = counts.timeIndex.indices
    let critical = NormalDistribution.criticalValue(confidenceLevel: options.confidenceLevel)
    let limits = options.transform.limits(
      estimates: survival, errors: survivalError, errorsAreRelative: errorIsRelative, critical: critical)
    let events = positions.map { counts.weight(outcome: 1, at: $0) }
    return SurvivalCurve(
      name: name, rowCount: counts.rowCount,
      weightSum: counts.weights.map { CompensatedSum.of($0) } ?? Double(counts.rowCount),
      eventCount: CompensatedSum.of(events),
      time: counts.timeIndex.map { times[Int($0)] },
      atRisk: riskSets.atRisk, events: events,
      censored: positions.map { counts.weight(outcome: 0, at: $0) },
      survival: survival,
      standardError: errorIsRelative
        ? positions.map { survival[$0] * survivalError[$0] } : survivalError,
      cumulativeHazard: cumulativeHazard, cumulativeHazardStandardError: hazardError,
      lower: limits.lower, upper: limits.upper,
      confidenceLevel: options.confidenceLevel, transform: options.transform)
  }
}

/// What the events at one time add to the cumulative hazard, its variance, and the influence of each row.
struct HazardStep {
  let increment: Double
  let variance: Double
  /// Influence on the hazard of a row at risk, per unit of weight, to be subtracted.
  let atRiskInfluence: Double
  /// Influence of a row with the event, per unit of weight, to be added besides.
  let eventInfluence: Double

  /// - Parameters:
  ///   - atRisk: weighted number at risk.
  ///   - events: weighted number of events.
  ///   - rows: number of rows with the event.
  init(_ estimator: KaplanMeierOptions.HazardEstimator, atRisk: Double, events: Double, rows: Int) {
    guard estimator == .tieCorrected, rows > 1 else {
      increment = events / atRisk
      variance = events / (atRisk * atRisk)
      atRiskInfluence = events / (atRisk * atRisk)
      eventInfluence = 1 / atRisk
      return
    }
    // One event after another: the j-th meets n − j d/rows at risk, each with the mean weight of the events.
    let share = events / Double(rows)
    var inverse = CompensatedSum()
    var squares = CompensatedSum()
    var weightedSquares = CompensatedSum()
    for turn in 0..<rows {
      let left = 1 - Double(turn) / Double(rows)
      let reciprocal = 1 / (atRisk - Double(turn) * share)
      inverse.add(reciprocal)
      squares.add(reciprocal * reciprocal)
      weightedSquares.add(left * reciprocal * reciprocal)
    }
    increment = share * inverse.value
    variance = share * squares.value
    atRiskInfluence = share * squares.value
    eventInfluence = inverse.value / Double(rows) + share * (squares.value - weightedSquares.value)
  }
}
