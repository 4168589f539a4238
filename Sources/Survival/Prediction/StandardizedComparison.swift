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

  /// Rows to average over: n×p with the columns of the fit; the only stratum and no offset unless given.
  public init(design: CoxDesign, stratum: Int = 0, offset: [Double]? = nil) {
    self.design = design
    self.stratum = stratum
    self.offset = offset
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
  /// **Cost**: O(n p) per time. **Source**: Gail and Byar 1986; Zhang et al. 2007, doi:10.1016/j.cmpb.2007.07.010.
  public func standardizedDifference(
    _ first: StandardPopulation, minus second: StandardPopulation, times: [Double]
  ) throws(SurvivalInputError) -> [Contrast?] {
    var sides: [(basis: PredictionBasis, design: CoxDesign, factors: [Double])] = []
    let bases = PredictionBasis.all(of: self)
    for population in [first, second] {
      let design = population.design
      _ = try predictionStrata(
        design, strata: [Int](repeating: population.stratum, count: design.rowCount),
        offset: population.offset)
      let basis = bases[population.stratum]
      sides.append(
        (basis, design, Elementary.exp(basis.predictors(of: design, offset: population.offset))))
    }
    let level = model.options.confidenceLevel
    return times.map { time in
      let isFollowed = sides.allSatisfy { side in side.basis.lastTime.map { time <= $0 } ?? false }
      guard isFollowed else { return nil }
      let indices = sides.map { StepIndex.last(in: $0.basis.time, notAfter: time) }
      let means = zip(sides, indices).map { side, index in
        side.basis.meanSurvival(of: side.design, factors: side.factors, weights: nil, at: index)
      }
      let error = PredictionBasis.standardError(
        of: means[0], sides[0].basis, at: indices[0], minus: means[1], sides[1].basis, at: indices[1])
      return .difference(
        means[0].survival - means[1].survival, standardError: error, confidenceLevel: level)
    }
  }
}
