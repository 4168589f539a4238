// What can be wrong with the arrays given to a survival estimator, by role and row.

/// A fault in an estimator's input, told by the role of the array at fault and the rows concerned.
///
/// It never names a column, a file or a document: whoever supplied the array knows where it came from.
public struct SurvivalInputError: Error, Sendable, Hashable {
  /// The part an array or a parameter plays in the analysis.
  public enum Role: Sendable, Hashable {
    /// The end of follow-up.
    case time
    /// The start of follow-up (delayed entry).
    case entry
    /// The event code.
    case event
    /// The weight of each row.
    case weights
    /// The group to be compared.
    case groups
    /// The stratum of each row.
    case strata
    /// The cluster of each row.
    case clusters
    /// The subject that a row belongs to.
    case subjects
    /// The known part of the linear predictor.
    case offset
    /// One column of the design, by name.
    case covariate(String)
    /// Scores of ordered groups, or of a prediction.
    case scores
    /// Times at which something is wanted.
    case times
    /// Probabilities of quantiles, or predicted ones.
    case probabilities
    /// The time to which a mean is restricted.
    case restrictionTime
    /// Level of an interval.
    case confidenceLevel
    /// The number of the cause of interest.
    case cause
    /// An exponent of a weight function.
    case exponent
    /// A choice, by its name.
    case option(String)
  }

  /// What is wrong with it.
  public enum Fault: Sendable, Hashable {
    /// The array does not have one element per row.
    case lengthMismatch(expected: Int, found: Int)
    /// Not a finite number.
    case notFinite
    /// A number below zero where none can be.
    case negative
    /// The interval (entry, time] is empty or reversed.
    case endNotAfterStart
    /// A code below zero or without a name.
    case codeOutOfRange
    /// No rows, or no rows that could carry information.
    case empty
    /// The parameter lies outside the range where the method is defined.
    case outOfRange
    /// The method needs at least this many groups, causes or levels.
    case tooFew(minimum: Int, found: Int)
    /// The method is not defined for outcomes with delayed entry, weights and the like.
    case unsupported(String)
  }

  /// Which argument is at fault.
  public let role: Role
  /// What is wrong with it.
  public let fault: Fault
  /// Rows at fault, ascending, counted from 0; empty where the fault is not one of rows.
  public let rows: [Int]

  /// A fault of an argument, with the rows at fault where there are any.
  public init(_ role: Role, _ fault: Fault, rows: [Int] = []) {
    self.role = role
    self.fault = fault
    self.rows = rows
  }
}
