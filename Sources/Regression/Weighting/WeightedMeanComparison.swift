// Weighted means of two groups compared, with variances robust over rows or clusters.

import NumericalMethods

/// A contrast of two weighted means.
public struct WeightedContrast: Sendable, Hashable {
  /// The difference, or the ratio.
  public let estimate: Double
  /// Of the difference, or of the logarithm of the ratio; `nil` where a group's values do not vary and the other's do.
  public let standardError: Double?
  /// Lower limit on the scale of the estimate; `nil` without a standard error.
  public let lower: Double?
  /// Upper limit likewise.
  public let upper: Double?
  /// Wald's, two-sided, against a difference of 0 or a ratio of 1.
  public let pValue: Double?
}

/// Weighted means of a number or a 0/1 response in two groups.
///
/// With weights w the mean of a group is m = Σ w y / Σ w. Each row moves it by w (y − m) / Σ w; the variance is the sum of the
/// squares of these, added up within clusters first. That is the sandwich (HC0) of the weighted least-squares or logistic model of
/// the group: `sandwich::vcovHC(type = "HC0")`, without a correction for small samples. Ratios are compared on the log scale.
public struct WeightedMeanComparison: Sendable {
  /// Σ w y / Σ w of the first and the second group.
  public let means: [Double]
  /// Robust standard errors of both.
  public let standardErrors: [Double]
  /// Level of the intervals.
  public let confidenceLevel: Double
  private let covariance: Double

  /// - Parameters:
  ///   - values: one per row.
  ///   - isSecond: which group a row belongs to.
  ///   - weights: not negative, one per row.
  ///   - clusters: codes of rows that belong together; `nil` for none.
  ///   - confidenceLevel: between 0 and 1.
  /// - Returns: `nil` where a group has no weight, or lengths differ.
  ///
  /// Checked against R's `sandwich`, and by hand. O(n).
  public init?(
    values: [Double], isSecond: [Bool], weights: [Double], clusters: [Int32]? = nil, confidenceLevel: Double
  ) {
    let count = values.count
    guard isSecond.count == count, weights.count == count, clusters.map({ $0.count == count }) ?? true else {
      return nil
    }
    var (totals, sums) = ([CompensatedSum(), CompensatedSum()], [CompensatedSum(), CompensatedSum()])
    for row in values.indices {
      let group = isSecond[row] ? 1 : 0
      totals[group].add(weights[row])
      sums[group].add(weights[row] * values[row])
    }
    guard totals.allSatisfy({ $0.value > 0 }) else { return nil }
    let means = zip(sums, totals).map { $0.value / $1.value }
    // Rows, or clusters, with what they add to each group.
    let unitCount = clusters.map { Int(($0.max() ?? -1) + 1) } ?? count
    var moved = [[Double]](repeating: [Double](repeating: 0, count: unitCount), count: 2)
    for row in values.indices {
      let group = isSecond[row] ? 1 : 0
      let unit = clusters.map { Int($0[row]) } ?? row
      guard moved[group].indices.contains(unit) else { continue }
      moved[group][unit] += weights[row] * (values[row] - means[group]) / totals[group].value
    }
    func product(_ first: [Double], _ second: [Double]) -> Double {
      CompensatedSum.of(zip(first, second).map { $0 * $1 })
    }
    self.means = means
    standardErrors = moved.map { product($0, $0).squareRoot() }
    covariance = product(moved[0], moved[1])
    self.confidenceLevel = confidenceLevel
  }

  /// Second minus first.
  public var difference: WeightedContrast {
    contrast(means[1] - means[0], slopes: (1, 1), isRatio: false)
  }

  /// Second over first; `nil` where a mean is not positive.
  public var ratio: WeightedContrast? {
    guard means.allSatisfy({ $0 > 0 }) else { return nil }
    return contrast(
      Elementary.log(means[1]) - Elementary.log(means[0]), slopes: (1 / means[0], 1 / means[1]), isRatio: true
    )
  }

  /// Odds of the second over odds of the first; `nil` where a mean is not between 0 and 1.
  public var oddsRatio: WeightedContrast? {
    guard means.allSatisfy({ $0 > 0 && $0 < 1 }) else { return nil }
    let logits = means.map { Elementary.log($0) - Elementary.log(1 - $0) }
    let slopes = means.map { 1 / ($0 * (1 - $0)) }
    return contrast(logits[1] - logits[0], slopes: (slopes[0], slopes[1]), isRatio: true)
  }

  /// Limits of a group's mean: m ± z SE, of a proportion on the logit scale; `nil` where they are not known.
  public func interval(of group: Int, isProportion: Bool) -> (lower: Double, upper: Double)? {
    guard means.indices.contains(group), standardErrors[group] > 0 else { return nil }
    let (mean, error) = (means[group], critical * standardErrors[group])
    guard isProportion else { return (mean - error, mean + error) }
    guard mean > 0, mean < 1 else { return nil }
    let (logit, spread) = (Elementary.log(mean) - Elementary.log(1 - mean), error / (mean * (1 - mean)))
    func inverse(_ value: Double) -> Double { 1 / (1 + Elementary.exp(-value)) }
    return (inverse(logit - spread), inverse(logit + spread))
  }

  private var critical: Double { NormalDistribution.criticalValue(confidenceLevel: confidenceLevel) }

  private func contrast(_ value: Double, slopes: (Double, Double), isRatio: Bool) -> WeightedContrast {
    let (first, second) = (slopes.0 * standardErrors[0], slopes.1 * standardErrors[1])
    let variance = first * first + second * second - 2 * slopes.0 * slopes.1 * covariance
    func scaled(_ value: Double) -> Double { isRatio ? Elementary.exp(value) : value }
    guard standardErrors.allSatisfy({ $0 > 0 }), variance > 0 else {
      return WeightedContrast(
        estimate: scaled(value), standardError: nil, lower: nil, upper: nil, pValue: nil)
    }
    let error = variance.squareRoot()
    return WeightedContrast(
      estimate: scaled(value), standardError: error, lower: scaled(value - critical * error),
      upper: scaled(value + critical * error), pValue: NormalDistribution.twoSidedTail(value / error))
  }
}
