// What predictions for new rows need of a fit, by stratum.

import NumericalMethods

/// Cumulative sums over the event times of one stratum, at the covariates' centre.
struct PredictionBasis: Sendable {
  let code: Int
  let time: [Double]
  let lastTime: Double?
  /// Λ, Σ w̄/den² and Σ of hazard times mean covariate, all cumulative.
  let hazard: [Double]
  let hazardVariance: [Double]
  /// One row per event time.
  let covariateHazard: Matrix
  /// Coefficients and their variance on the scale of the scaled covariates.
  private let coefficients: [Double]
  let variance: Matrix
  let centre: [Double]
  let spread: [Double]
  private let offsetCentre: Double
  /// Shift of the linear predictor under which the hazard was computed.
  private let shift: Double

  /// One basis per stratum code, in the order of the codes.
  static func all(of fit: CoxFit) -> [PredictionBasis] {
    let likelihood = fit.atEstimate(breslowForExact: true)
    let lastTimes = lastTimes(fit.model)
    var stratumOfCode = [Int?](repeating: nil, count: lastTimes.count)
    for (stratum, code) in fit.prepared.layout.stratumCode.enumerated() { stratumOfCode[Int(code)] = stratum }
    return lastTimes.indices.map { code in
      PredictionBasis(
        fit, likelihood, code: code, stratum: stratumOfCode[code], lastTime: lastTimes[code])
    }
  }

  private static func lastTimes(_ model: CoxModel) -> [Double?] {
    var last = [Double?](repeating: nil, count: max(model.strata?.count ?? 1, 1))
    for row in 0..<model.outcome.rowCount where model.outcome.weights.map({ $0[row] > 0 }) ?? true {
      let code = model.strata.map { Int($0.codes[row]) } ?? 0
      last[code] = Swift.max(last[code] ?? -.infinity, model.outcome.time[row])
    }
    return last
  }

  private init(
    _ fit: CoxFit, _ likelihood: PartialLikelihood, code: Int, stratum: Int?, lastTime: Double?
  ) {
    let covariates = fit.prepared.covariates
    let size = covariates.columnCount
    let layout = likelihood.layout
    self.code = code
    self.lastTime = lastTime
    coefficients = fit.prepared.scaled(fit.coefficients)
    spread = covariates.spread
    var scaledVariance = fit.variance
    for column in 0..<size {
      for row in 0..<size {
        scaledVariance[row, column] *= covariates.spread[row] * covariates.spread[column]
      }
    }
    variance = scaledVariance
    guard let stratum else {
      (time, hazard, hazardVariance) = ([], [], [])
      covariateHazard = Matrix(rowCount: 0, columnCount: size)
      centre = [Double](repeating: 0, count: size)
      (offsetCentre, shift) = (0, 0)
      return
    }
    let events = layout.eventTimes(ofStratum: stratum)
    centre = (0..<size).map { covariates.centre[stratum * size + $0] }
    offsetCentre = fit.prepared.offsetCentre[stratum]
    let levels = likelihood.reference?.levels
    shift = levels?[events.lowerBound] ?? 0
    // Increments are relative to each event time's own level: bring them to the first one's.
    let first = shift
    let scale = { (event: Int) in levels.map { Elementary.exp(first - $0[event]) } ?? 1 }
    time = events.map { fit.model.outcome.order.times[Int(layout.timeRank[$0])] }
    hazard = Self.cumulative(events) { likelihood.hazard.increment[$0] * scale($0) }
    hazardVariance = Self.cumulative(events) { likelihood.hazard.square[$0] * scale($0) * scale($0) }
    let sums = likelihood.sums
    covariateHazard = Matrix(
      columns: (0..<size).map { column in
        Self.cumulative(events) { event in
          let place = column * sums.eventTimeCount + event
          let mean = likelihood.hazard.square[event] * sums.atRiskCovariates[place]
          let tied = !sums.eventCovariates.isEmpty && layout.eventCount(event) > 1
          let rest = tied ? likelihood.hazard.cross[event] * sums.eventCovariates[place] : 0
          return scale(event) * (mean - rest)
        }
      }, rowCount: events.count)
  }

  private static func cumulative(_ events: Range<Int>, _ increment: (Int) -> Double) -> [Double] {
    var sum = CompensatedSum()
    return events.map {
      sum.add(increment($0))
      return sum.value
    }
  }

  /// The log of the factor between the basis' hazard and that of a row of the design.
  func predictor(of row: [Double], offset: Double?) -> Double {
    var sum = CompensatedSum((offset ?? 0) - offsetCentre - shift)
    for (coefficient, value) in zip(coefficients, scaled(row)) { sum.add(coefficient * value) }
    return sum.value
  }

  private func scaled(_ row: [Double]) -> [Double] { row.indices.map { (row[$0] - centre[$0]) / spread[$0] } }

  /// Cumulative hazard of a row at an event time (by index; `nil` before the first), with its standard error.
  func prediction(of row: [Double], offset: Double?, at index: Int?) -> (
    hazard: Double, standardError: Double
  ) {
    guard let index else { return (0, 0) }
    let factor = Elementary.exp(predictor(of: row, offset: offset))
    let values = scaled(row)
    let direction = values.indices.map { hazard[index] * values[$0] - covariateHazard[index, $0] }
    let spread = Swift.max(hazardVariance[index] + variance.quadraticForm(direction), 0)
    return (hazard[index] * factor, factor * spread.squareRoot())
  }

  /// The log factor of every row, column by column.
  func predictors(of columns: [ColumnValues], rowCount: Int, offset: [Double]?) -> [Double] {
    let start = -offsetCentre - shift
    var result =
      offset.map { $0.map { $0 - offsetCentre - shift } } ?? [Double](repeating: start, count: rowCount)
    for (index, coefficient) in coefficients.enumerated() where coefficient != 0 {
      let slope = coefficient / spread[index]
      switch columns[index] {
      case .dense(let values):
        for row in result.indices { result[row] += slope * (values[row] - centre[index]) }
      case .whole(let values):
        for row in result.indices { result[row] += slope * (values[row] - centre[index]) }
      case .coded(let codes, let table):
        let products = table.map { slope * ($0 - centre[index]) }
        for row in result.indices { result[row] += products[Int(codes[row])] }
      case .narrow(let codes, let table):
        let products = table.map { slope * ($0 - centre[index]) }
        for row in result.indices { result[row] += products[Int(codes[row])] }
      }
    }
    return result
  }
}
