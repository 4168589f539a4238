// The Poisson distribution.

/// The Poisson distribution. Counts are whole numbers carried as doubles.
public enum PoissonDistribution {
  /// P(X = count).
  public static func probability(_ count: Double, mean: Double) -> Double {
    guard count == count.rounded() else { return count.isNaN ? .nan : 0 }
    return Elementary.exp(logProbability(count, mean: mean))
  }

  /// log(mean^x e^−mean / Γ(x + 1)), also between whole numbers.
  public static func logProbability(_ x: Double, mean: Double) -> Double {
    guard mean >= 0, !x.isNaN else { return .nan }
    if x < 0 || mean == .infinity || x == .infinity { return -.infinity }
    if mean == 0 { return x == 0 ? 0 : -.infinity }
    if x == 0 { return -mean }
    if x <= mean * Double.leastNormalMagnitude { return -mean }
    if mean < x * Double.leastNormalMagnitude {
      return -mean + x * Elementary.log(mean) - SpecialFunctions.logGamma(x + 1)
    }
    return -0.5 * (1.8378770664093453 + Elementary.log(x)) - SpecialFunctions.stirlingError(x)
      - SpecialFunctions.deviancePart(x, mean)
  }

  /// P(X ≤ count).
  public static func cumulative(_ count: Double, mean: Double) -> Double {
    guard mean >= 0, !count.isNaN else { return .nan }
    if count < 0 { return 0 }
    if mean == 0 { return 1 }
    return GammaDistribution.upperTail(mean, shape: count.rounded(.down) + 1)
  }

  /// P(X > count).
  public static func upperTail(_ count: Double, mean: Double) -> Double {
    guard mean >= 0, !count.isNaN else { return .nan }
    if count < 0 { return 1 }
    if mean == 0 { return 0 }
    return GammaDistribution.cumulative(mean, shape: count.rounded(.down) + 1)
  }
}
