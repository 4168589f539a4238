// The columns that a fit works on: a dense table, or by cells where there are many rows.

import NumericalMethods

/// Columns of a design, of either kind, with the sums over rows that a fit needs.
enum DesignColumns {
  case dense(ColumnPointers)
  case compact(CompactColumns)

  var rowCount: Int {
    switch self {
    case .dense(let columns): columns.rowCount
    case .compact(let columns): columns.rowCount
    }
  }

  var columnCount: Int {
    switch self {
    case .dense(let columns): columns.columnCount
    case .compact(let columns): columns.columnCount
    }
  }

  subscript(row: Int, column: Int) -> Double {
    switch self {
    case .dense(let columns): columns[row, column]
    case .compact(let columns): columns[row, column]
    }
  }

  /// X' diag(w) X.
  func gram(weights: [Double], threads: Int) -> Matrix {
    switch self {
    case .dense(let columns):
      weights.withUnsafeBufferPointer {
        WeightedGram.matrix(columns, weights: $0.baseAddress, threads: threads)
      }
    case .compact(let columns): columns.gram(weights: weights, threads: threads)
    }
  }

  /// X' v.
  func sums(_ vector: [Double], threads: Int) -> [Double] {
    switch self {
    case .dense(let columns):
      vector.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { WeightedGram.columnSums(columns, vector: $0, threads: threads) } ?? []
      }
    case .compact(let columns): columns.columnSums(vector, threads: threads)
    }
  }

  /// output += X b.
  func addLinearPredictor(_ coefficients: [Double], to output: inout [Double], threads: Int) {
    switch self {
    case .dense(let columns):
      output.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        WeightedGram.addLinearPredictor(columns, coefficients: coefficients, into: base, threads: threads)
      }
    case .compact(let columns): columns.addLinearPredictor(coefficients, to: &output, threads: threads)
    }
  }

  /// The columns with row i multiplied by `factors[i]`, as a matrix.
  func scaledMatrix(_ factors: [Double]) -> Matrix {
    var result = Matrix(rowCount: rowCount, columnCount: columnCount)
    let count = rowCount
    result.withUnsafeMutableElements { target in
      for column in 0..<columnCount {
        for row in 0..<count { target[row + column * count] = self[row, column] * factors[row] }
      }
    }
    return result
  }

  func row(_ row: Int) -> [Double] { (0..<columnCount).map { self[row, $0] } }
}
