// Score residuals and their combinations in stretches of rows, for those who add them up or keep them.

import NumericalMethods

/// Score residuals of a fit, or, weighted and multiplied by a matrix, combinations of them (dfbeta).
struct ResidualPieces {
  private let fit: CoxFit
  private let factor: Matrix?
  private let residuals: ScoreResiduals
  private let active: [Int]
  private let columns: [ScoreResiduals.Column]

  init(_ fit: CoxFit, times factor: Matrix?) {
    self.fit = fit
    self.factor = factor
    let residuals = ScoreResiduals(fit.atEstimate())
    let active = fit.coefficients.indices.filter { !fit.aliased.contains($0) }
    self.residuals = residuals
    self.active = active
    columns = Parallel.map(chunks: active.count, threads: fit.model.options.threads) {
      residuals.prepared(active[$0])
    }
  }

  /// Calls `body` for one stretch of the scanning order after the other, with a function that hands out its residuals
  /// column by column: all columns, without a factor those that are estimable.
  func map<Result: Sendable>(
    _ body: @Sendable (Range<Int>, (_ each: (Int, UnsafePointer<Double>) -> Void) -> Void) -> Result
  ) -> [Result] {
    let (residuals, columns, active, factor) = (residuals, columns, active, factor)
    let (layout, spread, size) = (residuals.layout, residuals.covariates.spread, ScoreResiduals.chunkSize)
    let chunks = FixedChunks(count: layout.rowCount, size: size)
    return Parallel.map(chunks: chunks.count, threads: fit.model.options.threads) { chunk in
      let places = chunks[chunk]
      return withUnsafeTemporaryAllocation(of: Double.self, capacity: (active.count + 3) * size) { buffer in
        body(places) { each in
          guard let space = buffer.baseAddress else { return }
          let scores = space + 3 * size
          for (index, column) in columns.enumerated() {
            let own = scores + index * size
            residuals.write(column, rows: places, to: own, space: space)
            let unit = spread[column.number]
            for place in 0..<places.count { own[place] *= unit }
            guard factor != nil, let weights = layout.weights else { continue }
            for place in 0..<places.count { own[place] *= weights[places.lowerBound + place] }
          }
          guard let factor else {
            for (index, column) in active.enumerated() { each(column, scores + index * size) }
            return
          }
          for column in 0..<factor.columnCount {
            space.update(repeating: 0, count: places.count)
            for (index, own) in active.enumerated() {
              let share = factor[own, column]
              let source = scores + index * size
              for place in 0..<places.count { space[place] += source[place] * share }
            }
            each(column, space)
          }
        }
      }
    }
  }
}

/// Residuals of each column added up, and those of the first rows.
public struct ResidualSums: Sendable {
  /// Per column of the design, the sum of the squares of its residuals; 0 where there are none.
  public let sumOfSquares: [Double]
  /// Per column, the residuals of the first rows of the outcome; not-a-number where there are none.
  public let firstRows: [[Double]]

  init(_ fit: CoxFit, times factor: Matrix?, first count: Int) {
    let (layout, p) = (fit.prepared.layout, fit.coefficients.count)
    let wanted = Swift.min(count, fit.model.outcome.rowCount)
    // Rows that are in no risk set have no share in the score.
    let places = (0..<wanted).map { row in layout.rows.firstIndex(of: Int32(truncatingIfNeeded: row)) }
    let parts = ResidualPieces(fit, times: factor).map { rows, each in
      var part = Part(squares: [CompensatedSum](repeating: CompensatedSum(), count: p), shown: [])
      each { column, values in
        for place in 0..<rows.count { part.squares[column].add(values[place] * values[place]) }
        for (row, place) in places.enumerated() {
          guard let place, rows.contains(place) else { continue }
          part.shown.append((row, column, values[place - rows.lowerBound]))
        }
      }
      return part
    }
    var squares = [CompensatedSum](repeating: CompensatedSum(), count: p)
    var first = [[Double]](repeating: [Double](repeating: 0, count: wanted), count: p)
    if factor == nil {
      for column in fit.aliased { first[column] = [Double](repeating: .nan, count: wanted) }
    }
    for part in parts {
      for column in 0..<p { squares[column].add(part.squares[column]) }
      for shown in part.shown { first[shown.column][shown.row] = shown.value }
    }
    sumOfSquares = squares.map(\.value)
    firstRows = first
  }

  private struct Part: Sendable {
    var squares: [CompensatedSum]
    var shown: [(row: Int, column: Int, value: Double)]
  }
}
