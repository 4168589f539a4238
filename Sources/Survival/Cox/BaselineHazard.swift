// The cumulative baseline hazard of a fitted model, by stratum.

import NumericalMethods

/// A step function: the cumulative baseline hazard of one stratum.
public struct BaselineHazard: Sendable {
  /// Stratum code; 0 without strata.
  public let stratum: Int
  /// Distinct event times, ascending; empty in a stratum without events.
  public let time: [Double]
  /// Cumulative hazard at each event time.
  public let cumulativeHazard: [Double]
  /// End of follow-up in the stratum, beyond which nothing is estimated; `nil` for a stratum without rows.
  public let lastTime: Double?

  /// The hazard accumulated by a time: 0 before the first event, `nil` after the end of follow-up.
  public func cumulativeHazard(at time: Double) -> Double? {
    guard let lastTime, time <= lastTime else { return nil }
    return StepIndex.last(in: self.time, notAfter: time).map { cumulativeHazard[$0] } ?? 0
  }
}

enum StepIndex {
  /// Index of the last element of an ascending list that is not greater than `value`.
  static func last(in values: [Double], notAfter value: Double) -> Int? {
    var low = 0
    var high = values.count
    while low < high {
      let middle = (low + high) / 2
      if values[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }
}

extension CoxFit {
  /// Cumulative baseline hazard of every stratum: Breslow's estimator, with Efron's tie rule where that was fitted.
  ///
  /// - Parameter centered: at covariates equal to `means` (as R's `basehaz` by default) instead of at 0. The offset is
  ///   at its (weighted) mean in both. Infinite and aliased coefficients count with the values in `coefficients`, aliased as 0.
  ///
  /// **Checked against** cox-lung-base-efron, cox-lung-base-breslow, cox-lung-base-strata.
  public func baselineHazard(centered: Bool = false) -> [BaselineHazard] {
    let reference = centered ? means : [Double](repeating: 0, count: coefficients.count)
    let offset = meanOffset
    return PredictionBasis.all(of: self).map { basis in
      let factor = Elementary.exp(basis.predictor(of: reference, offset: offset))
      return BaselineHazard(
        stratum: basis.code, time: basis.time, cumulativeHazard: basis.hazard.map { $0 * factor },
        lastTime: basis.lastTime)
    }
  }

  private var meanOffset: Double {
    guard let offset = model.offset else { return 0 }
    let weights = model.outcome.weights ?? [Double](repeating: 1, count: offset.count)
    let total = CompensatedSum.of(zip(weights, offset).lazy.map { $0 * $1 })
    return total / CompensatedSum.of(weights)
  }
}
