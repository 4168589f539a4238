// X' diag(w) X and its relatives over fixed chunks of rows: the same bits for every thread count and processor.

import CKernels

/// Columns of equal length lying anywhere in memory, for the sums over rows that estimators need.
///
/// Build it inside `withUnsafe…` closures: it holds pointers and does not own them.
public struct ColumnPointers: @unchecked Sendable {
  /// Rows of every column.
  public let rowCount: Int
  @usableFromInline let pointers: [UnsafePointer<Double>?]

  /// Number of columns.
  public var columnCount: Int { pointers.count }

  /// Every pointer must address at least `rowCount` doubles while this value is used.
  public init(_ columns: [UnsafePointer<Double>], rowCount: Int) {
    self.pointers = columns
    self.rowCount = rowCount
  }

  /// The same columns, of which `rowCount` rows count even where there is no column.
  public init(_ columns: ColumnPointers, rowCount: Int) {
    self.pointers = columns.pointers
    self.rowCount = rowCount
  }

  /// The element of a row and column.
  @inlinable public subscript(row: Int, column: Int) -> Double {
    precondition(row >= 0 && row < rowCount)
    return pointers[column].map { $0[row] } ?? 0
  }

  /// Calls `body` with the columns of a matrix.
  public static func with<Result>(_ matrix: Matrix, _ body: (ColumnPointers) throws -> Result) rethrows
    -> Result
  {
    try matrix.withUnsafeElements { elements in
      guard let base = elements.baseAddress else {
        return try body(ColumnPointers([], rowCount: matrix.rowCount))
      }
      let columns = (0..<matrix.columnCount).map { base + $0 * matrix.rowCount }
      return try body(ColumnPointers(columns, rowCount: matrix.rowCount))
    }
  }

  /// Calls `body` with columns given as arrays; `rowCount` is the shortest length.
  public static func with<Result>(_ columns: [[Double]], _ body: (ColumnPointers) throws -> Result) rethrows
    -> Result
  {
    try descend(columns, 0, [], body)
  }

  private static func descend<Result>(
    _ columns: [[Double]], _ index: Int, _ pointers: [UnsafePointer<Double>],
    _ body: (ColumnPointers) throws -> Result
  ) rethrows -> Result {
    guard index < columns.count else {
      return try body(ColumnPointers(pointers, rowCount: columns.map(\.count).min() ?? 0))
    }
    return try columns[index].withUnsafeBufferPointer { buffer in
      try descend(columns, index + 1, buffer.baseAddress.map { pointers + [$0] } ?? pointers, body)
    }
  }
}

/// Sums over rows of products of columns. Eight fixed lanes within a chunk, chunks added in order.
public enum WeightedGram {
  /// Rows of one chunk; the chunk and its weighted copy stay in the second-level cache.
  public static let chunkSize = 2048

  /// X' diag(w) X, symmetric. `weights` (nil: ones) has one element per row.
  public static func matrix(_ columns: ColumnPointers, weights: UnsafePointer<Double>?, threads: Int = 1)
    -> Matrix
  {
    matrix(columns, weights: weights, threads: threads, level: 2)
  }

  /// The same with the kernel of one processor level, for tests.
  static func matrix(_ design: Matrix, weights: [Double], level: Int32) -> Matrix {
    ColumnPointers.with(design) { columns in
      weights.withUnsafeBufferPointer {
        matrix(columns, weights: $0.baseAddress, threads: 1, level: level)
      }
    }
  }

  private static func matrix(
    _ columns: ColumnPointers, weights: UnsafePointer<Double>?, threads: Int, level: Int32
  ) -> Matrix {
    let p = columns.columnCount
    let packedCount = p * (p + 1) / 2
    nonisolated(unsafe) let weights = weights
    let packed = chunkSum(rowCount: columns.rowCount, length: packedCount, threads: threads) { rows, output in
      columns.pointers.withUnsafeBufferPointer { pointers in
        kernel_weighted_gram_level(
          level, pointers.baseAddress, p, weights.map { $0 + rows.lowerBound }, rows.lowerBound, rows.count,
          output)
      }
    }
    var result = Matrix(rowCount: p, columnCount: p)
    for j in 0..<p {
      for k in 0...j {
        result[j, k] = packed[j * (j + 1) / 2 + k]
        result[k, j] = packed[j * (j + 1) / 2 + k]
      }
    }
    return result
  }

  /// X'X of one chunk of rows: element j (j + 1) / 2 + k of `output` is that of columns j and k ≤ j.
  public static func packedGram(_ columns: ColumnPointers, to output: UnsafeMutablePointer<Double>) {
    columns.pointers.withUnsafeBufferPointer { pointers in
      kernel_weighted_gram(pointers.baseAddress, pointers.count, nil, 0, columns.rowCount, output)
    }
  }

  /// X' diag(w) X of a matrix.
  public static func matrix(_ design: Matrix, weights: [Double]? = nil, threads: Int = 1) -> Matrix {
    ColumnPointers.with(design) { columns in
      guard let weights, weights.count >= design.rowCount else {
        return matrix(columns, weights: nil, threads: threads)
      }
      return weights.withUnsafeBufferPointer {
        matrix(columns, weights: $0.baseAddress, threads: threads)
      }
    }
  }

  /// X' v.
  public static func columnSums(_ columns: ColumnPointers, vector: UnsafePointer<Double>, threads: Int = 1)
    -> [Double]
  {
    nonisolated(unsafe) let vector = vector
    let p = columns.columnCount
    return chunkSum(rowCount: columns.rowCount, length: p, threads: threads) { rows, output in
      columns.pointers.withUnsafeBufferPointer { pointers in
        kernel_column_sums(
          pointers.baseAddress, p, vector + rows.lowerBound, rows.lowerBound, rows.count, output)
      }
    }
  }

  /// X' v of a matrix; `vector` needs one element per row.
  public static func columnSums(_ design: Matrix, vector: [Double], threads: Int = 1) -> [Double] {
    precondition(vector.count == design.rowCount)
    return ColumnPointers.with(design) { columns in
      vector.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { columnSums(columns, vector: $0, threads: threads) }
          ?? [Double](repeating: 0, count: design.columnCount)
      }
    }
  }

  /// output += X b; columns are added in order, so that a row's bits do not depend on chunks.
  public static func addLinearPredictor(
    _ columns: ColumnPointers, coefficients: [Double], into output: UnsafeMutablePointer<Double>,
    threads: Int = 1
  ) {
    precondition(coefficients.count == columns.columnCount)
    nonisolated(unsafe) let output = output
    let chunks = FixedChunks(count: columns.rowCount, size: chunkSize)
    Parallel.forEach(chunks: chunks.count, threads: threads) { index in
      let rows = chunks[index]
      columns.pointers.withUnsafeBufferPointer { pointers in
        kernel_linear_predictor(
          pointers.baseAddress, coefficients.count, coefficients, rows.lowerBound, rows.count,
          output + rows.lowerBound)
      }
    }
  }

  /// The same for some rows, written from their first on.
  public static func addLinearPredictor(
    _ columns: ColumnPointers, coefficients: [Double], rows: Range<Int>,
    into output: UnsafeMutablePointer<Double>
  ) {
    precondition(coefficients.count == columns.columnCount)
    columns.pointers.withUnsafeBufferPointer { pointers in
      kernel_linear_predictor(
        pointers.baseAddress, coefficients.count, coefficients, rows.lowerBound, rows.count, output)
    }
  }

  /// Σ x.
  public static func sum(_ x: [Double], threads: Int = 1) -> Double {
    scalarSum(rowCount: x.count, threads: threads) { rows in
      x.withUnsafeBufferPointer { kernel_sum($0.baseAddress.map { $0 + rows.lowerBound }, rows.count) }
    }
  }

  /// Σ x of `count` numbers: one chunk, eight lanes.
  public static func sum(_ x: UnsafePointer<Double>, count: Int) -> Double { kernel_sum(x, count) }

  /// Σ x y over the shorter length.
  public static func dot(_ x: [Double], _ y: [Double], threads: Int = 1) -> Double {
    scalarSum(rowCount: Swift.min(x.count, y.count), threads: threads) { rows in
      x.withUnsafeBufferPointer { x in
        y.withUnsafeBufferPointer { y in
          kernel_dot(
            x.baseAddress.map { $0 + rows.lowerBound }, y.baseAddress.map { $0 + rows.lowerBound },
            rows.count)
        }
      }
    }
  }

  private static func scalarSum(rowCount: Int, threads: Int, _ body: @Sendable (Range<Int>) -> Double)
    -> Double
  {
    chunkSum(rowCount: rowCount, length: 1, threads: threads) { rows, output in output[0] = body(rows) }[0]
  }

  /// Vectors of `length` sums, one per chunk, added in chunk order. `body` fills the vector of its chunk.
  public static func chunkSum(
    rowCount: Int, length: Int, threads: Int, chunkSize: Int = WeightedGram.chunkSize,
    _ body: @Sendable (Range<Int>, UnsafeMutablePointer<Double>) -> Void
  ) -> [Double] {
    var total = [Double](repeating: 0, count: length)
    let chunks = FixedChunks(count: rowCount, size: chunkSize)
    guard length > 0, !chunks.isEmpty else { return total }
    // A bounded number of chunks at a time keeps the memory bounded; the order of additions is that of all.
    let batch = 256
    var partial = [Double](repeating: 0, count: Swift.min(batch, chunks.count) * length)
    for first in stride(from: 0, to: chunks.count, by: batch) {
      let count = Swift.min(batch, chunks.count - first)
      partial.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        nonisolated(unsafe) let slots = base
        Parallel.forEach(chunks: count, threads: threads) { index in
          body(chunks[first + index], slots + index * length)
        }
      }
      for index in 0..<count {
        for position in 0..<length { total[position] += partial[index * length + position] }
      }
    }
    return total
  }
}
