// What sums over rows need of each cell: one pass over the rows, then only cells are looked at.

import CKernels

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

  init(totals: [Double], cellCount: Int, denseCount: Int) {
    self.totals = totals
    self.cellCount = cellCount
    self.denseCount = denseCount
  }

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
          dense.pointers.withUnsafeBufferPointer { pointers in
            nonisolated(unsafe) let (codes, vector, weights) = (codes, vector, weights)
            nonisolated(unsafe) let columns = pointers
            return WeightedGram.chunkSum(
              rowCount: codes.count, length: cellCount * width, threads: threads, chunkSize: size
            ) { rows, output in
              output.update(repeating: 0, count: cellCount * width)
              kernel_cell_sums(
                codes.baseAddress, weights.isEmpty ? nil : weights.baseAddress.map { $0 + rows.lowerBound },
                vector.isEmpty ? nil : vector.baseAddress.map { $0 + rows.lowerBound }, columns.baseAddress,
                denseCount, rows.lowerBound, rows.count, output)
            }
          }
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
