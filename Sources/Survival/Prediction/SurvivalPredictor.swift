// Survival of many rows at once, without standard errors: what measures of prediction need.

import NumericalMethods

/// A fitted model's predictions for the rows of a design.
public struct SurvivalPredictor: Sendable {
  private let bases: [PredictionBasis]
  private let codes: [Int]
  /// The logarithm of the factor of each row's hazard.
  private let predictors: [Double]

  fileprivate init(bases: [PredictionBasis], codes: [Int], predictors: [Double]) {
    self.bases = bases
    self.codes = codes
    self.predictors = predictors
  }

  /// S(t | x) of every row; beyond the end of follow-up of its stratum the value at that end.
  public func survival(at time: Double) -> [Double] {
    let hazards = bases.map { basis in
      StepIndex.last(in: basis.time, notAfter: time).map { basis.hazard[$0] } ?? 0
    }
    return codes.indices.map { row in
      Elementary.exp(-hazards[codes[row]] * Elementary.exp(predictors[row]))
    }
  }
}

extension CoxFit {
  /// Predictions for new rows, given as for `predictedSurvival`.
  ///
  /// - Throws: `SurvivalInputError` for `covariate` (number of columns), `strata` or `offset`.
  public func survivalPredictor(
    _ design: CoxDesign, strata: [Int]? = nil, offset: [Double]? = nil
  ) throws(SurvivalInputError) -> SurvivalPredictor {
    let codes = try predictionStrata(design, strata: strata, offset: offset)
    let bases = PredictionBasis.all(of: self)
    if bases.count == 1, let basis = bases.first {
      return SurvivalPredictor(
        bases: bases, codes: codes, predictors: basis.predictors(of: design, offset: offset))
    }
    let predictors = codes.indices.map { row in
      bases[codes[row]].predictor(of: design.row(row), offset: offset?[row])
    }
    return SurvivalPredictor(bases: bases, codes: codes, predictors: predictors)
  }
}
