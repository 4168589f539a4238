// Student's and Welch's t tests.

import NumericalMethods

/// The result of a t test. Statistic, p and limits are nil where the spread is nothing or too few values are given.
public struct TTest: Sendable, Hashable {
  /// First minus second mean; mean of the differences; or mean minus the hypothesised one.
  public let difference: Double?
  /// Standard error of the estimate, on its scale.
  public let standardError: Double?
  /// Value of the statistic; `nil` when not estimable.
  public let statistic: Double?
  /// Degrees of freedom.
  public let degreesOfFreedom: Double?
  /// Two-sided or upper-tail probability under the null hypothesis; `nil` when not estimable.
  public let pValue: Double?
  /// Of the difference (for one sample: of the mean).
  public let limits: Limits
  /// Mean of the first sample.
  public let firstMean: Double?
  /// Mean of the second; `nil` for one sample.
  public let secondMean: Double?

  /// Two independent samples without assuming equal variances (Welch 1947), R's default.
  /// **Checked against** t-mtcars-welch.
  ///
  /// - Throws: `TestInputError`: `notFinite`, `confidenceLevel`.
  public static func welch(_ first: [Double], _ second: [Double], confidenceLevel: Double = 0.95) throws
    -> TTest
  {
    try independent(first, second, confidenceLevel) { v1, n1, v2, n2 in
      guard let v1, let v2 else { return nil }
      let a = v1 / n1
      let b = v2 / n2
      let df = (a + b) * (a + b) / (a * a / (n1 - 1) + b * b / (n2 - 1))
      return ((a + b).squareRoot(), df)
    }
  }

  /// Two independent samples with equal variances (Student). One group may have a single value.
  /// **Checked against** t-mtcars-student.
  ///
  /// - Throws: `TestInputError`: `notFinite`, `confidenceLevel`.
  public static func pooled(_ first: [Double], _ second: [Double], confidenceLevel: Double = 0.95) throws
    -> TTest
  {
    try independent(first, second, confidenceLevel) { v1, n1, v2, n2 in
      let df = n1 + n2 - 2
      guard df > 0 else { return nil }
      let variance = ((v1 ?? 0) * (n1 - 1) + (v2 ?? 0) * (n2 - 1)) / df
      return ((variance * (1 / n1 + 1 / n2)).squareRoot(), df)
    }
  }

  /// Pairs: the differences first − second against zero. **Checked against** t-sleep-paired.
  ///
  /// - Throws: `TestInputError`: `lengthMismatch`, `notFinite`, `confidenceLevel`.
  public static func paired(_ first: [Double], _ second: [Double], confidenceLevel: Double = 0.95) throws
    -> TTest
  {
    try Check.sameLength(first, second)
    try Check.finite(first, .first)
    try Check.finite(second, .second)
    let single = try oneSample(zip(first, second).map { $0 - $1 }, confidenceLevel: confidenceLevel)
    return TTest(
      difference: single.difference, standardError: single.standardError, statistic: single.statistic,
      degreesOfFreedom: single.degreesOfFreedom, pValue: single.pValue, limits: single.limits,
      firstMean: Moments.mean(first), secondMean: Moments.mean(second))
  }

  /// One sample against a hypothesised mean.
  ///
  /// t = (m − μ₀) / (s / √n) with n − 1 degrees of freedom.
  /// - Throws: `TestInputError`: `notFinite`, `confidenceLevel`.
  public static func oneSample(
    _ values: [Double], mean hypothesis: Double = 0, confidenceLevel: Double = 0.95
  )
    throws -> TTest
  {
    try Check.level(confidenceLevel)
    try Check.finite(values, .values)
    let mean = Moments.mean(values)
    let n = Double(values.count)
    let se = Moments.variance(values).map { ($0 / n).squareRoot() }
    let test = assemble(
      mean.map { $0 - hypothesis }, se, n - 1, scale: mean?.magnitude ?? 0, confidenceLevel)
    return TTest(
      difference: test.difference, standardError: test.standardError, statistic: test.statistic,
      degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue,
      limits: Limits(
        lower: test.limits.lower.map { $0 + hypothesis }, upper: test.limits.upper.map { $0 + hypothesis }),
      firstMean: mean, secondMean: nil)
  }

  private static func independent(
    _ first: [Double], _ second: [Double], _ level: Double,
    _ spread: (Double?, Double, Double?, Double) -> (Double, Double)?
  ) throws -> TTest {
    try Check.level(level)
    try Check.finite(first, .first)
    try Check.finite(second, .second)
    let m1 = Moments.mean(first)
    let m2 = Moments.mean(second)
    guard let m1, let m2 else {
      return TTest(
        difference: nil, standardError: nil, statistic: nil, degreesOfFreedom: nil, pValue: nil,
        limits: Limits(lower: nil, upper: nil), firstMean: m1, secondMean: m2)
    }
    let pair = spread(
      Moments.variance(first), Double(first.count), Moments.variance(second), Double(second.count))
    let test = assemble(m1 - m2, pair?.0, pair?.1, scale: Swift.max(m1.magnitude, m2.magnitude), level)
    return TTest(
      difference: test.difference, standardError: test.standardError, statistic: test.statistic,
      degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue, limits: test.limits, firstMean: m1,
      secondMean: m2)
  }

  private static func assemble(
    _ difference: Double?, _ se: Double?, _ df: Double?, scale: Double, _ level: Double
  )
    -> TTest
  {
    // As R: values that are constant up to rounding have no test.
    guard let difference, let se, let df, df > 0, se > 10 * Double.ulpOfOne * scale else {
      return TTest(
        difference: difference, standardError: se, statistic: nil, degreesOfFreedom: nil, pValue: nil,
        limits: Limits(lower: nil, upper: nil), firstMean: nil, secondMean: nil)
    }
    let t = difference / se
    let width = StudentTDistribution.criticalValue(confidenceLevel: level, degreesOfFreedom: df) * se
    return TTest(
      difference: difference, standardError: se, statistic: t, degreesOfFreedom: df,
      pValue: StudentTDistribution.twoSidedTail(t, degreesOfFreedom: df),
      limits: Limits(lower: difference - width, upper: difference + width), firstMean: nil, secondMean: nil)
  }
}
