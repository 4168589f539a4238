// Coefficients of a regression: their named results and the lines of its table and forest plot.

import Diagnostics
import ModelFormula
import NumericalMethods
import Presentation
import Regression

/// Coefficients under the model's variance and under others.
struct RegressionCoefficients: Sendable {
  /// One per column of the design.
  let model: [CoefficientRow]
  /// `se_hc0` … with their rows.
  let others: [(name: String, rows: [CoefficientRow])]
  /// Those whose intervals and P values are shown.
  let shown: [CoefficientRow]
  /// The covariance behind `shown`, for joint tests.
  let covariance: Matrix?
  /// Profile-likelihood limits, where asked for.
  var profile: [ProfileInterval?]?
  /// Whether they make the intervals of ratios: not beside a robust variance.
  var showsProfile = false
  /// Whether `shown` rests on a robust variance.
  var isRobust = false
  let level: Double
  /// What the exponential of a coefficient is called; `nil` where it means nothing.
  let ratio: EffectMeasure?
  /// "t" or "z".
  let statisticName: String
  /// Degrees of freedom of joint F tests; `nil` for χ² tests.
  let residualDegreesOfFreedom: Int?

  /// The estimate of a column as it is shown: a ratio if there is one, else the coefficient.
  func estimate(_ column: Int) -> Estimate {
    ratio == nil ? coefficient(column) : ratioEstimate(column)
  }

  var hasWithheld: Bool {
    model.contains { $0.status == .divergesUpward || $0.status == .divergesDownward }
  }

  var measure: EffectMeasure { ratio ?? .coefficient }

  func coefficient(_ column: Int) -> Estimate {
    interval(column, lower: shown[column].lower, upper: shown[column].upper) { $0 }
  }

  private func ratioEstimate(_ column: Int) -> Estimate {
    let row = shown[column]
    guard let profile, showsProfile else {
      return interval(column, lower: row.lower, upper: row.upper, Elementary.exp)
    }
    let limits = profile.indices.contains(column) ? profile[column] : nil
    return interval(column, lower: limits?.lower, upper: limits?.upper, Elementary.exp)
  }

  private func interval(
    _ column: Int, lower: Double?, upper: Double?, _ transform: (Double) -> Double
  ) -> Estimate {
    let row = shown[column]
    switch row.status {
    case .aliased: return .notEstimable
    case .divergesUpward, .divergesDownward: return .withheld
    case .estimated:
      return Estimate(
        Quantity(row.estimate.map(transform), otherwise: .notEstimable),
        lower: Quantity(lower.map(transform), otherwise: .notEstimable),
        upper: Quantity(upper.map(transform), otherwise: .notEstimable), level: level)
    }
  }

  func pValue(_ column: Int) -> Quantity {
    shown[column].status == .estimated ? Quantity(shown[column].pValue, otherwise: .notEstimable) : .missing
  }

  /// Wald's joint test of a term's columns; `nil` where one of them has no estimate.
  ///
  /// - Parameter direction: what the coefficients may be a multiple of without counting.
  func jointTest(_ columns: [Int], alongside direction: [Double]? = nil) -> JointTest? {
    let kept = columns.filter { shown.indices.contains($0) && shown[$0].status != .aliased }
    let estimates = kept.compactMap { shown[$0].estimate }
    guard let covariance, !kept.isEmpty, estimates.count == kept.count else { return nil }
    var part = Matrix(rowCount: kept.count, columnCount: kept.count)
    for (i, row) in kept.enumerated() {
      for (j, column) in kept.enumerated() { part[i, j] = covariance[row, column] }
    }
    let factorization = CholeskyFactorization(part)
    guard factorization.rank == kept.count, part.allFinite else { return nil }
    var rest = estimates
    var degrees = kept.count
    if let direction {
      guard direction.count == kept.count, degrees > 1 else { return nil }
      let across = factorization.solve(direction)
      let length = zip(direction, across).reduce(0) { $0 + $1.0 * $1.1 }
      let multiple = zip(estimates, across).reduce(0) { $0 + $1.0 * $1.1 } / length
      rest = zip(estimates, direction).map { $0 - multiple * $1 }
      degrees -= 1
    }
    let chiSquared = zip(rest, factorization.solve(rest)).reduce(0) { $0 + $1.0 * $1.1 }
    guard chiSquared.isFinite else { return nil }
    let count = Double(degrees)
    guard let residual = residualDegreesOfFreedom else {
      return JointTest(
        statistic: chiSquared, degreesOfFreedom: degrees,
        pValue: ChiSquaredDistribution.upperTail(chiSquared, degreesOfFreedom: count))
    }
    guard residual > 0 else { return nil }
    let f = chiSquared / count
    return JointTest(
      statistic: f, degreesOfFreedom: degrees, residualDegreesOfFreedom: residual,
      pValue: FDistribution.upperTail(f, numerator: count, denominator: Double(residual)))
  }

  /// The Wald test that a spline or polynomial is a straight line; `nil` for terms of which it cannot be asked.
  func nonlinearityTest(_ term: DesignTerm) -> JointTest? {
    term.curvature { jointTest($0, alongside: $1) }
  }

  func jointTestNotes(_ frame: RegressionFrame, _ style: JournalStyle) -> [String] {
    frame.design.jointTestNotes(frame.dataSet, style) { jointTest($0, alongside: $1) }
  }

  /// What the table shows of each column and term.
  func effects(
    _ rows: ModelRows, _ design: DesignMatrix, counts: @escaping @Sendable (ModelRow) -> [Int]
  ) -> RegressionEffects {
    var joint: [Int: Double] = [:]
    for (index, term) in design.terms.enumerated() where term.columns.count > 1 {
      joint[index] = jointTest(Array(term.columns))?.pValue
    }
    return RegressionEffects(
      rows: rows, columns: shown.indices.map { .init(estimate: estimate($0), pValue: pValue($0)) },
      jointPValues: joint, counts: counts)
  }

  // MARK: Named results

  func addValues(_ column: Int, at path: String, to values: inout ResultValues) {
    let row = model[column]
    func quantity(_ value: Double?) -> Quantity {
      switch row.status {
      case .aliased: .notEstimable
      case .divergesUpward, .divergesDownward: .withheld
      case .estimated: Quantity(value, otherwise: .notEstimable)
      }
    }
    if let ratio { values.add(path + "." + ratio.name, ratioEstimate(column), .ratio) }
    values.add(path + ".coefficient", coefficient(column), .coefficient)
    values.add(path + ".se", quantity(row.standardError), .coefficient)
    for other in others where other.rows.indices.contains(column) {
      values.add(path + "." + other.name, quantity(other.rows[column].standardError), .coefficient)
    }
    values.add(path + "." + statisticName, quantity(shown[column].statistic), .statistic)
    values.add(path + ".p", quantity(shown[column].pValue), .pValue)
    guard let profile, profile.indices.contains(column) else { return }
    values.add(
      path + ".profile_lower", Quantity(profile[column]?.lower, otherwise: .notEstimable), .coefficient)
    values.add(
      path + ".profile_upper", Quantity(profile[column]?.upper, otherwise: .notEstimable), .coefficient)
  }
}
