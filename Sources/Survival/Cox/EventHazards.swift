// What each event time adds to the hazard, the likelihood and the information.

import NumericalMethods

/// Per event time, the increments of the cumulative hazard and of the information.
struct EventHazards: Sendable {
  /// Increment for those who stay at risk: Σ_k g_k with g_k = w̄ / (S0 − (k/d) D0).
  var increment: [Double]
  /// Increment for those who have the event: Σ_k (1 − k/d) g_k.
  var eventIncrement: [Double]
  /// Σ_k of w̄ / den², w̄ (k/d) / den² and w̄ (k/d)² / den²: the weights of S1 S1', S1 D1' and D1 D1'.
  var square: [Double]
  var cross: [Double]
  var eventSquare: [Double]
  /// Σ w̄ log den over all event times.
  var logDenominators = 0.0

  init(eventTimeCount: Int) {
    increment = [Double](repeating: 0, count: eventTimeCount)
    eventIncrement = increment
    square = increment
    cross = increment
    eventSquare = increment
  }

  mutating func update(layout: RiskSetLayout, sums: RiskSetSums, ties: TiesMethod) {
    var logs = CompensatedSum()
    for event in 0..<layout.eventTimeCount {
      let count = layout.eventCount(event)
      var weight = 0.0
      for row in layout.events(event) { weight += layout.weight(row) }
      let s0 = sums.atRisk[event]
      if ties == .exactPartial, count > 1 {
        // Handled by the recursion over subsets.
        increment[event] = 0
        eventIncrement[event] = 0
        square[event] = 0
      } else if ties != .efron || count == 1 {
        let share = weight / s0
        increment[event] = share
        eventIncrement[event] = share
        square[event] = share / s0
        logs.add(weight * Elementary.log(s0))
      } else {
        logs.add(
          addEfron(event, count: count, meanWeight: weight / Double(count), s0: s0, d0: sums.events[event]))
      }
    }
    logDenominators = logs.value
  }

  /// Returns Σ w̄ log den.
  private mutating func addEfron(_ event: Int, count: Int, meanWeight: Double, s0: Double, d0: Double)
    -> Double
  {
    var (all, dying, square, cross, eventSquare) = (0.0, 0.0, 0.0, 0.0, 0.0)
    // One logarithm serves as many denominators as their product can hold.
    var product = 1.0
    var logs = 0.0
    for k in 0..<count {
      let share = Double(k) / Double(count)
      let denominator = s0 - share * d0
      let hazard = meanWeight / denominator
      all += hazard
      dying += (1 - share) * hazard
      let weight = hazard / denominator
      square += weight
      cross += share * weight
      eventSquare += share * share * weight
      if denominator > 1e-100, denominator < 1e100, product > 1e-100, product < 1e100 {
        product *= denominator
      } else {
        logs += Elementary.log(product) + Elementary.log(denominator)
        product = 1
      }
    }
    increment[event] = all
    eventIncrement[event] = dying
    self.square[event] = square
    self.cross[event] = cross
    self.eventSquare[event] = eventSquare
    return meanWeight * (logs + Elementary.log(product))
  }
}
