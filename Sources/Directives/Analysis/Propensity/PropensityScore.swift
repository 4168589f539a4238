// The probability of treatment of every row, by logistic regression.

import Diagnostics
import NumericalMethods
import Regression

/// A fitted propensity score.
struct PropensityScore: Sendable {
  /// Its rows stand in an order by their content.
  let fit: GeneralizedLinearFit
  /// In the order of the frame's rows.
  let probabilities: [Double]
  private let order: [Int32]

  /// In the order of the frame's rows; made when asked for.
  var linearPredictors: [Double] { Self.inFrame(fit.predictorValues, order) }

  /// - Throws: separation, since a score of 0 or 1 has no weight.
  init(_ frame: PropensityFrame, threads: Int) throws {
    let columns = frame.design.columnValues(threads: threads)
    let order = Self.order(frame, columns, threads: threads)
    let fit: GeneralizedLinearFit
    do {
      fit = try GeneralizedLinearModel.fit(
        design: RegressionDesign(
          rowCount: order.count, columns: ColumnValues.gathered(columns, order.map { Int($0) }),
          columnNames: frame.design.columnNames, interceptColumn: frame.design.hasIntercept ? 0 : nil),
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
    self.order = order
    probabilities = Self.inFrame(fit.meanValues, order)
  }

  private static func inFrame(_ values: [Double], _ order: [Int32]) -> [Double] {
    var placed = values
    for (place, row) in order.enumerated() { placed[Int(row)] = values[place] }
    return placed
  }

  /// Rows by what the model sees of them, so that no digit shows the order of the file.
  private static func order(_ frame: PropensityFrame, _ columns: [ColumnValues], threads: Int) -> [Int32] {
    let content = ContentOrder(rowCount: frame.design.rowCount, threads: threads) { rows in
      for column in columns {
        switch column {
        case .dense(let values): rows.add { (values[$0] + 0).bitPattern }
        case .whole(let values): rows.add { values[$0].bitPattern }
        case .coded(let codes, let table): rows.add { (table[Int(codes[$0])] + 0).bitPattern }
        case .narrow(let codes, let table): rows.add { (table[Int(codes[$0])] + 0).bitPattern }
        }
      }
      rows.add { frame.isTreated[$0] ? 1 : 0 }
    }
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
