// Residuals of a Cox model against a covariate, with a smooth line.

import Figures
import NumericalMethods
import Survival

enum ResidualSmooth {
  /// A natural spline with four degrees of freedom and its pointwise band at about fifty places; empty where there
  /// are too few distinct values.
  static func curve(_ x: [Double], _ y: [Double]) -> [ScaledResidualFigure.Place] {
    let known = x.indices.filter { x[$0].isFinite && y[$0].isFinite }
    let (xs, ys) = (known.map { x[$0] }, known.map { y[$0] })
    guard let first = ScaledResidualSmooth(times: xs, values: ys, variance: 1), xs.count > 5 else {
      return []
    }
    var squares = CompensatedSum()
    for (x, y) in zip(xs, ys) {
      let rest = y - first.at(x).value
      squares.add(rest * rest)
    }
    let variance = squares.value / Double(xs.count - 4)
    guard let smooth = ScaledResidualSmooth(times: xs, values: ys, variance: variance) else { return [] }
    let (low, high) = xs.sorted().drawnRange
    guard high > low else { return [] }
    return (0...50).map { step in
      let place = low + (high - low) * Double(step) / 50
      let found = smooth.at(place)
      return ScaledResidualFigure.Place(x: place, y: found.value, lower: found.lower, upper: found.upper)
    }
  }

  /// Event minus cumulative hazard of a model without covariates, by strata.
  ///
  /// Therneau, Grambsch and Fleming 1990: their smooth against a covariate shows the shape of its effect.
  static func ofNullModel(_ frame: CoxFrame, threads: Int) throws -> [Double] {
    let codes = try frame.strataCodes()
    let options = KaplanMeierOptions(threads: threads)
    let estimate =
      try codes.map { try KaplanMeier.estimate(frame.outcome, groups: $0, options: options) }
      ?? KaplanMeier.estimate(frame.outcome, options: options)
    return (0..<frame.outcome.rowCount).map { row in
      let group = codes.map { Int($0.codes[row]) } ?? 0
      guard estimate.curves.indices.contains(group) else { return .nan }
      let curve = estimate.curves[group]
      let until = curve.hazard(at: frame.outcome.time[row])
      let before = frame.outcome.entry.map { curve.hazard(at: $0[row]) } ?? 0
      return (frame.outcome.event[row] != 0 ? 1 : 0) - (until - before)
    }
  }
}

extension SurvivalCurve {
  /// The cumulative hazard at t + 0.
  fileprivate func hazard(at moment: Double) -> Double {
    var (low, high) = (0, time.count)
    while low < high {
      let middle = (low + high) / 2
      if time[middle] <= moment { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? 0 : cumulativeHazard[low - 1]
  }
}
