// The weighted partial likelihood of the subdistribution hazard.

import NumericalMethods

/// Sums over the weighted risk sets at given coefficients.
///
/// S(t) = Σ over those whose own time is not before t, plus G(t−) Σ over earlier competing events of their share
/// divided by G(T−): one sum from the end and one from the start, no subtraction.
final class SubdistributionLikelihood {
  let layout: FineGrayLayout
  let covariates: ScaledCovariates
  let offset: [Double]?
  let threads: Int
  private(set) var risk: [Double] = []
  private(set) var logLikelihood = -Double.infinity
  /// S0 and, column after column, S1 at each event time.
  private(set) var atRisk: [Double] = []
  private(set) var atRiskCovariates: [Double] = []
  /// Events over S0 at each event time.
  private(set) var hazard: [Double] = []
  /// What was subtracted from every linear predictor.
  private(set) var shift = 0.0

  init(layout: FineGrayLayout, covariates: ScaledCovariates, offset: [Double]?, threads: Int) {
    self.layout = layout
    self.covariates = covariates
    self.offset = offset
    self.threads = threads
  }

  func move(to coefficients: [Double]) {
    var predictor = offset ?? [Double](repeating: 0, count: layout.rowCount)
    covariates.addLinearPredictor(coefficients, to: &predictor, threads: threads)
    shift = 0
    if !(predictor.allSatisfy { $0.magnitude < 300 }) {
      shift = predictor.reduce(-.infinity, Swift.max)
      if shift.isFinite {
        for row in predictor.indices { predictor[row] -= shift }
      } else {
        shift = 0
      }
    }
    risk = Elementary.exp(predictor)
    updateSums()
    let riskSets = layout.riskSets
    var sum = CompensatedSum()
    for event in 0..<layout.eventTimeCount {
      for row in riskSets.events(event) { sum.add(predictor[row]) }
      sum.add(-Double(riskSets.eventCount(event)) * Elementary.log(atRisk[event]))
    }
    logLikelihood = sum.value
    hazard = (0..<layout.eventTimeCount).map { Double(riskSets.eventCount($0)) / atRisk[$0] }
  }

  private func updateSums() {
    let (layout, covariates, risk) = (layout, covariates, risk)
    let count = layout.eventTimeCount
    let columns = Parallel.map(chunks: covariates.columnCount + 1, threads: threads) { column -> [Double] in
      guard column < covariates.columnCount else { return Self.riskSetSums(layout) { risk[$0] } }
      let values = covariates.column(column)
      return Self.riskSetSums(layout) { risk[$0] * values[$0] }
    }
    atRisk = columns.last ?? []
    atRiskCovariates = []
    atRiskCovariates.reserveCapacity(count * covariates.columnCount)
    for column in columns.dropLast() { atRiskCovariates += column }
  }

  /// Σ weight(t) · value over the risk set of each event time.
  @inline(__always)
  private static func riskSetSums(_ layout: FineGrayLayout, _ value: (Int) -> Double) -> [Double] {
    let count = layout.eventTimeCount
    var own = [Double](repeating: 0, count: count)
    var carried = own
    for row in 0..<layout.rowCount {
      let bucket = Int(layout.ownBucket[row])
      let term = value(row)
      if bucket >= 0 { own[bucket] += term }
      let inverse = layout.inverseCensoring[row]
      if inverse > 0, bucket + 1 < count { carried[bucket + 1] += term * inverse }
    }
    for event in (0..<count).dropLast().reversed() { own[event] += own[event + 1] }
    var sum = 0.0
    for event in 0..<count {
      sum += carried[event]
      own[event] += layout.censoring[event] * sum
    }
    return own
  }

  /// Σ over event times of weight(t) · increment(t), per position of the scanning order.
  func exposure(_ increments: [Double]) -> [Double] {
    let count = layout.eventTimeCount
    var plain = [Double](repeating: 0, count: count + 1)
    var weighted = plain
    var sum = CompensatedSum()
    var weightedSum = CompensatedSum()
    for event in 0..<count {
      sum.add(increments[event])
      weightedSum.add(layout.censoring[event] * increments[event])
      plain[event + 1] = sum.value
      weighted[event + 1] = weightedSum.value
    }
    return (0..<layout.rowCount).map { row in
      let place = Int(layout.ownBucket[row]) + 1
      let inverse = layout.inverseCensoring[row]
      return inverse > 0 ? plain[place] + (weighted[count] - weighted[place]) * inverse : plain[place]
    }
  }

  func derivatives() -> LikelihoodDerivatives {
    let exposed = zip(risk, exposure(hazard)).map { $0 * $1 }
    var residual = exposed.map { -$0 }
    for event in 0..<layout.eventTimeCount {
      for row in layout.riskSets.events(event) { residual[row] += 1 }
    }
    let weights = (0..<layout.eventTimeCount).map { hazard[$0] / atRisk[$0] }
    let (score, rows) = covariates.sums(vector: residual, weights: exposed, threads: threads)
    let events = weights.withUnsafeBufferPointer { weights in
      ScaledCovariates.withColumns(
        atRiskCovariates, columnCount: covariates.columnCount, rowCount: layout.eventTimeCount
      ) { WeightedGram.matrix($0, weights: weights.baseAddress, threads: threads) }
    }
    return LikelihoodDerivatives(score: score, information: rows - events)
  }
}
