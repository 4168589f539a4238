// Quantiles of the survival time with their intervals, by the rule of one of three programs.

/// What a quantile is where the curve is flat at the probability in question.
public enum QuantileRule: String, Sendable, Hashable, CaseIterable {
  /// The middle between the time at which S reaches 1 − p and the next event time, or the last observed time if no event
  /// follows (R `quantile.survfit`); limits by the same rule. Equality within √ε.
  case midpoint = "r"
  /// The middle between the time at which S reaches 1 − p and the next event time; not reached if no event follows (SAS).
  /// Limits are the first times at which the limits of S fall to 1 − p.
  case midpointToNextEvent = "sas"
  /// The first time at which S is at most 1 − p (Stata); limits likewise.
  case firstTime = "stata"
}

/// A quantile of the survival time.
public struct QuantileEstimate: Sendable, Hashable {
  /// The fraction that has had the event: 0.5 is the median.
  public let probability: Double
  /// `nil` when the curve does not come down to 1 − p.
  public let time: Double?
  /// A side is `nil` when the limit of S does not come down to 1 − p.
  public let confidenceInterval: ConfidenceInterval
}

extension SurvivalCurve {
  /// The time by which a fraction `probability` has had the event: the smallest t with S(t) ≤ 1 − p.
  ///
  /// The interval is found by inverting the pointwise limits of S: its lower limit is where the lower limit of S reaches
  /// 1 − p (Brookmeyer and Crowley 1982). Default rule: R's. Equality is judged within √ε = 1.5e-8, since S is a product of
  /// rounded numbers.
  ///
  /// - Returns: a time of `nil` (not reached) when S stays above 1 − p, or when the group is empty.
  public func quantile(_ probability: Double, rule: QuantileRule = .midpoint) -> QuantileEstimate {
    func find(_ limit: [Double], isEstimate: Bool) -> Double? {
      switch rule {
      case .midpoint: crossingMidpoint(limit, probability)
      case .midpointToNextEvent where isEstimate: crossingToNextEvent(probability)
      case .midpointToNextEvent, .firstTime: firstCrossing(limit, probability)
      }
    }
    return QuantileEstimate(
      probability: probability, time: find(survival, isEstimate: true),
      confidenceInterval: ConfidenceInterval(
        lower: find(lower, isEstimate: false), upper: find(upper, isEstimate: false)))
  }

  /// The median survival time.
  public func median(rule: QuantileRule = .midpoint) -> QuantileEstimate { quantile(0.5, rule: rule) }

  private static let tolerance = TimeOrder.nearEqualTolerance

  private func firstCrossing(_ limit: [Double], _ probability: Double) -> Double? {
    limit.firstIndex { 1 - $0 >= probability - Self.tolerance }.map { time[$0] }
  }

  private func crossingToNextEvent(_ probability: Double) -> Double? {
    guard let first = survival.firstIndex(where: { 1 - $0 >= probability - Self.tolerance }) else {
      return nil
    }
    guard 1 - survival[first] <= probability + Self.tolerance else { return time[first] }
    let next = survival[first...].firstIndex { $0 < survival[first] }
    return next.map { (time[first] + time[$0]) / 2 }
  }

  /// R's rule, also for limits that do not fall monotonically: the distinct values of 1 − limit are put in order, and the
  /// times of the first two that are at least p, one with and one without the tolerance, are averaged.
  /// The same of a limit that never rises, without a list of its steps; `nil` for others.
  private func rising(
    _ limit: [Double], _ probability: Double, start: Double, last: Double
  ) -> (time: Double?, Void)? {
    var fallen = 0.0
    var above = fallen + Self.tolerance >= probability ? start : nil
    var beyond = fallen - Self.tolerance >= probability ? start : nil
    for (value, time) in zip(limit, time) where !value.isNaN {
      let next = 1 - value
      if next == fallen { continue }
      if next < fallen { return nil }
      fallen = next
      if above == nil, fallen + Self.tolerance >= probability { above = time }
      if beyond == nil, fallen - Self.tolerance >= probability { beyond = time }
    }
    guard let above else { return (nil, ()) }
    let isLast = limit.last?.isNaN != true && abs(probability - fallen) < Self.tolerance
    return (isLast ? (above + last) / 2 : beyond.map { (above + $0) / 2 }, ())
  }

  private func crossingMidpoint(_ limit: [Double], _ probability: Double) -> Double? {
    guard let last = time.last else { return nil }
    let start = min(0, time.first ?? 0)
    if probability == 0 { return start }
    if let crossing = rising(limit, probability, start: start, last: last) { return crossing.time }
    var steps = [(fallen: 0.0, time: start)]
    for (value, time) in zip(limit, time) where !value.isNaN {
      if steps.last?.fallen != 1 - value { steps.append((1 - value, time)) }
    }
    if zip(steps, steps.dropFirst()).contains(where: { $0.fallen >= $1.fallen }) {
      steps = Self.firstOccurrences(steps)
    }
    let lastFallen = limit.last?.isNaN == true ? .nan : steps.last?.fallen ?? .nan
    steps.sort { $0.fallen < $1.fallen }
    guard let above = steps.first(where: { $0.fallen + Self.tolerance >= probability }) else { return nil }
    let isLast = abs(probability - lastFallen) < Self.tolerance
    if isLast { return (above.time + last) / 2 }
    return steps.first { $0.fallen - Self.tolerance >= probability }.map { (above.time + $0.time) / 2 }
  }

  /// The first step with each value, in the order of time.
  private static func firstOccurrences(_ steps: [(fallen: Double, time: Double)]) -> [(
    fallen: Double, time: Double
  )] {
    let byValue = steps.indices.sorted { (steps[$0].fallen, $0) < (steps[$1].fallen, $1) }
    let repeated = Set(
      zip(byValue, byValue.dropFirst()).filter { steps[$0].fallen == steps[$1].fallen }.map(\.1))
    return steps.indices.filter { !repeated.contains($0) }.map { steps[$0] }
  }
}
