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
    let columns = analysis.frame.design.columns
    let summaries: [Summary]?
    switch kind {
    case .martingale: return add(fit.martingaleResiduals, at: path, to: &values)
    case .deviance: return add(fit.devianceResiduals, at: path, to: &values)
    case .score: summaries = fit.scoreResidualSums(first: Summary.shownCount).map(Summary.all)
    case .dfbeta: summaries = fit.dfbetaResidualSums(first: Summary.shownCount).map(Summary.all)
    case .schoenfeld:
      summaries = fit.schoenfeldResiduals(scaled: false).map {
        Summary.all($0.values, fit.model.options.threads)
      }
    case .scaledSchoenfeld:
      summaries = fit.schoenfeldResiduals(scaled: true).map {
        Summary.all($0.values, fit.model.options.threads)
      }
    }
    guard let summaries else {
      throw Diagnostic(
        .invalidOption, "there are no \(kind.rawValue) residuals under the exact partial likelihood",
        at: range, remedy: "write 'ties: efron', or leave them out")
    }
    for (column, summary) in zip(columns, summaries) {
      summary.add(at: path + ModelRows.path(column.origin.pathArguments), to: &values)
      // A single covariate need not be named.
      if summaries.count == 1 { summary.add(at: path, to: &values) }
    }
  }

  private static func add(_ residuals: [Double], at path: String, to values: inout ResultValues) {
    residuals.withUnsafeBufferPointer { Summary($0[...]) }.add(at: path, to: &values)
  }

  /// What is shown of residuals.
  private struct Summary: Sendable {
    static let shownCount = 5

    private let sumOfSquares: Double
    private let first: [Double]

    static func all(_ sums: ResidualSums) -> [Summary] {
      zip(sums.sumOfSquares, sums.firstRows).map { Summary(sumOfSquares: $0, first: $1) }
    }

    static func all(_ matrix: Matrix, _ threads: Int) -> [Summary] {
      Parallel.map(chunks: matrix.columnCount, threads: threads) { column in
        matrix.withUnsafeElements { elements in
          let start = column * matrix.rowCount
          return Summary(elements[start..<(start + matrix.rowCount)])
        }
      }
    }

    private init(sumOfSquares: Double, first: [Double]) {
      (self.sumOfSquares, self.first) = (sumOfSquares, first)
    }

    init(_ residuals: Slice<UnsafeBufferPointer<Double>>) {
      // Rows of weight 0 have no deviance residual.
      var squares = CompensatedSum()
      for residual in residuals where !residual.isNaN { squares.add(residual * residual) }
      sumOfSquares = squares.value
      first = Array(residuals.prefix(Self.shownCount))
    }

    func add(at path: String, to values: inout ResultValues) {
      values.add(path + ".sum_of_squares", sumOfSquares, .number)
      for (row, value) in first.enumerated() { values.add(path + ".row(\(row + 1))", value, .number) }
    }
  }
}
