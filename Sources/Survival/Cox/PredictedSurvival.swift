// Survival predicted for new rows by a fitted proportional-hazards model.

import NumericalMethods

/// A predicted survival probability at one time.
public struct PredictedProbability: Sendable, Hashable {
  /// Time, in the unit of the data.
  public let time: Double
  /// Probability of no event up to that time.
  public let survival: Double
  /// Of the survival probability, by the delta method.
  public let standardError: Double
  /// Interval of the estimate, on its scale.
  public let confidenceInterval: ConfidenceInterval
  /// −log of the survival on the hazard scale.
  public let cumulativeHazard: Double
}

/// The predicted survival curve of one new row: a step function at the event times of its stratum.
public struct PredictedSurvival: Sendable {
  /// Stratum whose baseline is used, from 0.
  public let stratum: Int
  /// At each distinct event time of the stratum, ascending.
  public let steps: [PredictedProbability]
  /// End of follow-up in the stratum, beyond which nothing is estimated.
  public let lastTime: Double?
  private let beforeFirst: PredictedProbability

  init(stratum: Int, steps: [PredictedProbability], lastTime: Double?, beforeFirst: PredictedProbability) {
    self.stratum = stratum
    self.steps = steps
    self.lastTime = lastTime
    self.beforeFirst = beforeFirst
  }

  /// The prediction at a time; `nil` after the end of follow-up.
  public func at(_ time: Double) -> PredictedProbability? {
    guard let lastTime, time <= lastTime else { return nil }
    return StepIndex.last(in: steps.map(\.time), notAfter: time).map { steps[$0] } ?? beforeFirst
  }

  /// The first time at which survival is at or below 1 − p, with the times at which the limits are; `nil` where a
  /// curve does not come down that far. On a flat step at exactly 1 − p, its middle.
  public func quantile(_ p: Double) -> (estimate: Double?, confidenceInterval: ConfidenceInterval) {
    let limits = { (pick: (PredictedProbability) -> Double?) in
      Self.crossing(steps.map { ($0.time, pick($0)) }, level: 1 - p, end: lastTime)
    }
    return (
      limits { $0.survival },
      ConfidenceInterval(
        lower: limits { $0.confidenceInterval.lower }, upper: limits { $0.confidenceInterval.upper })
    )
  }

  private static func crossing(_ curve: [(Double, Double?)], level: Double, end: Double?) -> Double? {
    let tolerance = 1.4901161193847656e-8
    for (index, step) in curve.enumerated() {
      guard let value = step.1, value <= level + tolerance else { continue }
      guard abs(value - level) <= tolerance else { return step.0 }
      let next = curve[(index + 1)...].first { ($0.1 ?? 1) < level - tolerance }?.0 ?? end
      return next.map { (step.0 + $0) / 2 }
    }
    return nil
  }
}

extension CoxFit {
  /// Predicted survival curves, one per row of `design`.
  ///
  /// S(t | x) = exp(−Λ_s(t) exp(x'β)); the variance is that of Λ and β together (as R's `survfit.coxph`), by the robust
  /// variance of β where there is one.
  ///
  /// - Parameters:
  ///   - design: new rows with the fit's columns, in its order.
  ///   - strata: stratum code of each new row; needed when the fit has strata.
  ///   - offset: of each new row; 0 by default.
  ///   - transform: scale of the intervals, at the fit's confidence level.
  /// - Throws: `SurvivalInputError` for role `covariate` (number of columns), `strata` or `offset`.
  ///
  /// **Checked against** cox-lung-base-efron, cox-lung-base-loglog, cox-lung-base-strata.
  public func predictedSurvival(
    _ design: CoxDesign, strata: [Int]? = nil, offset: [Double]? = nil, transform: ConfidenceTransform = .log
  ) throws(SurvivalInputError) -> [PredictedSurvival] {
    let codes = try predictionStrata(design, strata: strata, offset: offset)
    let bases = PredictionBasis.all(of: self)
    let critical = NormalDistribution.criticalValue(confidenceLevel: model.options.confidenceLevel)
    return (0..<design.rowCount).map { row in
      let basis = bases[codes[row]]
      let values = design.row(row)
      let probability = { (index: Int?) in
        let found = basis.prediction(of: values, offset: offset?[row], at: index)
        return PredictedProbability(
          time: index.map { basis.time[$0] } ?? 0, hazard: found.hazard, standardError: found.standardError,
          transform: transform, critical: critical)
      }
      return PredictedSurvival(
        stratum: codes[row], steps: basis.time.indices.map { probability($0) }, lastTime: basis.lastTime,
        beforeFirst: probability(nil))
    }
  }

  /// Survival averaged over the rows of a design: what the rows' population would show if everybody were as the
  /// design says (direct standardisation, "adjusted" curves). All rows are taken in one stratum.
  ///
  /// - Parameters:
  ///   - design: the population's covariates, columns as in the model.
  ///   - stratum: code of the stratum whose baseline all rows are given; 0 without strata.
  ///   - offset: a known part of the linear predictor, one per row of `design`; `nil` for none.
  ///   - weights: of the rows in the average; equal by default.
  ///   - times: at which the mean is wanted; those after the end of follow-up are left out.
  ///   - transform: the scale on which the interval is symmetric; default log-log.
  /// - Returns: mean survival with delta-method standard errors that see the covariates as fixed.
  ///
  /// - Throws: `SurvivalInputError` for `covariate` (not the model's columns), `offset` and `weights`
  /// (length), `strata`.
  public func standardizedSurvival(
    _ design: CoxDesign, stratum: Int = 0, offset: [Double]? = nil, weights: [Double]? = nil, times: [Double],
    transform: ConfidenceTransform = .logLog
  ) throws(SurvivalInputError) -> [PredictedProbability] {
    if let weights, weights.count != design.rowCount {
      throw SurvivalInputError(.weights, .lengthMismatch(expected: design.rowCount, found: weights.count))
    }
    return try standardizedSurvival(
      StandardPopulation(design: design, stratum: stratum, offset: offset, weights: weights), times: times,
      transform: transform)
  }

  /// Whether the rows of a design can be predicted for.
  func checkPrediction(_ design: CoxDesign, offset: [Double]?) throws(SurvivalInputError) {
    guard design.columnCount == coefficients.count else {
      throw SurvivalInputError(
        .covariate(design.columnNames.first ?? ""),
        .lengthMismatch(expected: coefficients.count, found: design.columnCount))
    }
    if let offset, offset.count != design.rowCount {
      throw SurvivalInputError(.offset, .lengthMismatch(expected: design.rowCount, found: offset.count))
    }
  }

  func predictionStrata(
    _ design: CoxDesign, strata: [Int]?, offset: [Double]?
  ) throws(SurvivalInputError) -> [Int] {
    try checkPrediction(design, offset: offset)
    let codes = strata ?? [Int](repeating: 0, count: design.rowCount)
    let limit = max(model.strata?.count ?? 1, 1)
    guard codes.count == design.rowCount, strata != nil || limit == 1 else {
      throw SurvivalInputError(.strata, .lengthMismatch(expected: design.rowCount, found: strata?.count ?? 0))
    }
    let faulty = codes.indices.filter { codes[$0] < 0 || codes[$0] >= limit }
    guard faulty.isEmpty else { throw SurvivalInputError(.strata, .codeOutOfRange, rows: faulty) }
    return codes
  }

  /// x'β + offset of new rows with its standard error √(x'Vx); at covariates 0 it is the offset.
  ///
  /// - Throws: `SurvivalInputError` for `covariate` (not the model's columns) and `offset` (length).
  public func linearPredictor(
    of design: CoxDesign, offset: [Double]? = nil
  ) throws(SurvivalInputError) -> [(value: Double, standardError: Double)] {
    try checkPrediction(design, offset: offset)
    let values = design.linearPredictor(coefficients)
    return (0..<design.rowCount).map { row in
      let x = design.row(row)
      return (values[row] + (offset?[row] ?? 0), Swift.max(variance.quadraticForm(x), 0).squareRoot())
    }
  }
}

extension PredictedProbability {
  init(
    time: Double, hazard: Double, standardError: Double, transform: ConfidenceTransform, critical: Double
  ) {
    let survival = Elementary.exp(-hazard)
    let limits = transform.limits(
      estimate: survival, relativeStandardError: standardError, critical: critical)
    self.init(
      time: time, survival: survival, standardError: survival * standardError,
      confidenceInterval: ConfidenceInterval(lowerOrNaN: limits.lower, upperOrNaN: limits.upper),
      cumulativeHazard: hazard)
  }

  init(
    time: Double, survival: Double, standardError: Double, transform: ConfidenceTransform, critical: Double
  ) {
    let limits = transform.limits(
      estimate: survival, relativeStandardError: standardError / survival, critical: critical)
    self.init(
      time: time, survival: survival, standardError: standardError,
      confidenceInterval: ConfidenceInterval(lowerOrNaN: limits.lower, upperOrNaN: limits.upper),
      cumulativeHazard: -Elementary.log(survival))
  }
}
