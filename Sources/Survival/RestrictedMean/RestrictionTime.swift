// Up to which time a restricted mean is taken.

/// The rule that sets τ, the time up to which restricted means are taken; the output names the rule and the time.
public enum RestrictionTime: Sendable, Hashable {
  /// The smallest of the groups' last observed times: no curve is carried beyond its follow-up. The default.
  case smallestLastTime
  /// The smallest of the groups' last event times.
  case smallestLastEventTime
  /// A time chosen beforehand, for all groups.
  case fixed(Double)

  /// τ for these curves; groups without rows (or without events) are passed over.
  ///
  /// - Throws: `SurvivalInputError` for `restrictionTime`: not a finite number above 0, or no group to take it from.
  public func time(for curves: [SurvivalCurve]) throws(SurvivalInputError) -> Double {
    let time: Double? =
      switch self {
      case .smallestLastTime: curves.compactMap(\.lastTime).min()
      case .smallestLastEventTime: curves.compactMap(\.lastEventTime).min()
      case .fixed(let time): time
      }
    guard let time, time.isFinite, time > 0 else { throw SurvivalInputError(.restrictionTime, .outOfRange) }
    return time
  }
}

extension KaplanMeier {
  /// The restricted mean of every group, up to one common τ.
  ///
  /// - Throws: `SurvivalInputError` for `restrictionTime` as `RestrictionTime.time(for:)`.
  public func restrictedMeans(
    upTo rule: RestrictionTime = .smallestLastTime
  ) throws(SurvivalInputError) -> [RestrictedMean] {
    let time = try rule.time(for: curves)
    return curves.map { $0.restrictedMean(upTo: time) }
  }
}
