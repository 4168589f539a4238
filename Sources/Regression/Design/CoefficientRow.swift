// One line of a table of coefficients, and one line of a table of tests.

/// Why a coefficient has no ordinary estimate.
public enum CoefficientStatus: String, Sendable, Hashable {
  /// An ordinary maximum-likelihood or least-squares estimate.
  case estimated
  /// A linear combination of earlier columns: not estimable.
  case aliased
  /// The likelihood rises for ever as the coefficient grows (separation).
  case divergesUpward, divergesDownward
}

/// Estimate, standard error, test and interval of one coefficient, on the scale of the linear predictor.
/// All are nil for an aliased coefficient; for a diverging one too, save that its interval may be closed on one side.
public struct CoefficientRow: Sendable, Hashable {
  /// As printed.
  public let name: String
  /// How the estimation ended.
  public let status: CoefficientStatus
  /// The estimate, on the linear scale; withheld where the status says so.
  public let estimate: Double?
  /// Standard error of the estimate, on its scale.
  public let standardError: Double?
  /// estimate / standardError; t or z as `degreesOfFreedom` says.
  public let statistic: Double?
  /// Degrees of freedom of the t distribution the p-value is taken from; nil: normal.
  public let degreesOfFreedom: Double?
  /// Two-sided or upper-tail probability under the null hypothesis; `nil` when not estimable.
  public let pValue: Double?
  /// Lower limit.
  public let lower: Double?
  /// Upper limit.
  public let upper: Double?
}

/// The test of one term, or of a whole model.
public struct TermTest: Sendable, Hashable {
  /// Which distribution the statistic has.
  public enum Statistic: String, Sendable {
    /// Fisher's F, where a dispersion was estimated.
    case f
    /// χ².
    case chiSquared
  }

  /// As printed.
  public let name: String
  /// Which distribution the statistic has.
  public let kind: Statistic
  /// nil where it cannot be formed (no degrees of freedom left).
  public let statistic: Double?
  /// Degrees of freedom.
  public let degreesOfFreedom: Int
  /// Of the F test.
  public let denominatorDegreesOfFreedom: Int?
  /// Two-sided or upper-tail probability under the null hypothesis; `nil` when not estimable.
  public let pValue: Double?
  /// Sum of squares (linear models) or difference of deviances.
  public let sumOfSquares: Double?
}

/// What `TermTest`s compare.
public enum TermTestKind: String, Sendable, CaseIterable {
  /// Each term after the terms before it.
  case sequential
  /// Each term after all that do not contain it.
  case typeTwo
  /// Each term after all others; the design must be coded in sum-to-zero contrasts.
  case typeThree
}
