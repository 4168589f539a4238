// Reading a survival curve at given times.

import NumericalMethods

/// What a survival curve says at one time.
public struct SurvivalEstimate: Sendable, Hashable {
  /// Time, in the unit of the data.
  public let time: Double
  /// Probability of surviving beyond the time; `nil` beyond the group's last observed time, where it is not estimable.
  public let survival: Double?
  /// Standard error on the scale of S; `nil` where not estimable (also where S = 0).
  public let standardError: Double?
  /// Interval of the estimate, on its scale.
  public let confidenceInterval: ConfidenceInterval
  /// Cumulative hazard H(t); `nil` past the last time.
  public let cumulativeHazard: Double?
  /// Standard error of the cumulative hazard; `nil` past the last time.
  public let cumulativeHazardStandardError: Double?
  /// Number at risk at the group's first observed time not before this one (R's convention; without delayed entry it is
  /// the number still under observation just before this time).
  public let atRisk: Double
  /// Events and censored up to and including the time.
  public let cumulativeEvents: Double
  /// Weighted censored rows up to and at that time.
  public let cumulativeCensored: Double

  /// H exp(± z SE / H), the interval that is symmetric for log H; not estimable where H is 0.
  ///
  /// Source: Kalbfleisch and Prentice 2002, section 1.4.
  public func cumulativeHazardInterval(level: Double) -> ConfidenceInterval {
    guard let hazard = cumulativeHazard, let error = cumulativeHazardStandardError, hazard > 0, level > 0,
      level < 1
    else { return .notEstimable }
    let factor = Elementary.exp(NormalDistribution.criticalValue(confidenceLevel: level) * error / hazard)
    return ConfidenceInterval(lower: hazard / factor, upper: hazard * factor)
  }
}

/// One column of a table of numbers at risk.
public struct RiskTableEntry: Sendable, Hashable {
  /// Time, in the unit of the data.
  public let time: Double
  /// Number under observation just before the time: entered before it and not ended before it.
  public let atRisk: Double
  /// Events and censored up to and including the time.
  public let cumulativeEvents: Double
  /// Weighted censored rows up to and at that time.
  public let cumulativeCensored: Double
  /// Events and censored after the previous time of the table, up to and including this one.
  public let events: Double
  /// Weighted censored rows in the interval that ends at that time.
  public let censored: Double
}

extension SurvivalCurve {
  /// The curve at `time`: a step function, 1 before the first event, not estimable beyond the last observed time.
  public func at(_ time: Double) -> SurvivalEstimate {
    let position = index(notAfter: time)
    let isObserved = lastTime.map { time <= $0 } ?? false
    func known(_ values: [Double], start: Double) -> Double? {
      guard isObserved else { return nil }
      let value = position.map { values[$0] } ?? start
      return value.isNaN ? nil : value
    }
    return SurvivalEstimate(
      time: time, survival: known(survival, start: 1), standardError: known(standardError, start: 0),
      confidenceInterval: ConfidenceInterval(lower: known(lower, start: 1), upper: known(upper, start: 1)),
      cumulativeHazard: known(cumulativeHazard, start: 0),
      cumulativeHazardStandardError: known(cumulativeHazardStandardError, start: 0),
      atRisk: index(notBefore: time).map { atRisk[$0] } ?? 0,
      cumulativeEvents: position.map { CompensatedSum.of(events[...$0]) } ?? 0,
      cumulativeCensored: position.map { CompensatedSum.of(censored[...$0]) } ?? 0)
  }

  /// Numbers at risk, events and censored at ascending times.
  ///
  /// At a time t the number at risk is that of rows with entry < t ≤ end; an event at t itself is counted in t's column.
  ///
  /// - Parameters:
  ///   - times: ascending.
  ///   - countsFirstEntries: whether those who enter at a time before which nobody has are counted there, as readers of a table
  ///     that begins with 0 expect and R's `summary` does.
  public func riskTable(at times: [Double], countsFirstEntries: Bool = false) -> [RiskTableEntry] {
    var previous: (events: Double, censored: Double) = (0, 0)
    return times.map { time in
      let here = at(time)
      let cumulative = (events: here.cumulativeEvents, censored: here.cumulativeCensored)
      defer { previous = cumulative }
      return RiskTableEntry(
        time: time,
        atRisk: countsFirstEntries
          ? firstEntries(at: time) ?? underObservation(at: time)
          : underObservation(at: time), cumulativeEvents: cumulative.events,
        cumulativeCensored: cumulative.censored, events: cumulative.events - previous.events,
        censored: cumulative.censored - previous.censored)
    }
  }

  /// Those who enter at `time`, where nobody has entered before.
  private func firstEntries(at time: Double) -> Double? {
    guard let entries, entries.entered(before: time) == 0 else { return nil }
    return entries.entered(before: time.nextUp)
  }

  /// Number of rows with entry < `time` ≤ end.
  private func underObservation(at time: Double) -> Double {
    guard let entries else { return index(notBefore: time).map { atRisk[$0] } ?? 0 }
    guard let next = index(notBefore: time) else { return 0 }
    // At the next observed time also those are at risk who entered in between.
    return max(atRisk[next] - (entries.entered(before: self.time[next]) - entries.entered(before: time)), 0)
  }
}
