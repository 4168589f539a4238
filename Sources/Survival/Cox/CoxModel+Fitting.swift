// Maximising the partial likelihood and gathering the result.

import NumericalMethods

extension CoxModel {
  /// Maximises the partial likelihood by Newton's method.
  ///
  /// log L = Σ_events w (η − log Σ_{risk set} w exp η), tied events by `options.ties`; see `TiesMethod`.
  ///
  /// - Returns: the fit. What statistics calls an outcome is in it: aliased columns, infinite coefficients, no
  ///   convergence. A model without columns gives the null likelihood.
  /// - Throws: `SurvivalInputError` for role `event` (no events), `offset` or `option("initial")` (the risk scores
  ///   are not finite at the starting values).
  ///
  /// **Cost**: O(n p²) per iteration and one radix order; the exact partial likelihood O(n d p²) per time with d events.
  /// **Source**: Cox 1972; Efron 1977; Therneau and Grambsch 2000. **Checked against** cox-lung-efron, cox-lung-exact,
  /// cox-heart-tdc, cox-colon-cluster and the others named cox-.
  public func fit() throws(SurvivalInputError) -> CoxFit {
    let prepared = PreparedCox(self)
    guard prepared.layout.eventTimeCount > 0 else { throw SurvivalInputError(.event, .empty) }
    return try options.penalties.isEmpty ? plainFit(prepared) : penalizedFit(prepared)
  }

  private func plainFit(_ prepared: PreparedCox) throws(SurvivalInputError) -> CoxFit {
    let objective = CoxObjective(self, prepared: prepared)
    guard let found = objective.maximum(from: startingValues(prepared)) else { throw startError }
    return result(found, prepared: prepared, objective: objective)
  }

  /// On the scale of the scaled covariates.
  func startingValues(_ prepared: PreparedCox) -> [Double] {
    prepared.scaled(options.initialCoefficients ?? [Double](repeating: 0, count: design.columnCount))
  }

  var startError: SurvivalInputError {
    SurvivalInputError(options.initialCoefficients == nil ? .offset : .option("initial"), .outOfRange)
  }

  func result(
    _ found: NewtonIteration.Outcome, prepared: PreparedCox, objective: CoxObjective,
    penalized: PenalizedPart? = nil
  ) -> CoxFit {
    let variance = CholeskyFactorization(
      found.final.derivatives.information.clearing(found.aliased), tolerance: 1e-14
    ).inverse
    let coefficients = prepared.unscaled(found.coefficients, aliased: found.aliased)
    // Units so small that a coefficient in them is beyond any number make it infinite, too.
    let infinite = Set(
      objective.infinite(found) + coefficients.indices.filter { coefficients[$0].isInfinite })
    let robust = clusters != nil || options.isRobust
    let robustParts =
      robust
      ? robustVariance(
        found, variance: variance, prepared: prepared, likelihood: objective.likelihood) : nil
    return CoxFit(
      model: self,
      coefficients: coefficients,
      modelVariance: prepared.unscaled(variance),
      robustVariance: robustParts.map { prepared.unscaled($0.variance) },
      nullLogLikelihood: found.initial.logLikelihood,
      logLikelihood: found.final.logLikelihood + (penalized?.penalty ?? 0),
      scoreTest: penalized == nil && !options.usesFirthPenalty ? scoreTest(found) : nil,
      robustScoreTest: penalized == nil && !options.usesFirthPenalty ? robustParts?.scoreTest : nil,
      convergence: found.convergence, aliased: found.aliased, infinite: infinite.sorted(),
      observationCount: usedCounts.rows, eventCount: usedCounts.events,
      means: columnMeans(), penalized: penalized, rows: PreparedRows(prepared),
      spread: prepared.covariates.spread)
  }

  /// Rows that carry weight, and those of them that have the event.
  private var usedCounts: (rows: Int, events: Int) {
    guard let weights = outcome.weights else { return (outcome.rowCount, outcome.event.count { $0 != 0 }) }
    let used = weights.indices.filter { weights[$0] > 0 }
    return (used.count, used.count { outcome.event[$0] != 0 })
  }

  private func scoreTest(_ found: NewtonIteration.Outcome) -> TestStatistic? {
    let active = found.coefficients.indices.filter { !found.aliased.contains($0) }
    guard !active.isEmpty else { return nil }
    let score = active.map { found.initial.derivatives.score[$0] }
    let whitened = CholeskyFactorization(found.initial.derivatives.information.block(active)).whiten(score)
    return CoxFit.chiSquared(
      CompensatedSum.of(whitened.lazy.map { $0 * $0 }), degreesOfFreedom: Double(active.count))
  }

  private func columnMeans() -> [Double] {
    let isWeighted = outcome.entry == nil && options.ties != .exactPartial
    let weights = isWeighted ? outcome.weights : nil
    let total = weights.map { CompensatedSum.of($0) } ?? Double(outcome.rowCount)
    let isDummy = { @Sendable (value: Double) in value == 0 || value == 1 || value == -1 }
    let chunks = FixedChunks(count: outcome.rowCount, size: 1 << 15)
    return design.columns.map { column in
      var sum = CompensatedSum()
      switch column.values {
      case .dense(let values):
        guard !values.allSatisfy(isDummy) else { return 0 }
        let parts = values.withUnsafeBufferPointer { values in
          nonisolated(unsafe) let values = values
          return Parallel.map(chunks: chunks.count, threads: options.threads) { chunk in
            var sum = CompensatedSum()
            for row in chunks[chunk] { sum.add((weights?[row] ?? 1) * values[row]) }
            return sum
          }
        }
        for part in parts { sum.add(part) }
      case .whole(let values):
        guard let mean = values.mean(weights: weights, total: total, threads: options.threads) else {
          return 0
        }
        return mean
      case .coded(let codes, let table):
        guard !table.allSatisfy(isDummy) else { return 0 }
        var counts = [Double](repeating: 0, count: table.count)
        for (row, code) in codes.enumerated() { counts[Int(code)] += weights?[row] ?? 1 }
        for (count, value) in zip(counts, table) { sum.add(count * value) }
      case .narrow(let codes, let table):
        guard !table.allSatisfy(isDummy) else { return 0 }
        var counts = [Double](repeating: 0, count: table.count)
        if let weights {
          for (row, code) in codes.enumerated() { counts[Int(code)] += weights[row] }
        } else {
          counts = zip(counts, ByteCounts.of(codes)).map { Double($1) }
        }
        for (count, value) in zip(counts, table) { sum.add(count * value) }
      }
      return sum.value / total
    }
  }
}
