// Schoenfeld residuals: covariate of who has the event less its expectation over the risk set.

import NumericalMethods

/// Schoenfeld residuals x_i − m(t_i), one per event, by stratum and time; on the scale of the scaled covariates.
///
/// m is the mean of x over the risk set; under Efron's rule the average of its d values at a time with d events.
struct SchoenfeldResiduals: Sendable {
  private let layout: RiskSetLayout
  private let covariates: ScaledCovariates
  private let means: EventMeans
  /// Place in scanning order and event time of each event; events at one time in the order of the file.
  let positions: [Int]
  let eventTime: [Int]
  let stratumCodes: [Int]

  var count: Int { positions.count }

  init(_ likelihood: PartialLikelihood) {
    let layout = likelihood.layout
    self.layout = layout
    covariates = likelihood.covariates
    means = EventMeans(likelihood)
    var positions: [Int] = []
    var eventTime: [Int] = []
    var codes: [Int] = []
    for stratum in 0..<layout.stratumCount {
      for event in layout.eventTimes(ofStratum: stratum) {
        let first = positions.count
        positions += layout.events(event)
        layout.rows.withUnsafeBufferPointer { rows in
          positions[first...].sort { rows[$0] < rows[$1] }
        }
        for _ in layout.events(event) {
          eventTime.append(event)
          codes.append(Int(layout.stratumCode[stratum]))
        }
      }
    }
    self.positions = positions
    self.eventTime = eventTime
    stratumCodes = codes
  }

  func indices(ofStratum stratum: Int) -> Range<Int> {
    let events = layout.eventTimes(ofStratum: stratum)
    let low = eventTime.partitioningIndex { $0 >= events.lowerBound }
    return low..<eventTime.partitioningIndex { $0 >= events.upperBound }
  }

  func column(_ column: Int) -> [Double] {
    var result = [Double](repeating: 0, count: count)
    add(column, times: 1, to: &result)
    return result
  }

  /// sum += factor × the residuals of a column.
  func add(_ column: Int, times factor: Double, to sum: inout [Double]) {
    let values = covariates.values(column, at: positions)
    var mean = 0.0
    var last = -1
    for index in positions.indices {
      if eventTime[index] != last {
        last = eventTime[index]
        mean = means.covariate(column, event: last)
      }
      sum[index] += factor * (values[index] - mean)
    }
  }
}

extension Array where Element == Int {
  /// First index at which a condition that never turns false again is true.
  func partitioningIndex(_ condition: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
