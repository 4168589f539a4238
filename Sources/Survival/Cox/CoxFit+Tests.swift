// Likelihood-ratio and Wald tests of a fit, of its terms, and against a smaller model.

import NumericalMethods

extension CoxFit {
  /// 2 (log L − log L0) on the estimable columns; `nil` for a model without any.
  public var likelihoodRatioTest: TestStatistic? {
    degreesOfFreedom == 0
      ? nil
      : Self.chiSquared(2 * (logLikelihood - nullLogLikelihood), degreesOfFreedom: effectiveDegreesOfFreedom)
  }

  /// (β − β0)' V⁻¹ (β − β0) on the estimable columns, with the robust variance where there is one.
  public var waldTest: TestStatistic? { waldTest(columns: Array(coefficients.indices), fromStart: true) }

  /// The Wald test that all coefficients of a term are 0; `nil` when none of them can be estimated.
  public func waldTest(term: CoxTerm) -> TestStatistic? { waldTest(columns: term.columns) }

  /// The Wald test that the given columns' coefficients are 0.
  public func waldTest(columns: [Int]) -> TestStatistic? { waldTest(columns: columns, fromStart: false) }

  /// The Wald test that the given columns' coefficients are a multiple of `direction`, such as that which makes a spline a
  /// straight line: the least (β − λc)' V⁻¹ (β − λc) over λ, on one degree of freedom less than there are columns.
  ///
  /// `nil` where a coefficient has no estimate.
  public func waldTest(columns: [Int], alongside direction: [Double]) -> TestStatistic? {
    guard columns.count > 1, columns.count == direction.count,
      columns.allSatisfy({
        coefficients.indices.contains($0) && !aliased.contains($0) && !infinite.contains($0)
      })
    else { return nil }
    return Self.wald(
      estimate: columns.map { coefficients[$0] }, variance: variance.block(columns),
      spread: columns.map { spread[$0] }, alongside: direction)
  }

  private func waldTest(columns: [Int], fromStart: Bool) -> TestStatistic? {
    let used = columns.filter { coefficients.indices.contains($0) && !aliased.contains($0) }
    guard !used.isEmpty else { return nil }
    let start = fromStart ? model.options.initialCoefficients : nil
    return Self.wald(
      estimate: used.map { coefficients[$0] - (start?[$0] ?? 0) }, variance: variance.block(used),
      spread: used.map { spread[$0] })
  }

  /// b' V⁻¹ b. The variance is brought to a common scale first, so that units cannot make it look singular.
  ///
  /// - Parameter direction: what the estimate may be a multiple of without counting.
  static func wald(
    estimate: [Double], variance: Matrix, spread: [Double]? = nil, alongside direction: [Double]? = nil
  ) -> TestStatistic? {
    var scaled = variance
    var values = estimate
    var line = direction
    for row in estimate.indices {
      let factor = spread?[row] ?? 1
      values[row] *= factor
      line?[row] *= factor
      for column in estimate.indices {
        scaled[row, column] *= factor
        scaled[column, row] *= factor
      }
    }
    let factorization = CholeskyFactorization(scaled)
    guard factorization.rank > 0 else { return nil }
    let solution = factorization.solve(values)
    guard let line else {
      let statistic = CompensatedSum.of(zip(values, solution).lazy.map { $0 * $1 })
      return chiSquared(statistic, degreesOfFreedom: Double(estimate.count))
    }
    let across = factorization.solve(line)
    let length = CompensatedSum.of(zip(line, across).lazy.map { $0 * $1 })
    guard factorization.rank == estimate.count, length > 0 else { return nil }
    // The residual of the estimate on the line, so that nothing cancels in the statistic.
    let multiple = CompensatedSum.of(zip(values, across).lazy.map { $0 * $1 }) / length
    let rest = zip(values, line).map { $0 - multiple * $1 }
    let statistic = CompensatedSum.of(zip(rest, factorization.solve(rest)).lazy.map { $0 * $1 })
    return chiSquared(statistic, degreesOfFreedom: Double(estimate.count - 1))
  }

  /// Twice the difference of the log-likelihoods of two fits to the same rows, the other nested in this one;
  /// `nil` when it has no fewer coefficients.
  public func likelihoodRatioTest(against smaller: CoxFit) -> TestStatistic? {
    let difference = effectiveDegreesOfFreedom - smaller.effectiveDegreesOfFreedom
    guard difference > 0 else { return nil }
    return Self.chiSquared(2 * (logLikelihood - smaller.logLikelihood), degreesOfFreedom: difference)
  }

  static func chiSquared(_ statistic: Double, degreesOfFreedom: Double) -> TestStatistic {
    let statistic = Swift.max(statistic, 0)
    return TestStatistic(
      statistic: statistic, degreesOfFreedom: degreesOfFreedom,
      pValue: ChiSquaredDistribution.upperTail(statistic, degreesOfFreedom: degreesOfFreedom))
  }
}
