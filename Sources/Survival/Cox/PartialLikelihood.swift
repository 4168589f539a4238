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
    let (weights, offset) = (layout.weights, offset)
    let greatest = linearPredictor.withUnsafeMutableBufferPointer { eta in
      risk.withUnsafeMutableBufferPointer { risk in
        covariates.withPredictor(coefficients) { addPredictor in
          guard let first = eta.baseAddress else { return 0.0 }
          nonisolated(unsafe) let (eta, source, target) = (first, UnsafeBufferPointer(eta), risk)
          return Parallel.map(chunks: chunks.count, threads: threads) { chunk in
            let rows = chunks[chunk]
            if let offset {
              for row in rows { eta[row] = offset[row] }
            } else {
              (eta + rows.lowerBound).update(repeating: 0, count: rows.count)
            }
            addPredictor(rows, eta + rows.lowerBound)
            var greatest = 0.0
            for row in rows {
              let magnitude = eta[row].magnitude
              // Not-a-number must be seen.
              greatest = magnitude <= greatest ? greatest : magnitude
            }
            Self.exponentiate(source, weights, rows, to: target)
            return greatest
          }.reduce(0) { $1 <= $0 ? $0 : $1 }
        }
      }
    }
    reference = nil
    guard !(greatest < Self.safePredictor) else { return }
    let reference = RiskReference(layout: layout, predictors: linearPredictor)
    self.reference = reference
    for row in linearPredictor.indices {
      linearPredictor[row] -= reference.levels[Int(layout.bucketOfRow[row])]
    }
    linearPredictor.withUnsafeBufferPointer { eta in
      risk.withUnsafeMutableBufferPointer { risk in
        nonisolated(unsafe) let (eta, risk) = (eta, risk)
        Parallel.forEach(chunks: chunks.count, threads: threads) {
          Self.exponentiate(eta, weights, chunks[$0], to: risk)
        }
      }
    }
  }

  /// w exp(η) of some rows.
  private static func exponentiate(
    _ eta: UnsafeBufferPointer<Double>, _ weights: [Double]?, _ rows: Range<Int>,
    to risk: UnsafeMutableBufferPointer<Double>
  ) {
    Elementary.exp(
      UnsafeBufferPointer(rebasing: eta[rows]), into: UnsafeMutableBufferPointer(rebasing: risk[rows]))
    if let weights {
      for row in rows { risk[row] *= weights[row] }
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
