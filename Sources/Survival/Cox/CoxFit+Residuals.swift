// Residuals of a fitted proportional-hazards model, in the form of the tie rule that was fitted.

import NumericalMethods

/// Schoenfeld residuals: one row per event, by stratum, time and place in the file.
public struct SchoenfeldTable: Sendable {
  /// Event time of each residual, within strata ascending.
  public let time: [Double]
  /// Row of the outcome and stratum code of each event.
  public let row: [Int]
  /// Stratum of each residual, from 0.
  public let stratum: [Int]
  /// One column per column of the design; not-a-number where aliased.
  public let values: Matrix
}

extension CoxFit {
  /// Martingale residuals δ − exp(η) Λ(t), one per row of the outcome: observed less expected events.
  ///
  /// Without weights (each row counts once); not-a-number for rows of weight 0. Under the exact partial likelihood Λ is
  /// Breslow's. **Cost**: one iteration of the fit. **Checked against** cox-lung-efron, cox-heart-tdc, cox-lung-exact.
  public var martingaleResiduals: [Double] {
    let likelihood = atEstimate(breslowForExact: true)
    let layout = prepared.layout
    let exposed = likelihood.exposedRisk(
      CumulativeExposure(
        layout: layout, hazard: likelihood.hazard, reference: likelihood.reference))
    // Rows that are in no risk set have neither event nor exposure.
    var result = (0..<model.outcome.rowCount).map { row in
      model.outcome.weights.map { $0[row] > 0 ? 0.0 : .nan } ?? 0
    }
    for position in exposed.indices {
      let observed = layout.isEvent(position) ? 1.0 : 0
      result[Int(layout.rows[position])] = observed - exposed[position] / layout.weight(position)
    }
    return result
  }

  /// Deviance residuals: martingale residuals M made symmetric, sign(M) √(−2 (M + δ log(δ − M))).
  public var devianceResiduals: [Double] {
    let martingale = martingaleResiduals
    return martingale.indices.map { row in
      let m = martingale[row]
      let logTerm = model.outcome.event[row] == 0 ? 0 : Elementary.log(1 - m)
      let magnitude = Swift.max(-2 * (m + logTerm), 0).squareRoot()
      return m < 0 ? -magnitude : m > 0 ? magnitude : m
    }
  }

  /// Score residuals, one row per row of the outcome and one column per column of the design, without weights;
  /// their weighted sums are zero at the estimate. `nil` under the exact partial likelihood; not-a-number in
  /// aliased columns. **Checked against** cox-lung-efron, cox-veteran-full.
  public var scoreResiduals: Matrix? {
    guard model.options.ties != .exactPartial else { return nil }
    return residualMatrix()
  }

  /// Approximate change of each coefficient when a row is left out: weighted score residuals times the model variance.
  ///
  /// - Parameter standardized: divide by the coefficients' model-based standard errors (R's `dfbetas`).
  /// - Returns: `nil` under the exact partial likelihood; zero columns where aliased.
  public func dfbetaResiduals(standardized: Bool = false) -> Matrix? {
    guard model.options.ties != .exactPartial else { return nil }
    return residualMatrix(times: dfbetaFactor(standardized: standardized))
  }

  private func dfbetaFactor(standardized: Bool) -> Matrix {
    var variance = modelVariance
    if standardized {
      for column in coefficients.indices where !aliased.contains(column) {
        let error = modelVariance[column, column].squareRoot()
        for row in coefficients.indices { variance[row, column] /= error }
      }
    }
    return variance
  }

  /// What `scoreResiduals` adds up to, without a residual kept by row.
  ///
  /// - Parameter count: how many of the first rows to show.
  public func scoreResidualSums(first count: Int) -> ResidualSums? {
    guard model.options.ties != .exactPartial else { return nil }
    return ResidualSums(self, times: nil, first: count)
  }

  /// What `dfbetaResiduals` adds up to, without a residual kept by row.
  ///
  /// - Parameter count: how many of the first rows to show.
  public func dfbetaResidualSums(first count: Int) -> ResidualSums? {
    guard model.options.ties != .exactPartial else { return nil }
    return ResidualSums(self, times: dfbetaFactor(standardized: false), first: count)
  }

  /// Score residuals, or, weighted and multiplied by a matrix, combinations of them; one pass over the rows.
  private func residualMatrix(times factor: Matrix? = nil) -> Matrix {
    let layout = prepared.layout
    let rowCount = model.outcome.rowCount
    var result = Matrix(rowCount: rowCount, columnCount: coefficients.count)
    result.withUnsafeMutableElements { elements in
      guard let base = elements.baseAddress else { return }
      nonisolated(unsafe) let target = base
      _ = ResidualPieces(self, times: factor).map { places, each in
        layout.rows.withUnsafeBufferPointer { rows in
          each { column, values in
            let output = target + column * rowCount
            for place in 0..<places.count { output[Int(rows[places.lowerBound + place])] = values[place] }
          }
        }
      }
    }
    guard factor == nil else { return result }
    for column in aliased {
      for row in 0..<rowCount { result[row, column] = .nan }
    }
    return result
  }

  /// Schoenfeld residuals x − x̄(t), one row per event; `nil` under the exact partial likelihood.
  ///
  /// - Parameter scaled: residual times variance times number of events, plus the coefficient: what a time-dependent
  ///   coefficient would be at that event.
  public func schoenfeldResiduals(scaled: Bool = false) -> SchoenfeldTable? {
    guard model.options.ties != .exactPartial else { return nil }
    let residuals = SchoenfeldResiduals(atEstimate())
    let spread = prepared.covariates.spread
    var values = Matrix(rowCount: residuals.count, columnCount: coefficients.count)
    for column in coefficients.indices {
      for (row, value) in residuals.column(column).enumerated() {
        values[row, column] = value * spread[column]
      }
    }
    if scaled {
      let events = Double(residuals.count)
      values = values * modelVariance
      for column in coefficients.indices {
        let centre = coefficients[column].isNaN ? 0 : coefficients[column]
        for row in 0..<values.rowCount { values[row, column] = values[row, column] * events + centre }
      }
    }
    for column in aliased {
      for row in 0..<values.rowCount { values[row, column] = .nan }
    }
    let layout = prepared.layout
    return SchoenfeldTable(
      time: residuals.eventTime.map { model.outcome.order.times[Int(layout.timeRank[$0])] },
      row: residuals.positions.map { Int(layout.rows[$0]) }, stratum: residuals.stratumCodes, values: values)
  }

  /// Sums of residuals over clusters, one row per cluster: martingale residuals of a subject, say.
  public static func collapsing(_ residuals: Matrix, by clusters: GroupCodes) -> Matrix {
    var result = Matrix(rowCount: clusters.count, columnCount: residuals.columnCount)
    for column in 0..<residuals.columnCount {
      for (row, code) in clusters.codes.enumerated() where row < residuals.rowCount {
        result[Int(code), column] += residuals[row, column]
      }
    }
    return result
  }

  /// Risk-set sums at the estimate.
  func atEstimate(breslowForExact: Bool = false) -> PartialLikelihood {
    let ties = model.options.ties
    let likelihood = prepared.likelihood(
      ties: breslowForExact && ties == .exactPartial ? .breslow : ties, threads: model.options.threads)
    likelihood.move(to: prepared.scaled(coefficients))
    return likelihood
  }
}
