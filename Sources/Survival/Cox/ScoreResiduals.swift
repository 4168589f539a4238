// Score residuals: each row's share of the score, in the form of the tie rule.

import NumericalMethods

/// Score residuals of one column at a time, on the scale of the scaled covariates.
///
/// U_i = δ_i (x_i − m(t_i)) − exp(η_i) Σ_{t ≤ t_i} Σ_k g_tk (x_i − x̄_tk), in which a row that has the event at t
/// counts with share 1 − k/d there, and m is the mean of the x̄_tk over k. O(n) per column; stretches of rows are
/// worked on in the processor's cache, and nothing is kept by row.
struct ScoreResiduals: Sendable {
  let layout: RiskSetLayout
  let covariates: ScaledCovariates
  let sums: RiskSetSums
  let hazard: EventHazards
  private let means: EventMeans
  private let reference: RiskReference?
  /// w exp(η) per row.
  private let risk: [Double]
  private let exposure: CumulativeExposure

  /// Rows that are worked on at a time.
  static let chunkSize = 2048

  init(_ likelihood: PartialLikelihood) {
    layout = likelihood.layout
    covariates = likelihood.covariates
    sums = likelihood.sums
    hazard = likelihood.hazard
    reference = likelihood.reference
    means = EventMeans(likelihood)
    risk = likelihood.risk
    exposure = CumulativeExposure(layout: layout, hazard: hazard, reference: reference)
  }

  /// What the residuals of a column need by event time.
  struct Column: Sendable {
    let number: Int
    fileprivate let moments: CumulativeExposure
    fileprivate let means: [Double]
    /// Values by cell, where the column is held so.
    fileprivate let table: [Double]?
  }

  func prepared(_ column: Int) -> Column {
    Column(
      number: column, moments: covariateExposure(column),
      means: (0..<layout.eventTimeCount).map { means.covariate(column, event: $0) },
      table: covariates.table(column))
  }

  /// The residuals of some rows, without weights, written from their first on; `space` holds twice as many numbers.
  func write(
    _ column: Column, rows: Range<Int>, to output: UnsafeMutablePointer<Double>,
    space: UnsafeMutablePointer<Double>
  ) {
    let (x, exposed) = (space, space + rows.count)
    covariates.write(column.number, table: column.table, rows: rows, to: x)
    exposure.write(layout: layout, rows: rows, to: exposed)
    column.moments.write(layout: layout, rows: rows, to: output)
    let weights = layout.weights
    risk.withUnsafeBufferPointer { risk in
      for index in 0..<rows.count {
        let share = weights.map { risk[rows.lowerBound + index] / $0[rows.lowerBound + index] }
        output[index] =
          (share ?? risk[rows.lowerBound + index]) * (output[index] - x[index] * exposed[index])
      }
    }
    layout.forEachEvent(in: rows) { row, event in
      output[row - rows.lowerBound] += x[row - rows.lowerBound] - column.means[event]
    }
  }

  /// Calls `body` with one stretch of rows after the other and their residuals.
  func forEachChunk(_ column: Int, _ body: (Range<Int>, UnsafeMutablePointer<Double>) -> Void) {
    let column = prepared(column)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 3 * Self.chunkSize) { buffer in
      guard let output = buffer.baseAddress else { return }
      for rows in FixedChunks(count: layout.rowCount, size: Self.chunkSize) {
        write(column, rows: rows, to: output, space: output + Self.chunkSize)
        body(rows, output)
      }
    }
  }

  /// Σ_{t ≤ t_i} Σ_k g_tk x̄_tk per row.
  private func covariateExposure(_ column: Int) -> CumulativeExposure {
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
    return CumulativeExposure(layout: layout, hazard: increments, reference: reference)
  }
}

/// Means of covariates over the risk sets of event times; nothing of single rows.
struct EventMeans: Sendable {
  private let layout: RiskSetLayout
  private let sums: RiskSetSums
  private let hazard: EventHazards
  /// Weight of the events at each event time.
  private let eventWeight: [Double]

  init(_ likelihood: PartialLikelihood) {
    let layout = likelihood.layout
    self.layout = layout
    sums = likelihood.sums
    hazard = likelihood.hazard
    eventWeight = (0..<layout.eventTimeCount).map { event in
      layout.events(event).reduce(0) { $0 + layout.weight($1) }
    }
  }

  /// x̄ averaged over the k of an event time.
  func covariate(_ column: Int, event: Int) -> Double {
    let place = column * sums.eventTimeCount + event
    let count = Double(layout.eventCount(event))
    let scale = 1 / eventWeight[event]
    let first = sums.atRiskCovariates[place] * hazard.increment[event]
    guard !sums.eventCovariates.isEmpty, count > 1 else { return first * scale }
    let second = sums.eventCovariates[place] * (hazard.increment[event] - hazard.eventIncrement[event])
    return (first - second) * scale
  }
}
