// Two standardised survival probabilities compared.

import NumericalMethods

/// A population to standardise to: the rows of a design in one stratum of a fit.
public struct StandardPopulation: Sendable {
  /// The covariates of the rows to average over, with the columns of the fit; no value missing.
  public let design: CoxDesign
  /// Code of the stratum whose baseline is used; 0 without strata.
  public let stratum: Int
  /// A known part of the linear predictor, one per row; `nil` for none.
  public let offset: [Double]?
  /// Weights of the rows in the average; `nil` where all are equal.
  public let weights: [Double]?
  private let distinct = OnceValue<DistinctRows>()

  /// Rows to average over: n×p with the columns of the fit; the only stratum, no offset and equal weights unless given.
  public init(design: CoxDesign, stratum: Int = 0, offset: [Double]? = nil, weights: [Double]? = nil) {
    self.design = design
    self.stratum = stratum
    self.offset = offset
    self.weights = weights
  }

  /// What all means over the rows share.
  func distinct(threads: Int) -> DistinctRows {
    distinct.value {
      DistinctRows(
        design.columns.map(\.values), rowCount: design.rowCount, offset: offset, weights: weights,
        threads: threads)
    }
  }
}

/// A population's rows under the hazard of its stratum.
private struct StandardSide {
  let basis: PredictionBasis
  let rows: DistinctRows
  let factors: [Double]

  func mean(at index: Int?) -> PredictionBasis.MeanSurvival {
    basis.meanSurvival(of: rows, factors: factors, at: index)
  }
}

extension CoxFit {
  /// Mean survival of a population at given times, all its rows in one stratum.
  ///
  /// S̄(t) = Σ w_i S(t | x_i) / Σ w_i; delta-method standard errors from the baseline hazard and the coefficients together, covariates seen
  /// as fixed.
  ///
  /// - Parameters:
  ///   - population: the rows, which are put in order once however often they are asked for.
  ///   - times: those after the end of follow-up are left out.
  ///   - transform: the scale on which the interval is symmetric; default log-log.
  /// - Throws: `SurvivalInputError` for `covariate` (number of columns), `strata`, `offset`.
  ///
  /// **Cost**: O(m p) per time, m being the number of rows that differ; parallel, with equal bits for every number of threads.
  /// **Source**: Gail and Byar 1986. **Checked against** standardised.R and StandardizedStrataTests.
  public func standardizedSurvival(
    _ population: StandardPopulation, times: [Double], transform: ConfidenceTransform = .logLog
  ) throws(SurvivalInputError) -> [PredictedProbability] {
    let side = try side(population, PredictionBasis.all(of: self))
    let critical = NormalDistribution.criticalValue(confidenceLevel: model.options.confidenceLevel)
    return times.compactMap { time in
      guard let lastTime = side.basis.lastTime, time <= lastTime else { return nil }
      let index = StepIndex.last(in: side.basis.time, notAfter: time)
      let found = side.mean(at: index)
      return PredictedProbability(
        time: time, survival: found.survival, standardError: side.basis.standardError(of: found, at: index),
        transform: transform, critical: critical)
    }
  }

  private func side(
    _ population: StandardPopulation, _ bases: [PredictionBasis]
  ) throws(SurvivalInputError) -> StandardSide {
    try checkPrediction(population.design, offset: population.offset)
    guard bases.indices.contains(population.stratum) else {
      throw SurvivalInputError(
        .strata, .codeOutOfRange, rows: Array(0..<population.design.rowCount))
    }
    let basis = bases[population.stratum]
    let rows = population.distinct(threads: model.options.threads)
    return StandardSide(
      basis: basis, rows: rows,
      factors: Elementary.exp(
        basis.predictors(of: rows.columns, rowCount: rows.rowCount, offset: rows.offset)))
  }
}

extension CoxFit {
  /// Differences of standardised survival at given times: first minus second.
  ///
  /// S̄₁(t) − S̄₂(t), each the mean over its rows as in `standardizedSurvival`; the standard error is that of the baseline hazard(s) and
  /// the coefficients together by the delta method, covariates seen as fixed.
  ///
  /// - Returns: one contrast per time, `nil` after the end of follow-up of either stratum.
  /// - Throws: `SurvivalInputError` for `covariate` (number of columns), `strata`, `offset`.
  ///
  /// **Cost**: as `standardizedSurvival`. **Source**: Gail and Byar 1986; Zhang et al. 2007, doi:10.1016/j.cmpb.2007.07.010.
  public func standardizedDifference(
    _ first: StandardPopulation, minus second: StandardPopulation, times: [Double]
  ) throws(SurvivalInputError) -> [Contrast?] {
    let bases = PredictionBasis.all(of: self)
    let sides = [try side(first, bases), try side(second, bases)]
    let level = model.options.confidenceLevel
    return times.map { time in
      let isFollowed = sides.allSatisfy { side in side.basis.lastTime.map { time <= $0 } ?? false }
      guard isFollowed else { return nil }
      let indices = sides.map { StepIndex.last(in: $0.basis.time, notAfter: time) }
      let means = zip(sides, indices).map { side, index in side.mean(at: index) }
      let error = PredictionBasis.standardError(
        of: means[0], sides[0].basis, at: indices[0], minus: means[1], sides[1].basis, at: indices[1])
      return .difference(
        means[0].survival - means[1].survival, standardError: error, confidenceLevel: level)
    }
  }
}
