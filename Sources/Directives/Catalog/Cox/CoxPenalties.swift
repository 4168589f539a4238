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
      guard case .penalisedSpline(let call, _, let knots)? = term.penalty,
        let test = splineTest(index, call, knots, analysis)
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

  private static func splineTest(
    _ term: Int, _ call: PenalisedSplineCall, _ knots: FittedBasis, _ analysis: CoxAnalysis
  ) -> SplineTest? {
    guard let lower = knots.boundaryKnots.first, let upper = knots.boundaryKnots.last,
      let basis = PenalizedSplineBasis(
        termCount: call.intervalCount, lower: lower, upper: upper, degree: call.degree)
    else { return nil }
    return analysis.fit.splineTest(term: term, basis: basis)
  }

  // MARK: Table

  /// The tests that account for the shrinkage, one line per ridge column, two per spline.
  static func table(_ analysis: CoxAnalysis, style: JournalStyle) -> OutputBlock? {
    guard let part = analysis.fit.penalized else { return nil }
    let table = analysis.fit.coefficientTable
    var body: [TableRow] = []
    let terms = analysis.frame.design.terms.filter { !$0.isStrata && !$0.columns.isEmpty }
    for (index, term) in terms.enumerated() {
      switch term.penalty {
      case nil: continue
      case .ridge:
        for column in term.columns where table.indices.contains(column) {
          let own = table[column]
          let error = max(part.frequentistVariance[column, column], 0).squareRoot()
          body.append(
            row(
              own.name, own.quantity(own.coefficient), own.quantity(own.standardError), Quantity(error),
              own.quantity(own.z * own.z), 1, own.quantity(own.pValue)))
        }
      case .penalisedSpline(let call, _, let knots):
        guard let test = splineTest(index, call, knots, analysis) else { continue }
        body.append(
          row(
            "\(term.text), linear", Quantity(test.slope), Quantity(test.standardError),
            Quantity(test.frequentistStandardError), Quantity(test.linear.statistic),
            test.linear.degreesOfFreedom, Quantity(test.linear.pValue)))
        body.append(
          row(
            "\(term.text), nonlinear", .missing, .missing, .missing, Quantity(test.nonlinear.statistic),
            test.nonlinear.degreesOfFreedom, Quantity(test.nonlinear.pValue)))
      }
    }
    guard !body.isEmpty else { return nil }
    func number(_ value: Double) -> String { NumberFormat.trimmed(value, digits: 4, style: style.number) }
    let columns =
      [TableColumn("Penalised term", alignment: .left)]
      + ["Coefficient", "SE", "SE (frequentist)", "χ²", "df", "P"].map { TableColumn($0) }
    let notes = [
      "penalised partial likelihood, θ \(part.theta.map(number).joined(separator: ", "))",
      "tests by the Bayesian SE", "effective df of the model \(number(part.totalDegreesOfFreedom))",
    ]
    return .table(
      Table(name: "penalised", caption: "Penalised terms", columns: columns, rows: body, notes: notes),
      name: "penalised")
  }

  private static func row(
    _ label: String, _ coefficient: Quantity, _ error: Quantity, _ frequentist: Quantity,
    _ statistic: Quantity, _ degrees: Double, _ p: Quantity
  ) -> TableRow {
    TableRow([
      .text(label), .quantity(coefficient, .coefficient), .quantity(error, .coefficient),
      .quantity(frequentist, .coefficient), .quantity(statistic, .statistic),
      .quantity(Quantity(degrees), ValueFormat(.number, digits: 2)), .pValue(p),
    ])
  }
}
