// The ordinary sample quantile.

/// Quantiles on the line between the order statistics around 1 + (n − 1) p: type 7 of Hyndman and Fan, R's default.
public enum SampleQuantile {
  /// The values that are numbers, in ascending order.
  public static func sortedValues(_ values: [Double]) -> [Double] {
    let known = values.contains(where: \.isNaN) ? values.filter { !$0.isNaN } : values
    return RadixOrder.ascending(known).map { known[Int($0)] }
  }

  /// One quantile of an ascending sample; not-a-number for an empty sample or a probability outside [0, 1].
  public static func quantile(ofSorted x: [Double], _ probability: Double) -> Double {
    guard let first = x.first, let last = x.last, probability >= 0, probability <= 1 else { return .nan }
    let rank = 1 + Double(x.count - 1) * probability
    let whole = rank.rounded(.down)
    if whole < 1 { return first }
    if whole >= Double(x.count) { return last }
    let low = x[Int(whole) - 1]
    let high = x[Int(whole)]
    let share = rank - whole
    return share > 0 && low != high ? (1 - share) * low + share * high : low
  }
}
