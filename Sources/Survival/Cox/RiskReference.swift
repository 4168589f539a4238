// Relative risk scores for linear predictors so far apart that their exponentials have no common scale.

import NumericalMethods

/// A reference level of the linear predictor for each event time.
///
/// For right-censored data it is the greatest predictor in the risk set: risk sets only shrink, so levels fall, and a
/// sum carried from one event time to the next is multiplied by a factor of at most 1. With delayed entry it is the
/// greatest of the stratum.
struct RiskReference: Sendable {
  /// Per event time.
  let levels: [Double]
  /// exp(level of the next event time − level of this one); 1 at the end of a stratum.
  let decay: [Double]

  init(layout: RiskSetLayout, predictors: [Double]) {
    var levels = [Double](repeating: 0, count: layout.eventTimeCount)
    for stratum in 0..<layout.stratumCount {
      let events = layout.eventTimes(ofStratum: stratum)
      var greatest = -Double.infinity
      for event in events.reversed() {
        for row in layout.bucket(event) { greatest = Swift.max(greatest, predictors[row]) }
        levels[event] = greatest
      }
      if layout.entryBucket != nil {
        for event in events { levels[event] = greatest }
      }
    }
    var decay = [Double](repeating: 1, count: layout.eventTimeCount)
    for stratum in 0..<layout.stratumCount {
      for event in layout.eventTimes(ofStratum: stratum).dropLast() {
        decay[event] = Elementary.exp(levels[event + 1] - levels[event])
      }
    }
    self.levels = levels
    self.decay = decay
  }
}
