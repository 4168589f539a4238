// How long a group was followed.

/// Follow-up of one group: median by reverse Kaplan–Meier, and what was observed.
public struct FollowUpSummary: Sendable, Hashable {
  /// As printed.
  public let name: String
  /// Rows.
  public let rowCount: Int
  /// Median follow-up with interval: the median of the censoring times, events being censored.
  public let median: QuantileEstimate
  /// Time by which a quarter of the censoring distribution has passed.
  public let lowerQuartile: QuantileEstimate
  /// Time by which three quarters have.
  public let upperQuartile: QuantileEstimate
  /// Shortest and longest follow-up of those who had no event; `nil` when all had one.
  public let shortestWithoutEvent: Double?
  /// Longest time of a row without an event; `nil` when every row has one.
  public let longestWithoutEvent: Double?
  /// The last observed time, event or not; `nil` for an empty group.
  public let lastTime: Double?

  /// - Parameters:
  ///   - curve: the curve of `KaplanMeier.reverse`, in which censoring is the event.
  ///   - rule: which time a quantile is where the curve is flat; default the middle of the step, as R.
  public init(reverse curve: SurvivalCurve, rule: QuantileRule = .midpoint) {
    name = curve.name
    rowCount = curve.rowCount
    median = curve.quantile(0.5, rule: rule)
    lowerQuartile = curve.quantile(0.25, rule: rule)
    upperQuartile = curve.quantile(0.75, rule: rule)
    shortestWithoutEvent = curve.events.firstIndex { $0 > 0 }.map { curve.time[$0] }
    longestWithoutEvent = curve.lastEventTime
    lastTime = curve.lastTime
  }
}
