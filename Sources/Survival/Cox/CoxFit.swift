// The result of a proportional-hazards fit.

import NumericalMethods

/// A fitted proportional-hazards model. Log-likelihoods are partial ones.
public struct CoxFit: Sendable {
  /// The model that was fitted.
  public let model: CoxModel
  /// One log hazard ratio per column of the design; not-a-number where aliased.
  public let coefficients: [Double]
  /// Inverse information, zero rows and columns where aliased.
  public let modelVariance: Matrix
  /// Robust variance: sums of dfbeta residuals (over clusters where given); `nil` when not asked for.
  public let robustVariance: Matrix?
  /// At the starting values (zeros by default), and at the estimate.
  public let nullLogLikelihood: Double
  /// Log (partial) likelihood at the estimate.
  public let logLikelihood: Double
  /// Rao's test at the starting values; `nil` without estimable columns.
  public let scoreTest: TestStatistic?
  /// The score test with the robust variance of the score; `nil` unless robust.
  public let robustScoreTest: TestStatistic?
  /// How the iteration ended.
  public let convergence: Convergence
  /// Columns that are linear combinations of earlier ones, or constant in every risk set.
  public let aliased: [Int]
  /// Columns whose coefficients grow without limit: the likelihood is monotone. Their estimates have no meaning.
  public let infinite: [Int]
  /// Rows that carry weight, and those of them that have the event.
  public let observationCount: Int
  /// Events.
  public let eventCount: Int
  /// Column means at which linear predictors are centred: weighted for right-censored outcomes and plain otherwise;
  /// 0 for columns of −1, 0 and 1 only (as R).
  public let means: [Double]
  /// Present in penalised fits; their `modelVariance` is the inverse penalised information.
  public let penalized: PenalizedPart?
  /// The model's rows as computations need them; made again from the model where they were let go of.
  var prepared: PreparedCox { rows.value(model) }
  let rows: PreparedRows
  /// What each column was divided by for the fit.
  let spread: [Double]
  let harrell = OnceValue<Concordance>()

  /// Lets go of what takes memory by row; whatever asks for it later makes it again.
  public func letGoOfRows() { rows.letGo() }

  /// Names of the coefficients, in order.
  public var names: [String] { model.design.columnNames }
  /// Whether tests and intervals use the sandwich variance.
  public var isRobust: Bool { robustVariance != nil }
  /// The variance that standard errors, intervals and tests use.
  public var variance: Matrix { robustVariance ?? modelVariance }
  /// Number of estimable coefficients.
  public var degreesOfFreedom: Int { coefficients.count - aliased.count }
  /// The same, or a penalised fit's effective number.
  public var effectiveDegreesOfFreedom: Double {
    penalized?.totalDegreesOfFreedom ?? Double(degreesOfFreedom)
  }

  /// x'β + offset for every row, less the means' and the mean offset (as R's `linear.predictors`).
  public var linearPredictor: [Double] {
    var result = model.design.linearPredictor(coefficients)
    var centre = 0.0
    for (coefficient, mean) in zip(coefficients, means) where !coefficient.isNaN {
      centre += coefficient * mean
    }
    let offset = model.offset
    let meanOffset = offset.map { CompensatedSum.of($0) / Double(max($0.count, 1)) } ?? 0
    for row in result.indices { result[row] += (offset.map { $0[row] - meanOffset } ?? 0) - centre }
    return result
  }

  /// Akaike's criterion, −2 log L + 2 df.
  public var aic: Double { -2 * logLikelihood + 2 * effectiveDegreesOfFreedom }
  /// Schwarz's criterion with the number of events: −2 log L + df log(events).
  public var bic: Double {
    -2 * logLikelihood + effectiveDegreesOfFreedom * Elementary.log(Double(eventCount))
  }
}

/// One column's estimate.
public struct CoxCoefficient: Sendable, Hashable {
  /// Whether a coefficient was estimated, depends linearly on others, or grows without bound.
  public enum Status: Sendable, Hashable {
    /// An ordinary estimate.
    case estimated
    /// A linear combination of earlier columns: not estimable.
    case aliased
    /// The partial likelihood rises for ever as the coefficient grows.
    case infinite
  }

  /// As printed.
  public let name: String
  /// How its estimation ended.
  public let status: Status
  /// Log hazard ratio, its model-based and robust standard errors; not-a-number where aliased.
  public let coefficient: Double
  /// Standard error of the estimate, on its scale.
  public let standardError: Double
  /// From the sandwich variance, clustered where clusters were given; `nil` without it.
  public let robustStandardError: Double?
  /// Wald statistic and two-sided p-value, by the robust standard error where there is one.
  public let z: Double
  /// Two-sided or upper-tail probability under the null hypothesis; `nil` when not estimable.
  public let pValue: Double
  /// Interval of the estimate, on its scale.
  public let confidenceInterval: ConfidenceInterval

  /// exp(coefficient), per unit of the covariate.
  public var hazardRatio: Double { Elementary.exp(coefficient) }
  /// The limits of the coefficient, exponentiated.
  public var hazardRatioInterval: ConfidenceInterval {
    ConfidenceInterval(
      lower: confidenceInterval.lower.map(Elementary.exp), upper: confidenceInterval.upper.map(Elementary.exp)
    )
  }
}

extension CoxFit {
  /// One entry per column of the design, in its order. Infinite coefficients carry the last iterate and no interval.
  public var coefficientTable: [CoxCoefficient] {
    CoxCoefficient.table(
      names: names, coefficients: coefficients, aliased: aliased, infinite: infinite,
      modelVariance: modelVariance,
      robustVariance: robustVariance, confidenceLevel: model.options.confidenceLevel)
  }
}

extension CoxCoefficient {
  static func table(
    names: [String], coefficients: [Double], aliased: [Int], infinite: [Int], modelVariance: Matrix,
    robustVariance: Matrix?, confidenceLevel: Double
  ) -> [CoxCoefficient] {
    let critical = NormalDistribution.criticalValue(confidenceLevel: confidenceLevel)
    return coefficients.indices.map { index in
      let status: Status =
        aliased.contains(index) ? .aliased : infinite.contains(index) ? .infinite : .estimated
      let estimate = coefficients[index]
      let isAliased = status == .aliased
      let modelError = isAliased ? .nan : modelVariance[index, index].squareRoot()
      let robustError = robustVariance.map { isAliased ? Double.nan : $0[index, index].squareRoot() }
      let error = robustError ?? modelError
      let z = estimate / error
      return CoxCoefficient(
        name: names[index], status: status, coefficient: estimate, standardError: modelError,
        robustStandardError: robustError, z: z, pValue: NormalDistribution.twoSidedTail(z),
        confidenceInterval: status == .estimated
          ? ConfidenceInterval(
            lowerOrNaN: estimate - critical * error, upperOrNaN: estimate + critical * error) : .notEstimable)
    }
  }
}
