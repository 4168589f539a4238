// One line of a table of coefficients, and one line of a table of tests.

/// Why a coefficient has no ordinary estimate.
public enum CoefficientStatus: String, Sendable, Hashable {
  case estimated
  /// A linear combination of earlier columns: not estimable.
  case aliased
  /// The likelihood rises for ever as the coefficient grows (separation).
  case divergesUpward, divergesDownward
}

/// Estimate, standard error, test and interval of one coefficient, on the scale of the linear predictor.
/// All are nil for an aliased coefficient; for a diverging one too, save that its interval may be closed on one side.
public struct CoefficientRow: Sendable, Hashable {
  public let name: String
  public let status: CoefficientStatus
  public let estimate: Double?
  public let standardError: Double?
  /// estimate / standardError; t or z as `degreesOfFreedom` says.
  public let statistic: Double?
  /// Degrees of freedom of the t distribution the p-value is taken from; nil: normal.
  public let degreesOfFreedom: Double?
  public let pValue: Double?
  public let lower: Double?
  public let upper: Double?
}

/// The test of one term, or of a whole model.
public struct TermTest: Sendable, Hashable {
  public enum Statistic: String, Sendable { case f, chiSquared }

  public let name: String
  public let kind: Statistic
  /// nil where it cannot be formed (no degrees of freedom left).
  public let statistic: Double?
  public let degreesOfFreedom: Int
  /// Of the F test.
  public let denominatorDegreesOfFreedom: Int?
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
