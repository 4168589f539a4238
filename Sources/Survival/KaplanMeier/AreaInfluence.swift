// The infinitesimal-jackknife variance of an area under the survival curve.

/// What moves the area under a curve when the weight of a row changes.
///
/// A row changes S at every time after one of its steps by −S(t) times that step, so that it changes the area up to τ by
/// the step times the area between its time and τ.
struct AreaInfluence: Sendable {
  private let steps: InfluenceSteps
  private let counts: EventTally.Unit
  /// `nil` where sums of squared weights suffice.
  private let rows: JackknifeRows?

  init(
    _ solution: KaplanMeierSolution, counts: EventTally.Unit, rows: JackknifeRows?,
    options: KaplanMeierOptions
  ) {
    steps =
      options.survivalEstimator == .exponential
      ? .hazard(counts, riskSets: solution.riskSets, estimator: options.hazardEstimator)
      : .negativeLogSurvival(counts, riskSets: solution.riskSets)
    self.counts = counts
    self.rows = rows
  }

  /// - Parameter areas: under the curve from each of its times up to τ; 0 from τ on.
  func variance(areas: [Double]) -> Double {
    let weighted = InfluenceSteps(
      atRisk: zip(steps.atRisk, areas).map(*), event: zip(steps.event, areas).map(*))
    let variances =
      rows.map { weighted.variances($0, timeIndex: counts.timeIndex) } ?? weighted.variances(counts)
    return variances.last ?? 0
  }
}
