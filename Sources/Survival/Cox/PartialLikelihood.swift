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

  /// r = w exp(η) per row in scanning order, η less the reference of the row's bucket.
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
    // Every element is written before it is read.
    risk = [Double](unsafeUninitializedCapacity: layout.rowCount) { $1 = layout.rowCount }
    sums = RiskSetSums(eventTimeCount: layout.eventTimeCount, columnCount: covariates.columnCount)
    hazard = EventHazards(eventTimeCount: layout.eventTimeCount)
  }

  /// Moves to the given coefficients, which are on the scale of `covariates`.
  func move(to coefficients: [Double]) {
    let eventPredictors = updateRisk(coefficients)
    sums.update(
      layout: layout, covariates: covariates, risk: risk, ties: ties, reference: reference, threads: threads)
    hazard.update(layout: layout, sums: sums, ties: ties)
    logLikelihood = eventPredictors - hazard.logDenominators
    guard ties == .exactPartial, layout.hasTiedEvents else { return }
    let terms = SubsetTerms(
      layout: layout, covariates: covariates, linearPredictor: linearPredictors(coefficients),
      reference: reference, sums: sums, threads: threads)
    logLikelihood -= terms.logSums
    subsets = terms
  }

  /// Beyond this |η| exponentials are taken relative to a reference.
  private static let safePredictor = 300.0

  /// Writes r of every row.
  ///
  /// - Returns: Σ w η over the rows that have the event.
  private func updateRisk(_ coefficients: [Double]) -> Double {
    let (layout, weights) = (layout, layout.weights)
    reference = nil
    let parts = writePredictors(coefficients) { eta, rows in
      let found = Found(eta, rows, layout, weights)
      Self.exponentiate(eta, rows, weights)
      return found
    }
    if parts.allSatisfy({ $0.greatest < Self.safePredictor }) { return Found.eventSum(parts) }
    _ = writePredictors(coefficients) { Found($0, $1, layout, weights) }
    let reference = RiskReference(layout: layout, predictors: risk)
    self.reference = reference
    return Found.eventSum(
      overRisk { eta, rows in
        layout.forEachBucket(in: rows) { event, dying, staying in
          for row in dying.lowerBound..<staying.upperBound { eta[row] -= reference.levels[event] }
        }
        let found = Found(eta, rows, layout, weights)
        Self.exponentiate(eta, rows, weights)
        return found
      })
  }

  /// η of every row in the place of r, and what `body` makes of each piece of rows.
  private func writePredictors(
    _ coefficients: [Double], _ body: @Sendable (UnsafeMutablePointer<Double>, Range<Int>) -> Found
  ) -> [Found] {
    let offset = offset
    return covariates.withPredictor(coefficients) { addPredictor in
      overRisk { eta, rows in
        if let offset {
          for row in rows { eta[row] = offset[row] }
        } else {
          (eta + rows.lowerBound).update(repeating: 0, count: rows.count)
        }
        addPredictor(rows, eta + rows.lowerBound)
        return body(eta, rows)
      }
    }
  }

  /// Works through fixed pieces of rows, which may write what is kept of theirs.
  private func overRisk(
    _ body: @Sendable (UnsafeMutablePointer<Double>, Range<Int>) -> Found
  ) -> [Found] {
    let (chunks, threads) = (layout.chunks, threads)
    return risk.withUnsafeMutableBufferPointer { risk in
      guard let first = risk.baseAddress else { return [] }
      nonisolated(unsafe) let values = first
      return Parallel.map(chunks: chunks.count, threads: threads) { body(values, chunks[$0]) }
    }
  }

  /// w exp(η) of some rows, in the place of η.
  private static func exponentiate(
    _ eta: UnsafeMutablePointer<Double>, _ rows: Range<Int>, _ weights: [Double]?
  ) {
    let values = UnsafeMutableBufferPointer(start: eta + rows.lowerBound, count: rows.count)
    Elementary.exp(UnsafeBufferPointer(values), into: values)
    if let weights {
      for row in rows { eta[row] *= weights[row] }
    }
  }

  /// η of every row, less the reference of its bucket.
  private func linearPredictors(_ coefficients: [Double]) -> [Double] {
    var predictors = offset ?? [Double](repeating: 0, count: layout.rowCount)
    covariates.addLinearPredictor(coefficients, to: &predictors, threads: threads)
    if let reference {
      for event in 0..<layout.eventTimeCount {
        for row in layout.bucket(event) { predictors[row] -= reference.levels[event] }
      }
    }
    return predictors
  }
}

/// What one pass over some rows finds of their predictors.
private struct Found: Sendable {
  private(set) var greatest = 0.0
  /// Σ w η over the rows that have the event.
  private var eventSum = CompensatedSum()

  init(_ eta: UnsafeMutablePointer<Double>, _ rows: Range<Int>, _ layout: RiskSetLayout, _ weights: [Double]?)
  {
    for row in rows {
      let magnitude = eta[row].magnitude
      // Not-a-number must be seen.
      greatest = magnitude <= greatest ? greatest : magnitude
    }
    layout.forEachBucket(in: rows) { _, dying, _ in
      for row in dying { eventSum.add((weights.map { $0[row] } ?? 1) * eta[row]) }
    }
  }

  static func eventSum(_ parts: [Found]) -> Double {
    var sum = CompensatedSum()
    for part in parts { sum.add(part.eventSum) }
    return sum.value
  }
}
