// Profile likelihood: intervals and tests that do not trust the parabola.

import NumericalMethods

/// A profile-likelihood interval for one coefficient, with the likelihood-ratio test that it is 0.
public struct ProfileInterval: Sendable, Hashable {
  /// As printed.
  public let name: String
  /// `nil` on a side where the likelihood never falls far enough.
  public let confidenceInterval: ConfidenceInterval
  /// `nil` when the constrained fit did not converge.
  public let test: TestStatistic?
}

extension CoxFit {
  /// Values of a coefficient that the likelihood-ratio test does not reject: 2 (l(β̂) − l_p(b)) ≤ χ²₁ quantile, l_p being
  /// the likelihood maximised over all other coefficients. After Firth's method l is the penalised likelihood (with
  /// the information of the full model, as Heinze and Ploner's `coxphf`).
  ///
  /// - Parameter column: position in the design.
  /// - Returns: `nil` for an aliased column and for fits with ridge or spline penalties.
  ///
  /// **Cost**: some twenty fits. Limits are exact to 1e-8 of a standard error.
  public func profileInterval(column: Int) -> ProfileInterval? {
    guard coefficients.indices.contains(column), !aliased.contains(column), penalized == nil else {
      return nil
    }
    let profile = ProfileLikelihood(self, column: column)
    let start = model.options.initialCoefficients?[column] ?? 0
    return ProfileInterval(
      name: names[column],
      confidenceInterval: ConfidenceInterval(lower: profile.limit(-1), upper: profile.limit(1)),
      test: profile.deviance(at: start * prepared.covariates.spread[column])
        .map { CoxFit.chiSquared($0, degreesOfFreedom: 1) })
  }
}

/// 2 (l(β̂) − l_p(b)) as a function of one scaled coefficient.
private final class ProfileLikelihood {
  private let fit: CoxFit
  private let column: Int
  private let objective: CoxObjective
  private let estimate: [Double]
  private let greatest: Double
  private let step: Double
  private var last: [Double]

  init(_ fit: CoxFit, column: Int) {
    self.fit = fit
    self.column = column
    objective = CoxObjective(fit.model, prepared: fit.prepared)
    estimate = fit.prepared.scaled(fit.coefficients)
    greatest = fit.logLikelihood
    last = estimate
    let spread = fit.prepared.covariates.spread[column]
    let error = fit.modelVariance[column, column].squareRoot() * spread
    // An infinite coefficient's standard error says nothing of the curve's width.
    step = fit.infinite.contains(column) || !(error > 0) || !error.isFinite ? 1 : error
  }

  func deviance(at value: Double) -> Double? {
    var start = last
    start[column] = value
    let found = objective.maximum(from: start, holding: [column], aliased: fit.aliased)
    guard let found else { return nil }
    if found.convergence.status == .converged { last = found.coefficients }
    return 2 * (greatest - found.final.logLikelihood)
  }

  /// The limit on one side, on the design's scale.
  func limit(_ side: Double) -> Double? {
    let critical = ChiSquaredDistribution.quantile(fit.model.options.confidenceLevel, degreesOfFreedom: 1)
    last = estimate
    // Outwards in growing steps until the limit lies between two of them.
    var inner = estimate[column]
    var width = step
    var outer: Double?
    for _ in 0..<30 {
      let candidate = inner + side * width
      guard let deviance = deviance(at: candidate) else { return nil }
      if deviance >= critical {
        outer = candidate
        break
      }
      inner = candidate
      width *= 1.6
    }
    guard let outer else { return nil }
    let root = BrentRoot.find(
      low: Swift.min(inner, outer), high: Swift.max(inner, outer), tolerance: 1e-9 * step
    ) { value in
      (deviance(at: value) ?? .nan) - critical
    }
    return root.x.isFinite ? root.x / fit.prepared.covariates.spread[column] : nil
  }
}
