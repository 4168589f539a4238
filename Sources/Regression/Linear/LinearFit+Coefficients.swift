// Coefficients of a linear model with their intervals, under any covariance.

import NumericalMethods

extension LinearFit {
  /// One row per column of the design. t distribution with the residual degrees of freedom (R's `summary.lm` and
  /// `confint`), for robust covariances too.
  ///
  /// - Throws: `RegressionInputError`: `confidenceLevel`; `clusters` as `covariance(_:)`.
  public func coefficientRows(
    confidenceLevel: Double = 0.95, variance: VarianceEstimator = .model
  ) throws -> [CoefficientRow] {
    try InputCheck.level(confidenceLevel)
    let covariance = try covariance(variance)
    let df = Double(residualDegreesOfFreedom)
    return CoefficientTable.rows(
      names: design.columnNames, estimates: coefficients, covariance: covariance, aliased: aliased,
      degreesOfFreedom: df, intervalDegreesOfFreedom: df, confidenceLevel: confidenceLevel)
  }

  /// The covariance of the coefficients; nil where no degree of freedom is left and the estimator needs one.
  ///
  /// - Throws: `RegressionInputError.clusters` where there is not one code per row, or fewer than two
  /// clusters.
  public func covariance(_ estimator: VarianceEstimator) throws -> Matrix? {
    switch estimator {
    case .model:
      return covariance
    case .robust, .clustered:
      // Rows of √w X in the basis Q; scores w e over √w.
      let fitted = fittedBlocks
      return try SandwichVariance(
        estimator: estimator, observationCount: observationCount, rank: rank, residualAdjustment: true,
        threads: rows.threads
      ).covariance(blocks: fitted.blocks, columnCount: rank, bread: qr.covariance(ofEffects:)) {
        let block = fitted[$0]
        return SandwichRows(design: block.basis, scores: block.residuals) { block.leverages }
      }
    }
  }

  /// Diagonal of the hat matrix; 0 for rows of weight 0.
  public var leverages: [Double] {
    let fitted = fittedBlocks
    return Parallel.map(chunks: fitted.blocks.count, threads: rows.threads) { fitted[$0].leverages }
      .flatMap { $0 }
  }
}

/// How the covariance of the coefficients is estimated.
public enum VarianceEstimator: Sendable, Hashable {
  /// From the model.
  case model
  /// Heteroskedasticity-consistent (sandwich).
  case robust(RobustKind)
  /// Sums of scores within clusters (one code per row), with the factor G/(G−1), for linear models also
  /// (n−1)/(n−k), as Stata and R's `vcovCL`.
  case clustered([Int32])
}

/// The HC family of MacKinnon and White (1985).
public enum RobustKind: String, Sendable, CaseIterable {
  /// e².
  case hc0
  /// e² n/(n−k).
  case hc1
  /// e² / (1−h).
  case hc2
  /// e² / (1−h)².
  case hc3
}

enum CoefficientTable {
  /// `degreesOfFreedom` nil: z. Interval and p-value may use different distributions.
  static func rows(
    names: [String], estimates: [Double], covariance: Matrix?, aliased: [Int], degreesOfFreedom: Double?,
    intervalDegreesOfFreedom: Double?, confidenceLevel: Double, statuses: [Int: CoefficientStatus] = [:]
  ) -> [CoefficientRow] {
    let aliasedSet = Set(aliased)
    let width = critical(intervalDegreesOfFreedom, confidenceLevel)
    return names.indices.map { index in
      let status = aliasedSet.contains(index) ? .aliased : statuses[index] ?? .estimated
      guard status == .estimated else {
        return CoefficientRow(
          name: names[index], status: status, estimate: nil, standardError: nil, statistic: nil,
          degreesOfFreedom: degreesOfFreedom, pValue: nil, lower: nil, upper: nil)
      }
      let estimate = estimates[index]
      let variance = covariance.map { $0[index, index] } ?? .nan
      let se = variance >= 0 ? variance.squareRoot() : Double.nan
      let statistic = estimate / se
      return CoefficientRow(
        name: names[index], status: status, estimate: estimate, standardError: known(se),
        statistic: known(statistic), degreesOfFreedom: degreesOfFreedom,
        pValue: known(tail(statistic, degreesOfFreedom)), lower: known(estimate - width * se),
        upper: known(estimate + width * se))
    }
  }

  static func critical(_ degreesOfFreedom: Double?, _ level: Double) -> Double {
    guard let degreesOfFreedom else { return NormalDistribution.criticalValue(confidenceLevel: level) }
    return StudentTDistribution.criticalValue(confidenceLevel: level, degreesOfFreedom: degreesOfFreedom)
  }

  static func tail(_ statistic: Double, _ degreesOfFreedom: Double?) -> Double {
    guard let degreesOfFreedom else { return NormalDistribution.twoSidedTail(statistic) }
    return StudentTDistribution.twoSidedTail(statistic, degreesOfFreedom: degreesOfFreedom)
  }

  static func known(_ value: Double) -> Double? { value.isNaN ? nil : value }
}
