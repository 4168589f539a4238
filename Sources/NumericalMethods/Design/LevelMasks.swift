// The rows of each level of few-valued variables as bits, for sums over short stretches of rows.

import CKernels

/// One bit per row and level: a sum of a vector over the rows of each of eighteen levels is two operations per row.
public struct LevelMasks: Sendable {
  /// Number of masks.
  public let count: Int
  private let masks: [UInt8]
  /// Bytes from one mask to the next.
  private let stride: Int

  /// - Parameters:
  ///   - codes: cell of each row.
  ///   - maskOfCell: per variable, the mask to which the rows of a cell belong; −1 for none.
  ///   - count: number of masks.
  ///   - threads: how many may work at once; no result depends on it.
  public init(codes: [UInt16], maskOfCell: [[Int16]], count: Int, threads: Int) {
    self.count = count
    let stride = (codes.count + 7) / 8 + 2
    self.stride = stride
    // One mask more takes what belongs to none.
    var masks = [UInt8](repeating: 0, count: stride * (count + 1))
    let offsets = maskOfCell.map { table in table.map { Int32($0 < 0 ? count : Int($0)) * Int32(stride) } }
    let chunks = FixedChunks(count: codes.count, size: 1 << 14)
    masks.withUnsafeMutableBufferPointer { masks in
      codes.withUnsafeBufferPointer { codes in
        guard let base = masks.baseAddress else { return }
        nonisolated(unsafe) let (target, codes) = (base, codes)
        Parallel.forEach(chunks: chunks.count, threads: threads) { chunk in
          for variable in offsets {
            variable.withUnsafeBufferPointer { offset in
              for row in chunks[chunk] {
                target[Int(offset[Int(codes[row])]) + row >> 3] |= 1 << UInt8(row & 7)
              }
            }
          }
        }
      }
    }
    self.masks = masks
  }

  /// output[m] = Σ vector over the rows of `range` that belong to mask m; `vector` starts at its first row.
  @inline(__always)
  public func sums(
    _ vector: UnsafePointer<Double>, rows range: Range<Int>, to output: UnsafeMutablePointer<Double>
  ) {
    masks.withUnsafeBufferPointer {
      kernel_level_sums($0.baseAddress, stride, count, vector, range.lowerBound, range.count, output)
    }
  }
}
