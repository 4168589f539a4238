// Parametric survival models: inputs and choices.

import NumericalMethods

/// Choices for `ParametricModel.fit`.
public struct ParametricOptions: Sendable, Hashable {
  /// Level of the intervals.
  public var confidenceLevel = 0.95
  /// Newton steps before the fit is called not converged.
  public var maximumIterations = 100
  /// Relative change of the log-likelihood below which the iteration may end.
  public var logLikelihoodTolerance = 1e-11
  /// Scaled score below which the iteration may end.
  public var scoreTolerance = 1e-8
  /// How many threads work; results do not depend on it.
  public var threads = 1

  /// Options with the stated defaults.
  public init() {}
}

/// A parametric survival model with covariates on the location and, by stratum, a scale of its own.
///
/// **Inputs**: a right-censored outcome, optionally with delayed entry (the contribution is then conditional on survival
/// to entry) and weights; a design without intercept, which is added; strata (separate scales, or shapes for Gompertz);
/// an offset added to the location. Rows of weight 0 are left out.
public struct ParametricModel: Sendable {
  /// Times and events.
  public let outcome: SurvivalOutcome
  /// Distribution of the time.
  public let distribution: ParametricDistribution
  /// The covariates, n×p, without an intercept, which the fit adds.
  public let design: CoxDesign
  /// Each has a baseline of its own; `nil` for one.
  public let strata: GroupCodes?
  /// A known part of the linear predictor, one per row; `nil` for none.
  public let offset: [Double]?
  /// What was chosen.
  public let options: ParametricOptions

  /// - Throws: `SurvivalInputError` for role `time` (not positive where the distribution needs it, with the rows), `event`
  ///   (no events), `covariate`, `strata`, `offset`, `confidenceLevel`.
  public init(
    outcome: SurvivalOutcome, distribution: ParametricDistribution, design: CoxDesign,
    strata: GroupCodes? = nil,
    offset: [Double]? = nil, options: ParametricOptions = ParametricOptions()
  ) throws(SurvivalInputError) {
    let count = outcome.rowCount
    guard design.rowCount == count else {
      throw SurvivalInputError(
        .covariate(design.columnNames.first ?? ""), .lengthMismatch(expected: count, found: design.rowCount))
    }
    if let offset {
      guard offset.count == count else {
        throw SurvivalInputError(.offset, .lengthMismatch(expected: count, found: offset.count))
      }
      let faulty = offset.indices.filter { !offset[$0].isFinite }
      guard faulty.isEmpty else { throw SurvivalInputError(.offset, .notFinite, rows: faulty) }
    }
    guard options.confidenceLevel > 0, options.confidenceLevel < 1 else {
      throw SurvivalInputError(.confidenceLevel, .outOfRange)
    }
    if distribution.needsPositiveTimes {
      let faulty = outcome.time.indices.filter { !(outcome.time[$0] > 0) }
      guard faulty.isEmpty else { throw SurvivalInputError(.time, .outOfRange, rows: faulty) }
    }
    self.outcome = outcome
    self.distribution = distribution
    self.design = design
    self.strata = try strata?.validated(rowCount: count, role: .strata)
    self.offset = offset
    self.options = options
    guard usedRows.contains(where: { outcome.event[$0] != 0 }) else {
      throw SurvivalInputError(.event, .empty)
    }
  }

  /// Rows that carry weight.
  var usedRows: [Int] {
    (0..<outcome.rowCount).filter { row in outcome.weights.map { $0[row] > 0 } ?? true }
  }

  /// Fits the model: see `fit()`.
  ///
  /// - Throws: `SurvivalInputError` as the initializer and `fit()`.
  public static func fit(
    outcome: SurvivalOutcome, distribution: ParametricDistribution, covariates: CoxDesign,
    strata: GroupCodes? = nil, offset: [Double]? = nil, options: ParametricOptions = ParametricOptions()
  ) throws(SurvivalInputError) -> ParametricFit {
    try ParametricModel(
      outcome: outcome, distribution: distribution, design: covariates, strata: strata, offset: offset,
      options: options
    ).fit()
  }
}
