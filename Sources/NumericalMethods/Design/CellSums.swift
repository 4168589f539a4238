// What sums over rows need of each cell: one pass over the rows, then only cells are looked at.

/// Sums of weights, of a vector and of weighted dense columns by cell.
///
/// They can be added up: those of two sets of rows are the sums of both, as are those that a database returns from
/// `GROUP BY` the few-valued columns.
public struct CellSums: Sendable {
  /// Number of cells.
  public let cellCount: Int
  /// Number of dense columns that are summed; 0 without weights.
  public let denseCount: Int
  /// Per cell: Σ w, Σ v, and Σ w x for every dense column.
  private(set) var totals: [Double]

  private var width: Int { denseCount + 2 }

  /// Σ w over the rows of a cell.
  public func weight(_ cell: Int) -> Double { totals[cell * width] }
  /// Σ v over the rows of a cell.
  public func vector(_ cell: Int) -> Double { totals[cell * width + 1] }
  /// Σ w x over the rows of a cell, x being a dense column.
  public func dense(_ cell: Int, _ column: Int) -> Double { totals[cell * width + 2 + column] }

  /// - Parameters:
  ///   - codes: cell of each row, below `cellCount`.
  ///   - cellCount: number of cells.
  ///   - dense: the columns that are not held by cell.
  ///   - vector: v, one element per row; `nil` where no sum of it is wanted.
  ///   - weights: w, one per row; without weights only the vector is summed.
  ///   - threads: how many may work at once; no result depends on it.
  ///
  /// A fixed number of pieces, each with totals of its own: the same bits for every number of threads.
  public init(
    codes: [UInt16], cellCount: Int, dense: ColumnPointers, vector: [Double]?, weights: [Double]?,
    threads: Int
  ) {
    let denseCount = weights == nil ? 0 : dense.columnCount
    let width = denseCount + 2
    self.cellCount = cellCount
    self.denseCount = denseCount
    let size = Swift.max(8192, (codes.count + 15) / 16)
    totals = codes.withUnsafeBufferPointer { codes in
      (vector ?? []).withUnsafeBufferPointer { vector in
        (weights ?? []).withUnsafeBufferPointer { weights in
          nonisolated(unsafe) let (codes, vector, weights) = (codes, vector, weights)
          return WeightedGram.chunkSum(
            rowCount: codes.count, length: cellCount * width, threads: threads, chunkSize: size
          ) { rows, output in
            output.update(repeating: 0, count: cellCount * width)
            if !vector.isEmpty {
              for row in rows { output[Int(codes[row]) * width + 1] += vector[row] }
            }
            if !weights.isEmpty { Self.addWeighted(codes, weights, dense, rows, width, output) }
          }
        }
      }
    }
  }

  private static func addWeighted(
    _ codes: UnsafeBufferPointer<UInt16>, _ weights: UnsafeBufferPointer<Double>, _ dense: ColumnPointers,
    _ rows: Range<Int>, _ width: Int, _ output: UnsafeMutablePointer<Double>
  ) {
    dense.pointers.withUnsafeBufferPointer { pointers in
      for row in rows {
        let total = output + Int(codes[row]) * width
        let weight = weights[row]
        total[0] += weight
        for column in 0..<pointers.count {
          if let values = pointers[column] { total[2 + column] += weight * values[row] }
        }
      }
    }
  }

  /// The sums over the rows of both.
  public func merged(with other: CellSums) -> CellSums {
    guard other.totals.count == totals.count else { return self }
    var result = self
    for index in totals.indices { result.totals[index] += other.totals[index] }
    return result
  }
}
