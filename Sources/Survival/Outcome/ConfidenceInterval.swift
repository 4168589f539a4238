// A confidence interval whose sides can be missing.

/// A confidence interval; a side that cannot be estimated or is not reached is `nil`.
public struct ConfidenceInterval: Sendable, Hashable {
  /// Lower limit; `nil` when there is none.
  public let lower: Double?
  /// Upper limit; `nil` when it was not reached or is not estimable.
  public let upper: Double?

  /// An interval of two limits, each of which may be missing.
  public init(lower: Double?, upper: Double?) {
    self.lower = lower
    self.upper = upper
  }

  /// The interval of which neither side is known.
  public static let notEstimable = ConfidenceInterval(lower: nil, upper: nil)

  /// Builds an interval from computed limits, of which a NaN stands for "not estimable".
  init(lowerOrNaN lower: Double, upperOrNaN upper: Double) {
    self.lower = lower.isNaN ? nil : lower
    self.upper = upper.isNaN ? nil : upper
  }
}
