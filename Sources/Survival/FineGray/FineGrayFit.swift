// The result of a Fine–Gray fit.

import NumericalMethods

/// A fitted Fine–Gray model.
public struct FineGrayFit: Sendable {
  /// The model that was fitted.
  public let model: FineGrayModel
  /// One log subdistribution hazard ratio per column of the design; not-a-number where aliased.
  public let coefficients: [Double]
  /// Inverse information, and the sandwich variance that tests and intervals use (as `crr`).
  public let modelVariance: Matrix
  /// Sandwich variance of the coefficients, p × p, in the order of the columns.
  public let variance: Matrix
  /// The same with all coefficients 0.
  public let nullLogLikelihood: Double
  /// Log (partial) likelihood at the estimate.
  public let logLikelihood: Double
  /// How the iteration ended.
  public let convergence: Convergence
  /// Indices of coefficients that depend linearly on earlier ones: not estimated.
  public let aliased: [Int]
  /// Indices of coefficients that grow without bound: estimates withheld.
  public let infinite: [Int]
  /// Rows used.
  public let observationCount: Int
  /// Events of the cause of interest.
  public let eventCount: Int
  /// Rows that end with another cause.
  public let competingCount: Int
  /// Rows without an event.
  public let censoredCount: Int
  private let baseline: Baseline

  /// Event times of the cause and the cumulative baseline subdistribution hazard at the covariates' centre.
  private struct Baseline: Sendable {
    var time: [Double]
    var hazard: [Double]
    var lastTime: Double
    var centre: [Double]
    var offset: Double
  }

  /// Names of the coefficients, in order.
  public var names: [String] { model.design.columnNames }
  /// Coefficients that were estimated.
  public var degreesOfFreedom: Int { coefficients.count - aliased.count }

  init(
    _ model: FineGrayModel, found: NewtonIteration.Outcome, prepared: PreparedCox,
    likelihood: SubdistributionLikelihood
  ) {
    let size = found.coefficients.count
    let active = (0..<size).filter { !found.aliased.contains($0) }
    let inverse = CholeskyFactorization(
      found.final.derivatives.information.clearing(found.aliased), tolerance: 1e-14
    ).inverse
    let middle = SubdistributionScores(likelihood, outcome: model.outcome)
      .crossProduct(columns: active, clusters: model.clusters)
    self.model = model
    coefficients = prepared.unscaled(found.coefficients, aliased: found.aliased)
    modelVariance = prepared.unscaled(inverse)
    variance = prepared.unscaled(inverse * middle * inverse)
    nullLogLikelihood = found.initial.logLikelihood
    logLikelihood = found.final.logLikelihood
    convergence = found.convergence
    aliased = found.aliased
    infinite =
      found.convergence.status == .converged
      ? []
      : MonotoneLikelihood(layout: prepared.layout, covariates: prepared.covariates)
        .columns(of: found.lastStep)
    observationCount = model.outcome.rowCount
    (eventCount, censoredCount) = Self.counts(model)
    competingCount = observationCount - eventCount - censoredCount
    var sum = CompensatedSum()
    baseline = Baseline(
      time: likelihood.layout.eventTimes,
      hazard: likelihood.hazard.map {
        sum.add($0)
        return sum.value
      }, lastTime: model.outcome.order.times.last ?? 0,
      centre: (0..<size).map { prepared.covariates.centre[$0] },
      offset: prepared.offsetCentre[0] + likelihood.shift)
  }

  private static func counts(_ model: FineGrayModel) -> (events: Int, censored: Int) {
    model.outcome.event.withUnsafeBufferPointer { event in
      var (events, censored) = (0, 0)
      for code in event {
        events += code == model.cause ? 1 : 0
        censored += code == 0 ? 1 : 0
      }
      return (events, censored)
    }
  }

  /// One entry per column: model-based and sandwich standard errors, tests and intervals by the latter. The hazard
  /// ratio is that of the subdistribution.
  public var coefficientTable: [CoxCoefficient] {
    CoxCoefficient.table(
      names: names, coefficients: coefficients, aliased: aliased, infinite: infinite,
      modelVariance: modelVariance,
      robustVariance: variance, confidenceLevel: model.options.confidenceLevel)
  }

  /// 2 (log L − log L0); only a guide, since the weighted likelihood is none of independent rows.
  public var pseudoLikelihoodRatioTest: TestStatistic? {
    degreesOfFreedom == 0
      ? nil
      : CoxFit.chiSquared(2 * (logLikelihood - nullLogLikelihood), degreesOfFreedom: Double(degreesOfFreedom))
  }

  /// The Wald test that the given columns' coefficients are 0, by the sandwich variance; all columns by default.
  ///
  /// - Parameters:
  ///   - columns: positions among `coefficients`.
  ///   - direction: what the coefficients may be a multiple of without counting, as that which makes a spline a straight line;
  ///     `nil` is returned then where a column has no estimate.
  public func waldTest(columns: [Int]? = nil, alongside direction: [Double]? = nil) -> TestStatistic? {
    let columns = columns ?? Array(coefficients.indices)
    let used = columns.filter { coefficients.indices.contains($0) && !aliased.contains($0) }
    guard !used.isEmpty, direction == nil || (used.count > 1 && used.count == direction?.count) else {
      return nil
    }
    return CoxFit.wald(
      estimate: used.map { coefficients[$0] }, variance: variance.block(used),
      spread: used.map { 1 / variance[$0, $0].squareRoot() }, alongside: direction)
  }

  /// Cumulative incidence 1 − exp(−Λ0(t) exp(x'β)) of a row of the design at a time; `nil` after the last time.
  public func cumulativeIncidence(row: [Double], offset: Double = 0, at time: Double) -> Double? {
    guard time <= baseline.lastTime, row.count == coefficients.count else { return nil }
    guard let index = StepIndex.last(in: baseline.time, notAfter: time) else { return 0 }
    var predictor = CompensatedSum(offset - baseline.offset)
    for column in row.indices where !coefficients[column].isNaN {
      predictor.add(coefficients[column] * (row[column] - baseline.centre[column]))
    }
    return -Elementary.expm1(-baseline.hazard[index] * Elementary.exp(predictor.value))
  }

  /// Event times of the cause, at which predicted curves step.
  public var eventTimes: [Double] { baseline.time }
}
