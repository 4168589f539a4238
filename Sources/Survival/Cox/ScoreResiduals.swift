// Score residuals: each row's share of the score, in the form of the tie rule.

import NumericalMethods

/// Score residuals of one column at a time, on the scale of the scaled covariates.
///
/// U_i = δ_i (x_i − m(t_i)) − exp(η_i) Σ_{t ≤ t_i} Σ_k g_tk (x_i − x̄_tk), in which a row that has the event at t
/// counts with share 1 − k/d there, and m is the mean of the x̄_tk over k. O(n) per column.
struct ScoreResiduals {
  let layout: RiskSetLayout
  let covariates: ScaledCovariates
  let sums: RiskSetSums
  let hazard: EventHazards
  private let reference: RiskReference?
  /// exp(η) per row, without weight.
  let risk: [Double]
  let exposure: [Double]
  /// Weight of the events at each event time.
  private let eventWeight: [Double]

  init(_ likelihood: PartialLikelihood) {
    layout = likelihood.layout
    covariates = likelihood.covariates
    sums = likelihood.sums
    hazard = likelihood.hazard
    reference = likelihood.reference
    let weights = layout.weights
    let layout = layout
    eventWeight = (0..<layout.eventTimeCount).map { event in
      layout.events(event).reduce(0) { $0 + layout.weight($1) }
    }
    risk = likelihood.risk.indices.map { likelihood.risk[$0] / (weights?[$0] ?? 1) }
    exposure = CumulativeExposure(layout: layout, hazard: hazard, reference: reference).values(layout: layout)
  }

  /// x̄ averaged over the k of an event time.
  func meanCovariate(column: Int, event: Int) -> Double {
    let place = column * sums.eventTimeCount + event
    let count = Double(layout.eventCount(event))
    let scale = 1 / eventWeight[event]
    let first = sums.atRiskCovariates[place] * hazard.increment[event]
    guard !sums.eventCovariates.isEmpty, count > 1 else { return first * scale }
    let second = sums.eventCovariates[place] * (hazard.increment[event] - hazard.eventIncrement[event])
    return (first - second) * scale
  }

  /// The residuals of a column in scanning order, without weights.
  func column(_ column: Int) -> [Double] {
    let moments = covariateExposure(column)
    let x = covariates.column(column)
    var result = [Double](repeating: 0, count: layout.rowCount)
    for row in result.indices {
      result[row] = risk[row] * (moments[row] - x[row] * exposure[row])
    }
    for event in 0..<layout.eventTimeCount {
      let mean = meanCovariate(column: column, event: event)
      for row in layout.events(event) {
        result[row] += x[row] - mean
      }
    }
    return result
  }

  /// Σ_{t ≤ t_i} Σ_k g_tk x̄_tk per row.
  private func covariateExposure(_ column: Int) -> [Double] {
    var increments = hazard
    for event in 0..<layout.eventTimeCount {
      let place = column * sums.eventTimeCount + event
      let s1 = sums.atRiskCovariates[place]
      let d1 = sums.eventCovariates.isEmpty ? 0 : sums.eventCovariates[place]
      let (a, b, c) = (hazard.square[event], hazard.cross[event], hazard.eventSquare[event])
      let isTied = layout.eventCount(event) > 1
      increments.increment[event] = isTied ? a * s1 - b * d1 : a * s1
      increments.eventIncrement[event] = isTied ? (a - b) * s1 - (b - c) * d1 : a * s1
    }
    return CumulativeExposure(layout: layout, hazard: increments, reference: reference).values(layout: layout)
  }
}
