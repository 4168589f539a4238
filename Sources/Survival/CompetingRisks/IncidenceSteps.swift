// What happens to one cause's incidence at each time, and the variances that follow from it.

import NumericalMethods

/// One cause's incidence in one unit: its steps, and all that the variances need.
struct IncidenceSteps {
  var events: [Double]
  var incidence: [Double]
  var hazard: [Double]

  /// Events of the cause and of the others, at risk and survivors, by time.
  private var other: [Double]
  private var atRisk: [Double]
  private var survivors: [Double]
  /// Probability of being free of events just before and just after the time.
  private var before: [Double]
  private var after: [Double]
  /// Σ d / (n s) up to and including the time: how much a row at risk has raised log S, per unit of weight.
  private var raised: [Double]
  /// Where everybody has had the event of the cause: F is 1, and no row could have changed that.
  private var isCertain: [Bool]
  private let cause: Int

  init(_ counts: EventTally.Unit, riskSets: RiskSets, cause: Int, causeCount: Int) {
    let timeCount = counts.timeIndex.count
    let zeros = [Double](repeating: 0, count: timeCount)
    self.cause = cause
    atRisk = riskSets.atRisk
    survivors = riskSets.survivors
    (events, incidence, hazard, other) = (zeros, zeros, zeros, zeros)
    (before, after, raised) = (zeros, zeros, zeros)
    isCertain = [Bool](repeating: false, count: timeCount)
    var free = 1.0
    var otherTotal = 0.0
    var incidenceSum = CompensatedSum()
    var hazardSum = CompensatedSum()
    var raisedSum = CompensatedSum()
    for position in 0..<timeCount {
      before[position] = free
      for outcome in 1...causeCount {
        let count = counts.weight(outcome: outcome, at: position)
        if outcome == cause { events[position] = count } else { other[position] += count }
      }
      let all = events[position] + other[position]
      if all > 0 {
        let share = events[position] / atRisk[position]
        incidenceSum.add(free * share)
        hazardSum.add(share)
        if survivors[position] > 0 { raisedSum.add(all / (atRisk[position] * survivors[position])) }
        free *= survivors[position] / atRisk[position]
      }
      after[position] = free
      otherTotal += other[position]
      // Without other causes F is 1 − S, and exactly 1 where nobody is left.
      incidence[position] = otherTotal == 0 ? 1 - free : min(incidenceSum.value, 1)
      isCertain[position] = otherTotal == 0 && free == 0
      hazard[position] = hazardSum.value
      raised[position] = raisedSum.value
    }
  }

  /// Aalen's variance with the correction for ties of Gray's `cuminc`.
  ///
  /// Each time s contributes S(s−)² d (1 − (d − 1)/(n − 1)) / n² × y², for the other causes with y = (F(s) − F(t)) / S(s), for
  /// the cause itself with y + 1; the sum is carried along as F grows.
  func aalenVariances() -> [Double] {
    var sum = 0.0
    var slope = 0.0
    var curvature = 0.0
    var previous = 0.0
    return incidence.indices.map { position in
      let growth = incidence[position] - previous
      previous = incidence[position]
      sum += growth * (growth * curvature - 2 * slope)
      slope -= growth * curvature
      let inverse = after[position] > 0 ? 1 / after[position] : 0
      func spread(_ events: Double) -> Double {
        let ties = events > 1 && atRisk[position] > 1 ? 1 - (events - 1) / (atRisk[position] - 1) : 1
        let share = before[position] / atRisk[position]
        return share * share * events * ties
      }
      if other[position] > 0, after[position] > 0 { curvature += spread(other[position]) * inverse * inverse }
      if events[position] > 0 {
        let own = spread(events[position])
        sum += own
        slope += own * inverse
        curvature += own * inverse * inverse
      }
      return sum
    }
  }

  /// The growth of F, and of the influence that a row at risk from the start has on it, per unit of weight.
  private func growth(at position: Int) -> (influence: Double, incidence: Double) {
    guard events[position] > 0 else { return (0, 0) }
    let step = before[position] * events[position] / atRisk[position]
    let raisedBefore = position == 0 ? 0 : raised[position - 1]
    return (step * (raisedBefore - 1 / atRisk[position]), step)
  }

  /// What an event of the cause adds to the influence of its row, per unit of weight.
  private func jump(at position: Int) -> Double {
    atRisk[position] > 0 ? before[position] / atRisk[position] : 0
  }

  /// How fast the influence of a row that ended here goes on growing with F, per unit of weight.
  private func slope(at position: Int, withEvent: Bool) -> Double {
    guard withEvent else { return raised[position] }
    return survivors[position] > 0 ? raised[position] - 1 / survivors[position] : 0
  }

  /// The jackknife variance when every row is its own cluster and all are at risk from the start.
  func jackknifeVariances(_ counts: EventTally.Unit) -> [Double] {
    let outcomeCount = counts.timeIndex.isEmpty ? 0 : counts.counts.count / counts.timeIndex.count
    var later = CompensatedSum()
    var laterSquares = [Double](repeating: 0, count: incidence.count)
    for position in stride(from: incidence.count - 1, through: 0, by: -1) {
      laterSquares[position] = later.value
      for outcome in 0..<outcomeCount { later.add(counts.squaredWeight(outcome: outcome, at: position)) }
    }
    var common = CompensatedSum()
    // Σ w² x², Σ w² x a and Σ w² a² over the rows that have ended, x the influence and a its slope.
    var squares = CompensatedSum()
    var products = CompensatedSum()
    var slopes = CompensatedSum()
    var variance = 0.0
    return incidence.indices.map { position in
      let growth = growth(at: position)
      squares.add(growth.incidence * (2 * products.value + growth.incidence * slopes.value))
      products.add(growth.incidence * slopes.value)
      common.add(growth.influence)
      for outcome in 0..<outcomeCount {
        let weight = counts.squaredWeight(outcome: outcome, at: position)
        guard weight > 0 else { continue }
        let influence = common.value + (outcome == cause ? jump(at: position) : 0)
        let slope = slope(at: position, withEvent: outcome > 0)
        squares.add(weight * influence * influence)
        products.add(weight * influence * slope)
        slopes.add(weight * slope * slope)
      }
      // Between events of the cause nothing changes, not even in the last bit.
      if events[position] > 0 {
        variance = squares.value + common.value * common.value * laterSquares[position]
      }
      return isCertain[position] ? 0 : variance
    }
  }

  /// The jackknife variance over clusters, from the rows.
  func jackknifeVariances(_ rows: JackknifeRows, timeIndex: [Int32]) -> [Double] {
    var pass = RowPass(rows, timeIndex: timeIndex)
    var variance = 0.0
    return timeIndex.indices.map { position in
      let raisedBefore = position == 0 ? 0 : raised[position - 1]
      let growth = growth(at: position)
      let sum = pass.step(
        at: position,
        entering: { weight, tracker, cluster in
          tracker.change(cluster, beta: weight, gamma: -weight * raisedBefore)
        },
        advancing: { $0.advance(growth.influence, growth.incidence) },
        leaving: { weight, event, tracker, cluster in
          tracker.change(
            cluster, beta: -weight, gamma: weight * slope(at: position, withEvent: event > 0),
            jump: Int(event) == cause ? weight * jump(at: position) : 0)
        })
      if events[position] > 0 { variance = sum }
      return isCertain[position] ? 0 : variance
    }
  }
}
