// Named results of the lines of a regression, and the design of new rows.

import ModelFormula
import NumericalMethods
import Presentation

extension ModelRows {
  /// Coefficients, counts of levels and joint tests of terms.
  func addValues(
    _ frame: RegressionFrame, _ coefficients: RegressionCoefficients, at path: String = "",
    to values: inout ResultValues,
    counts: (ModelRow) -> KeyValuePairs<String, Int>
  ) {
    for row in rows where path.isEmpty || row.term != nil {
      let own = path + row.path
      if row.term != nil, row.kind != .heading {
        for (name, count) in counts(row) { values.add(own + name, count: count) }
      }
      switch row.kind {
      case .heading: break
      case .reference:
        if let ratio = coefficients.ratio { values.add(own + "." + ratio.name, 1, .ratio) }
      case .estimate:
        if let column = row.column, coefficients.shown.indices.contains(column) {
          coefficients.addValues(column, at: own, to: &values)
          row.addPerUnits(coefficients.estimate(column), of: coefficients.measure, at: own, to: &values)
        }
      }
    }
    let name = coefficients.residualDegreesOfFreedom == nil ? "chi_squared" : "f"
    for term in frame.design.terms where !term.columns.isEmpty {
      guard let test = coefficients.jointTest(Array(term.columns)) else { continue }
      values.add(
        path + Self.path([term.text]) + ".wald", statistic: test.statistic, named: name,
        degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue)
      guard let curved = coefficients.nonlinearityTest(term) else { continue }
      values.add(
        path + Self.path([term.text, "nonlinear"]), statistic: curved.statistic, named: name,
        degreesOfFreedom: curved.degreesOfFreedom, pValue: curved.pValue)
    }
  }
}

extension RegressionFrame {
  /// The fitted columns on new rows, and their offset.
  func design(of newRows: NewRows) throws -> (matrix: Matrix, offset: [Double]?) {
    let table = try newRows.table()
    let frame = try design.schema.frame(for: table, threads: threads)
    let rows = (0..<table.rowCount).map { Int32(truncatingIfNeeded: $0) }
    let own = frame.offset(rows: rows)
    let given = try offsetExpression.map { try $0.numbers(in: table, threads: threads) }
    return (
      Self.matrix(try design.schema.design(of: frame)),
      own.map { own in given.map { zip(own, $0).map(+) } ?? own } ?? given
    )
  }
}
