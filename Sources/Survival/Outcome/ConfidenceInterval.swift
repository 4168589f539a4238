// A confidence interval whose sides can be missing.

/// A confidence interval; a side that cannot be estimated or is not reached is `nil`.
public struct ConfidenceInterval: Sendable, Hashable {
  public let lower: Double?
  public let upper: Double?

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
