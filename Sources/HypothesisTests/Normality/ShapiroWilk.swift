// A test of normality.

import NumericalMethods

/// The W test of Shapiro and Wilk 1965 by Royston's algorithm AS R94 (1995), as R's `shapiro.test`.
public struct ShapiroWilk: Sendable, Hashable {
  /// nil below 3 or above 5000 values, or when all are equal.
  public let statistic: Double?
  /// Two-sided or upper-tail probability under the null hypothesis; `nil` when not estimable.
  public let pValue: Double?

  /// n log n. **Checked against** sw-mtcars, sw-lung-wtloss.
  ///
  /// - Throws: `TestInputError.notFinite`.
  public static func test(_ values: [Double]) throws -> ShapiroWilk {
    try Check.finite(values, .values)
    let none = ShapiroWilk(statistic: nil, pValue: nil)
    let n = values.count
    let x = SampleQuantile.sortedValues(values)
    guard n >= 3, n <= 5000, let least = x.first, let greatest = x.last, greatest > least else { return none }
    let range = greatest - least
    let half = weights(n)
    // a is antisymmetric: −a₁ … a₁.
    let mean = CompensatedSum.of(x.map { ($0 - least) / range }) / Double(n)
    var ssa = CompensatedSum()
    var ssx = CompensatedSum()
    var sax = CompensatedSum()
    for index in 0..<n {
      let mirror = n - 1 - index
      let weight = index == mirror ? 0 : (index > mirror ? half[mirror] : -half[index])
      let deviation = (x[index] - least) / range - mean
      ssa.add(weight * weight)
      ssx.add(deviation * deviation)
      sax.add(weight * deviation)
    }
    // 1 − W without cancellation.
    let root = (ssa.value * ssx.value).squareRoot()
    let complement = (root - sax.value) * (root + sax.value) / (ssa.value * ssx.value)
    return ShapiroWilk(statistic: 1 - complement, pValue: tail(complement, n))
  }

  /// The weights of the upper half, greatest first.
  private static func weights(_ n: Int) -> [Double] {
    if n == 3 { return [0.7071067811865476] }
    let size = Double(n)
    let half = n / 2
    let m = (1...half).map { NormalDistribution.quantile((Double($0) - 0.375) / (size + 0.25)) }
    let square = 2 * CompensatedSum.of(m.map { $0 * $0 })
    let root = square.squareRoot()
    let inverse = 1 / size.squareRoot()
    let first = polynomial([0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056], inverse) - m[0] / root
    guard n > 5 else {
      let factor = ((square - 2 * m[0] * m[0]) / (1 - 2 * first * first)).squareRoot()
      return [first] + m.dropFirst().map { -$0 / factor }
    }
    let second = -m[1] / root + polynomial([0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633], inverse)
    let factor =
      ((square - 2 * m[0] * m[0] - 2 * m[1] * m[1]) / (1 - 2 * first * first - 2 * second * second))
      .squareRoot()
    return [first, second] + m.dropFirst(2).map { -$0 / factor }
  }

  /// P(W is smaller) from 1 − W.
  private static func tail(_ complement: Double, _ n: Int) -> Double {
    let size = Double(n)
    if n == 3 {
      let w = Swift.max(0, 1 - complement)
      // 6/π and asin √(3/4).
      return Swift.max(0, 1.90985931710274 * (Elementary.asin(w.squareRoot()) - 1.04719755119660))
    }
    guard complement > 0 else { return 1 }
    let y = Elementary.log(complement)
    if n <= 11 {
      let gamma = polynomial([-2.273, 0.459], size)
      if y >= gamma { return 1e-99 }
      let transformed = -Elementary.log(gamma - y)
      let mean = polynomial([0.544, -0.39978, 0.025054, -6.714e-4], size)
      let deviation = Elementary.exp(polynomial([1.3822, -0.77857, 0.062767, -0.0020322], size))
      return NormalDistribution.upperTail((transformed - mean) / deviation)
    }
    let logarithm = Elementary.log(size)
    let mean = polynomial([-1.5861, -0.31082, -0.083751, 0.0038915], logarithm)
    let deviation = Elementary.exp(polynomial([-0.4803, -0.082676, 0.0030302], logarithm))
    return NormalDistribution.upperTail((y - mean) / deviation)
  }

  private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
    coefficients.reversed().reduce(0) { $0 * x + $1 }
  }
}
