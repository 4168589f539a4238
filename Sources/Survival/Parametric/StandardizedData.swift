// A parametric model's data brought to a common origin and unit, and its parameters brought back.

import NumericalMethods

/// Rows that carry weight, with centred and scaled covariates and times.
struct StandardizedData: Sendable {
  let likelihood: ParametricLikelihood
  /// Starting values of the model without covariates.
  let start: [Double]
  /// What turns the log-likelihood into one of times in the user's unit.
  let logLikelihoodShift: Double
  private let timeShift: Double
  private let timeUnit: Double
  private let centre: [Double]
  private let spread: [Double]
  private let isGompertz: Bool

  init(_ model: ParametricModel) {
    let rows = Self.rowsByContent(model)
    let outcome = model.outcome
    let isGompertz = model.distribution == .gompertz
    let isLog = model.distribution.isAcceleratedFailureTime
    let weights = outcome.weights.map { weights in rows.map { weights[$0] } }
    let weight = { (index: Int) in weights?[index] ?? 1 }
    let offsets = model.offset
    // In location–scale families an offset is a shift of the time; a rate's offset stays one.
    let own = rows.map { row -> Double in
      let time = isLog ? Elementary.log(outcome.time[row]) : outcome.time[row]
      return isGompertz ? time : time - (offsets?[row] ?? 0)
    }
    let (shift, unit) = Self.scale(own, isGompertz: isGompertz, isLog: isLog)
    let time = own.map { ($0 - shift) / unit }
    var entry: [Double?]?
    if let entries = outcome.entry {
      entry = rows.map { row in
        let start = entries[row]
        if isLog || isGompertz, start <= 0 { return nil }
        let value = isLog ? Elementary.log(start) : start
        return ((isGompertz ? value : value - (offsets?[row] ?? 0)) - shift) / unit
      }
    }
    let meanOffset = offsets.map { o in CompensatedSum.of(rows.lazy.map { o[$0] }) / Double(rows.count) } ?? 0
    let hasEvent = rows.map { outcome.event[$0] != 0 }
    let (columns, centre, spread) = Self.columns(model.design, rows: rows)
    let family: ParametricFamily = isGompertz ? .gompertz : .locationScale(Self.standard(model.distribution))
    likelihood = ParametricLikelihood(
      family: family, time: time, entry: entry, hasEvent: hasEvent, weights: weights,
      offset: isGompertz ? offsets.map { o in rows.map { o[$0] - meanOffset } } : nil,
      stratum: rows.map { row in model.strata.map { Int($0.codes[row]) } ?? 0 },
      stratumCount: max(model.strata?.count ?? 1, 1), columns: columns,
      fixedAncillary: model.distribution == .exponential ? 0 : nil, threads: model.options.threads)
    var correction = CompensatedSum()
    for index in rows.indices where hasEvent[index] {
      correction.add(
        -weight(index) * (Elementary.log(unit) + (isLog ? Elementary.log(outcome.time[rows[index]]) : 0)))
    }
    logLikelihoodShift = correction.value
    timeShift = isGompertz ? -meanOffset : shift
    timeUnit = unit
    self.centre = centre
    self.spread = spread
    self.isGompertz = isGompertz
    start = Self.start(likelihood, isGompertz: isGompertz)
  }

  /// The rows that carry weight, in an order that does not depend on the file's.
  private static func rowsByContent(_ model: ParametricModel) -> [Int] {
    let rows = model.usedRows
    let outcome = model.outcome
    var content = ContentOrder(rowCount: rows.count, threads: model.options.threads)
    content.add { outcome.time[rows[$0]].bitPattern }
    content.add { UInt64(outcome.event[rows[$0]]) }
    if let entry = outcome.entry { content.add { entry[rows[$0]].bitPattern } }
    if let weights = outcome.weights { content.add { weights[rows[$0]].bitPattern } }
    if let offset = model.offset { content.add { offset[rows[$0]].bitPattern } }
    if let strata = model.strata { content.add { UInt64(UInt32(bitPattern: strata.codes[rows[$0]])) } }
    for column in model.design.columns { content.add { column.value(rows[$0]).bitPattern } }
    return content.order(within: [0..<rows.count]).map { rows[Int($0)] }
  }

  private static func standard(_ distribution: ParametricDistribution) -> StandardDistribution {
    switch distribution {
    case .exponential, .weibull, .gompertz: .extremeValue
    case .lognormal, .gaussian: .gaussian
    case .loglogistic, .logistic: .logistic
    case .generalizedGamma: .logGamma(shape: 0)
    }
  }

  private static func scale(_ time: [Double], isGompertz: Bool, isLog: Bool) -> (shift: Double, unit: Double)
  {
    if isGompertz {
      let greatest = time.reduce(0) { Swift.max($0, abs($1)) }
      return (0, greatest > 0 ? greatest : 1)
    }
    guard let origin = time.first else { return (0, 1) }
    let mean = origin + CompensatedSum.of(time.lazy.map { $0 - origin }) / Double(time.count)
    guard !isLog else { return (mean, 1) }
    let squares = CompensatedSum.of(time.lazy.map { ($0 - mean) * ($0 - mean) }) / Double(time.count)
    return (mean, squares > 0 ? squares.squareRoot() : 1)
  }

  private static func columns(_ design: CoxDesign, rows: [Int]) -> (
    Matrix, centre: [Double], spread: [Double]
  ) {
    var result = [[Double](repeating: 1, count: rows.count)]
    var centres: [Double] = []
    var spreads: [Double] = []
    for column in design.columns {
      let values = rows.map(column.value)
      let origin = values.first ?? 0
      let mean = CompensatedSum.of(values.lazy.map { $0 - origin }) / Double(max(rows.count, 1))
      var centred = values.map { ($0 - origin) - mean }
      let squares = CompensatedSum.of(centred.lazy.map { $0 * $0 }) / Double(max(rows.count, 1))
      let spread = squares > 0 && squares.isFinite ? squares.squareRoot() : 1
      for row in centred.indices { centred[row] /= spread }
      result.append(centred)
      centres.append(origin + mean)
      spreads.append(spread)
    }
    return (Matrix(columns: result, rowCount: rows.count), centres, spreads)
  }

  private static func start(_ likelihood: ParametricLikelihood, isGompertz: Bool) -> [Double] {
    let weight = { (row: Int) in likelihood.weights?[row] ?? 1 }
    let total = CompensatedSum.of((0..<likelihood.rowCount).lazy.map(weight))
    if isGompertz {
      let events = CompensatedSum.of(
        (0..<likelihood.rowCount).lazy.map { likelihood.hasEvent[$0] ? weight($0) : 0 })
      let exposure = CompensatedSum.of(
        (0..<likelihood.rowCount).lazy.map {
          weight($0) * (likelihood.time[$0] - (likelihood.entry?[$0] ?? 0))
        })
      let rate = Elementary.log(events / Swift.max(exposure, 1e-300))
      return [rate] + [Double](repeating: 0, count: likelihood.stratumCount)
    }
    let mean =
      CompensatedSum.of((0..<likelihood.rowCount).lazy.map { weight($0) * likelihood.time[$0] }) / total
    guard likelihood.fixedAncillary == nil else { return [mean] }
    let squares = CompensatedSum.of(
      (0..<likelihood.rowCount).lazy.map {
        weight($0) * (likelihood.time[$0] - mean) * (likelihood.time[$0] - mean)
      })
    let deviation = (squares / total).squareRoot()
    let logScale = deviation > 1e-8 ? Elementary.log(deviation) : 0
    return [mean] + [Double](repeating: logScale, count: likelihood.stratumCount)
  }

  /// Parameters in the user's units: intercept, coefficients, then log scales or shapes, then anything further.
  func original(_ parameters: [Double]) -> [Double] {
    var result = jacobian(parameters.count) * parameters
    result[0] += isGompertz ? timeShift - Elementary.log(timeUnit) : timeShift
    guard !isGompertz, likelihood.fixedAncillary == nil else { return result }
    for index in ancillaryRange { result[index] += Elementary.log(timeUnit) }
    return result
  }

  func original(_ variance: Matrix) -> Matrix {
    let jacobian = jacobian(variance.rowCount)
    return jacobian * variance * jacobian.transposed
  }

  /// A direction of the standardised parameters in the user's units.
  func original(direction: [Double]) -> [Double] { jacobian(direction.count) * direction }

  private var ancillaryRange: Range<Int> {
    (centre.count + 1)..<(centre.count + 1 + (likelihood.fixedAncillary == nil ? likelihood.stratumCount : 0))
  }

  private func jacobian(_ size: Int) -> Matrix {
    var result = Matrix.identity(size)
    let unit = isGompertz ? 1 : timeUnit
    result[0, 0] = unit
    for column in centre.indices {
      result[column + 1, column + 1] = unit / spread[column]
      result[0, column + 1] = -unit * centre[column] / spread[column]
    }
    if isGompertz {
      for index in ancillaryRange { result[index, index] = 1 / timeUnit }
    }
    return result
  }
}
