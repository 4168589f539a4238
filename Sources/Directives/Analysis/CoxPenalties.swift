// Penalised terms of a formula: ridge() and pspline().

import DataTables
import Diagnostics
import Expressions
import HypothesisTests
import ModelFormula
import Presentation
import Survival

enum CoxPenalties {
  static func read(_ frame: CoxFrame) throws -> [CoxPenalty] {
    try frame.design.terms.compactMap { term in
      switch term.penalty {
      case nil: return nil
      case .ridge(let call):
        let amount: CoxPenalty.Amount =
          call.theta.map { .theta($0) }
          ?? .degreesOfFreedom(call.degreesOfFreedom ?? Double(term.columns.count) / 2)
        guard call.isScaled else {
          return CoxPenalty(columns: Array(term.columns), kind: .ridge(.one), amount: amount)
        }
        // As R: the variance of each variable over all rows where it is not missing.
        let scales = try call.columns.map { expression in
          let values = try expression.numbers(in: frame.dataSet.table).filter { !$0.isNaN }
          return NumericSample(values).variance
        }
        return CoxPenalty(columns: Array(term.columns), kind: .ridge(.given(scales)), amount: amount)
      case .penalisedSpline(let call, _, _):
        let amount: CoxPenalty.Amount =
          call.theta.map { .theta($0) }
          ?? (call.degreesOfFreedom == 0 ? .akaike : .degreesOfFreedom(call.degreesOfFreedom))
        return CoxPenalty(columns: Array(term.columns), kind: .spline, amount: amount)
      }
    }
  }

  static func addValues(_ analysis: CoxAnalysis, to values: inout ResultValues) {
    guard let part = analysis.fit.penalized else { return }
    let design = analysis.frame.design
    values.add(".penalty", part.penalty, .number)
    values.add(".df_total", part.totalDegreesOfFreedom, .number)
    for (index, coefficient) in analysis.fit.coefficientTable.enumerated() {
      guard design.columns.indices.contains(index) else { continue }
      let path = ModelRows.path(design.columns[index].origin.pathArguments)
      let variance = part.frequentistVariance[index, index]
      values.add(path + ".se2", max(variance, 0).squareRoot(), .coefficient)
      values.add(path + ".chi_squared", coefficient.z * coefficient.z, .statistic)
      values.add(path + ".df", 1, .number)
    }
    let terms = design.terms.filter { !$0.isStrata && !$0.columns.isEmpty }
    for (index, term) in terms.enumerated() {
      guard case .penalisedSpline(let call, _, _)? = term.penalty,
        let basis = basis(of: term, call, analysis),
        let test = analysis.fit.splineTest(term: index, basis: basis)
      else { continue }
      let linear = ModelRows.path([term.text, "linear"])
      values.add(linear + ".coefficient", test.slope, .coefficient)
      values.add(linear + ".se", test.standardError, .coefficient)
      values.add(linear + ".se2", test.frequentistStandardError, .coefficient)
      values.add(
        linear, statistic: test.linear.statistic, degreesOfFreedom: test.linear.degreesOfFreedom,
        pValue: test.linear.pValue)
      values.add(
        ModelRows.path([term.text, "nonlinear"]), statistic: test.nonlinear.statistic,
        degreesOfFreedom: test.nonlinear.degreesOfFreedom, pValue: test.nonlinear.pValue)
    }
  }

  /// The spline's knots: over the range of its variable, or the boundary that the call gives.
  private static func basis(
    of term: DesignTerm, _ call: PenalisedSplineCall, _ analysis: CoxAnalysis
  ) -> PenalizedSplineBasis? {
    guard let name = term.columnNames.first, let range = analysis.frame.dataSet.table[name]?.range() else {
      return nil
    }
    return PenalizedSplineBasis(
      termCount: call.intervalCount, lower: call.boundary?.first ?? range.lowerBound,
      upper: call.boundary?.last ?? range.upperBound, degree: call.degree)
  }
}
