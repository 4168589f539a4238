// The values of one variable in one group, put in order once.

import NumericalMethods

/// A sample of numbers in ascending order, with its mean and spread.
///
/// Sums run in ascending order with compensation, so that neither the order of the rows nor a large common offset
/// (dates in seconds, 1e9 and more) shows in the result.
///
/// Checked against: table1 and describe cases.
public struct NumericSample: Sendable {
  /// Ascending, without not-a-number; infinities stay.
  public let values: [Double]
  /// Σx / n; not-a-number for an empty sample.
  public let mean: Double
  /// Σ(x − mean)² / (n − 1); not-a-number below two values.
  public let variance: Double

  /// - Parameter values: in any order; not-a-number counts as missing and is left out.
  public init(_ values: [Double]) {
    let present = values.contains { $0.isNaN } ? values.filter { !$0.isNaN } : values
    let order = RadixOrder.ascending(present)
    self.init(ascending: order.map { present[Int($0)] })
  }

  private init(ascending values: [Double]) {
    self.values = values
    let count = Double(values.count)
    let mean = values.isEmpty ? .nan : CompensatedSum.of(values) / count
    self.mean = mean
    guard values.count > 1 else {
      variance = .nan
      return
    }
    var squares = CompensatedSum()
    var remainder = CompensatedSum()
    for value in values {
      let deviation = value - mean
      squares.add(deviation * deviation)
      remainder.add(deviation)
    }
    // What the rounded mean leaves over is taken back.
    let correction = remainder.value * remainder.value / count
    variance = max(squares.value - correction, 0) / (count - 1)
  }

  /// Values that are not missing.
  public var count: Int { values.count }
  /// Not-a-number for an empty sample, as are all quantiles.
  public var minimum: Double { values.first ?? .nan }
  /// Largest value; NaN for an empty sample.
  public var maximum: Double { values.last ?? .nan }
  /// Not-a-number below two values.
  public var standardDeviation: Double { variance.squareRoot() }
  /// The middle value, or the mean of the two middle ones: the same for the types 2 and 5 to 9.
  public var median: Double { quantile(0.5, type: .seven) }
}
