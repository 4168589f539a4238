// The result of a significance test.

/// A test statistic with its reference distribution's degrees of freedom and its p-value.
public struct TestStatistic: Sendable, Hashable {
  /// Value of the statistic, on the χ² scale.
  public let statistic: Double
  /// Degrees of freedom.
  public let degreesOfFreedom: Double
  /// Two-sided or upper-tail probability under the null hypothesis; `nil` when not estimable.
  public let pValue: Double

  /// A statistic with its degrees of freedom and upper-tail probability.
  public init(statistic: Double, degreesOfFreedom: Double, pValue: Double) {
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    self.pValue = pValue
  }
}
