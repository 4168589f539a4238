// How many events and patients a comparison of survival needs.

import NumericalMethods

/// The size of a study that compares two hazards by the log-rank test, or estimates one coefficient of a Cox model.
///
/// Schoenfeld: events d = (z_α + z_β)² / (p (1 − p) θ²), with θ = log hazard ratio and p the share of the experimental group; for a
/// covariate with standard deviation σ whose squared multiple correlation with the others is R²: d = (z_α + z_β)² / (σ² (1 − R²) θ²),
/// the same with σ² = p (1 − p) for two groups (Hsieh and Lavori). Freedman: d = (z_α + z_β)² (1 + r h)² / (r (1 − h)²), with h the
/// hazard ratio and r the ratio of group sizes, experimental over control. z_α at α / sides, z_β at the power.
public struct SurvivalSampleSize: Sendable, Hashable {
  /// Which approximation gives the number of events.
  public enum Method: String, Sendable, Hashable, CaseIterable {
    /// From the score test's variance at no effect; R's powerSurvEpi, Stata `stpower logrank, schoenfeld`.
    case schoenfeld
    /// From the variance under the alternative; Stata's default.
    case freedman
  }

  /// Hazard ratio to detect, experimental over control or per unit of the covariate; not 1.
  public var hazardRatio: Double
  /// Significance level, of both sides together.
  public var alpha = 0.05
  /// 1 or 2.
  public var sides = 2.0
  /// Size of the experimental group over that of the control group.
  public var allocation = 1.0
  /// Which formula.
  public var method = Method.schoenfeld
  /// Variance of the covariate; `nil` for two groups.
  public var covariateVariance: Double?
  /// R² of the covariate on the others.
  public var squaredCorrelation = 0.0

  /// - Throws: `SurvivalInputError` for `option` by name: `hazard-ratio` (not positive, or 1), `alpha`, `allocation`,
  ///   `r-squared`, and `method` for Freedman's formula with a covariate.
  public init(
    hazardRatio: Double, alpha: Double = 0.05, sides: Double = 2, allocation: Double = 1,
    method: Method = .schoenfeld, covariateVariance: Double? = nil, squaredCorrelation: Double = 0
  ) throws(SurvivalInputError) {
    guard hazardRatio > 0, hazardRatio.isFinite, hazardRatio != 1 else {
      throw SurvivalInputError(.option("hazard-ratio"), .outOfRange)
    }
    guard alpha > 0, alpha < 1, sides == 1 || sides == 2 else {
      throw SurvivalInputError(.option("alpha"), .outOfRange)
    }
    guard allocation > 0, allocation.isFinite else {
      throw SurvivalInputError(.option("allocation"), .outOfRange)
    }
    guard squaredCorrelation >= 0, squaredCorrelation < 1, covariateVariance.map({ $0 > 0 }) ?? true else {
      throw SurvivalInputError(.option("r-squared"), .outOfRange)
    }
    if method == .freedman, covariateVariance != nil || squaredCorrelation > 0 {
      throw SurvivalInputError(.option("method"), .unsupported("covariates"))
    }
    self.hazardRatio = hazardRatio
    self.alpha = alpha
    self.sides = sides
    self.allocation = allocation
    self.method = method
    self.covariateVariance = covariateVariance
    self.squaredCorrelation = squaredCorrelation
  }

  /// Share of the experimental group.
  public var experimentalShare: Double { allocation / (1 + allocation) }

  /// √(information per event): the deviate of the test is this times √events.
  private var effect: Double {
    switch method {
    case .schoenfeld:
      let share = experimentalShare
      let variance = (covariateVariance ?? share * (1 - share)) * (1 - squaredCorrelation)
      return abs(Elementary.log(hazardRatio)) * variance.squareRoot()
    case .freedman:
      return allocation.squareRoot() * abs(1 - hazardRatio) / (1 + allocation * hazardRatio)
    }
  }

  private var critical: Double { NormalDistribution.upperQuantile(alpha / sides) }

  /// Events needed for a power, not rounded. **Checked against** the formulas by hand.
  ///
  /// - Throws: `SurvivalInputError` for `option("power")`: not between 0 and 1.
  public func events(power: Double) throws(SurvivalInputError) -> Double {
    guard power > 0, power < 1 else { throw SurvivalInputError(.option("power"), .outOfRange) }
    let sum = critical + NormalDistribution.quantile(power)
    return sum <= 0 ? 0 : sum * sum / (effect * effect)
  }

  /// Power with a number of events: that of the side on which the effect lies.
  ///
  /// - Throws: `SurvivalInputError` for `option("events")`: negative or not finite.
  public func power(events: Double) throws(SurvivalInputError) -> Double {
    guard events >= 0, events.isFinite else { throw SurvivalInputError(.option("events"), .outOfRange) }
    return NormalDistribution.cumulative(effect * events.squareRoot() - critical)
  }
}

/// The probability of an observed event under constant hazards, with uniform accrual and exponential dropout.
public struct EventProbability: Sendable, Hashable {
  /// Length of accrual, and follow-up after its end.
  public let accrual: Double
  /// Follow-up after the end of accrual, in the same unit.
  public let followUp: Double
  /// Hazard of being lost.
  public let dropout: Double

  /// - Throws: `SurvivalInputError` for `option("accrual")`, `option("follow-up")` or `option("dropout")`: negative, not finite, or
  ///   no observation at all.
  public init(accrual: Double = 0, followUp: Double, dropout: Double = 0) throws(SurvivalInputError) {
    guard accrual >= 0, accrual.isFinite else { throw SurvivalInputError(.option("accrual"), .outOfRange) }
    guard followUp >= 0, followUp.isFinite, accrual + followUp > 0 else {
      throw SurvivalInputError(.option("follow-up"), .outOfRange)
    }
    guard dropout >= 0, dropout.isFinite else { throw SurvivalInputError(.option("dropout"), .outOfRange) }
    self.accrual = accrual
    self.followUp = followUp
    self.dropout = dropout
  }

  /// λ/μ (1 − mean of exp(−μ u)) over observation times u uniform on follow-up to accrual + follow-up, with μ = λ + dropout.
  public func probability(hazard: Double) -> Double {
    let total = hazard + dropout
    guard hazard > 0, total > 0 else { return 0 }
    let remaining =
      accrual > 0
      ? Elementary.exp(-total * followUp) * -Self.expm1(-total * accrual) / (total * accrual)
      : Elementary.exp(-total * followUp)
    return hazard / total * (1 - remaining)
  }

  /// exp(x) − 1 without cancellation near 0.
  private static func expm1(_ x: Double) -> Double {
    guard abs(x) < 1e-5 else { return Elementary.exp(x) - 1 }
    return x + x * x / 2 + x * x * x / 6
  }
}
