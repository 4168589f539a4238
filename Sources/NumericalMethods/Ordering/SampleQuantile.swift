// Quantiles of a sample by the nine rules of Hyndman and Fan.

/// Which sample quantile (Hyndman and Fan 1996). Type 7 is R's default and Meier's; SAS's default is type 2, and
/// types 4, 6 are its other linear ones; SPSS and Minitab use type 6.
public enum QuantileType: Int, Sendable, CaseIterable {
  case inverse = 1
  case averagedInverse, nearestEven, linear, hazen, weibull, r, medianUnbiased, normalUnbiased
}

public enum SampleQuantile {
  /// Quantiles of a sample at probabilities in [0, 1]; not-a-number for an empty sample or a probability outside.
  /// Values that are not a number are left out. Cost: one sort.
  public static func quantiles(_ values: [Double], _ probabilities: [Double], type: QuantileType = .r)
    -> [Double]
  {
    let sorted = sortedValues(values)
    return probabilities.map { quantile(ofSorted: sorted, $0, type: type) }
  }

  /// The finite and infinite values in ascending order.
  public static func sortedValues(_ values: [Double]) -> [Double] {
    let known = values.contains(where: \.isNaN) ? values.filter { !$0.isNaN } : values
    return RadixOrder.ascending(known).map { known[Int($0)] }
  }

  /// One quantile of an ascending sample.
  public static func quantile(ofSorted x: [Double], _ probability: Double, type: QuantileType = .r) -> Double
  {
    guard let first = x.first, let last = x.last, probability >= 0, probability <= 1 else { return .nan }
    let n = Double(x.count)
    if type == .r {
      let index = 1 + (n - 1) * probability
      let low = index.rounded(.down)
      return between(x, low, index - low, first, last)
    }
    // Products such as 25 × 0.28 miss their whole number by an ulp or two.
    let fuzz = 4 * Double.ulpOfOne * Swift.max(1, n)
    switch type {
    case .inverse, .averagedInverse, .nearestEven:
      let position = type == .nearestEven ? n * probability - 0.5 : n * probability
      let whole = (position + fuzz).rounded(.down)
      let isWhole = (position - whole).magnitude <= fuzz
      let share: Double
      switch type {
      case .inverse: share = isWhole ? 0 : 1
      case .averagedInverse: share = isWhole ? 0.5 : 1
      default: share = isWhole && whole.truncatingRemainder(dividingBy: 2) == 0 ? 0 : 1
      }
      return between(x, whole, share, first, last)
    default:
      let (a, b) = plottingConstants(type)
      let position = a + probability * (n + 1 - a - b)
      let whole = (position + fuzz).rounded(.down)
      let share = position - whole
      return between(x, whole, share.magnitude < fuzz ? 0 : share, first, last)
    }
  }

  private static func plottingConstants(_ type: QuantileType) -> (Double, Double) {
    switch type {
    case .linear: (0, 1)
    case .hazen: (0.5, 0.5)
    case .weibull: (0, 0)
    case .medianUnbiased: (1.0 / 3, 1.0 / 3)
    case .normalUnbiased: (0.375, 0.375)
    default: (1, 1)
    }
  }

  /// The value `share` of the way from the `rank`-th smallest (counted from 1) to the next.
  private static func between(_ x: [Double], _ rank: Double, _ share: Double, _ first: Double, _ last: Double)
    -> Double
  {
    if rank < 1 { return first }
    if rank >= Double(x.count) { return last }
    let low = x[Int(rank) - 1]
    let high = x[Int(rank)]
    if share == 0 || low == high { return low }
    if share == 1 { return high }
    return (1 - share) * low + share * high
  }
}
