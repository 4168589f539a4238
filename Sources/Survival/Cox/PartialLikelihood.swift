// The partial likelihood at given coefficients: sums over risk sets by scanning event times once.

import NumericalMethods

/// Sums over the risk sets at given coefficients, from which likelihood, derivatives, residuals and hazards follow.
///
/// With r = w exp(η): S0, S1 are the sums of r and r x over those at risk at an event time, D0, D1 over those who
/// have the event there. For Efron's rule the k-th of d tied events sees S − (k/d) D, k = 0…d−1.
final class PartialLikelihood {
  let layout: RiskSetLayout
  let covariates: ScaledCovariates
  /// Offset in scanning order, centred within strata.
  let offset: [Double]?
  let ties: TiesMethod
  let threads: Int

  /// η per row in scanning order, less the reference of the row's bucket.
  private(set) var linearPredictor: [Double]
  /// r = w exp(η).
  private(set) var risk: [Double]
  /// What η is relative to, so that no exponential over- or underflows; `nil` when all are moderate.
  private(set) var reference: RiskReference?
  /// Per event time.
  private(set) var sums: RiskSetSums
  private(set) var hazard: EventHazards
  /// Terms of tied event times under the exact partial likelihood.
  private(set) var subsets: SubsetTerms?
  private(set) var logLikelihood = -Double.infinity

  init(
    layout: RiskSetLayout, covariates: ScaledCovariates, offset: [Double]?, ties: TiesMethod, threads: Int
  ) {
    self.layout = layout
    self.covariates = covariates
    self.offset = offset
    self.ties = ties
    self.threads = threads
    linearPredictor = [Double](repeating: 0, count: layout.rowCount)
    risk = linearPredictor
    sums = RiskSetSums(eventTimeCount: layout.eventTimeCount, columnCount: covariates.columnCount)
    hazard = EventHazards(eventTimeCount: layout.eventTimeCount)
  }

  /// Moves to the given coefficients, which are on the scale of `covariates`.
  func move(to coefficients: [Double]) {
    updateRisk(coefficients)
    sums.update(
      layout: layout, covariates: covariates, risk: risk, ties: ties, reference: reference, threads: threads)
    hazard.update(layout: layout, sums: sums, ties: ties)
    logLikelihood = eventPredictorSum() - hazard.logDenominators
    guard ties == .exactPartial, layout.hasTiedEvents else { return }
    let terms = SubsetTerms(
      layout: layout, covariates: covariates, linearPredictor: linearPredictor, reference: reference,
      sums: sums,
      threads: threads)
    logLikelihood -= terms.logSums
    subsets = terms
  }

  /// Beyond this |η| exponentials are taken relative to a reference.
  private static let safePredictor = 300.0

  private func updateRisk(_ coefficients: [Double]) {
    let chunks = layout.chunks
    linearPredictor = offset ?? [Double](repeating: 0, count: layout.rowCount)
    covariates.addLinearPredictor(coefficients, to: &linearPredictor, threads: threads)
    let greatest = linearPredictor.withUnsafeBufferPointer { eta in
      nonisolated(unsafe) let eta = eta
      return Parallel.map(chunks: chunks.count, threads: threads) { chunk in
        chunks[chunk].reduce(0) { Swift.max($0, eta[$1].magnitude) }
      }.max() ?? 0
    }
    reference =
      greatest < Self.safePredictor ? nil : RiskReference(layout: layout, predictors: linearPredictor)
    if let reference {
      for row in linearPredictor.indices {
        linearPredictor[row] -= reference.levels[Int(layout.bucketOfRow[row])]
      }
    }
    let weights = layout.weights
    linearPredictor.withUnsafeBufferPointer { eta in
      risk.withUnsafeMutableBufferPointer { risk in
        nonisolated(unsafe) let source = eta
        nonisolated(unsafe) let target = risk
        Parallel.forEach(chunks: chunks.count, threads: threads) { chunk in
          let range = chunks[chunk]
          Elementary.exp(
            UnsafeBufferPointer(rebasing: source[range]),
            into: UnsafeMutableBufferPointer(rebasing: target[range]))
          if let weights {
            for row in range { target[row] *= weights[row] }
          }
        }
      }
    }
  }

  /// Σ w η over the rows that have the event.
  private func eventPredictorSum() -> Double {
    var sum = CompensatedSum()
    for event in 0..<layout.eventTimeCount {
      for row in layout.events(event) { sum.add(layout.weight(row) * linearPredictor[row]) }
    }
    return sum.value
  }
}
