// Each row's influence on the Fine–Gray score, that through the censoring distribution included.

import NumericalMethods

extension SubdistributionLikelihood {
  /// η + ψ of Fine and Gray (1999) for every row of the outcome, one column per column of the design.
  ///
  /// η is the weighted score residual. ψ is the row's part in the estimate of the censoring distribution:
  /// q(T) / Y(T) if censored at T, less Σ_{u ≤ T} q(u) dN^c(u) / Y(u)², with
  /// q(u) = Σ_{t ≥ u} G(t−) dΛ(t) (C1(u) − x̄(t) C0(u)) and C the sums over competing events before u of r / G(T−).
  func scoreContributions(outcome: SurvivalOutcome) -> [[Double]] {
    let rank = outcome.order.rank
    let eventBefore = eventTimesBefore(outcome)
    let weightedHazard = tail { self.layout.censoring[$0] * self.hazard[$0] }
    let exposed = exposure(hazard)
    let count = layout.eventTimeCount
    let carriedRisk = carried(outcome) { self.risk[$0] }
    return (0..<covariates.columnCount).map { column in
      let values = covariates.column(column)
      let mean = (0..<count).map { atRiskCovariates[column * count + $0] / atRisk[$0] }
      let meanExposure = exposure((0..<count).map { hazard[$0] * mean[$0] })
      var result = [Double](repeating: 0, count: outcome.rowCount)
      for row in 0..<layout.rowCount {
        result[Int(layout.riskSets.rows[row])] = risk[row] * (meanExposure[row] - values[row] * exposed[row])
      }
      for event in 0..<count {
        for row in layout.riskSets.events(event) {
          result[Int(layout.riskSets.rows[row])] += values[row] - mean[event]
        }
      }
      let weightedMean = tail { self.layout.censoring[$0] * self.hazard[$0] * mean[$0] }
      let carriedCovariate = carried(outcome) { self.risk[$0] * values[$0] }
      var atTime = [Double](repeating: 0, count: outcome.order.times.count)
      var cumulative = atTime
      var sum = CompensatedSum()
      for time in atTime.indices {
        let later = eventBefore[time]
        let q = carriedCovariate[time] * weightedHazard[later] - carriedRisk[time] * weightedMean[later]
        let atRisk = layout.atRisk[time]
        atTime[time] = q / atRisk
        sum.add(-q * layout.censored[time] / (atRisk * atRisk))
        cumulative[time] = sum.value
      }
      for row in result.indices {
        let time = Int(rank[row])
        result[row] += cumulative[time] + (outcome.event[row] == 0 ? atTime[time] : 0)
      }
      return result
    }
  }

  /// All rows by value: an order that does not depend on the file's.
  func scanningOrder(of values: [Double]) -> [Int] { RadixOrder.ascending(values).map { Int($0) } }

  /// Number of event times before each distinct time of the outcome.
  private func eventTimesBefore(_ outcome: SurvivalOutcome) -> [Int] {
    var through = [Int](repeating: 0, count: outcome.order.times.count)
    for (position, row) in layout.riskSets.rows.enumerated() {
      through[Int(outcome.order.rank[Int(row)])] = Int(layout.ownBucket[position]) + 1
    }
    var last = 0
    return through.indices.map { time in
      let before = last
      last = Swift.max(last, through[time])
      return before
    }
  }

  /// Σ of a quantity over the event times from each on; one more element, 0.
  private func tail(_ value: (Int) -> Double) -> [Double] {
    var result = [Double](repeating: 0, count: layout.eventTimeCount + 1)
    for event in (0..<layout.eventTimeCount).reversed() { result[event] = result[event + 1] + value(event) }
    return result
  }

  /// Σ value / G(T−) over the competing events before each distinct time.
  private func carried(_ outcome: SurvivalOutcome, _ value: (Int) -> Double) -> [Double] {
    var result = [Double](repeating: 0, count: outcome.order.times.count + 1)
    for (position, row) in layout.riskSets.rows.enumerated() where layout.inverseCensoring[position] > 0 {
      result[Int(outcome.order.rank[Int(row)]) + 1] += value(position) * layout.inverseCensoring[position]
    }
    for time in result.indices.dropFirst() { result[time] += result[time - 1] }
    return result
  }
}
