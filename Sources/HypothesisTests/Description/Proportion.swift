// A proportion and its intervals.

import NumericalMethods

/// Limits of an interval; a side is nil where it cannot be formed.
public struct Limits: Sendable, Hashable {
  /// Lower limit.
  public let lower: Double?
  /// Upper limit.
  public let upper: Double?

  /// An interval of two limits.
  public init(lower: Double?, upper: Double?) {
    self.lower = lower
    self.upper = upper
  }
}

/// `successes` of `trials`.
public struct Proportion: Sendable, Hashable {
  /// Trials that succeeded.
  public let successes: Int
  /// All trials.
  public let trials: Int

  /// nil when the counts are impossible.
  public init?(successes: Int, trials: Int) {
    guard successes >= 0, successes <= trials else { return nil }
    self.successes = successes
    self.trials = trials
  }

  /// nil without trials.
  public var estimate: Double? { trials > 0 ? Double(successes) / Double(trials) : nil }

  /// Wilson's score interval (R's `prop.test` without correction). **Checked against** prop-lung.
  public func wilson(confidenceLevel: Double = 0.95) -> Limits { score(confidenceLevel, correction: 0) }

  /// Wilson's interval with continuity correction, as R's `prop.test`: ½, or |x − n/2| where that is less.
  public func wilsonCorrected(confidenceLevel: Double = 0.95) -> Limits {
    score(confidenceLevel, correction: Swift.min(0.5, (Double(successes) - Double(trials) / 2).magnitude))
  }

  /// The exact interval of Clopper and Pearson 1934 (R's `binom.test`).
  public func clopperPearson(confidenceLevel: Double = 0.95) -> Limits {
    guard trials > 0, confidenceLevel > 0, confidenceLevel < 1 else { return Limits(lower: nil, upper: nil) }
    let alpha = (1 - confidenceLevel) / 2
    let x = Double(successes)
    let n = Double(trials)
    return Limits(
      lower: successes == 0 ? 0 : BetaDistribution.quantile(alpha, alpha: x, beta: n - x + 1),
      upper: successes == trials ? 1 : BetaDistribution.upperQuantile(alpha, alpha: x + 1, beta: n - x))
  }

  /// Exact two-sided test: the probability of all counts that are no more probable than this one (R's
  /// `binom.test`, with its tolerance of 1e-7). nil without trials.
  public func binomialTest(against probability: Double = 0.5) -> Double? {
    guard trials > 0, probability >= 0, probability <= 1 else { return nil }
    let n = Double(trials)
    let x = Double(successes)
    if probability == 0 { return successes == 0 ? 1 : 0 }
    if probability == 1 { return successes == trials ? 1 : 0 }
    let mean = n * probability
    if x == mean { return 1 }
    let limit =
      BinomialDistribution.logProbability(x, trials: n, success: probability) + Elementary.log1p(1e-7)
    func isAsRare(_ count: Int) -> Bool {
      BinomialDistribution.logProbability(Double(count), trials: n, success: probability) <= limit
    }
    if x < mean {
      // Probabilities fall from the mean upwards: find the first count that is rare enough.
      let first = Self.firstTrue(from: Int(mean.rounded(.up)), to: trials, isAsRare)
      return Swift.min(
        1,
        BinomialDistribution.cumulative(x, trials: n, success: probability)
          + BinomialDistribution.upperTail(Double(first - 1), trials: n, success: probability))
    }
    let last =
      trials - Self.firstTrue(from: trials - Int(mean.rounded(.down)), to: trials) { isAsRare(trials - $0) }
    return Swift.min(
      1,
      (last >= 0 ? BinomialDistribution.cumulative(Double(last), trials: n, success: probability) : 0)
        + BinomialDistribution.upperTail(x - 1, trials: n, success: probability))
  }

  /// The least number in `from...to` for which a condition that stays true holds; `to + 1` if none.
  private static func firstTrue(from: Int, to: Int, _ condition: (Int) -> Bool) -> Int {
    var low = from
    var high = to + 1
    while low < high {
      let middle = low + (high - low) / 2
      if condition(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private func score(_ level: Double, correction: Double) -> Limits {
    guard let estimate, level > 0, level < 1 else { return Limits(lower: nil, upper: nil) }
    let n = Double(trials)
    let z = NormalDistribution.criticalValue(confidenceLevel: level)
    let half = z * z / (2 * n)
    func end(_ center: Double, _ sign: Double) -> Double {
      let spread = z * (center * (1 - center) / n + half / (2 * n)).squareRoot()
      return (center + half + sign * spread) / (1 + 2 * half)
    }
    let low = estimate - correction / n
    let high = estimate + correction / n
    return Limits(
      lower: low <= 0 ? 0 : Swift.max(0, end(low, -1)), upper: high >= 1 ? 1 : Swift.min(1, end(high, 1)))
  }
}
