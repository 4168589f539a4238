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
    var entry: [Double]?
    if let entries = outcome.entry {
      entry = rows.map { row in
        let start = entries[row]
        if isLog || isGompertz, start <= 0 { return .nan }
        let value = isLog ? Elementary.log(start) : start
        return ((isGompertz ? value : value - (offsets?[row] ?? 0)) - shift) / unit
      }
    }
    let meanOffset = offsets.map { o in CompensatedSum.of(rows.lazy.map { o[$0] }) / Double(rows.count) } ?? 0
    let hasEvent = rows.map { outcome.event[$0] != 0 }
    let (columns, centre, spread) = Self.columns(model.design, rows: rows, threads: model.options.threads)
    let family: ParametricFamily = isGompertz ? .gompertz : .locationScale(Self.standard(model.distribution))
    likelihood = ParametricLikelihood(
      family: family, time: time, entry: entry, hasEvent: hasEvent, weights: weights,
      offset: isGompertz ? offsets.map { o in rows.map { o[$0] - meanOffset } } : nil,
      stratum: model.strata.flatMap { strata in strata.count > 1 ? rows.map { strata.codes[$0] } : nil },
      stratumCount: max(model.strata?.count ?? 1, 1), columns: columns, spread: [1] + spread,
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
    let used = model.usedRows
    let outcome = model.outcome
    let content = ContentOrder(rowCount: used.count, threads: model.options.threads) { rows in
      rows.add { outcome.time[used[$0]].bitPattern }
      rows.add { UInt64(outcome.event[used[$0]]) }
      if let entry = outcome.entry { rows.add { entry[used[$0]].bitPattern } }
      if let weights = outcome.weights { rows.add { weights[used[$0]].bitPattern } }
      if let offset = model.offset { rows.add { offset[used[$0]].bitPattern } }
      if let strata = model.strata { rows.add { UInt64(UInt32(bitPattern: strata.codes[used[$0]])) } }
      for column in model.design.columns {
        switch column.values {
        case .dense(let values): rows.add { values[used[$0]].bitPattern }
        case .whole(let values): rows.add { values[used[$0]].bitPattern }
        case .coded(let codes, let table): rows.add { table[Int(codes[used[$0]])].bitPattern }
        case .narrow(let codes, let table): rows.add { table[Int(codes[used[$0]])].bitPattern }
        }
      }
    }
    return content.order().map { used[Int($0)] }
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

  /// A column of ones and the design's about their means; those of few values are cells.
  private static func columns(_ design: CoxDesign, rows: [Int], threads: Int) -> (
    CompactColumns, centre: [Double], spread: [Double]
  ) {
    let ones = ColumnValues.narrow(codes: [UInt8](repeating: 0, count: rows.count), table: [1])
    let columns = [ones] + ColumnValues.gathered(design.columns.map(\.values), rows)
    let cells =
      ValueCells(columns: columns, rowCount: rows.count, threads: threads) ?? ValueCells(rowCount: rows.count)
    var counts = [Double](repeating: 0, count: cells.cellCount)
    for code in cells.codes { counts[Int(code)] += 1 }
    let moments = columns.indices.dropFirst().map { column in
      if let place = cells.columns.firstIndex(of: column) {
        let table = cells.tables[place]
        return Self.moments(
          origin: cells.codes.first.map { table[Int($0)] } ?? 0, count: rows.count,
          zip(table, counts).lazy.filter { $0.1 > 0 })
      }
      let values = columns[column].numbers
      return Self.moments(
        origin: values.first ?? 0, count: rows.count, values.lazy.map { ($0, 1.0) })
    }
    let compact = CompactColumns(
      columns, rowCount: rows.count, cells: cells, keeping: Array(columns.indices),
      shifts: [0] + moments.map(\.centre))
    return (compact, moments.map(\.centre), moments.map(\.spread))
  }

  /// Mean and root mean square about it of values, each so many times; a constant column has spread 1.
  private static func moments(
    origin: Double, count: Int, _ values: some Sequence<(Double, Double)>
  ) -> (centre: Double, spread: Double) {
    let n = Double(max(count, 1))
    var (sum, squares) = (CompensatedSum(), CompensatedSum())
    for (value, times) in values { sum.add(times * (value - origin)) }
    let mean = sum.value / n
    for (value, times) in values {
      let distance = (value - origin) - mean
      squares.add(times * distance * distance)
    }
    let square = squares.value / n
    return (origin + mean, square > 0 && square.isFinite ? square.squareRoot() : 1)
  }

  private static func start(_ likelihood: ParametricLikelihood, isGompertz: Bool) -> [Double] {
    let weight = { (row: Int) in likelihood.weights?[row] ?? 1 }
    let total = CompensatedSum.of((0..<likelihood.rowCount).lazy.map(weight))
    let entry = { (row: Int) in likelihood.entry.map { $0[row].isNaN ? 0 : $0[row] } ?? 0 }
    if isGompertz {
      let events = CompensatedSum.of(
        (0..<likelihood.rowCount).lazy.map { likelihood.hasEvent[$0] ? weight($0) : 0 })
      let exposure = CompensatedSum.of(
        (0..<likelihood.rowCount).lazy.map {
          weight($0) * (likelihood.time[$0] - entry($0))
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
