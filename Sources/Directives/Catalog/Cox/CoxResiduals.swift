// Residuals of a Cox model: sums of squares and first rows.

import Diagnostics
import Expressions
import NumericalMethods
import Presentation
import Survival

enum CoxResiduals {
  enum Kind: String, CaseIterable, Sendable {
    case martingale, deviance, score, schoenfeld, dfbeta
    case scaledSchoenfeld = "scaled-schoenfeld"
  }

  /// - Throws: where the fit has no such residuals.
  static func add(
    _ kind: Kind, _ analysis: CoxAnalysis, at range: SourceRange, to values: inout ResultValues
  ) throws(Diagnostic) {
    let fit = analysis.fit
    let path = ".residual(\(ResultPath.quoted(kind.rawValue)))"
    let matrix: Matrix?
    switch kind {
    case .martingale: return add(fit.martingaleResiduals, at: path, to: &values)
    case .deviance: return add(fit.devianceResiduals, at: path, to: &values)
    case .score: matrix = fit.scoreResiduals
    case .dfbeta: matrix = fit.dfbetaResiduals()
    case .schoenfeld: matrix = fit.schoenfeldResiduals(scaled: false)?.values
    case .scaledSchoenfeld: matrix = fit.schoenfeldResiduals(scaled: true)?.values
    }
    guard let matrix else {
      throw Diagnostic(
        .invalidOption, "there are no \(kind.rawValue) residuals under the exact partial likelihood",
        at: range, remedy: "write 'ties: efron', or leave them out")
    }
    let columns = analysis.frame.design.columns
    let summaries = Parallel.map(chunks: matrix.columnCount, threads: fit.model.options.threads) { column in
      matrix.withUnsafeElements { elements in
        let start = column * matrix.rowCount
        return Summary(elements[start..<(start + matrix.rowCount)])
      }
    }
    for (column, summary) in zip(columns, summaries) {
      summary.add(at: path + ModelRows.path(column.origin.pathArguments), to: &values)
      // A single covariate need not be named.
      if matrix.columnCount == 1 { summary.add(at: path, to: &values) }
    }
  }

  private static func add(_ residuals: [Double], at path: String, to values: inout ResultValues) {
    residuals.withUnsafeBufferPointer { Summary($0[...]) }.add(at: path, to: &values)
  }

  /// What is shown of residuals.
  private struct Summary: Sendable {
    private let sumOfSquares: Double
    private let first: [Double]

    init(_ residuals: Slice<UnsafeBufferPointer<Double>>) {
      // Rows of weight 0 have no deviance residual.
      var squares = CompensatedSum()
      for residual in residuals where !residual.isNaN { squares.add(residual * residual) }
      sumOfSquares = squares.value
      first = Array(residuals.prefix(5))
    }

    func add(at path: String, to values: inout ResultValues) {
      values.add(path + ".sum_of_squares", sumOfSquares, .number)
      for (row, value) in first.enumerated() { values.add(path + ".row(\(row + 1))", value, .number) }
    }
  }
}
