// What least squares needs of many rows: turned, block by block, until few are left.

/// The rows [X y] of a least-squares problem after an orthogonal turn that keeps all their inner products.
///
/// Coefficients, ranks, sums of squares, and those of any model with fewer columns are those of the rows themselves, with
/// the errors of Householder's reflections and not of a matrix of products. Those of two sets of rows lie under one
/// another: a database's parts, or blocks of a table, join to one.
///
/// **Source** Demmel, Grigori, Hoemmen, Langou 2012, doi:10.1137/080731992 (tall and skinny QR). **Checked against** the rows
/// themselves and, through linear models, R's `lm`.
public struct ReducedRows: Sendable {
  /// Q'X: m × p with the columns of X in their order, the rows that are not zero.
  public let matrix: Matrix
  /// Q'y for these m rows.
  public let response: [Double]
  /// Σ of the squares of Q'y in the other rows, which no column reaches.
  public let rest: CompensatedSum

  /// Rows as they are: m × p finite numbers, and m values.
  public init(matrix: Matrix, response: [Double]) {
    self.init(matrix: matrix, response: response, rest: CompensatedSum())
  }

  fileprivate init(matrix: Matrix, response: [Double], rest: CompensatedSum) {
    precondition(matrix.rowCount == response.count)
    self.matrix = matrix
    self.response = response
    self.rest = rest
  }

  /// The rows of all, one set under the other in the order given; each has `columnCount` columns.
  public init(joining parts: [ReducedRows], columnCount: Int) {
    let count = parts.reduce(0) { $0 + $1.matrix.rowCount }
    var joined = Matrix(rowCount: count, columnCount: columnCount)
    var rest = CompensatedSum()
    joined.withUnsafeMutableElements { target in
      var start = 0
      for part in parts {
        let rows = part.matrix.rowCount
        part.matrix.withUnsafeElements { source in
          for column in 0..<Swift.min(columnCount, part.matrix.columnCount) {
            for row in 0..<rows { target[start + row + column * count] = source[row + column * rows] }
          }
        }
        start += rows
      }
    }
    for part in parts { rest.add(part.rest) }
    self.init(matrix: joined, response: parts.flatMap(\.response), rest: rest)
  }

  /// The same in as many rows as there are columns, at most. Cost: 2 m p² multiplications.
  public var reduced: ReducedRows { RowBlock(self).reduced }
}

/// A block of rows with the reflections that reduce it.
public struct RowBlock: Sendable {
  private let qr: PivotedQR
  private let effects: [Double]
  private let keptCount: Int

  /// Cost: 2 n p² multiplications.
  public init(_ rows: ReducedRows) {
    qr = PivotedQR(rows.matrix, tolerance: 0)
    effects = qr.effects(rows.response)
    keptCount = Swift.min(rows.matrix.rowCount, rows.matrix.columnCount)
  }

  /// The rows that are left: the triangle of the decomposition.
  public var reduced: ReducedRows {
    var triangle = Matrix(rowCount: keptCount, columnCount: qr.columnCount)
    for (place, column) in qr.pivot.enumerated() {
      for row in 0..<Swift.min(keptCount, place + 1) { triangle[row, column] = qr.packed[row, place] }
    }
    var rest = CompensatedSum()
    for effect in effects[keptCount...] { rest.add(effect * effect) }
    return ReducedRows(matrix: triangle, response: Array(effects[..<keptCount]), rest: rest)
  }

  /// A vector with one element for each row that is left, turned back to the rows of the block. Cost: 2 m p.
  public func expand(_ kept: ArraySlice<Double>) -> [Double] {
    qr.applyQ(Array(kept) + [Double](repeating: 0, count: qr.rowCount - keptCount))
  }

  /// y − ŷ of the rows of the block, from that of the rows that are left. Cost: 2 m p.
  public func residuals(_ kept: ArraySlice<Double>) -> [Double] {
    qr.applyQ(Array(kept) + effects[keptCount...])
  }
}
