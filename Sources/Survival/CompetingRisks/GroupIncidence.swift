// One group's cumulative incidence curves.

import NumericalMethods

/// The cumulative incidence of every cause in one group.
public struct GroupIncidence: Sendable {
  /// The level of the grouping; empty without one.
  public var name: String { eventFree.name }
  /// The probability of having had no event of any cause, with times, numbers at risk and censored. Its standard error is
  /// Greenwood's or the jackknife's, as chosen for the incidences.
  public let eventFree: SurvivalCurve
  /// One curve per cause, in the order of the codes 1, 2, ….
  public let causes: [CauseIncidence]

  init(
    name: String, times: [Double], counts: EventTally.Unit, causeCount: Int, rows: JackknifeRows?,
    options: CumulativeIncidenceOptions
  ) {
    let anyEvent = counts.merged(causeCount: causeCount)
    let survivalOptions = KaplanMeierOptions(
      confidenceLevel: options.confidenceLevel, transform: options.transform)
    var solution = KaplanMeierSolution(anyEvent, options: survivalOptions)
    let riskSets = solution.riskSets
    if options.variance == .infinitesimalJackknife {
      if let rows {
        solution.replaceVariances(rows, counts: anyEvent, options: survivalOptions)
      } else {
        solution.replaceVariances(anyEvent, options: survivalOptions)
      }
    }
    var eventFree = solution.curve(name: name, times: times, counts: anyEvent, options: survivalOptions)
    if let rows, let entries = rows.orders.entries {
      eventFree.entries = DelayedEntries(rows.outcome, rows: entries.rows(of: rows.unit))
    }
    self.eventFree = eventFree
    causes = (1...causeCount).map { cause in
      CauseIncidence(
        cause: cause, counts: counts, riskSets: riskSets, causeCount: causeCount, times: eventFree.time,
        rows: rows, options: options)
    }
  }
}

/// The cumulative incidence of one cause in one group; arrays are by `time`, NaN where not estimable.
public struct CauseIncidence: Sendable {
  /// The event code, from 1.
  public let cause: Int
  /// Weighted number of events of the cause.
  public let eventCount: Double
  /// Distinct times, ascending, in the unit of the data.
  public let time: [Double]
  /// Weighted events of this cause at each time.
  public let events: [Double]
  /// F(t): the probability of an event of this cause by the time.
  public let cumulativeIncidence: [Double]
  /// Standard errors of F by Aalen's estimate and by the infinitesimal jackknife.
  public let aalenStandardError: [Double]
  /// Infinitesimal-jackknife standard error of the incidence at each time (R’s `survfit`).
  public let jackknifeStandardError: [Double]
  /// The one of the two that the options chose.
  public var standardError: [Double] {
    variance == .aalen ? aalenStandardError : jackknifeStandardError
  }
  /// Pointwise limits of F from `standardError`; NaN while F = 0, except on the plain scale.
  public let lower: [Double]
  /// Upper limit of the interval at each time.
  public let upper: [Double]
  /// The cause's own cumulative hazard Σ d_j / n.
  public let cumulativeHazard: [Double]
  /// The variance behind the intervals.
  public let variance: CumulativeIncidenceOptions.Variance

  init(
    cause: Int, counts: EventTally.Unit, riskSets: RiskSets, causeCount: Int, times: [Double],
    rows: JackknifeRows?, options: CumulativeIncidenceOptions
  ) {
    let steps = IncidenceSteps(counts, riskSets: riskSets, cause: cause, causeCount: causeCount)
    let aalen = steps.aalenVariances().map { max($0, 0).squareRoot() }
    let jackknife =
      (rows.map { steps.jackknifeVariances($0, timeIndex: counts.timeIndex) }
      ?? steps.jackknifeVariances(counts)).map { max($0, 0).squareRoot() }
    let critical = NormalDistribution.criticalValue(confidenceLevel: options.confidenceLevel)
    let errors = options.variance == .aalen ? aalen : jackknife
    let limits = options.transform.limits(
      estimates: steps.incidence, errors: errors, errorsAreRelative: false, critical: critical)
    self.cause = cause
    time = times
    events = steps.events
    eventCount = CompensatedSum.of(steps.events)
    cumulativeIncidence = steps.incidence
    aalenStandardError = aalen
    jackknifeStandardError = jackknife
    lower = limits.lower
    upper = limits.upper
    cumulativeHazard = steps.hazard
    variance = options.variance
  }
}

/// What a cumulative incidence curve says at one time.
public struct IncidenceEstimate: Sendable, Hashable {
  /// Distinct times, ascending, in the unit of the data.
  public let time: Double
  /// Probability of the event by the time; `nil` beyond the group's last observed time.
  public let cumulativeIncidence: Double?
  /// Standard error of the incidence, by the variance that was chosen; `nil` past the last time.
  public let standardError: Double?
  /// Aalen’s standard error of the incidence (`cmprsk`).
  public let aalenStandardError: Double?
  /// Infinitesimal-jackknife standard error of the incidence at each time (R’s `survfit`).
  public let jackknifeStandardError: Double?
  /// Interval of the estimate, on its scale.
  public let confidenceInterval: ConfidenceInterval
  /// Events of the cause up to and including the time.
  public let cumulativeEvents: Double
}

extension CauseIncidence {
  /// The curve at `time`: 0 before the first event of the cause, not estimable beyond the last observed time. Before
  /// the first observed time the limits are 0 as well, as R's `survfit` has them.
  public func at(_ time: Double) -> IncidenceEstimate {
    let later = self.time.partitioningIndex { $0 > time }
    let isObserved = self.time.last.map { time <= $0 } ?? false
    func known(_ values: [Double], start: Double?) -> Double? {
      guard isObserved else { return nil }
      guard later > 0 else { return start }
      return values[later - 1].isNaN ? nil : values[later - 1]
    }
    return IncidenceEstimate(
      time: time, cumulativeIncidence: known(cumulativeIncidence, start: 0),
      standardError: known(standardError, start: 0),
      aalenStandardError: known(aalenStandardError, start: 0),
      jackknifeStandardError: known(jackknifeStandardError, start: 0),
      confidenceInterval: ConfidenceInterval(
        lower: known(lower, start: 0), upper: known(upper, start: 0)),
      cumulativeEvents: CompensatedSum.of(events[..<later]))
  }
}
