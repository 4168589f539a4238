// The values of one variable in one group, each with a weight, put in order once.

import NumericalMethods

/// A sample of numbers in ascending order with weights, with its weighted mean and spread.
///
/// Weights are those of inverse probabilities or of sampling: only their ratios matter to means, spreads and quantiles.
///
/// Checked against: `svymean`, `svyvar` and `svyquantile` of R's survey 4.1 (weighted.R), and by hand.
public struct WeightedSample: Sendable {
  /// Ascending, without not-a-number and without values of weight 0.
  public let values: [Double]
  /// One per value, positive.
  public let weights: [Double]
  /// Σ w.
  public let weight: Double
  /// Σ w x / Σ w; not-a-number for an empty sample.
  public let mean: Double
  /// Σ w (x − mean)² / Σ w · n / (n − 1) with n values; not-a-number below two values. As R's `svyvar`.
  public let variance: Double
  /// (Σ w)² / Σ w²: how many values of equal weight would give the mean the same precision (Kish 1965).
  public let effectiveSize: Double

  /// - Parameters:
  ///   - values: n, in any order; not-a-number counts as missing and is left out.
  ///   - weights: n, finite and not negative; values of weight 0 are left out.
  /// - Throws: `TestInputError.lengthMismatch`, `.notFinite` and `.outsideRange` of the weights.
  ///
  /// Cost: O(n).
  public init(_ values: [Double], weights: [Double]) throws(TestInputError) {
    try WeightedGroups.check(weights, count: values.count)
    let order = RadixOrder.ascending(values).filter {
      !values[Int($0)].isNaN && weights[Int($0)] > 0
    }
    self.values = order.map { values[Int($0)] }
    self.weights = order.map { weights[Int($0)] }
    let origin = self.values.first ?? .nan
    let total = CompensatedSum.of(self.weights)
    weight = total
    // About the first value, so that numbers far from zero keep their digits.
    let shift = CompensatedSum.of(zip(self.values, self.weights).map { $1 * ($0 - origin) }) / total
    mean = self.values.isEmpty ? .nan : origin + shift
    let squares = CompensatedSum.of(
      zip(self.values, self.weights).map { value, weight in
        let deviation = value - origin - shift
        return weight * deviation * deviation
      })
    let count = Double(order.count)
    variance = order.count > 1 ? squares / total * count / (count - 1) : .nan
    effectiveSize =
      order.isEmpty ? 0 : total * total / CompensatedSum.of(self.weights.map { $0 * $0 })
  }

  /// Values that are not missing and have a weight.
  public var count: Int { values.count }
  /// Not-a-number for an empty sample, as are all quantiles.
  public var minimum: Double { values.first ?? .nan }
  /// Largest value; not-a-number for an empty sample.
  public var maximum: Double { values.last ?? .nan }
  /// Not-a-number below two values.
  public var standardDeviation: Double { variance.squareRoot() }

  /// The value at which the weights of the values up to it reach the share `probability` of all weight.
  ///
  /// Where they reach it exactly, the mean of that value and the next (the averaged inverse of the distribution function, type 2
  /// of Hyndman and Fan), or with `averaged` false that value (type 1). Equal weights give the types' unweighted quantiles.
  ///
  /// Choices: averaged as SAS, Stata and `qrule = "school"` of R's survey; not averaged as its default `qrule = "math"`.
  /// - Returns: not-a-number for an empty sample or a probability outside 0…1.
  ///
  /// Cost: O(n).
  public func quantile(_ probability: Double, averaged: Bool = true) -> Double {
    guard !values.isEmpty, probability >= 0, probability <= 1 else { return .nan }
    let wanted = probability * weight
    // Sums of weights within rounding of the share are taken for it.
    let fuzz = 1e-12 * weight
    var reached = CompensatedSum()
    for index in values.indices {
      reached.add(weights[index])
      guard reached.value >= wanted - fuzz else { continue }
      let isFlat = reached.value <= wanted + fuzz
      guard averaged, isFlat, values.indices.contains(index + 1) else { return values[index] }
      return values[index] + (values[index + 1] - values[index]) / 2
    }
    return maximum
  }
}
