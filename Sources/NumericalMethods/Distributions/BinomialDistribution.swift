// The binomial distribution.

/// The number of successes in `trials` independent trials, each of probability `success`. Counts are whole
/// numbers carried as doubles.
public enum BinomialDistribution {
  /// P(X = count).
  public static func probability(_ count: Double, trials: Double, success: Double) -> Double {
    Elementary.exp(logProbability(count, trials: trials, success: success))
  }

  /// log P(X = count), by Loader's saddle-point expansion, which does not cancel for large numbers.
  public static func logProbability(_ count: Double, trials: Double, success: Double) -> Double {
    guard trials >= 0, trials.isFinite, success >= 0, success <= 1, !count.isNaN else { return .nan }
    guard count >= 0, count <= trials, count == count.rounded() else { return -.infinity }
    let failure = 1 - success
    if success == 0 { return count == 0 ? 0 : -.infinity }
    if failure == 0 { return count == trials ? 0 : -.infinity }
    if count == 0 {
      if trials == 0 { return 0 }
      return success < 0.1
        ? -SpecialFunctions.deviancePart(trials, trials * failure) - trials * success
        : trials * Elementary.log(failure)
    }
    if count == trials {
      return failure < 0.1
        ? -SpecialFunctions.deviancePart(trials, trials * success) - trials * failure
        : trials * Elementary.log(success)
    }
    let correction =
      SpecialFunctions.stirlingError(trials) - SpecialFunctions.stirlingError(count)
      - SpecialFunctions.stirlingError(trials - count)
      - SpecialFunctions.deviancePart(count, trials * success)
      - SpecialFunctions.deviancePart(trials - count, trials * failure)
    let spread = 1.8378770664093453 + Elementary.log(count) + Elementary.log1p(-count / trials)
    return correction - 0.5 * spread
  }

  /// P(X ≤ count).
  public static func cumulative(_ count: Double, trials: Double, success: Double) -> Double {
    guard trials >= 0, success >= 0, success <= 1, !count.isNaN else { return .nan }
    let whole = count.rounded(.down)
    if whole < 0 { return 0 }
    if whole >= trials { return 1 }
    return BetaDistribution.upperTail(success, alpha: whole + 1, beta: trials - whole)
  }

  /// P(X > count).
  public static func upperTail(_ count: Double, trials: Double, success: Double) -> Double {
    guard trials >= 0, success >= 0, success <= 1, !count.isNaN else { return .nan }
    let whole = count.rounded(.down)
    if whole < 0 { return 1 }
    if whole >= trials { return 0 }
    return BetaDistribution.cumulative(success, alpha: whole + 1, beta: trials - whole)
  }
}
