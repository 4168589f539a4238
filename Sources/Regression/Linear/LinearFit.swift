// What a least-squares fit knows.

import NumericalMethods

/// A fitted linear model. Tables come from `coefficientRows`, `termTests`, `predictions`.
public struct LinearFit: Sendable {
  /// The design that was fitted, aliased columns included.
  public let design: RegressionDesign
  /// In the order of the columns; 0 where aliased (see `aliased`).
  public let coefficients: [Double]
  /// Columns that are combinations of earlier ones, ascending.
  public let aliased: [Int]
  /// Columns that are linearly independent.
  public let rank: Int
  /// Rows of positive weight.
  public let observationCount: Int
  /// Rows less rank.
  public let residualDegreesOfFreedom: Int
  /// Σ w (y − ŷ)².
  public let residualSumOfSquares: Double
  /// The residuals were rounding error only (R's rule: their sum of squares was below 1e-30 of the fit's) and count as
  /// zero: standard errors are 0, the likelihood is infinite, tests mean nothing.
  public let isEssentiallyPerfect: Bool
  /// (X'WX)⁻¹, zero rows and columns where aliased.
  public let unscaledCovariance: Matrix
  /// On the scale of the response, offset included; made when first asked for.
  public var fittedValues: [Double] { zip(rows.response, residuals).map { $0 - $1 } }
  /// y − ŷ; made when first asked for, since a table needs sums alone.
  public var residuals: [Double] { knownResiduals.value { unscaledResiduals() } }

  let rows: LeastSquaresRows
  /// The rows after an orthogonal turn, and their decomposition.
  let reduced: ReducedRows
  let qr: PivotedQR
  let effects: [Double]
  private let knownResiduals = OnceValue<[Double]>()

  var weights: [Double]? { rows.weights }

  init(_ rows: LeastSquaresRows) {
    let reduced = rows.reduced()
    let qr = PivotedQR(reduced.matrix)
    let design = rows.design
    self.rows = rows
    self.design = design
    self.reduced = reduced
    self.qr = qr
    effects = qr.effects(reduced.response)
    rank = qr.rank
    aliased = qr.aliased
    var coefficients = qr.coefficients(effects: effects)
    if let column = design.interceptColumn { coefficients[column] += rows.shift }
    self.coefficients = coefficients
    unscaledCovariance = qr.inverseCrossProduct
    observationCount = rows.weights.map { $0.count { $0 > 0 } } ?? design.rowCount
    residualDegreesOfFreedom = observationCount - qr.rank
    var sum = reduced.rest
    for residual in reduced.residuals(qr) { sum.add(residual * residual) }
    // Residuals that are rounding error only (R's rule) are none: the fit is exact, and ŷ is y.
    isEssentiallyPerfect =
      observationCount <= qr.rank
      || sum.value <= 1e-30 * CompensatedSum.of(rows.response.lazy.map { $0 * $0 })
    residualSumOfSquares = isEssentiallyPerfect ? 0 : sum.value
  }

  /// What the fit says of its rows, block by block.
  var fittedBlocks: FittedBlocks { FittedBlocks(rows, reduced, qr) }

  private func unscaledResiduals() -> [Double] {
    let fitted = fittedBlocks
    return Parallel.map(chunks: fitted.blocks.count, threads: rows.threads) { index in
      let block = fitted[index]
      guard let weights = rows.weights else { return block.residuals }
      // The residuals of the decomposition do not lose the digits of a large intercept; rows of weight 0 have none.
      return zip(block.rows, block.residuals).map { row, residual in
        weights[row] > 0
          ? residual / weights[row].squareRoot()
          : rows.response[row] - (rows.offset?[row] ?? 0)
            - zip(design.rows(row..<(row + 1)).row(0), coefficients).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }.flatMap { $0 }
  }

  /// Residual standard error; nil when no degree of freedom is left.
  public var sigma: Double? {
    residualDegreesOfFreedom > 0
      ? (residualSumOfSquares / Double(residualDegreesOfFreedom)).squareRoot() : nil
  }

  /// σ² (X'WX)⁻¹; nil when no degree of freedom is left.
  public var covariance: Matrix? { sigma.map { ($0 * $0) * unscaledCovariance } }

  /// Σ w (ŷ − ȳ)², with an intercept; else Σ w ŷ². The squared effects of the other columns, once the intercept's are taken.
  public var modelSumOfSquares: Double {
    guard let column = design.interceptColumn else { return Self.sum(effects[..<rank]) }
    guard qr.pivot.first != column else { return Self.sum(effects[..<rank].dropFirst()) }
    let others = (0..<design.columnCount).filter { $0 != column }
    let first = PivotedQR(reduced.matrix.selecting(columns: [column] + others))
    return Self.sum(first.effects(reduced.response)[..<first.rank].dropFirst())
  }

  private static func sum(_ effects: ArraySlice<Double>) -> Double {
    CompensatedSum.of(effects.lazy.map { $0 * $0 })
  }

  /// Share of the (centred, with an intercept) sum of squares explained; `nil` for a constant response.
  public var rSquared: Double? {
    let total = modelSumOfSquares + residualSumOfSquares
    guard total > 0, rank > (hasIntercept ? 1 : 0) else { return rank > 0 && total > 0 ? 0 : nil }
    return modelSumOfSquares / total
  }

  /// 1 − (1 − R²)(n − i)/(n − r), i = 1 with an intercept.
  public var adjustedRSquared: Double? {
    guard let rSquared, residualDegreesOfFreedom > 0 else { return nil }
    let intercept = hasIntercept ? 1.0 : 0
    return 1 - (1 - rSquared) * ((Double(observationCount) - intercept) / Double(residualDegreesOfFreedom))
  }

  /// F test of all coefficients but the intercept.
  public var overallTest: TermTest {
    let df = rank - (hasIntercept ? 1 : 0)
    return fTest(name: "model", sumOfSquares: modelSumOfSquares, degreesOfFreedom: df)
  }

  /// Gaussian log-likelihood at the maximum-likelihood variance, as R's `logLik`.
  public var logLikelihood: Double {
    let n = Double(observationCount)
    let logWeights = weights.map { CompensatedSum.of($0.lazy.filter { $0 > 0 }.map(Elementary.log)) } ?? 0
    let log2Pi = 1.8378770664093453
    return 0.5 * (logWeights - n * (log2Pi + 1 - Elementary.log(n) + Elementary.log(residualSumOfSquares)))
  }

  /// −2 log-likelihood + 2 (coefficients and σ).
  public var aic: Double { -2 * logLikelihood + 2 * Double(rank + 1) }
  /// −2 log-likelihood + log n × (coefficients and σ).
  public var bic: Double { -2 * logLikelihood + Elementary.log(Double(observationCount)) * Double(rank + 1) }

  /// Whether the design holds a constant column.
  public var hasIntercept: Bool { design.interceptColumn != nil }

  func fTest(name: String, sumOfSquares: Double, degreesOfFreedom df: Int) -> TermTest {
    var statistic: Double?
    var p: Double?
    if df > 0, residualDegreesOfFreedom > 0 {
      let f = (sumOfSquares / Double(df)) / (residualSumOfSquares / Double(residualDegreesOfFreedom))
      if !f.isNaN {
        statistic = f
        p = FDistribution.upperTail(f, numerator: Double(df), denominator: Double(residualDegreesOfFreedom))
      }
    }
    return TermTest(
      name: name, kind: .f, statistic: statistic, degreesOfFreedom: df,
      denominatorDegreesOfFreedom: residualDegreesOfFreedom, pValue: p, sumOfSquares: sumOfSquares)
  }
}
