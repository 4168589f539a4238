// Standardised survival over rows that keep their own strata.

import NumericalMethods

/// A population to standardise to, each row with the baseline hazard of its own stratum.
public struct StratifiedPopulation: Sendable {
  /// The covariates of the rows to average over, with the columns of the fit; no value missing.
  public let design: CoxDesign
  /// The stratum of each row, by its code in the fit.
  public let strata: [Int]
  /// A known part of the linear predictor, one per row; `nil` for none.
  public let offset: [Double]?
  private let byStratum = OnceValue<[StratumRows]>()

  /// Rows to average over: n×p with the columns of the fit, n stratum codes; no offset unless given.
  public init(design: CoxDesign, strata: [Int], offset: [Double]? = nil) {
    self.design = design
    self.strata = strata
    self.offset = offset
  }

  /// The rows of every stratum that has some, in the order of the codes.
  fileprivate func rows(strataCount: Int, threads: Int) -> [StratumRows] {
    byStratum.value {
      (0..<strataCount).compactMap { code in
        let rows = strata.indices.filter { strata[$0] == code }
        guard !rows.isEmpty else { return nil }
        let distinct = DistinctRows(
          ColumnValues.gathered(design.columns.map(\.values), rows), rowCount: rows.count,
          offset: offset.map { offset in rows.map { offset[$0] } }, weights: nil, threads: threads)
        return StratumRows(
          code: code, rows: distinct, share: Double(rows.count) / Double(strata.count))
      }
    }
  }
}

/// The rows of a population in one stratum, and their share of it.
private struct StratumRows: Sendable {
  let code: Int
  let rows: DistinctRows
  let share: Double
}

extension CoxFit {
  /// Mean survival of a population at given times, each row under the baseline hazard of its own stratum.
  ///
  /// S̄(t) = Σ_s n_s / n · S̄_s(t), with S̄_s the mean over the rows of stratum s as in `standardizedSurvival(_:stratum:)`; the strata share
  /// the coefficients, and their hazards are independent: the variance is that of the coefficients along the mean direction,
  /// and Σ_s (n_s / n · slope_s)² of the hazards'.
  ///
  /// - Returns: one probability per time, `nil` after the end of follow-up of a stratum that has rows.
  /// - Throws: `SurvivalInputError` for `covariate` (number of columns), `strata`, `offset`.
  ///
  /// **Cost**: O(m p) per time, m being the number of rows that differ within their stratum. **Source**: as `standardizedDifference`.
  public func standardizedSurvival(
    _ population: StratifiedPopulation, times: [Double], transform: ConfidenceTransform = .logLog
  ) throws(SurvivalInputError) -> [PredictedProbability?] {
    let parts = try parts(of: population)
    let critical = NormalDistribution.criticalValue(confidenceLevel: model.options.confidenceLevel)
    return times.map { time -> PredictedProbability? in
      guard let means = StratumPart.means(parts, at: time) else { return nil }
      let survival = CompensatedSum.of(means.map { $0.share * $0.mean.survival })
      return PredictedProbability(
        time: time, survival: survival, standardError: StratumPart.standardError(means),
        transform: transform, critical: critical)
    }
  }

  /// Differences of such means at given times: first minus second, the strata of both being those of one fit.
  ///
  /// - Throws: as `standardizedSurvival`.
  public func standardizedDifference(
    _ first: StratifiedPopulation, minus second: StratifiedPopulation, times: [Double]
  ) throws(SurvivalInputError) -> [Contrast?] {
    let (own, other) = (try parts(of: first), try parts(of: second))
    let level = model.options.confidenceLevel
    return times.map { time -> Contrast? in
      guard let plus = StratumPart.means(own, at: time), let minus = StratumPart.means(other, at: time) else {
        return nil
      }
      let all = plus + minus.map { $0.negated }
      let difference = CompensatedSum.of(all.map { $0.share * $0.mean.survival })
      return .difference(
        difference, standardError: StratumPart.standardError(all), confidenceLevel: level)
    }
  }

  private func parts(of population: StratifiedPopulation) throws(SurvivalInputError) -> [StratumPart] {
    _ = try predictionStrata(population.design, strata: population.strata, offset: population.offset)
    let bases = PredictionBasis.all(of: self)
    return population.rows(strataCount: bases.count, threads: model.options.threads).map { own in
      let basis = bases[own.code]
      return StratumPart(
        basis: basis, rows: own.rows,
        factors: Elementary.exp(
          basis.predictors(of: own.rows.columns, rowCount: own.rows.rowCount, offset: own.rows.offset)),
        share: own.share)
    }
  }
}

/// The rows of one stratum.
private struct StratumPart {
  let basis: PredictionBasis
  let rows: DistinctRows
  let factors: [Double]
  let share: Double

  /// What the rows of a stratum add to a mean or take from it.
  struct Mean {
    let basis: PredictionBasis
    let mean: PredictionBasis.MeanSurvival
    let index: Int?
    let share: Double

    var negated: Mean { Mean(basis: basis, mean: mean, index: index, share: -share) }
  }

  /// `nil` after the end of follow-up of one of them.
  static func means(_ parts: [StratumPart], at time: Double) -> [Mean]? {
    guard parts.allSatisfy({ part in part.basis.lastTime.map { time <= $0 } ?? false }) else { return nil }
    return parts.map { part in
      let index = StepIndex.last(in: part.basis.time, notAfter: time)
      return Mean(
        basis: part.basis,
        mean: part.basis.meanSurvival(of: part.rows, factors: part.factors, at: index),
        index: index, share: part.share)
    }
  }

  static func standardError(_ means: [Mean]) -> Double {
    PredictionBasis.standardError(
      of: means.map { part in
        PredictionBasis.Share(
          basis: part.basis, index: part.index, slope: part.share * part.mean.slope,
          direction: part.mean.direction.map { part.share * $0 })
      })
  }
}
