// The restricted mean survival time of one group.

import NumericalMethods

/// The area under a survival curve up to a time τ: the mean survival time of those followed for τ.
public struct RestrictedMean: Sendable, Hashable {
  /// As printed.
  public let name: String
  /// τ, up to which the curve is integrated, in the unit of the times.
  public let restrictionTime: Double
  /// ∫ S(t) dt from the start to τ; `nil` for an empty group.
  public let mean: Double?
  /// Standard error of the estimate, on its scale.
  public let standardError: Double?
  /// Time lost up to τ: τ minus the mean.
  public var timeLost: Double? { mean.map { restrictionTime - $0 } }
  /// Whether τ lies beyond the last observed time with S > 0 there: the curve is carried on flat, as R does, and the mean
  /// rests on survival that nobody was observed for.
  public let extendsBeyondFollowUp: Bool
  /// Level of the intervals.
  public let confidenceLevel: Double

  /// Whether the mean has an error to speak of: 0 says that everybody lived to τ, or that all died at one time, not that
  /// the mean is known exactly.
  public var hasKnownError: Bool { standardError.map { $0 > 0 } ?? false }

  /// mean ± z SE.
  public var confidenceInterval: ConfidenceInterval {
    guard let mean, let standardError else { return .notEstimable }
    let spread = NormalDistribution.criticalValue(confidenceLevel: confidenceLevel) * standardError
    return ConfidenceInterval(lower: mean - spread, upper: mean + spread)
  }
}

extension SurvivalCurve {
  /// The restricted mean survival time up to τ.
  ///
  /// Variance Σ (∫ from t to τ of S)² d / (n (n − d)) over the event times t ≤ τ; a time at which all at risk have the event
  /// adds nothing, since no area lies behind it. Where the variance of the curve is robust, so is that of the mean: the
  /// infinitesimal jackknife of the area, over clusters where given. R's `survmean` keeps to the formula above with weighted
  /// counts, which takes weights for numbers of patients. The start is 0, or the first time if that is negative.
  ///
  /// - Parameters:
  ///   - restrictionTime: τ, in the unit of the times.
  ///   - usesGreenwood: whether the error is R's also where the curve's variance is robust; false by default, see above.
  /// - Returns: mean and error in the unit of the times; `nil` for an empty group. Cost: O(times), over clusters O(rows).
  ///   Source: Klein and Moeschberger 2003, 4.5. Checked against rmst-lung-sex, rmst-veteran-trt and R's `survmean` on
  ///   awkward data; the robust one against differences in the weights.
  public func restrictedMean(
    upTo restrictionTime: Double, usesGreenwood: Bool = false
  ) -> RestrictedMean {
    let areaInfluence = usesGreenwood ? nil : areaInfluence
    func result(_ mean: Double?, _ standardError: Double?, extends: Bool) -> RestrictedMean {
      RestrictedMean(
        name: name, restrictionTime: restrictionTime, mean: mean, standardError: standardError,
        extendsBeyondFollowUp: extends, confidenceLevel: confidenceLevel)
    }
    guard let last = time.last, let first = time.first else { return result(nil, nil, extends: false) }
    let start = min(0, first)
    guard restrictionTime > start else { return result(nil, nil, extends: false) }
    // From τ backwards: the area behind each event time is what its variance needs.
    var behind = CompensatedSum()
    var variance = CompensatedSum()
    var areas = [Double](repeating: 0, count: areaInfluence == nil ? 0 : time.count)
    var end = restrictionTime
    let used = index(notAfter: restrictionTime).map { $0 + 1 } ?? 0
    for position in stride(from: used - 1, through: 0, by: -1) {
      behind.add(survival[position] * (end - time[position]))
      end = time[position]
      if areaInfluence != nil { areas[position] = behind.value }
      let left = atRisk[position] - events[position]
      if events[position] > 0, left > 0, survival[position] > 0 {
        variance.add(behind.value * behind.value * events[position] / (atRisk[position] * left))
      }
    }
    behind.add(end - start)
    let robust = areaInfluence.map { $0.variance(areas: areas) }
    return result(
      behind.value + start, (robust ?? variance.value).squareRoot(),
      extends: restrictionTime > last && (survival.last ?? 0) > 0)
  }
}
