// The probability of treatment of every row, by logistic regression.

import Diagnostics
import NumericalMethods
import Regression

/// A fitted propensity score.
struct PropensityScore: Sendable {
  /// Its rows stand in an order by their content.
  let fit: GeneralizedLinearFit
  /// In the order of the frame's rows, as the next.
  let probabilities: [Double]
  let linearPredictors: [Double]

  /// - Throws: separation, since a score of 0 or 1 has no weight.
  init(_ frame: PropensityFrame, threads: Int) throws {
    let order = Self.order(frame, threads: threads)
    let matrix = RegressionFrame.matrix(frame.design)
    let columns = (0..<matrix.columnCount).map { column in order.map { matrix[Int($0), column] } }
    let fit: GeneralizedLinearFit
    do {
      fit = try GeneralizedLinearModel.fit(
        design: RegressionDesign(
          matrix: Matrix(columns: columns, rowCount: order.count), columnNames: frame.design.columnNames,
          interceptColumn: frame.design.hasIntercept ? 0 : nil),
        response: order.map { frame.isTreated[Int($0)] ? 1 : 0 }, family: .logistic,
        options: FitOptions(threads: threads))
    } catch is RegressionInputError {
      throw Diagnostic(
        .notANumber, "a covariate of the score is not a finite number in a row",
        at: frame.formula.source.range(),
        remedy: "correct the data, or leave the rows out with 'where:'")
    }
    guard fit.diverging.isEmpty else { throw Self.separation(fit, frame) }
    self.fit = fit
    func inFrame(_ values: [Double]) -> [Double] {
      var placed = values
      for (place, row) in order.enumerated() { placed[Int(row)] = values[place] }
      return placed
    }
    probabilities = inFrame(fit.means.map(\.mean))
    linearPredictors = inFrame(fit.linearPredictors)
  }

  /// Rows by what the model sees of them, so that no digit shows the order of the file.
  private static func order(_ frame: PropensityFrame, threads: Int) -> [Int32] {
    var content = ContentOrder(rowCount: frame.design.rowCount, threads: threads)
    for column in frame.design.columns {
      let values = column.values.numbers()
      content.add { (values[$0] + 0).bitPattern }
    }
    content.add { frame.isTreated[$0] ? 1 : 0 }
    return content.order()
  }

  private static func separation(_ fit: GeneralizedLinearFit, _ frame: PropensityFrame) -> Diagnostic {
    let columns = fit.diverging.keys.sorted().filter { frame.design.columns[$0].origin.term != nil }
    let names = columns.map { "'\(frame.design.columns[$0].name)'" }.joined(separator: ", ")
    let term = columns.compactMap { frame.design.columns[$0].origin.term }.first
    return Diagnostic(
      .separation,
      "separation: treated and controls are told apart by \(names), so some rows have no weight",
      at: term.flatMap { frame.design.terms.indices.contains($0) ? frame.design.terms[$0].range : nil }
        ?? frame.formula.source.range(),
      remedy: "leave out rows that could have only one treatment, or the covariate")
  }
}
