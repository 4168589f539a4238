// What a step of Newton's method needs of the rows, in one pass that keeps nothing by row.

import CKernels

/// X'v and X' diag(w) X of the dense columns, sums of both by cell, and what else a pass adds up.
///
/// The weights and the vector of a few thousand rows at a time are made where they are used, in the processor's cache.
public struct DesignSums: Sendable {
  /// X'v of the dense columns.
  public let columnSums: [Double]
  /// X' diag(w) X of the dense columns; zeros where nobody needs it.
  public let gram: Matrix
  /// Sums of w, v and w x by cell; `nil` without cells.
  public let cells: CellSums?
  /// One value per chunk, in the order of the rows.
  public let extras: [Double]
  /// X'v and sums by cell of the vectors beyond the first.
  public let further: [VectorSums]

  /// What a vector adds up to.
  public struct VectorSums: Sendable {
    /// X'v of the dense columns.
    public let columnSums: [Double]
    /// Sums of v by cell; `nil` without cells.
    public let cells: CellSums?
  }

  /// The same for columns of doubles.
  public static func over(
    _ columns: ColumnPointers, codes: [UInt16]?, cellCount: Int, needsGram: Bool = true,
    furtherVectors: Int = 0, threads: Int,
    _ fill: @Sendable (Range<Int>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Double
  ) -> DesignSums {
    over(
      ColumnReader(columns), codes: codes, cellCount: cellCount, needsGram: needsGram,
      furtherVectors: furtherVectors, threads: threads, fill)
  }

  /// Rows that are worked on at a time.
  public static let chunkSize = WeightedGram.chunkSize

  /// - Parameters:
  ///   - columns: the dense columns.
  ///   - codes: cell of each row, where there are cells.
  ///   - cellCount: number of cells.
  ///   - needsGram: whether weights are written and summed; else only the vector is.
  ///   - furtherVectors: how many vectors follow the first, each `chunkSize` numbers after the one before.
  ///   - threads: how many may work at once; no result depends on it.
  ///   - fill: writes weights and vector of some rows, each from its own start, and returns what the pass adds up
  ///     besides.
  ///
  /// At most sixteen fixed pieces, each with totals of its own: the same bits for every number of threads.
  public static func over(
    _ columns: ColumnReader, codes: [UInt16]?, cellCount: Int, needsGram: Bool = true,
    furtherVectors: Int = 0,
    threads: Int,
    _ fill: @Sendable (Range<Int>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Double
  ) -> DesignSums {
    let p = columns.columnCount
    let packedCount = needsGram ? p * (p + 1) / 2 : 0
    let denseInCells = needsGram ? p : 0
    let furtherLength = p + (codes == nil ? 0 : 2 * cellCount)
    let chunks = FixedChunks(count: columns.rowCount, size: chunkSize)
    let pieces = FixedChunks(count: chunks.count, size: Swift.max(4, (chunks.count + 15) / 16))
    let length = codes == nil ? 0 : cellCount * (denseInCells + 2)
    let parts = (codes ?? []).withUnsafeBufferPointer { codes in
      nonisolated(unsafe) let codes = codes
      return Parallel.map(chunks: pieces.count, threads: threads) { piece in
        Part(
          columns, codes.baseAddress, chunks, pieces[piece], needsGram: needsGram, packedCount: packedCount,
          cellLength: length, furtherVectors: furtherVectors, furtherLength: furtherLength, fill)
      }
    }
    var total = Part(p, packedCount, length, furtherVectors * furtherLength)
    for part in parts { total.add(part) }
    var gram = Matrix(rowCount: p, columnCount: p)
    for j in 0..<(needsGram ? p : 0) {
      for k in 0...j {
        gram[j, k] = total.packed[j * (j + 1) / 2 + k]
        gram[k, j] = gram[j, k]
      }
    }
    return DesignSums(
      columnSums: total.sums, gram: gram,
      cells: codes == nil
        ? nil : CellSums(totals: total.cells, cellCount: cellCount, denseCount: denseInCells),
      extras: total.extras,
      further: (0..<furtherVectors).map { index in
        let own = Array(total.further[(index * furtherLength)..<((index + 1) * furtherLength)])
        return VectorSums(
          columnSums: Array(own[..<p]),
          cells: codes == nil
            ? nil : CellSums(totals: Array(own[p...]), cellCount: cellCount, denseCount: 0))
      })
  }

  private struct Part: Sendable {
    var sums: [Double]
    var packed: [Double]
    var cells: [Double]
    var further: [Double]
    var extras: [Double] = []

    init(_ p: Int, _ packedCount: Int, _ cellLength: Int, _ furtherLength: Int) {
      sums = [Double](repeating: 0, count: p)
      packed = [Double](repeating: 0, count: packedCount)
      cells = [Double](repeating: 0, count: cellLength)
      further = [Double](repeating: 0, count: furtherLength)
    }

    init(
      _ columns: ColumnReader, _ codes: UnsafePointer<UInt16>?,
      _ chunks: FixedChunks, _ piece: Range<Int>, needsGram: Bool, packedCount: Int, cellLength: Int,
      furtherVectors: Int, furtherLength: Int,
      _ fill: (Range<Int>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Double
    ) {
      let p = columns.columnCount
      self.init(p, packedCount, cellLength, furtherVectors * furtherLength)
      let space = (2 + furtherVectors) * chunkSize + p + packedCount
      withUnsafeTemporaryAllocation(of: Double.self, capacity: space) { buffer in
        guard let weights = buffer.baseAddress else { return }
        let vector = weights + chunkSize
        let sum = vector + (1 + furtherVectors) * chunkSize
        let packed = sum + p
        for chunk in piece {
          let rows = chunks[chunk]
          extras.append(fill(rows, weights, vector))
          columns.withRows(rows) { pointers in
            kernel_column_sums(pointers.baseAddress, p, vector, 0, rows.count, sum)
            for index in 0..<p { sums[index] += sum[index] }
            if needsGram {
              kernel_weighted_gram(pointers.baseAddress, p, weights, 0, rows.count, packed)
              for index in 0..<packedCount { self.packed[index] += packed[index] }
            }
            for index in 0..<furtherVectors {
              let next = vector + (1 + index) * chunkSize
              kernel_column_sums(pointers.baseAddress, p, next, 0, rows.count, sum)
              further.withUnsafeMutableBufferPointer { further in
                guard let totals = further.baseAddress.map({ $0 + index * furtherLength }) else { return }
                for column in 0..<p { totals[column] += sum[column] }
                guard let codes, cellLength > 0 else { return }
                kernel_cell_sums(
                  codes + rows.lowerBound, nil, next, pointers.baseAddress, 0, 0, rows.count, totals + p)
              }
            }
            guard let codes, cellLength > 0 else { return }
            cells.withUnsafeMutableBufferPointer {
              kernel_cell_sums(
                codes + rows.lowerBound, needsGram ? weights : nil, vector, pointers.baseAddress,
                needsGram ? p : 0,
                0, rows.count, $0.baseAddress)
            }
          }
        }
      }
    }

    mutating func add(_ other: Part) {
      for index in sums.indices { sums[index] += other.sums[index] }
      for index in packed.indices { packed[index] += other.packed[index] }
      for index in cells.indices { cells[index] += other.cells[index] }
      for index in further.indices { further[index] += other.further[index] }
      extras += other.extras
    }
  }
}
