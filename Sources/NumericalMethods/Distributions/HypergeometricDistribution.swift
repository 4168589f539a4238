// The hypergeometric distribution.

/// The number of marked items among `draws` taken without replacement from `marked` marked and `unmarked` others.
public enum HypergeometricDistribution {
  /// The counts that can occur.
  public static func support(marked: Int, unmarked: Int, draws: Int) -> ClosedRange<Int> {
    let low = Swift.max(0, draws - unmarked)
    return low...Swift.max(low, Swift.min(marked, draws))
  }

  /// log P(X = count), from three binomial probabilities.
  public static func logProbability(_ count: Int, marked: Int, unmarked: Int, draws: Int) -> Double {
    guard marked >= 0, unmarked >= 0, draws >= 0, draws <= marked + unmarked else { return .nan }
    guard support(marked: marked, unmarked: unmarked, draws: draws).contains(count) else { return -.infinity }
    if draws == 0 || draws == marked + unmarked { return 0 }
    let total = Double(marked) + Double(unmarked)
    let share = Double(draws) / total
    // The complement from the counts, so that a share near 1 keeps its digits.
    return BinomialDistribution.logProbability(Double(count), trials: Double(marked), success: share)
      + BinomialDistribution.logProbability(Double(draws - count), trials: Double(unmarked), success: share)
      - BinomialDistribution.logProbability(Double(draws), trials: total, success: share)
  }

  /// P(X = count).
  public static func probability(_ count: Int, marked: Int, unmarked: Int, draws: Int) -> Double {
    Elementary.exp(logProbability(count, marked: marked, unmarked: unmarked, draws: draws))
  }

  /// P(X ≤ count), summed from the smaller end.
  public static func cumulative(_ count: Int, marked: Int, unmarked: Int, draws: Int) -> Double {
    tail(marked: marked, unmarked: unmarked, draws: draws) { $0 <= count }
  }

  /// P(X > count).
  public static func upperTail(_ count: Int, marked: Int, unmarked: Int, draws: Int) -> Double {
    tail(marked: marked, unmarked: unmarked, draws: draws) { $0 > count }
  }

  private static func tail(marked: Int, unmarked: Int, draws: Int, _ wanted: (Int) -> Bool) -> Double {
    guard marked >= 0, unmarked >= 0, draws >= 0, draws <= marked + unmarked else { return .nan }
    var sum = CompensatedSum()
    for count in support(marked: marked, unmarked: unmarked, draws: draws) where wanted(count) {
      sum.add(probability(count, marked: marked, unmarked: unmarked, draws: draws))
    }
    return Swift.min(1, sum.value)
  }
}
