// Scaled Schoenfeld residuals by term, as they are drawn against time.

import NumericalMethods

extension CoxFit {
  /// As R's `cox.zph`: residual times the inverse of the average variance of a risk set, plus the coefficient.
  func scaledResiduals(
    _ likelihood: PartialLikelihood, terms: [CoxTerm], information: Matrix, function: TimeFunction
  ) -> ScaledResidualPoints {
    let layout = prepared.layout
    let spread = prepared.covariates.spread
    let residuals = SchoenfeldResiduals(likelihood)
    // Per term, a combination of scaled columns: the column itself, or a factor's linear predictor.
    let weights = terms.map { term in
      term.columns.map { term.columns.count == 1 ? spread[$0] : coefficients[$0] * spread[$0] }
    }
    let threads = model.options.threads
    let combined = Parallel.map(chunks: terms.count, threads: threads) { term -> [Double] in
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
    var values = [[Double]](
      repeating: [Double](repeating: .nan, count: residuals.count), count: terms.count)
    for stratum in 0..<layout.stratumCount {
      let used = terms.indices.filter { use.isUsed(term: $0, stratum: stratum) }
      let inverse = CholeskyFactorization(average.block(used)).inverse
      let range = residuals.indices(ofStratum: stratum)
      let columns = Parallel.map(chunks: used.count, threads: threads) { i -> [Double] in
        let own = terms[used[i]].columns
        var column = [Double](repeating: own.count == 1 ? coefficients[own[0]] : 1, count: range.count)
        for (j, other) in used.enumerated() {
          let factor = inverse[i, j]
          combined[other].withUnsafeBufferPointer { source in
            for index in column.indices { column[index] += factor * source[range.lowerBound + index] }
          }
        }
        return column
      }
      for (term, column) in zip(used, columns) {
        if layout.stratumCount == 1 {
          values[term] = column
        } else {
          values[term].replaceSubrange(range, with: column)
        }
      }
    }
    return ScaledResidualPoints(
      time: residuals.eventTime.map { model.outcome.order.times[Int(layout.timeRank[$0])] },
      transformedTime: residuals.eventTime.map { function.values[$0] },
      row: residuals.positions.map { Int(layout.rows[$0]) }, stratum: residuals.stratumCodes,
      termNames: terms.map(\.name), values: values,
      variances: CholeskyFactorization(average).inverse.diagonalElements)
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
