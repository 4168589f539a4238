// How predicted probabilities agree with what happened.

import NumericalMethods

/// Mean squared difference of outcome and predicted probability.
public enum BrierScore {
  /// nil without rows; outcomes 0 or 1.
  public static func score(outcome: [Double], probability: [Double]) -> Double? {
    let count = Swift.min(outcome.count, probability.count)
    guard count > 0 else { return nil }
    return CompensatedSum.of(zip(outcome, probability).map { ($0 - $1) * ($0 - $1) }) / Double(count)
  }
}

/// The goodness-of-fit test of Hosmer and Lemeshow.
public struct HosmerLemeshow: Sendable {
  /// One group of rows with neighbouring predictions.
  public struct Group: Sendable, Hashable {
    /// Smallest prediction of the group.
    public let lower: Double
    /// Largest prediction of the group.
    public let upper: Double
    /// Rows of the group.
    public let count: Int
    /// Events observed.
    public let observed: Double
    /// Events expected: the sum of the predictions.
    public let expected: Double
  }

  /// By ascending prediction.
  public let groups: [Group]
  /// Σ over groups of (O − E)² / E for events and non-events.
  public let statistic: Double?
  /// Groups − 2.
  public let degreesOfFreedom: Int
  /// Two-sided or upper-tail probability under the null hypothesis; `nil` when not estimable.
  public let pValue: Double?

  /// Groups cut at the quantiles (type 7) of the predicted probabilities, equal cuts merged; a value on a cut
  /// belongs to the group below. Fewer than three groups have no test. **Checked against** logit-infert.
  public init(outcome: [Double], probability: [Double], groupCount: Int = 10) {
    let sorted = SampleQuantile.sortedValues(probability)
    var cuts: [Double] = []
    for index in 0...Swift.max(groupCount, 1) where !sorted.isEmpty {
      let cut = SampleQuantile.quantile(
        ofSorted: sorted, Swift.min(1, Double(index) * (1 / Double(Swift.max(groupCount, 1)))))
      if cuts.last != cut { cuts.append(cut) }
    }
    var groups: [Group] = []
    if cuts.count > 1 {
      var counts = [Int](repeating: 0, count: cuts.count - 1)
      var observed = [CompensatedSum](repeating: CompensatedSum(), count: cuts.count - 1)
      var expected = observed
      for (y, p) in zip(outcome, probability) {
        let above = cuts.firstIndex { p <= $0 } ?? cuts.count - 1
        let index = Swift.max(0, above - 1)
        counts[index] += 1
        observed[index].add(y)
        expected[index].add(p)
      }
      for index in counts.indices where counts[index] > 0 {
        groups.append(
          Group(
            lower: cuts[index], upper: cuts[index + 1], count: counts[index], observed: observed[index].value,
            expected: expected[index].value))
      }
    }
    self.groups = groups
    degreesOfFreedom = Swift.max(0, groups.count - 2)
    let sum = CompensatedSum.of(
      groups.map { group in
        let difference = group.observed - group.expected
        return difference * difference * (1 / group.expected + 1 / (Double(group.count) - group.expected))
      })
    statistic = groups.count > 2 && sum.isFinite ? sum : nil
    let df = Double(degreesOfFreedom)
    pValue = statistic.map { ChiSquaredDistribution.upperTail($0, degreesOfFreedom: df) }
  }
}

/// Calibration of predicted probabilities by logistic regression on their logit.
public struct CalibrationFit: Sendable {
  /// Intercept with the slope held at 1 (calibration in the large); 0 is perfect.
  public let intercept: CoefficientRow
  /// Slope with a free intercept; 1 is perfect, below 1 the predictions are too extreme.
  public let slope: CoefficientRow

  /// Outcomes 0 or 1; probabilities strictly between 0 and 1. Throws when a probability is 0 or 1 (its logit is not
  /// finite). **Source** Cox 1958; Steyerberg 2019.
  public static func fit(outcome: [Double], probability: [Double], confidenceLevel: Double = 0.95) throws
    -> CalibrationFit
  {
    let logits = probability.map { Link.logit.predictor($0) }
    let ones = RegressionDesign(intercept: true, columns: [], rowCount: outcome.count)
    let large = try GeneralizedLinearModel.fit(
      design: ones, response: outcome, family: .logistic, offset: logits)
    let design = RegressionDesign(columns: [(name: "slope", values: logits)])
    let fit = try GeneralizedLinearModel.fit(design: design, response: outcome, family: .logistic)
    return CalibrationFit(
      intercept: try large.coefficientRows(confidenceLevel: confidenceLevel)[0],
      slope: try fit.coefficientRows(confidenceLevel: confidenceLevel)[1])
  }
}
