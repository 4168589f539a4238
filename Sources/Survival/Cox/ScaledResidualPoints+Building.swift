// Scaled Schoenfeld residuals by term, as they are drawn against time.

import NumericalMethods

extension CoxFit {
  /// As R's `cox.zph`: residual times the inverse of the average variance of a risk set, plus the coefficient.
  func scaledResiduals(
    _ residuals: SchoenfeldResiduals, terms: [CoxTerm], information: Matrix, function: TimeFunction
  ) -> ScaledResidualPoints {
    let layout = prepared.layout
    let spread = prepared.covariates.spread
    // Per term, a combination of scaled columns: the column itself, or a factor's linear predictor.
    let weights = terms.map { term in
      term.columns.map { term.columns.count == 1 ? spread[$0] : coefficients[$0] * spread[$0] }
    }
    let threads = model.options.threads
    var values = Parallel.map(chunks: terms.count, threads: threads) { term -> [Double] in
      var sum = [Double](repeating: 0, count: residuals.count)
      for (column, weight) in zip(terms[term].columns, weights[term]) {
        residuals.add(column, times: weight, to: &sum)
      }
      return sum
    }
    let use = StratumUse(layout: layout, covariates: prepared.covariates, terms: terms)
    var average = Matrix(rowCount: terms.count, columnCount: terms.count)
    for (i, left) in terms.enumerated() {
      for (j, right) in terms.enumerated() {
        var sum = 0.0
        for (a, row) in left.columns.enumerated() {
          for (b, column) in right.columns.enumerated() {
            sum += weights[i][a] * weights[j][b] * information[row, column]
          }
        }
        average[i, j] = sum / Swift.max(use.sharedEvents(i, j), 1)
      }
    }
    for stratum in 0..<layout.stratumCount {
      let used = terms.indices.filter { use.isUsed(term: $0, stratum: stratum) }
      let inverse = CholeskyFactorization(average.block(used)).inverse
      let range = residuals.indices(ofStratum: stratum)
      let starts = used.map { terms[$0].columns.count == 1 ? coefficients[terms[$0].columns[0]] : 1 }
      Self.scale(&values, used, inverse, starts: starts, places: range, threads: threads)
      for term in terms.indices where !used.contains(term) {
        for place in range { values[term][place] = .nan }
      }
    }
    return ScaledResidualPoints(
      time: residuals.eventTime.map { model.outcome.order.times[Int(layout.timeRank[$0])] },
      transformedTime: residuals.eventTime.map { function.values[$0] },
      row: residuals.positions.map { Int(layout.rows[$0]) }, stratum: residuals.stratumCodes,
      termNames: terms.map(\.name), values: values,
      variances: CholeskyFactorization(average).inverse.diagonalElements)
  }

  /// Some places of some columns, in their own place: start + Σ_j inverse_ij column_j; other columns stay.
  private static func scale(
    _ columns: inout [[Double]], _ used: [Int], _ inverse: Matrix, starts: [Double], places: Range<Int>,
    threads: Int
  ) {
    // Many places at a time, so that what is made before it is put in its place stays small.
    for group in FixedChunks(count: places.count, size: 1 << 18) {
      let rows = (places.lowerBound + group.lowerBound)..<(places.lowerBound + group.upperBound)
      put(
        blocks(columns, used, inverse, starts: starts, rows: rows, threads: threads), at: rows.lowerBound,
        of: used, into: &columns)
    }
  }

  private static func blocks(
    _ columns: [[Double]], _ used: [Int], _ inverse: Matrix, starts: [Double], rows: Range<Int>, threads: Int
  ) -> [[[Double]]] {
    let pieces = FixedChunks(count: rows.count, size: 1 << 12)
    return Parallel.map(chunks: pieces.count, threads: threads) { piece in
      let places = pieces[piece]
      return used.indices.map { i in
        var block = [Double](repeating: starts[i], count: places.count)
        for (j, column) in used.enumerated() {
          let factor = inverse[i, j]
          columns[column].withUnsafeBufferPointer { source in
            for place in places {
              block[place - places.lowerBound] += factor * source[rows.lowerBound + place]
            }
          }
        }
        return block
      }
    }
  }

  private static func put(
    _ blocks: [[[Double]]], at first: Int, of used: [Int], into columns: inout [[Double]]
  ) {
    for (i, column) in used.enumerated() {
      columns[column].withUnsafeMutableBufferPointer { target in
        var place = first
        for block in blocks {
          for value in block[i] {
            target[place] = value
            place += 1
          }
        }
      }
    }
  }
}

/// In which strata a term varies at all, and how many events two terms share.
private struct StratumUse {
  private let used: [[Bool]]
  private let events: [Double]

  init(layout: RiskSetLayout, covariates: ScaledCovariates, terms: [CoxTerm]) {
    events = (0..<layout.stratumCount).map { stratum in
      layout.eventTimes(ofStratum: stratum).reduce(0) { $0 + Double(layout.eventCount($1)) }
    }
    used = terms.map { term in
      var varies = [Bool](repeating: false, count: layout.stratumCount)
      for column in term.columns {
        for stratum in 0..<layout.stratumCount where !varies[stratum] {
          varies[stratum] = covariates.varies(column, rows: layout.rows(ofStratum: stratum))
        }
      }
      return varies
    }
  }

  func isUsed(term: Int, stratum: Int) -> Bool { used[term][stratum] }

  func sharedEvents(_ one: Int, _ other: Int) -> Double {
    events.indices.reduce(0) { $0 + (used[one][$1] && used[other][$1] ? events[$1] : 0) }
  }
}
