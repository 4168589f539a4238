// The rows of a weighted least-squares problem, block by block.

import NumericalMethods

/// √w X and √w (y − offset − shift), of which no more than a few thousand rows stand in memory as numbers.
struct LeastSquaresRows: Sendable {
  let design: RegressionDesign
  let response: [Double]
  /// w; nil where all are 1.
  let weights: [Double]?
  let offset: [Double]?
  /// Taken from the response before the fit, see `LinearModel.responseShift`.
  let shift: Double
  let threads: Int

  /// Up to this many rows are decomposed at once.
  static let singleBlockLimit = 20_000

  /// Borders that depend on the size of the design alone. A block has so many more rows than columns that what is left
  /// of it is small.
  var blocks: FixedChunks {
    let count = design.rowCount
    return FixedChunks(
      count: count,
      size: count <= Self.singleBlockLimit ? count : Swift.max(2048, 64 * design.columnCount))
  }

  /// The rows of one block.
  func block(_ rows: Range<Int>) -> ReducedRows {
    var matrix = design.rows(rows)
    var values = rows.map { response[$0] - (offset?[$0] ?? 0) }
    if shift != 0 { for place in values.indices { values[place] -= shift } }
    if let weights {
      let roots = rows.map { weights[$0].squareRoot() }
      for place in values.indices { values[place] *= roots[place] }
      LinearModel.scale(&matrix, rows: roots)
    }
    return ReducedRows(matrix: matrix, response: values)
  }

  /// All rows, turned until few are left.
  func reduced() -> ReducedRows {
    let blocks = blocks
    guard blocks.count > 1 else { return block(0..<design.rowCount) }
    return ReducedRows(
      joining: Parallel.map(chunks: blocks.count, threads: threads) { block(blocks[$0]).reduced },
      columnCount: design.columnCount)
  }
}

/// Rows of the orthonormal basis of a fit, and their scaled residuals.
struct FittedBlock {
  let rows: Range<Int>
  /// rows × rank.
  let basis: Matrix
  /// √w (y − ŷ).
  let residuals: [Double]

  /// Squared norms of the rows of the basis.
  var leverages: [Double] {
    var result = [Double](repeating: 0, count: basis.rowCount)
    for column in 0..<basis.columnCount {
      for (place, value) in basis.column(column).enumerated() { result[place] += value * value }
    }
    return result
  }
}

/// What a fit says of its rows: the reflections of each block are made again, and turned back.
struct FittedBlocks: Sendable {
  let rows: LeastSquaresRows
  private let basis: Matrix
  private let residuals: [Double]
  private let isWhole: Bool

  /// - Parameter qr: the decomposition of the reduced rows.
  init(_ rows: LeastSquaresRows, _ reduced: ReducedRows, _ qr: PivotedQR) {
    self.rows = rows
    basis = qr.orthonormalColumns
    residuals = reduced.residuals(qr)
    isWhole = rows.blocks.count <= 1
  }

  var blocks: FixedChunks { rows.blocks }

  subscript(block: Int) -> FittedBlock {
    let range = blocks[block]
    if isWhole { return FittedBlock(rows: range, basis: basis, residuals: residuals) }
    // Blocks before this one are full, and each left as many rows as there are columns.
    let kept = Swift.min(rows.design.columnCount, range.count)
    let places = (block * rows.design.columnCount)..<(block * rows.design.columnCount + kept)
    let turned = RowBlock(rows.block(range))
    return FittedBlock(
      rows: range,
      basis: Matrix(
        columns: (0..<basis.columnCount).map { turned.expand(basis.column($0)[places]) },
        rowCount: range.count),
      residuals: turned.residuals(residuals[places]))
  }
}

extension ReducedRows {
  /// y − ŷ of the rows that are left.
  func residuals(_ qr: PivotedQR) -> [Double] {
    zip(response, qr.fitted(response)).map { $0 - $1 }
  }
}
