// The proportional-hazards model: its inputs, checked, and how it is fitted.

import NumericalMethods

/// Cox's proportional-hazards model: hazard λ_s(t) exp(x'β + offset) in stratum s.
///
/// **Inputs**: an outcome (right-censored or (entry, time]; any non-zero event code counts as the event, so select a
/// cause first), a design with one row per row of the outcome, optionally strata (a baseline hazard each), clusters
/// (rows whose contributions are summed before the robust variance is formed) and an offset. Rows of weight 0 are left
/// out.
public struct CoxModel: Sendable {
  /// Times and events.
  public let outcome: SurvivalOutcome
  /// The covariates, n×p, without an intercept: the baseline hazard takes its place.
  public let design: CoxDesign
  /// Each has a baseline of its own; `nil` for one.
  public let strata: GroupCodes?
  /// Rows that are not independent of one another; `nil` when all are.
  public let clusters: GroupCodes?
  /// A known part of the linear predictor, one per row; `nil` for none.
  public let offset: [Double]?
  /// What was chosen.
  public let options: CoxOptions

  /// - Throws: `SurvivalInputError` for role `covariate`, `strata`, `clusters` or `offset` (length, values not finite);
  ///   `event` when no row has the event; `weights` when they are not all 1 with the exact partial likelihood; `option`
  ///   for starting values of the wrong number, penalties out of range, or Firth's penalty with exact ties or another
  ///   penalty; `confidenceLevel` outside (0, 1).
  public init(
    outcome: SurvivalOutcome, design: CoxDesign, strata: GroupCodes? = nil, clusters: GroupCodes? = nil,
    offset: [Double]? = nil, options: CoxOptions = CoxOptions()
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
    if let initial = options.initialCoefficients {
      guard initial.count == design.columnCount, initial.allSatisfy(\.isFinite) else {
        throw SurvivalInputError(
          .option("initial"), .lengthMismatch(expected: design.columnCount, found: initial.count))
      }
    }
    guard options.penalties.allSatisfy({ $0.isValid(columnCount: design.columnCount) }) else {
      throw SurvivalInputError(.option("penalty"), .outOfRange)
    }
    if options.usesFirthPenalty, options.ties == .exactPartial || !options.penalties.isEmpty {
      throw SurvivalInputError(.option("firth"), .unsupported("exact ties or another penalty"))
    }
    if options.ties == .exactPartial, let weights = outcome.weights {
      let faulty = weights.indices.filter { weights[$0] != 1 && weights[$0] != 0 }
      guard faulty.isEmpty else {
        throw SurvivalInputError(.weights, .unsupported("weights with exact ties"), rows: faulty)
      }
    }
    self.outcome = outcome
    self.design = design
    self.strata = try strata?.validated(rowCount: count, role: .strata)
    self.clusters = try clusters?.validated(rowCount: count, role: .clusters)
    self.offset = offset
    self.options = options
  }

  /// Fits the model: see `fit()`.
  ///
  /// - Throws: `SurvivalInputError` as the initializer and `fit()`.
  public static func fit(
    outcome: SurvivalOutcome, covariates: CoxDesign, strata: GroupCodes? = nil, clusters: GroupCodes? = nil,
    offset: [Double]? = nil, options: CoxOptions = CoxOptions()
  ) throws(SurvivalInputError) -> CoxFit {
    try CoxModel(
      outcome: outcome, design: covariates, strata: strata, clusters: clusters, offset: offset,
      options: options
    ).fit()
  }
}
