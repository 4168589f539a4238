// The result of a significance test.

/// A test statistic with its reference distribution's degrees of freedom and its p-value.
public struct TestStatistic: Sendable, Hashable {
  public let statistic: Double
  public let degreesOfFreedom: Double
  public let pValue: Double

  public init(statistic: Double, degreesOfFreedom: Double, pValue: Double) {
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    self.pValue = pValue
  }
}
