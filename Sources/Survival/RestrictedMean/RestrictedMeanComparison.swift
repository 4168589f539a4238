// Two groups' restricted means side by side: difference and ratio.

import NumericalMethods

/// An estimated contrast of two groups with its interval and Wald test.
public struct Contrast: Sendable, Hashable {
  /// The difference, or the ratio.
  public let estimate: Double
  /// Standard error of the difference, or of the logarithm of the ratio; not-a-number where it is not known.
  public let standardError: Double
  /// Interval of the estimate, on its scale.
  public let confidenceInterval: ConfidenceInterval
  /// z² on one degree of freedom against a difference of 0 or a ratio of 1; `nil` when the standard error is 0.
  public let test: TestStatistic?

  /// estimate ± z SE.
  static func difference(_ estimate: Double, standardError: Double, confidenceLevel: Double) -> Contrast {
    let spread = NormalDistribution.criticalValue(confidenceLevel: confidenceLevel) * standardError
    return Contrast(
      estimate: estimate, standardError: standardError,
      confidenceInterval: ConfidenceInterval(lower: estimate - spread, upper: estimate + spread),
      test: wald(estimate, standardError))
  }

  /// exp(log estimate ± z SE).
  static func ratio(logarithm: Double, standardError: Double, confidenceLevel: Double) -> Contrast {
    let spread = NormalDistribution.criticalValue(confidenceLevel: confidenceLevel) * standardError
    return Contrast(
      estimate: Elementary.exp(logarithm), standardError: standardError,
      confidenceInterval: ConfidenceInterval(
        lower: Elementary.exp(logarithm - spread), upper: Elementary.exp(logarithm + spread)),
      test: wald(logarithm, standardError))
  }

  /// The same estimate where its error is not known.
  var withoutError: Contrast {
    Contrast(
      estimate: estimate, standardError: .nan, confidenceInterval: .notEstimable, test: nil)
  }

  static func wald(_ estimate: Double, _ standardError: Double) -> TestStatistic? {
    guard standardError > 0, estimate.isFinite, standardError.isFinite else { return nil }
    let deviate = estimate / standardError
    return TestStatistic(
      statistic: deviate * deviate, degreesOfFreedom: 1, pValue: NormalDistribution.twoSidedTail(deviate))
  }
}

/// The restricted means of two groups compared: second group against first.
public struct RestrictedMeanComparison: Sendable, Hashable {
  /// Mean of the first group.
  public let first: RestrictedMean
  /// Mean of the second.
  public let second: RestrictedMean
  /// Second minus first, SE √(SE₁² + SE₂²).
  public let difference: Contrast?
  /// Second over first, interval on the log scale.
  public let ratio: Contrast?
  /// Second over first in time lost, τ minus the mean, interval on the log scale.
  public let timeLostRatio: Contrast?

  /// Compares two restricted means of independent groups up to the same τ.
  ///
  /// Where one mean has a standard error of 0 (everybody lived to τ, or all died at one time) and the other has not, the
  /// error of a contrast is not known: its interval and test are not estimable.
  ///
  /// - Returns: contrasts that are `nil` where a mean, or a ratio's denominator, is not estimable.
  ///
  /// Source: Uno et al. 2014, doi:10.1200/JCO.2014.55.2208. Checked against rmst-lung-sex, rmst-veteran-trt.
  public init(first: RestrictedMean, second: RestrictedMean) {
    self.first = first
    self.second = second
    guard let firstMean = first.mean, let secondMean = second.mean, let firstError = first.standardError,
      let secondError = second.standardError, first.restrictionTime == second.restrictionTime
    else {
      (difference, ratio, timeLostRatio) = (nil, nil, nil)
      return
    }
    let level = first.confidenceLevel
    func known(_ contrast: Contrast) -> Contrast {
      (firstError > 0) == (secondError > 0) ? contrast : contrast.withoutError
    }
    difference = known(
      .difference(
        secondMean - firstMean,
        standardError: (firstError * firstError + secondError * secondError).squareRoot(),
        confidenceLevel: level))
    func logRatio(_ numerator: Double, _ denominator: Double) -> Contrast? {
      guard numerator > 0, denominator > 0 else { return nil }
      let (above, below) = (secondError / numerator, firstError / denominator)
      return known(
        .ratio(
          logarithm: Elementary.log(numerator / denominator),
          standardError: (above * above + below * below).squareRoot(), confidenceLevel: level))
    }
    ratio = logRatio(secondMean, firstMean)
    timeLostRatio = logRatio(second.restrictionTime - secondMean, first.restrictionTime - firstMean)
  }
}
